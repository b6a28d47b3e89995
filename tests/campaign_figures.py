"""What the campaigns found, from the tests of all workers into the page of docs.

Belongs here: one file per test, and the block of docs/reliability.md that is made of them. A section that did not run
keeps its figures, with the date and the commit of its own last run.
"""

import datetime
import json
import os
import platform
import re
import subprocess
from pathlib import Path

import duckdb

PROJECT = Path(__file__).parents[1]
PAGE = PROJECT / "docs" / "reliability.md"
FOLDER = PROJECT / "warehouse" / ".campaigns"
BLOCK = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- end of figures -->)", re.DOTALL)
NOT_REACHED = "Not reached"
SECTION = re.compile(r"^### (.+?)\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)


def start() -> None:
    """Forget what earlier campaigns noted."""
    for path in FOLDER.glob("*.json"):
        path.unlink()


def note(test: str, section: str, figures: dict[str, object]) -> None:
    """Keep the figures of one test; those of the same name of other tests are added to them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"\W+", "-", f"{test}-{section}")[-150:]
    (FOLDER / f"{name}.json").write_text(json.dumps({"section": section, "figures": figures}), encoding="utf-8")


def collect() -> dict[str, dict[str, object]]:
    """The figures of each section: numbers are added up, texts are listed once each."""
    found: dict[str, dict[str, object]] = {}
    for path in sorted(FOLDER.glob("*.json")):
        read = json.loads(path.read_text(encoding="utf-8"))
        section = found.setdefault(read["section"], {})
        for name, value in read["figures"].items():
            before = section.get(name)
            if before is None:
                section[name] = value
            elif isinstance(value, int | float) and isinstance(before, int | float):
                section[name] = before + value
            elif str(value) not in str(before).split("; "):
                section[name] = f"{before}; {value}"
    return found


def origin() -> str:
    """The day, the commit, and the machine without its name."""
    command = ["git", "describe", "--always", "--dirty=, changed", "--exclude=*"]
    commit = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False).stdout.strip()
    today = datetime.datetime.now(datetime.UTC).date()
    versions = f"Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    return f"{today}, commit {commit or 'unknown'}, {os.cpu_count()} cores, {versions}"


def written(page: str, found: dict[str, dict[str, object]], where: str) -> str:
    """The page with the sections that ran replaced, in the order of their names; what was not reached, of now."""
    sections = dict(SECTION.findall(BLOCK.search(page)[0]))  # type: ignore[index]
    sections.pop(NOT_REACHED, None)
    for section, figures in found.items():
        rows = "".join(f"| {name} | {_cell(value)} |\n" for name, value in figures.items())
        sections[section] = f"{where}\n\n| what | figure |\n|---|---|\n{rows}\n"
    block = "".join(f"### {section}\n{sections[section]}" for section in sorted(sections))
    return BLOCK.sub(lambda _: block, page)


def write_page() -> None:
    """Put the figures into the page."""
    if found := collect():
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), found, origin()), encoding="utf-8")


def _cell(value: object) -> str:
    text = f"{value:.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
    return text.replace("|", "\\|").replace("\n", " ")
