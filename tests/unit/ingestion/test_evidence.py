"""Which of two files is newer, by what each tells of itself as a whole."""

from datetime import datetime

from orchestration.lib.ingestion.order import Evidence, by_content


def test_where_the_newest_instants_are_one_the_other_columns_tell() -> None:
    def of(one: int, other: int, last: int) -> Evidence:
        days = {"created": one, "qualified": other, "won": last}
        return Evidence("deals.csv", happened={name: datetime(2026, 1, day) for name, day in days.items()})

    older = of(5, 7, 9)
    assert [by_content(older, newer) for newer in (of(6, 7, 9), of(6, 8, 9), of(6, 6, 9), older)] == [1, 1, 0, 0]
    assert by_content(of(6, 8, 9), older) == -1
