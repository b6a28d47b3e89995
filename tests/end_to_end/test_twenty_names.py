"""Two exports of each table under twenty kinds of names, older and newer mixed: equal published copies.

Belongs here: whole builds. Each pair of names, in both orders of arrival, is tested at ingestion.
"""

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, differences, dump
from tests.end_to_end.small_company import write_company
from tests.end_to_end.test_real_languages import WITH_FILE_NAMES, exports
from tests.unit.ingestion.test_twenty_names import DATED, PLAIN

pytestmark = pytest.mark.campaign

NEWER = exports("en")
# What the earlier export of each table had otherwise.
CHANGED = {"contacts": ("Ada", "Adda"), "companies": ("Tools", "Toys")}
RIGHT = [("{} 2026-03-18.csv", "{} 2026-03-19.csv")] * 5


def built_under(names: list[tuple[str, str]], folder: Path) -> Built:
    """The company with an older and a newer export of each table, under a pair of names for each table."""
    files = {}
    for (path, text), (older, newer) in zip(NEWER.items(), names, strict=True):
        system, file = path.split("/")
        table = file.removesuffix(".csv")
        files[f"{system}/{newer.format(table)}"] = text
        files[f"{system}/{older.format(table)}"] = "\n".join(text.splitlines()[:-1]).replace(
            *CHANGED.get(table, ("", ""))
        )
    return build(write_company(folder / "company", files), folder / "home")


def test_twenty_names_give_one_copy(tmp_path: Path) -> None:
    right = dump(built_under(RIGHT, tmp_path / "right").copy)
    names = [*PLAIN, *DATED]
    for number, pairs in enumerate([names[:10], names[10:]]):
        found = dump(built_under(list(zip(pairs[::2], pairs[1::2], strict=True)), tmp_path / str(number)).copy)
        changed = differences(right, found)
        assert changed.keys() <= WITH_FILE_NAMES, changed
