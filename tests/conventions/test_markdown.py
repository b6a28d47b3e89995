"""Pages render as they are meant, links lead somewhere, and the changelog is ready for a tag."""

import re
from collections import Counter
from pathlib import Path

import pytest

from orchestration import version
from orchestration.lib.pages import moved
from tests.conventions.markdown import PAGES, PROJECT, read_page

RELEASE = re.compile(
    r"^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d|unreleased)\)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)
BREAKING = "**breaking**: "


def broken_tables(text: str) -> list[str]:
    """Rows that are outside of their table, or have more or fewer cells than its header."""
    page = read_page(text)
    return page.stray_pipes + [
        " | ".join(row) for header, *rows in page.tables for row in rows if len(row) != len(header)
    ]


def broken_links(text: str, path: Path) -> list[str]:
    """Links to a file or a heading that does not exist."""
    found = []
    for link in read_page(text).links:
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        exists = re.match(r"https?:", link) or (
            target.exists() and (not anchor or anchor in read_page(target.read_text()).anchors)
        )
        if not exists:
            found.append(link)
    return found


def counts(text: str) -> tuple[int, int]:
    """The changes of a release, and how many of them are breaking."""
    rows = [row for _, *rows in read_page(text).tables for row in rows]
    return len(rows), sum(row[1].startswith(BREAKING) for row in rows)


def miscounted(text: str) -> list[str]:
    """What the first line of each dated release must be, where it is another."""
    found = []
    for release, date, body in RELEASE.findall(text):
        line = "{} changes, {} breaking.".format(*counts(body))
        if date != "unreleased" and body.split("\n", 2)[:2] != ["", line]:
            found.append(f"## {release}: {line}")
    return found


def test_every_table_is_one_table() -> None:
    assert {path.name: rows for path in PAGES if (rows := broken_tables(path.read_text()))} == {}


def test_the_glossary_has_one_row_per_word() -> None:
    """Also after a merge: git keeps the rows of both sides (.gitattributes)."""
    words = [row[0] for _, *rows in read_page((PROJECT / "docs" / "glossary.md").read_text()).tables for row in rows]
    assert [word for word, count in Counter(words).items() if count > 1] == []


def test_every_link_leads_somewhere() -> None:
    assert {path.name: links for path in PAGES if (links := broken_links(path.read_text(), path))} == {}


def test_pages_of_the_site_are_named_where_they_are() -> None:
    """Their places of before lead on in a browser, and in no other program; figures of a campaign are as they were."""
    old = re.compile(
        "published/(" + "|".join([*map(re.escape, moved.PAGES), *(f"{name}/" for name in moved.FOLDERS)]) + ")"
    )
    texts = {path.name: path.read_text() for path in [*PAGES, PROJECT / "Makefile"] if path.name != "CHANGELOG.md"}
    texts["reliability.md"] = texts["reliability.md"].partition("<!-- figures -->")[0]
    assert {name: found for name, text in texts.items() if (found := old.findall(text))} == {}


def test_the_changelog_counts_its_changes() -> None:
    text = (PROJECT / "CHANGELOG.md").read_text()
    assert miscounted(text) == []
    releases = [(tuple(map(int, name.split("."))), date) for name, date, _ in RELEASE.findall(text)]
    assert len(releases) == text.count("\n## "), "a heading is not `## 1.2.3 (2026-12-31)` or `## 1.2.3 (unreleased)`"
    assert releases == sorted(releases, reverse=True)
    assert "unreleased" not in [date for _, date in releases[1:]]
    assert text.count("breaking**") == sum(counts(text)[1:]) + 1, "a mark is not at the beginning of the second column"


def test_there_is_one_version() -> None:
    """Of pyproject.toml, the installed package and the newest release of the changelog."""
    [defined] = re.findall(r'^version = "(.*)"', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    releases = RELEASE.findall((PROJECT / "CHANGELOG.md").read_text())
    newest = next(name for name, date, *_ in releases if date != "unreleased")
    assert newest == defined == version()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n", ["| 3 | 4 |"]),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", ["1 | 2 | 3"]),
        ("| a | b |\n|---|---|\n| 1 \\| 2 | |\n", []),
    ],
)
def test_a_broken_table_is_found(text: str, faults: list[str]) -> None:
    assert broken_tables(text) == faults


def test_a_broken_link_and_a_wrong_count_are_found() -> None:
    page = PROJECT / "README.md"
    links = ["docs/gone.md", "docs/glossary.md#gone", "docs/glossary.md#data", "https://example.com/gone", "#gone"]
    text = " ".join(f"[x]({link})" for link in links)
    assert broken_links(text, page) == ["docs/gone.md", "docs/glossary.md#gone", "#gone"]
    release = "## 1.0.0 (2026-01-01)\n\n{}\n\n| a | b |\n|---|---|\n| x | **breaking**: gone |\n| y | new |\n"
    assert miscounted(release.format("2 changes, 1 breaking.")) == []
    assert miscounted(release.format("2 changes, 0 breaking.")) == ["## 1.0.0: 2 changes, 1 breaking."]
