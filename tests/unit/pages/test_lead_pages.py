"""The pages of leads as files: two processes write what one writes."""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.pages import lead_pages
from orchestration.lib.warehouse.connection import open_warehouse
from tests.unit.pages.page_tables import lay_out

Pages = dict[str, str]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[str], int, Pages]]:
    """What is returned and what is in the folder, written by one process and by two."""
    with duckdb.connect(tmp_path / "copy.duckdb") as connection:
        lay_out(connection)
    monkeypatch.setattr(lead_pages.os, "cpu_count", lambda: 2)
    write, results = lead_pages._write, []
    for most_of_one in (1000, 1):
        monkeypatch.setattr(lead_pages, "WORTH_A_PROCESS", most_of_one)
        site = tmp_path / f"site {most_of_one}"
        (site / "leads").mkdir(parents=True)
        with open_warehouse(tmp_path / "copy.duckdb", read_only=True) as connection:
            here: list[str] = []
            monkeypatch.setattr(lead_pages, "_write", lambda *work: here.extend(work[2]) or write(*work))  # noqa: B023
            made, changed = lead_pages.write_lead_pages(connection, site)
        assert len(here) == len(made) // (1 if most_of_one > 1 else 2), "the other half is written elsewhere"
        pages = {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.html")}
        results.append((made, changed, pages))
    return results


def test_two_processes_write_what_one_writes(written: list[tuple[set[str], int, Pages]]) -> None:
    one, two = written
    assert one == two
    made, changed, pages = one
    assert made == set(pages)
    assert changed == len(pages) > 1
