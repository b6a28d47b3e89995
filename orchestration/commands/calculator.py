"""The calculator of the smarketing command: a quota in, the leads that it needs out.

Belongs here: its options, and which agreement it starts from. Reading and computing is lib/calculator/figures.py, the
page lib/pages/calculator_server.py.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import open_folder
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.agreement.versions import in_force_on
from orchestration.lib.calculator.figures import InputError, agreed_fields, calculate, read_inputs
from orchestration.lib.calculator.text import as_text
from orchestration.lib.company.folder import CompanyError


def _agreement(company: Path | None) -> Agreement:
    """The version in force today; before the first one, that."""
    folder = (company or settings.DEMO_COMPANY).resolve()
    try:
        agreements = read_agreements(open_folder(folder).agreements)
    except (AgreementError, CompanyError) as error:
        raise typer.BadParameter(str(error)) from error
    return in_force_on(agreements, date.today())


def _agreed(agreement: Agreement, stream: str, lead_type: str | None) -> tuple[dict[str, str], dict[str, str]]:
    """Fields and rates of a stream and lead type of the agreement."""
    streams = agreement.revenue_streams
    if stream not in streams:
        raise typer.BadParameter(f"--stream '{stream}' is not in version {agreement.version}: {', '.join(streams)}")
    lead_types = streams[stream].lead_types
    if lead_type is None and len(lead_types) == 1:
        lead_type = next(iter(lead_types))
    if lead_type not in lead_types:
        given = "is missing" if lead_type is None else f"'{lead_type}' is not in {stream}"
        raise typer.BadParameter(f"--lead-type {given}: {', '.join(lead_types)}")
    return agreed_fields(streams[stream], lead_types[lead_type])


def calculator(
    quota: Annotated[str, typer.Option(help="Money to be won: 500000.")] = "",
    per: Annotated[str, typer.Option(help="In one month, quarter or year. Default: year.")] = "",
    deal_size: Annotated[str, typer.Option(help="An average deal: 2000.")] = "",
    rate: Annotated[
        list[str] | None, typer.Option(help="A step of the funnel, in its order: mql_to_sql=0.34. May be repeated.")
    ] = None,
    share: Annotated[str, typer.Option(help="The lead type's share of the quota: 0.65 or 65%. Default: all.")] = "",
    reps: Annotated[str, typer.Option(help="Reps who serve these leads.")] = "",
    leads_per_rep: Annotated[str, typer.Option(help="Leads that a rep can serve well in a month.")] = "",
    stream: Annotated[str, typer.Option(help="Start from this revenue stream of the agreement.")] = "",
    lead_type: Annotated[str | None, typer.Option(help="And from this lead type of it.")] = None,
    company: Annotated[
        Path | None, typer.Option(help="The company folder whose agreement it starts from. Default: the demo company.")
    ] = None,
    page: Annotated[bool, typer.Option("--page", help="Serve it as a page with a form, until Ctrl+C.")] = False,
    port: Annotated[int, typer.Option(help="Where: http://127.0.0.1:PORT.", min=1, max=65535)] = 8765,
) -> None:
    """Reverse a quota into the leads that it needs, with the arithmetic; in the terminal or as a page."""
    if page:
        from orchestration.lib.pages.calculator_server import HOST, serve_calculator

        agreement = _agreement(company)
        typer.echo(f"The calculator: http://{HOST}:{port}  (Ctrl+C ends it)")
        serve_calculator(agreement, port)
        return
    if (lead_type or company) and not stream:
        raise typer.BadParameter("--stream is missing: --lead-type and --company start from a stream of the agreement")
    fields: dict[str, str] = {}
    rates: dict[str, str] = {}
    currency = ""
    if stream:
        agreement = _agreement(company)
        currency = agreement.company.currency
        fields, rates = _agreed(agreement, stream, lead_type)
    given = {"quota": quota, "per": per, "deal_size": deal_size, "share": share}
    given |= {"reps": reps, "leads_per_rep": leads_per_rep}
    for text in rate or []:
        step, equals, number = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"--rate '{text}': write a step and its rate, such as mql_to_sql=0.34")
        rates[step.strip()] = number
    try:
        inputs = read_inputs(fields | {name: text for name, text in given.items() if text}, rates)
    except InputError as error:
        told = [f"{_option(name, rates)} {problem}" for name, problem in error.problems.items()]
        raise typer.BadParameter("\n".join(told)) from error
    typer.echo(as_text(calculate(inputs), currency))


def _option(field: str, rates: dict[str, str]) -> str:
    """The option that gives a field."""
    return f"--rate {field}" if field in rates else f"--{field.replace('_', '-')}"
