"""What a run costs, as ratios of things measured in one go: the last figures are in figures.md, which this writes.

    make ratios [LEADS=5000]
    python benchmarks/ratios.py LEADS run

Belongs here: the figures that need no other project, on a company that made_company.py makes. Seconds are those of the
processor, since a ratio of two of them is the same beside other work. What each model costs at ten times the leads is
growth.py; attribution against other libraries attribution.py; pages at the size that is promised site_size.py. The
second form is for a company that is too large for the rest: it prints the ratios of a run, and writes nothing.
"""

import math
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
from growth import build, compiled, opened, tables
from made_company import Size, write_company
from site_size import measure
from skew import seconds as seconds_of

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.company.privacy import write_privacy
from orchestration.lib.ingestion import create_ledger, ingest_table
from orchestration.lib.ingestion.files import has_file
from orchestration.lib.systems.finding import read_systems
from orchestration.lib.warehouse.publishing import current_copy

FIGURES = Path(__file__).with_name("figures.md")
TITLE = "## Ratios"
HEAVIEST = 8
Row = tuple[str, str, str]


def taken_by(*command: str) -> float:
    """Seconds of the processor of a command and of all that it starts; it must end well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ingestion(company: Path, folder: Path) -> Row:
    """The files of exports/ into raw tables, against DuckDB's reader, which knows neither declaration nor faults."""
    began = time.process_time()
    with duckdb.connect(folder / "bare.duckdb") as connection:
        for number, path in enumerate(sorted((company / "exports").rglob("*.csv"))):
            connection.execute(f"create table t{number} as from read_csv('{path}', header = true)")
    bare = time.process_time() - began
    began = time.process_time()
    with duckdb.connect(folder / "ours.duckdb") as connection:
        create_ledger(connection)
        write_tables(connection, read_agreements(company / "agreements"))
        write_privacy(connection, "hash", "a key")
        for system in read_systems(settings.SYSTEMS):
            for table in system.tables:
                if has_file([table], company / "exports" / system.name):
                    ingest_table(connection, table, company / "exports" / system.name)
    return "ingestion", "DuckDB's bare reader of the same files", _ratio(time.process_time() - began, bare)


def straight(company: Path, home: Path, folder: Path) -> tuple[float, list[Row]]:
    """Seconds of all models and tests as plain SQL over the same raw tables; of the heaviest models against a floor.

    The floor of a model: to read all that it reads, to the last column, and to write the rows that it makes.
    """
    place = settings.Settings(company, folder / "straight")
    place.home.mkdir()
    shutil.copy(home / "warehouse.duckdb", place.warehouse)
    nodes = compiled(place)
    with opened(place) as connection:
        seconds = build(connection, nodes)
        by_id = {node["unique_id"]: node for node in tables(nodes)}
        rows = []
        for node in sorted(by_id.values(), key=lambda node: -seconds[node["name"]])[:HEAVIEST]:
            began = time.process_time()
            for read in {key for key in node["depends_on"]["nodes"] if key in by_id}:
                connection.execute(f"select max(columns(*)) from {by_id[read]['relation_name']}").fetchall()
            connection.execute(f"create or replace table floor as from {node['relation_name']}; checkpoint")
            floor = time.process_time() - began
            rows.append((f"`{node['name']}`", "its floor", _ratio(seconds[node["name"]], floor)))
    return sum(seconds.values()), rows


def smarketing_run(folder: Path) -> tuple[str, ...]:
    """The command that builds the company of the folder."""
    command = str(Path(sys.executable).with_name("smarketing"))
    return (command, "run", "--company", str(folder / "company"), "--home", str(folder / "home"))


def of_a_run(whole: float, folder: Path) -> Iterator[Row]:
    """The company of the folder, built in these seconds: its memory, and its seconds against those of its SQL."""
    company, home = folder / "company", folder / "home"
    exported = sum(path.stat().st_size for path in (company / "exports").rglob("*.csv")) / 1024**3
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    yield "memory of a run", "the bytes of its exports", _ratio(peak, exported, "GB")
    plain, heavy = straight(company, home, folder)
    yield "a whole run", "its models and tests as straight SQL", _ratio(whole, plain)
    yield from heavy


def of_the_rest(leads: int, whole: float, folder: Path) -> Iterator[Row]:
    """The site of the company that is built, persons, and a run of the same company with one more day."""
    company, later, home = folder / "company", folder / "later", folder / "home"
    found = measure(current_copy(home / "published"), folder / "site", company)
    yield "the largest page", "2 MB", _ratio(max(found.sizes.values()) / 1e6, 2.0, "MB")
    again = f"its site of {found.pages:,} pages again, of which one owner's rows changed {found.changed_of_owner:,}"
    yield again, "the first time, on the clock", _ratio(found.of_owner_seconds, found.seconds)
    few, many = (seconds_of("persons", records) for records in (10 * leads, 100 * leads))
    n_log_n = 10 * math.log(100 * leads) / math.log(10 * leads)
    persons = "persons of ten times the records, on the clock"
    yield persons, f"N log N, {n_log_n:.1f} times", f"{many / few / n_log_n:.2f}"
    write_company(later, Size(leads))
    shutil.rmtree(company / "exports")
    shutil.move(later / "exports", company / "exports")
    yield "a run with one more day", "the first run", _ratio(taken_by(*smarketing_run(folder)), whole)


def ratios(leads: int, folder: Path, only_run: bool) -> Iterator[Row]:
    """All of them, or those of a run alone, each as soon as it is measured."""
    write_company(folder / "company", Size(leads, days_to_come=1))
    yield ingestion(folder / "company", folder)
    began = time.monotonic()
    whole = taken_by(*smarketing_run(folder))
    print(f"built in {(time.monotonic() - began) / 60:.1f} minutes on the clock", flush=True)
    yield from of_a_run(whole, folder)
    if not only_run:
        yield from of_the_rest(leads, whole, folder)


def _ratio(measured: float, against: float, unit: str = "s") -> str:
    return f"{measured / against:.2f} ({measured:.3g} {unit} / {against:.3g} {unit})"


def write_figures(leads: int, rows: list[Row]) -> None:
    """Put the section into figures.md, in place of the one before."""
    commit = subprocess.run(
        ("git", "rev-parse", "--short", "HEAD"), cwd=settings.PROJECT, capture_output=True, text=True
    )
    section = "\n".join(
        (
            TITLE,
            "",
            f"`make ratios LEADS={leads}`, {leads:,} leads, commit {commit.stdout.strip()}, {platform.machine()} with "
            f"{os.cpu_count()} cores,",
            f"DuckDB {duckdb.__version__}, load {os.getloadavg()[0]:.0f}. Seconds are processor time,",
            "but for those on the clock.",
            "",
            "| measured | against | ratio |",
            "|---|---|---|",
            *(f"| {what} | {against} | {ratio} |" for what, against, ratio in rows),
            "",
        )
    )
    before, _, after = FIGURES.read_text(encoding="utf-8").partition(f"{TITLE}\n")
    _, mark, others = after.partition("\n## ")
    FIGURES.write_text(f"{before.rstrip()}\n\n{section}{mark}{others}", encoding="utf-8")


if __name__ == "__main__":
    leads = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    only_run = sys.argv[2:] == ["run"]
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for row in ratios(leads, Path(folder), only_run):
            print(*row, sep=" | ", flush=True)
            rows.append(row)
    if not only_run:
        write_figures(leads, rows)
