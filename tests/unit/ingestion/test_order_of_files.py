"""Which of two exports is newer: by what they tell, whatever the order in which they arrive; else it is asked."""

import itertools
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.ingestion import LoadReport, ingest_table
from orchestration.lib.ingestion.file_names import bare_name, read_name
from orchestration.lib.source_tables import Column, SourceTable

TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=("id",),
    columns=(
        Column("id", "varchar", required=True),
        Column("stage", "varchar"),
        Column("email", "varchar", personal=True),
        Column("created_at", "timestamp"),
        Column("changed_at", "timestamp", moment="changed"),
        Column("close_at", "timestamp", moment="planned"),
    ),
)
OPEN, WON = "id,stage\n1,open\n", "id,stage\n1,won\n"


class Crm:
    """A folder of exports and its warehouse."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.connection = folder, duckdb.connect()
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, text: str, day: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> LoadReport:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        os.utime(path, (day.timestamp(),) * 2)
        return ingest_table(self.connection, TABLE, self.folder)

    def raw(self) -> list[Any]:
        return self.connection.execute("select * from raw.crm__deals order by all").fetchall()

    def stages(self) -> list[Any]:
        """The stage of each deal, by the newest file; asked where a file is refused."""
        if self.connection.execute("from raw.ingestion__loads where status = 'refused'").fetchall():
            return ["asked"]
        query = "select arg_max(stage, _load_number) from raw.crm__deals group by id order by id"
        return [stage for (stage,) in self.connection.execute(query).fetchall()]


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path / "crm")


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("all-deals.csv", "all-deals (1).csv"),
        ("all-deals (9).csv", "all-deals(10).csv"),
        ("deals 9-2026.csv", "deals 10-2026.csv"),
        ("deals 2026-09.csv", "deals-20261005.csv"),
        ("hubspot-crm-exports-all-deals-2026-10-05.csv", "hubspot-crm-exports-all-deals-2026-10-05 (1).csv"),
        ("deals 05.10.2026.csv", "deals 06.11.2026.csv"),
        ("deals Dez 2025.csv", "deals 3 janvier 2026.csv"),
        ("deals-Oct-1-2025-Oct-8-2026.csv", "deals-Oct-1-2025-Nov-2-2026.csv"),
        ("deals Q3 2026.csv", "deals 2026-Q4.csv"),
        ("2026-10/deals.csv", "2026-11/deals.csv"),
        ("deals1791111111111.csv", "deals1791199999999.csv"),
        ("deals 2026-10-05 09-30.csv", "deals 2026-10-05 10-30.csv"),
    ],
)
def test_the_name_tells(tmp_path: Path, older: str, newer: str) -> None:
    for place, names in enumerate([(older, newer), (newer, older)]):
        crm = Crm(tmp_path / str(place))
        for name in names:
            crm.put(name, OPEN if name == older else WON)
        assert crm.stages() == ["won"]


@pytest.mark.parametrize(
    "names",
    [
        ("deals a.csv", "deals b.csv"),
        ("deals_1.csv", "deals_2.csv"),
        ("deals 05.11.2026.csv", "deals 10.05.2026.csv"),  # Each is the newer one in one order of day and month.
        ("deals 2026-10.csv", "deals 2026-10-05.csv"),
        ("ad set deals 13.csv", "set deals.csv"),
    ],
)
def test_where_nothing_tells_both_are_refused(crm: Crm, names: tuple[str, str]) -> None:
    crm.put(names[0], OPEN)
    report = crm.put(names[1], WON)
    assert [file.status for file in report.files] == ["refused", "refused"]
    reasons = {file.file: str(file.reason) for file in report.files}
    assert reasons[names[1]].startswith(
        f"line 2: id 1 is also in {names[0]}, line 2, with another stage; nothing tells"
    )
    assert "the date of their export, such as '" in reasons[names[1]]
    (crm.folder / names[0]).rename(crm.folder / "deals 2026-12-01.csv")
    (crm.folder / names[1]).rename(crm.folder / "deals 2026-12-02.csv")
    ingest_table(crm.connection, TABLE, crm.folder)
    assert crm.stages() == ["won"]


def test_a_personal_value_is_not_in_the_question(crm: Crm) -> None:
    crm.put("deals a.csv", "id,email\n1,ada@example.org\n")
    reason = str(crm.put("deals b.csv", "id,email\n1,eva@example.org\n").files[0].reason)
    assert "another email" in reason
    assert "@" not in reason


def test_the_rows_tell_more_than_the_files(crm: Crm) -> None:
    """One deal, exported later than all of them: its last change is older than theirs, and newer than its own."""
    deals = "id,stage,changed_at\n1,open,2026-01-02\n2,open,2026-03-09\n"
    crm.put("deals b.csv", deals)
    crm.put("deals a.csv", "id,stage,changed_at\n1,won,2026-02-01\n")
    assert crm.stages() == ["won", "open"]


def test_the_newest_instant_tells_where_the_older_file_is_complete(crm: Crm) -> None:
    crm.put("deals b.csv", "id,stage,created_at\n1,open,2026-01-02\n2,open,2026-01-03\n")
    crm.put("deals a.csv", "id,stage,created_at\n1,won,2026-01-02\n2,open,2026-01-03\n3,open,2026-02-01\n")
    assert crm.stages() == ["won", "open", "open"]
    ingest_table(crm.connection, TABLE, crm.folder)
    assert crm.stages() == ["won", "open", "open"]


def test_the_newest_instant_of_a_part_tells_nothing(crm: Crm) -> None:
    crm.put("deals b.csv", "id,stage,created_at\n1,open,2026-01-02\n2,open,2026-01-01\n3,open,2026-02-01\n")
    crm.put("deals a.csv", "id,stage,created_at\n1,won,2026-01-02\n")
    assert crm.stages() == ["asked"]


def test_what_is_planned_tells_nothing(crm: Crm) -> None:
    crm.put("deals b.csv", "id,stage,close_at\n1,open,2026-12-31\n")
    crm.put("deals a.csv", "id,stage,close_at\n1,won,2026-01-03\n")
    assert crm.stages() == ["asked"]


def test_a_date_before_the_content_is_not_that_of_the_export(crm: Crm) -> None:
    crm.put("deals 2025-12.csv", "id,stage,changed_at\n1,won,2026-03-01\n")
    crm.put("deals 2026-01.csv", "id,stage,changed_at\n1,open,2026-01-10\n")
    assert crm.stages() == ["won"]


def test_file_times_tell_when_they_are_days_apart(crm: Crm) -> None:
    crm.put("deals b.csv", OPEN)
    crm.put("deals a.csv", WON, datetime(2026, 1, 3, tzinfo=UTC))
    assert crm.stages() == ["won"]
    os.utime(crm.folder / "deals a.csv", (0, 0))
    (crm.folder / "deals c.csv").write_text("id,stage\n9,open\n")
    ingest_table(crm.connection, TABLE, crm.folder)
    assert crm.stages() == ["open", "open"]


def test_a_file_that_another_replaced_is_older(crm: Crm) -> None:
    crm.put("deals b.csv", OPEN)
    (crm.folder / "deals b.csv").unlink()
    crm.put("deals a.csv", WON)
    assert crm.stages() == ["won"]


def test_of_copies_the_newest_name_counts(tmp_path: Path) -> None:
    """A deal that was won by mistake and set back: the first and the third export are the same."""
    texts = {"deals 2026-09.csv": OPEN, "deals 2026-10.csv": WON, "deals 2026-11.csv": OPEN}
    dumps = []
    for place, names in enumerate(itertools.permutations(texts)):
        crm = Crm(tmp_path / str(place))
        for name in names:
            report = crm.put(name, texts[name])
        assert [file.file for file in report.files if file.status == "duplicate"] == ["deals 2026-09.csv"]
        assert crm.stages() == ["open"]
        dumps.append(crm.raw())
    assert all(dump == dumps[0] for dump in dumps)


EXPORTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "deals.csv",
                "deals (1).csv",
                "deals (2).csv",
                "deals 9-2026.csv",
                "deals 10-2026.csv",
                "deals-20261105.csv",
            ]
        ),
        st.dictionaries(st.sampled_from("1234"), st.sampled_from(["open", "won", "lost"]), min_size=1),
        st.integers(1, 28),
    ),
    min_size=2,
    max_size=4,
    unique_by=lambda export: export[0],
)


@pytest.mark.parametrize(
    "name", ["Lead.csv", "Lead (1).csv", "lead 2026-10.csv", "Lead_20261005 (2).csv", "lead 5 ottobre 2026.csv"]
)
def test_a_number_and_a_date_leave_the_name(name: str) -> None:
    """So that a pattern for `lead.csv` takes the second download and the file of October."""
    assert bare_name(name) == "lead.csv"


@pytest.mark.slow
@given(EXPORTS, st.data())
@settings(max_examples=25)
def test_the_order_of_arrival_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, exports: list[Any], data: st.DataObject
) -> None:
    """Month by month in any order, and all at once: the same raw rows, or the same question."""
    folder = tmp_path_factory.mktemp("orders")
    texts = {
        name: "id,stage,created_at\n"
        + "".join(f"{key},{stage},2026-09-{day:02}\n" for key, stage in sorted(own.items()))
        for name, own, day in exports
    }
    whole = Crm(folder / "whole")
    for name, text in texts.items():
        (whole.folder / name).write_text(text)
    ingest_table(whole.connection, TABLE, whole.folder)
    steps = Crm(folder / "steps")
    for name in data.draw(st.permutations(list(texts))):
        steps.put(name, texts[name])
    for path in whole.folder.iterdir():
        os.utime(path, (datetime(2026, 1, 1, tzinfo=UTC).timestamp(),) * 2)
    assert steps.stages() == whole.stages()
    if whole.stages() != ["asked"]:
        assert steps.raw() == whole.raw()


@given(st.dates(datetime(2020, 1, 1).date(), datetime(2035, 1, 1).date()), st.sampled_from(["-", "_", ".", " ", ""]))
def test_a_date_is_found_in_any_name(day: Any, mark: str) -> None:
    for text in (f"{day:%Y}{mark}{day:%m}{mark}{day:%d}", f"{day:%d-%B-%Y}", f"{day:%B %d, %Y}"):
        name = read_name(f"exports/all deals {text} (3).csv")
        assert [start.date() for start, _ in name.readings] == [day], text
        assert (name.number, name.stem) == (3, "exports all deals")
    assert not re.search(r"\d", read_name(f"deals {day:%Y-%m}.csv.gz").stem)
