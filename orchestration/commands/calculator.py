"""`smarketing calculator`: a quota in, the leads that it needs out.

Belongs here: its options, and which agreement it starts from. Reading and computing is lib/calculator/figures.py; the
page of it, calculator.html of the site, computes in the browser.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.arguments import CompanyOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import read_inputs
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.versions import in_force_on
from orchestration.lib.calculator.figures import InputError, agreed_fields, calculate
from orchestration.lib.calculator.figures import read_inputs as read_numbers
from orchestration.lib.calculator.text import as_text
from orchestration.mistakes import Mistake


def _agreement(company: Path | None) -> Agreement:
    """The version in force today; before the first one, that."""
    return in_force_on(read_inputs(company).agreements, date.today())


def _agreed(agreement: Agreement, stream: str, lead_type: str | None) -> tuple[dict[str, str], dict[str, str]]:
    """Fields and rates of a stream and lead type of the agreement."""
    streams = agreement.revenue_streams
    if stream not in streams:
        known = ", ".join(streams)
        raise Mistake(f"--stream: '{stream}' is not in version {agreement.version}; give one of {known}")
    lead_types = streams[stream].lead_types
    if lead_type is None and len(lead_types) == 1:
        lead_type = next(iter(lead_types))
    if lead_type not in lead_types:
        found = "it is missing" if lead_type is None else f"'{lead_type}' is not in {stream}"
        raise Mistake(f"--lead-type: {found}; give one of {', '.join(lead_types)}")
    return agreed_fields(streams[stream], lead_types[lead_type])


def calculator(
    quota: Annotated[str, typer.Option(help="Money to be won: 500000.")] = "",
    per: Annotated[str, typer.Option(help="In one month, quarter or year. Default: year.")] = "",
    deal_size: Annotated[str, typer.Option(help="An average deal: 2000.")] = "",
    rate: Annotated[
        list[str] | None,
        typer.Option(metavar="STEP=RATE", help="A step of the funnel, in its order: mql_to_sql=0.34. May be repeated."),
    ] = None,
    share: Annotated[str, typer.Option(help="The lead type's share of the quota: 0.65 or 65%. Default: all.")] = "",
    reps: Annotated[str, typer.Option(help="Reps who serve these leads.")] = "",
    leads_per_rep: Annotated[str, typer.Option(help="Leads that a rep can serve well in a month.")] = "",
    stream: Annotated[str, typer.Option(help="Start from this revenue stream of the agreement.")] = "",
    lead_type: Annotated[str | None, typer.Option(help="And from this lead type of it.")] = None,
    company: CompanyOption = None,
) -> None:
    """Reverse a quota into the leads that it needs, with the arithmetic.

    calculator.html of the site is the same as a page with a form.
    """
    if (lead_type or company) and not stream:
        raise Mistake("--stream is missing; --lead-type and --company start from a revenue stream of the agreement")
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
            raise Mistake(f"--rate: '{text}' has no '='; write a step and its rate, such as mql_to_sql=0.34")
        rates[step.strip()] = number
    try:
        inputs = read_numbers(fields | {name: text for name, text in given.items() if text}, rates)
    except InputError as error:
        problems = [f"{_option(name, rates)} {problem}" for name, problem in error.problems.items()]
        raise Mistake("\n".join(problems)) from error
    print_line(as_text(calculate(inputs), currency))


def _option(field: str, rates: dict[str, str]) -> str:
    """The option that gives a field."""
    return f"--rate {field}" if field in rates else f"--{field.replace('_', '-')}"
