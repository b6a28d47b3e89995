"""`smarketing status`: the last build, what readers see, and what is broken.

Belongs here: how it reads. Finding out is lib/inspection/.
"""

from datetime import UTC, datetime
from pathlib import Path

from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import end, print_line, print_named
from orchestration.commands.preparing import place_of, read_inputs
from orchestration.lib.inspection.build import Source, read_build
from orchestration.lib.inspection.last_run import FAILED, PUBLISHED, RUNNING, STOPPED, LastRun, read_last_run
from orchestration.lib.language import gettext, later, ngettext, translated
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.publishing import current_copy

ENDINGS = {
    PUBLISHED: later("published"),
    FAILED: later("failed: nothing of it is published"),
    STOPPED: later("stopped by Ctrl+C: nothing of it is published"),
    RUNNING: later("running"),
}
MOST_LINES = 20


def status(company: CompanyOption = None, home: HomeOption = None) -> None:
    """Show the last build, its as-of, the age of each source, the pages, and what is broken.

    Ends with 0 if the last build was published, and with 1 if it was not or nothing has been built yet.
    """
    inputs = read_inputs(company)
    place = place_of(inputs.company.folder, home)
    copy, run = current_copy(place.published), read_last_run(place.home)
    print_line(f"{place.company.name}: {place.company}")
    if run:
        print_named(gettext("last build"), _ended(run), "")
        _print_list(gettext("failed in it"), list(run.failures))
    if not copy.exists():
        end(gettext("%(home)s: nothing has been published yet; run `smarketing run`", home=place.home), 1)
    if not run:
        print_named(gettext("last build"), f"{_moment(copy.stat().st_mtime)}, {translated(ENDINGS[PUBLISHED])}", "")
    with open_warehouse(copy, read_only=True) as connection:
        build = read_build(connection)
    print_named(gettext("as of"), f"{build.as_of_local:%Y-%m-%d %H:%M} {build.time_zone}", "")
    print_line(gettext("sources"))
    for source in build.sources:
        print_line(f"  {source.system:<14} {_age(source)}")
    for period, since in build.reviews_due:
        steps = gettext(
            "%(period)s, since %(since)s: `smarketing review %(period)s`, then `smarketing decide`",
            period=period,
            since=since,
        )
        print_named(gettext("review due"), steps, "")
    _print_list(gettext("broken in what is published"), build.broken)
    _say_pages(place.site)
    if run and run.result != PUBLISHED and not (run.result == RUNNING and not run.is_killed):
        end(gettext("the last build was not published; readers keep the copy before it"), 1)


def _age(source: Source) -> str:
    days = source.days_behind
    until = gettext("until %(date)s", date=source.last_date)
    age = ngettext("%(days)s day behind", "%(days)s days behind", days, days=days) if days else gettext("up to date")
    files = ngettext("%(files)s file", "%(files)s files", source.files, files=source.files)
    return f"{until}, {age}, {files}"


def _ended(run: LastRun) -> str:
    started = _moment(datetime.fromisoformat(run.started_at).timestamp())
    if run.is_killed:
        return ", ".join([started, gettext("killed: nothing of it is published")])
    process = " " + gettext("(process %(process)s)", process=run.process) if run.result == RUNNING else ""
    return f"{started}, {translated(ENDINGS.get(run.result, run.result))}{process}"


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _print_list(title: str, lines: list[str]) -> None:
    if lines:
        print_line(f"{title}")
    for line in lines[:MOST_LINES]:
        print_line(f"  {line}")
    if len(lines) > MOST_LINES:
        print_line("  " + gettext("and %(lines)s more, on the page of the data", lines=len(lines) - MOST_LINES))


def _say_pages(site: Path) -> None:
    print_line(gettext("pages"))
    if (site / "index.html").is_file():
        print_named(gettext("today"), site / "index.html")
    for page in sorted((site / "reviews").glob("2*.html"), reverse=True):
        print_named(gettext("review"), page)
