"""`smarketing status`: the last build, what readers see, and what is broken.

Belongs here: how it reads. Finding out is lib/inspection/.
"""

from datetime import UTC, datetime
from pathlib import Path

from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import end, print_line
from orchestration.commands.preparing import place_of, read_inputs
from orchestration.lib.inspection.build import read_build
from orchestration.lib.inspection.last_run import FAILED, PUBLISHED, RUNNING, STOPPED, LastRun, read_last_run
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.publishing import current_copy

ENDINGS = {
    PUBLISHED: "published",
    FAILED: "failed: nothing of it is published",
    STOPPED: "stopped by Ctrl+C: nothing of it is published",
    RUNNING: "running",
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
        print_line(f"last build  {_ended(run)}")
        _print_list("failed in it", list(run.failures))
    if not copy.exists():
        end(f"{place.home}: nothing has been published yet; run `smarketing run`", 1)
    if not run:
        print_line(f"last build  {_moment(copy.stat().st_mtime)}, published")
    with open_warehouse(copy, read_only=True) as connection:
        build = read_build(connection)
    print_line(f"as of       {build.as_of_local:%Y-%m-%d %H:%M} {build.time_zone}")
    print_line("sources")
    for source in build.sources:
        behind = f"{source.days_behind} days behind" if source.days_behind else "up to date"
        print_line(f"  {source.system:<14} until {source.last_date}, {behind}, {source.files} files")
    for period, since in build.reviews_due:
        print_line(f"review due  {period}, since {since}: `smarketing review {period}`, then `smarketing decide`")
    _print_list("broken in what is published", build.broken)
    _say_pages(place.site)
    if run and run.result != PUBLISHED and not (run.result == RUNNING and not run.is_killed):
        end("the last build was not published; readers keep the copy before it", 1)


def _ended(run: LastRun) -> str:
    started = _moment(datetime.fromisoformat(run.started_at).timestamp())
    if run.is_killed:
        return f"{started}, killed: nothing of it is published"
    process = f" (process {run.process})" if run.result == RUNNING else ""
    return f"{started}, {ENDINGS.get(run.result, run.result)}{process}"


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _print_list(title: str, lines: list[str]) -> None:
    if lines:
        print_line(f"{title}")
    for line in lines[:MOST_LINES]:
        print_line(f"  {line}")
    if len(lines) > MOST_LINES:
        print_line(f"  and {len(lines) - MOST_LINES} more, on the page of the data")


def _say_pages(site: Path) -> None:
    print_line("pages")
    if (site / "index.html").is_file():
        print_line(f"  today       {site / 'index.html'}")
    for page in sorted((site / "reviews").glob("2*.html"), reverse=True):
        print_line(f"  review      {page}")
