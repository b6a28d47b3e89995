"""Figures of several tests are one, and sections that did not run stay."""

from pathlib import Path

import pytest

from tests import campaign_figures as figures

PAGE = "# Page\n\n<!-- figures -->\n### Kills\nold\n\n### Homes\nkept\n\n<!-- end of figures -->\nbehind\n"


def test_figures_of_several_tests_are_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "FOLDER", tmp_path / "found")
    figures.note("a[1]", "Kills", {"kills": 3, "phases": "dbt"})
    figures.note("a[2]", "Kills", {"kills": 4, "phases": "pages"})
    assert figures.collect() == {"Kills": {"kills": 7, "phases": "dbt; pages"}}
    figures.start()
    assert figures.collect() == {}


def test_a_section_that_did_not_run_keeps_its_figures() -> None:
    page = figures.written(PAGE, {"Kills": {"kills": 1200, "share": 0.25}}, "today")
    assert page == (
        "# Page\n\n<!-- figures -->\n### Homes\nkept\n\n### Kills\ntoday\n\n| what | figure |\n|---|---|\n"
        "| kills | 1,200 |\n| share | 0.2 |\n\n<!-- end of figures -->\nbehind\n"
    )
    assert figures.written(page, {}, "later") == page


def test_the_page_has_the_block() -> None:
    assert figures.BLOCK.search(figures.PAGE.read_text(encoding="utf-8"))
