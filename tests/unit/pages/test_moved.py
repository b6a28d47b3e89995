"""The old paths of pages: what verbs had written is moved into the site, each path leads on, and nothing is lost."""

import re
from pathlib import Path

import pytest

from orchestration.lib.pages import lead_on, write_page


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A home of before: reviews and a list in the folder, leads as a link to a hidden one; and the new site."""
    folder = tmp_path / "published"
    for place, text in {
        "board.html": "the old board",
        "reviews/2026-Q1.html": "the review of spring",
        "reviews/2026-Q1.yml": "version: 2026-05",
        "reviews/2026-Q2.html": "an old review",
        "reviews/notes of Ada.docx": "mine",
        "comparisons/a-b-2026-Q1.csv": "every figure",
        ".leads/000001/hubspot-7.html": "a lead",
        "rework.csv": "the list of yesterday",
        "site/index.html": "today",
        "site/reviews/index.html": "the index",
        "site/reviews/2026-Q2.html": "the new review",
        "site/minutes/2026-Q1.html": "the minutes",
    }.items():
        write_page(folder / place, text)
    (folder / "leads").symlink_to(".leads/000001", target_is_directory=True)
    return folder


def state(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_reviews_are_moved_and_a_file_of_the_user_is_not_lost(published: Path) -> None:
    lead_on(published, published / "site")
    site = state(published / "site")
    assert site["reviews/2026-Q1.html"] == "the review of spring"
    assert site["reviews/2026-Q1.yml"] == "version: 2026-05"
    assert site["comparisons/a-b-2026-Q1.csv"] == "every figure"
    assert site["reviews/notes of Ada.docx"] == "mine"
    # The same review was made again in the site, which is newer.
    assert site["reviews/2026-Q2.html"] == "the new review"


def test_each_old_path_leads_on_to_a_page(published: Path) -> None:
    lead_on(published, published / "site")
    pages = {"board.html": "index.html", "scorecard.html": "scorecard/index.html", "data.html": "data.html"}
    pages |= {f"reviews/2026-{quarter}.html": f"reviews/2026-{quarter}.html" for quarter in ("Q1", "Q2")}
    pages |= {"minutes/2026-Q1.html": "minutes/2026-Q1.html"}
    for old, new in pages.items():
        (to,) = re.findall(r'url=([^"]+)"', (published / old).read_text())
        assert (published / old).parent.joinpath(to).resolve() == (published / "site" / new).resolve()
    assert not (published / "reviews" / "index.html").exists()


def test_links_hidden_folders_and_the_old_list_are_gone(published: Path) -> None:
    lead_on(published, published / "site")
    assert not [path for path in published.rglob("*") if path.is_symlink() or path.name.startswith(".")]
    assert not (published / "rework.csv").exists()


def test_a_second_time_changes_nothing(published: Path) -> None:
    lead_on(published, published / "site")
    before = state(published)
    lead_on(published, published / "site")
    assert state(published) == before
