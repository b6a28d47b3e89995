"""`smarketing run`: a build from exports to pages, and the reviews of the last ended periods.

Belongs here: the order, and what the user reads at the end. The build is the Dagster job of that name.
"""

import time
from typing import Annotated

import typer

from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import end, print_line, print_named
from orchestration.commands.forget import begin_unfinished, finish
from orchestration.commands.jobs import execute, make_reviews
from orchestration.commands.preparing import Prepared, prepare, prepare_project
from orchestration.commands.spark import require_spark
from orchestration.lib.company.company_file import is_by_spark
from orchestration.lib.inspection.last_run import read_last_run
from orchestration.lib.inspection.openings import openings_of_copy
from orchestration.lib.inspection.words import read_words
from orchestration.lib.language import gettext, ngettext, translated
from orchestration.lib.machine import NOTHING, free_bytes, full_disk, is_full, require_room, room_of_run
from orchestration.lib.review.measured import latest_of_each_kind, reviewable_periods
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.publishing import NOTHING_READ, reason_against


def run(
    company: CompanyOption = None,
    home: HomeOption = None,
    as_of: Annotated[
        str,
        typer.Option(
            metavar="INSTANT", help="Compute for this instant (ISO, UTC). Default: the latest one in the data."
        ),
    ] = "",
    is_waiting: Annotated[
        bool, typer.Option("--wait", help="Wait while another verb works in the home; else it ends at once.")
    ] = False,
) -> None:
    """Ingest the exports, build, check and publish; then print where the pages and the reviews are.

    Readers keep the last published copy until every check has passed.
    """
    started = time.monotonic()
    prepared = prepare(company, home, as_of, makes_home=True, needs_files=True, holder="run", is_waiting=is_waiting)
    if is_by_spark(prepared.place.company):
        require_spark()
    print_line(f"{prepared.place.company.name}: {prepared.place.company}")
    require_room(prepared.place.home, room_of_run(prepared.place.home, prepared.place.company), gettext("a run"))
    prepare_project(prepared, starts_build=True)
    before = prepared.copy.resolve()
    is_unfinished = begin_unfinished(prepared)
    is_built = execute(prepared, "build")
    if is_unfinished:
        finish(prepared, is_built)
    if not is_built and prepared.copy.resolve() == before:
        _end_failed(prepared)
    with open_warehouse(prepared.copy, read_only=True) as connection:
        periods = latest_of_each_kind(reviewable_periods(connection))
        unexplained = sum(not word.meaning for word in read_words(connection))
        openings = openings_of_copy(connection, prepared.tables)
    reviews = make_reviews(prepared, periods)
    if not is_built:
        reason = gettext("Published, but not all that is made of it; the lines above give the reason")
        end(f"{reason}: {prepared.copy}", 1)
    if openings:
        print_line("\n" + gettext("What the exports do not have:"))
    for opening in openings:
        print_line(f"  {opening.text}")
    print_line("\n" + gettext("Done in %(seconds)s s. Open:", seconds=f"{time.monotonic() - started:.0f}"))
    print_named(gettext("pages"), prepared.place.site / "index.html")
    for page in reviews:
        print_named(gettext("review"), page)
    print_named(gettext("BI tools"), prepared.copy)
    if unexplained:
        print_line("\n" + _unexplained(unexplained))


def _unexplained(words: int) -> str:
    return ngettext(
        "%(words)s word is in no reference file: shown as unknown, or excluded. `smarketing check` lists it, and "
        "`smarketing check --draft` adds a row for it",
        "%(words)s words are in no reference file: shown as unknown, or excluded. `smarketing check` lists them, and "
        "`smarketing check --draft` adds a row for each",
        words,
        words=words,
    )


def _end_failed(prepared: Prepared) -> None:
    kept = gettext("Not published; no copy exists yet.")
    if prepared.copy.exists():
        kept = gettext("Not published; readers keep the last good copy: %(copy)s.", copy=prepared.copy)
    if prepared.place.warehouse.is_file() and (
        reason := reason_against(prepared.place.warehouse, prepared.copy, prepared.place.as_of)
    ):
        end(f"{kept} {translated(reason)}", 2 if reason == NOTHING_READ else 1)
    home = prepared.place.home
    last = read_last_run(home)
    if is_full("\n".join(last.failures) if last else "", home) or free_bytes(home) < NOTHING:
        end(f"{kept} {full_disk(home)}", 1)
    log = prepared.place.logs / "dbt.log"
    end(kept + (" " + gettext("Full dbt log: %(log)s", log=log) if log.is_file() else ""), 1)
