"""The smarketing command: one thin function a verb.

Belongs here: arguments, what a user reads, exit codes (0 done, 1 the build or a check failed, 2 the input is wrong).
"""

import difflib
import os
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption, prepare, stop, systems_of
from orchestration.commands.calculator import calculator
from orchestration.commands.closing import close, closings
from orchestration.commands.comparing import compare_versions
from orchestration.commands.docs import docs
from orchestration.commands.notifying import notify
from orchestration.commands.signing import SIGNING_ERRORS, sign_version
from orchestration.lib.agreement.parts import Team
from orchestration.lib.agreement.reading import AgreementError
from orchestration.lib.comparison import ComparisonError
from orchestration.lib.ingestion import write_rejected
from orchestration.lib.onboarding import OnboardingError, make_plan, read_answers, sentences, shell_word
from orchestration.lib.periods import Period, parse_period
from orchestration.lib.review import fiscal_start, latest_of_each_kind, reviewable_periods
from orchestration.lib.systems.finding import read_systems, tables_of
from orchestration.lib.warehouse.connection import WarehouseBusyError, open_warehouse
from orchestration.lib.warehouse.publishing import current_copy

if TYPE_CHECKING:
    import dagster as dg

app = typer.Typer(
    help="One warehouse for the agreement between sales and marketing.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@cache
def _definitions() -> "dg.Definitions":
    from orchestration.definitions import defs

    return defs()


def _execute(job: str, partition_key: str | None = None) -> bool:
    """Run a job of the project in this process; True if all of it succeeded."""
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        result = (
            _definitions()
            .resolve_job_def(job)
            .execute_in_process(
                instance=instance,
                partition_key=partition_key,
                run_config={"loggers": {"console": {}}},
                raise_on_error=False,
            )
        )
    return result.success


def _review(place: settings.Settings, periods: list[Period]) -> list[Path]:
    for period in periods:
        if not _execute(f"review_{period.kind}", period.starts.isoformat()):
            stop(f"the review of {period.name} failed", 1)
    return [place.published / "reviews" / f"{period.name}.html" for period in periods]


@app.command()
def run(
    company: CompanyOption = None,
    home: HomeOption = None,
    as_of: Annotated[
        str,
        typer.Option(help="Compute for this instant (ISO, UTC). Default: the latest instant that the data knows."),
    ] = "",
) -> None:
    """Ingest the exports, build, check, publish; then print where the board and the reviews are."""
    started = time.monotonic()
    place = prepare(company, home, as_of, starts_build=True)
    typer.echo(f"{place.company.name}: {place.company}")
    before = current_copy(place.published).resolve()
    if not _execute("build"):
        copy = current_copy(place.published)
        if copy.resolve() != before:
            stop(f"Published, but the board could not be made: {copy}", 1)
        kept = f"readers keep the last good copy: {copy}" if copy.exists() else "nothing has been published yet"
        stop(f"Not published; {kept}. The whole words of dbt: {place.logs / 'dbt.log'}", 1)
    with open_warehouse(current_copy(place.published), read_only=True) as connection:
        periods = latest_of_each_kind(reviewable_periods(connection))
    reviews = _review(place, periods)
    typer.echo(f"\nDone in {time.monotonic() - started:.0f} s. Open:")
    typer.echo(f"  board     {place.published / 'board.html'}")
    typer.echo(f"  scorecard {place.published / 'scorecard.html'}")
    typer.echo(f"  data      {place.published / 'data.html'}")
    for page in reviews:
        typer.echo(f"  review    {page}")
    typer.echo(f"  BI tools  {current_copy(place.published)}")


@app.command()
def review(
    period: Annotated[str, typer.Argument(help="An ended fiscal quarter or half-year: 2026-Q3 or 2026-H1.")],
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Review one ended period from the published copy: measured rates, and the targets that follow."""
    place = prepare(company, home)
    copy = current_copy(place.published)
    if not copy.exists():
        stop(f"{copy}: nothing has been published yet; run `smarketing run` first", 1)
    with open_warehouse(copy, read_only=True) as connection:
        periods, first_month = reviewable_periods(connection), fiscal_start(connection)
    try:
        wanted = parse_period(period, first_month)
    except ValueError as error:
        stop(str(error), 2)
    if wanted not in periods:
        names = ", ".join(each.name for each in periods) or "none yet"
        stop(f"{period} has no measured rates, or has not ended at the as-of; reviewable: {names}", 2)
    typer.echo(_review(place, [wanted])[0])


@app.command()
def sign(
    version: Annotated[str, typer.Argument(help="The name of the version, as its YAML says it.")],
    name: Annotated[str, typer.Option(help="First and last name of who signs.")],
    role: Annotated[Team, typer.Option(help="The team that they sign for.")],
    company: CompanyOption = None,
) -> None:
    """Sign a version of the agreement for one team; the seal shows any later change of what it says."""
    try:
        typer.echo(sign_version(company or settings.DEMO_COMPANY, version, name, role))
    except SIGNING_ERRORS as error:
        stop(str(error), 2)


@app.command()
def compare(
    first: Annotated[str, typer.Argument(help="A version of the agreement, or the file of a draft.")],
    second: Annotated[str, typer.Argument(help="The one to compare it with.")],
    period: Annotated[str, typer.Option(help="2026-Q3, 2026-H1, 2026-09 or 2026-07-01..2026-09-30.")],
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Replay a period under two versions: which leads change stage, and what each team would have kept."""
    place = prepare(company, home)
    try:
        text, page = compare_versions(place, (first, second), period, typer.echo)
    except (ComparisonError, AgreementError, WarehouseBusyError) as error:
        stop(str(error), 2)
    typer.echo(f"\n{text}\n\n{page}")


@app.command()
def source(
    system: Annotated[str, typer.Argument(help="A short name for where the files come from, such as acme or crm.")],
    files: Annotated[
        list[Path], typer.Argument(help="Its export files: CSV, JSON Lines or Parquet.", show_default=False)
    ],
    company: Annotated[
        Path | None, typer.Option(help="The company folder; made if it is missing. Default: ./<system>.")
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option(help="An answer to a question, key=value; may be repeated.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that an earlier call wrote or you changed.")
    ] = False,
) -> None:
    """Make a system of a company's own files: declaration, staging models and reference files, ready to edit."""
    folder = company or Path(system)
    try:
        given = read_answers(answer or [])
        taken = [each.name for each in read_systems(settings.SYSTEMS)]
        plan = make_plan(files, system, folder, settings.DBT_PROJECT, given, taken)
        while plan.answers.open_questions and sys.stdin.isatty():
            for question in plan.answers.open_questions:
                given[question.key] = typer.prompt(question.prompt()).strip()
            plan = make_plan(files, system, folder, settings.DBT_PROJECT, given, taken)
        if plan.answers.open_questions:
            stop(f"Nothing is written yet. Add an answer to each:\n{sentences(plan.answers.open_questions)}", 2)
        written = plan.writes.perform(force)
    except (OnboardingError, AgreementError) as error:
        stop(str(error), 2)
    typer.echo("\n".join([*plan.found, "", *(f"wrote {path}" for path in written)]))
    typer.echo("\n".join(["", "Look at:", *(f"  - {note}" for note in plan.notes)]) if plan.notes else "")
    if given:
        typer.echo("The same again: " + " ".join(f"--answer {shell_word(f'{key}={given[key]}')}" for key in given))
    typer.echo(f"Next: smarketing run --company {folder}")


@app.command()
def rejected(
    table: Annotated[str, typer.Argument(help="A source table: hubspot.contacts.")],
    to: Annotated[Path, typer.Option(help="The CSV file to write; nothing is overwritten.")],
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Write the rows of a table that were rejected into a file, to be corrected there and put among the exports."""
    place = prepare(company, home)
    tables = {f"{each.system}.{each.name}": each for each in tables_of(settings.DBT_PROJECT, systems_of(place.company))}
    if table not in tables:
        near = difflib.get_close_matches(table, tables, n=1, cutoff=0)
        stop(f"there is no source table {table!r}; did you mean {near[0]}?", 2)
    if not place.warehouse.is_file():
        stop(f"{place.warehouse}: nothing has been ingested yet; run `smarketing run` first", 1)
    try:
        with open_warehouse(place.warehouse, read_only=True) as connection:
            count = write_rejected(connection, tables[table], to)
    except (FileExistsError, WarehouseBusyError) as error:
        stop(str(error), 2)
    if not count:
        typer.echo(f"no row of {table} is rejected")
        return
    patterns = ", ".join([*tables[table].files, *tables[table].utc_files])
    typer.echo(
        f"{to}: {count} row(s) of {table}, each with the reason.\n"
        "Correct the cells, leave _file, _line and _reason as they are, delete the rows to give up; then put\n"
        f"the file among the exports of {tables[table].system}, named as {patterns}, and run again."
    )


@app.command()
def dev(company: CompanyOption = None, home: HomeOption = None) -> None:
    """Open Dagster's UI on the project of one company."""
    prepare(company, home, starts_build=True)
    dagster = str(Path(sys.executable).parent / "dagster")
    os.chdir(settings.PROJECT)
    os.execv(dagster, [dagster, "dev", "-m", "orchestration.definitions"])


app.command()(calculator)
app.command()(docs)
app.command()(notify)
app.command()(close)
app.command()(closings)

if __name__ == "__main__":
    app()
