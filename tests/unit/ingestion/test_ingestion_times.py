"""Formats of times: each is read correctly, asked for, or rejected with the reason."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orchestration.lib.ingestion import FormatHints
from orchestration.lib.source_tables import Column
from tests.unit.ingestion.ingested import TABLE, Crm


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    return Crm(tmp_path)


AFTERNOON = datetime(2021, 4, 15, 15, 4)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2021-04-15 15:04", AFTERNOON),
        ("2021-04-15T15:04:00", AFTERNOON),
        ("2021-04-15 15:04:05.25", datetime(2021, 4, 15, 15, 4, 5, 250000)),
        ("2021/04/15 15:04", AFTERNOON),
        ("2021.4.15 15:04", AFTERNOON),
        ("20210415", datetime(2021, 4, 15)),
        ("15 Apr, 2021 15:04:00", AFTERNOON),
        ("15 Apr 2021", datetime(2021, 4, 15)),
        ("Apr 15, 2021 3:04 PM", AFTERNOON),
        ("Apr 15, 2021, 3:04\u202fPM", AFTERNOON),
        ("April 15th, 2021 03:04:00 p.m.", AFTERNOON),
        ("Thursday, 15 April 2021 15:04", AFTERNOON),
        ("15-Apr-2021", datetime(2021, 4, 15)),
        ("15-SEP-2021 12:04 AM", datetime(2021, 9, 15, 0, 4)),
        ("15/04/2021 15:04", AFTERNOON),
        ("04/15/2021 3:04 PM", AFTERNOON),
        ("15.04.2021, 15:04:00", AFTERNOON),
        ("15-04-2021\u00a015:04", AFTERNOON),
        ("15 aprile 2021", datetime(2021, 4, 15)),
        ("15-Abr-2021 15:04", AFTERNOON),
        ("Donnerstag, 15. April 2021, 15:04", AFTERNOON),
        ("2-Mär-2021", datetime(2021, 3, 2)),
        ("2 de março de 2021", datetime(2021, 3, 2)),
        ("mar. 2 févr. 2021", datetime(2021, 2, 2)),
        ("1er août 2021", datetime(2021, 8, 1)),
        ("terça-feira, 2 de dezembro de 2021", datetime(2021, 12, 2)),
    ],
)
def test_local_times(crm: Crm, cell: str, moment: datetime) -> None:
    assert crm.ingest("moment", cell).rows_loaded == 1, crm.reasons()
    assert crm.values("moment, _time_zone") == [(moment, None)]
    assert crm.ingest("day", cell).rows_loaded == 1
    assert crm.values("day") == [moment.date()]
    assert crm.ingest("instant", cell).rows_loaded == 1
    assert crm.values("instant") == [moment.replace(tzinfo=UTC)]


@pytest.mark.parametrize(
    "cell",
    [
        "2021-04-15T15:04:00Z",
        "2021-04-15T15:04:00.000Z",
        "2021-04-15T15:04:00.000000Z",
        "2021-04-15T15:04:00.0Z",
        "2021-04-15 15:04:00 UTC",
        "2021-04-15T17:04:00.000+0200",
        "2021-04-15 17:04:00+02",
        "2021-04-15 10:04:00-05:00",
        "1618499040000",
        "1618499040",
        "Thu, 15 Apr 2021 15:04:00 GMT",
        "04/15/2021 17:04 +02:00",
    ],
)
def test_instants_are_read_in_utc(crm: Crm, cell: str) -> None:
    assert crm.ingest("moment", cell, "", "2021-04-16").rows_loaded == 3, crm.reasons()
    assert crm.values("moment, _time_zone") == [
        (AFTERNOON, "UTC"),
        (None, "UTC"),
        (datetime(2021, 4, 16), "UTC"),
    ]
    assert crm.ingest("instant", cell).rows_loaded == 1
    assert crm.values("instant") == [AFTERNOON.replace(tzinfo=UTC)]
    assert crm.ingest("day", cell).rows_rejected == 1  # the day depends on the time zone


@pytest.mark.parametrize(
    "cell",
    [
        "31/31/2021",
        "2021-02-30",
        "15/04/21",
        "15 Apr 21 10:00",
        "15 Abc 2021",
        "15 marzo 21",
        "2021-04-15 15:04 EST",
        "44301.5",
        "1618499040000000",
        "2021041510",
        "44301",
        "2021-04-15 25:00",
        "2021-04-15T25:04:00Z",
        "2021-04-15T15:04:00.NZZ",
        "2021-04-15 15:04 CEST or so",
        "Apr 2021",
        "0024-01-05",
        "yesterday",
    ],
)
def test_an_invalid_time_is_rejected(crm: Crm, cell: str) -> None:
    for column in ("moment", "day", "instant"):
        assert crm.ingest(column, cell, "2021-04-15").rows_rejected == 1
        assert cell in crm.reasons()[0]
        assert ("two digits" in crm.reasons()[0]) == (" 21" in cell or "/21" in cell)
        assert ("as Excel keeps dates" in crm.reasons()[0]) == cell.startswith("44301")
        assert ("letters of a zone" in crm.reasons()[0]) == cell.endswith("EST")


def test_midnight_in_utc_is_a_date(crm: Crm) -> None:
    crm.ingest("day", "2021-04-15T00:00:00Z", "1618444800000", "2021-04-15 23:00")
    assert crm.values("day, _time_zone") == [(date(2021, 4, 15), None)] * 3


def test_times_without_zone_beside_instants_are_rejected(crm: Crm) -> None:
    cells = ("2021-04-15T15:04:00Z", "2021-04-15 15:04", "2021-04-15")
    assert crm.ingest("moment", *cells).rows_loaded == 2
    assert crm.reasons() == ["column moment: '2021-04-15 15:04' has no time zone, but other times of the file have one"]
    assert crm.ingest("moment", *cells, file="deals.utc.csv").rows_loaded == 2  # deals.csv comes first
    (crm.folder / "deals.csv").unlink()
    assert crm.ingest("moment", "2021-04-15 15:04", *cells, file="deals.utc.csv").rows_loaded == 4


def test_a_given_midnight_is_not_a_bare_date(crm: Crm) -> None:
    just_after = datetime(2021, 4, 15, 0, 0, 0, 1)
    for midnight in ("2021-04-15 00:00", "2021-04-15 00:00:00", "4/15/2021 12:00 AM", "2021-04-15T00:00:00"):
        crm.ingest("moment", midnight, "2021-04-16 09:30", "2021-04-17")
        assert crm.values("moment")[::2] == [just_after, datetime(2021, 4, 17)], midnight
    for midnight in ("2021-04-15T00:00:00Z", "2021-04-15 02:00+02:00", "1618444800"):
        crm.ingest("moment", midnight, "2021-04-16T09:30:00Z", "2021-04-17")
        assert crm.values("moment, _time_zone")[::2] == [(just_after, "UTC"), (datetime(2021, 4, 17), "UTC")], midnight


@pytest.mark.parametrize("midnight", ["00:00", " 00:00:00.000", "T00:00:00Z", "T00:00:00+02:00"])
def test_where_no_other_time_is_given_midnights_are_dates(crm: Crm, midnight: str) -> None:
    crm.ingest("moment", f"2021-04-15 {midnight}".replace(" T", "T").replace("  ", " "), "2021-04-16")
    assert crm.values("moment") == [datetime(2021, 4, 15), datetime(2021, 4, 16)]


@pytest.mark.parametrize(
    "cells",
    [
        ("03/04/2021", "3/1/2021", "13/03/2021"),
        ("13/03/2021 10:00", "3/1/2021 9:00"),
        ("13/03/2021", "2021-01-03"),  # a workbook's cells: text, and what became a date
    ],
)
@pytest.mark.parametrize("order", [None, "dmy", "mdy"])
def test_days_that_excel_has_half_exchanged_are_asked_about(
    crm: Crm, cells: tuple[str, ...], order: str | None
) -> None:
    report = crm.ingest("moment", *cells, hints=FormatHints(order))
    assert report.status == "refused"
    assert re.match(r"line \d, column moment: '.*3.* Excel has exchanged day and month", str(report.reason))


def test_days_written_in_one_way_are_not(crm: Crm) -> None:
    for cells in (("1/03/2021", "13/04/2021"), ("3/1/2021", "13/3/2021"), ("2021-04-13", "13/04/2021")):
        assert crm.ingest("day", *cells).status == "loaded", cells


def test_all_values_determine_the_order(crm: Crm) -> None:
    crm.ingest("day", "03/04/2021", "2021-05-06", "13/04/2021", "04.05.2021")
    assert crm.values("day") == [date(2021, 4, 3), date(2021, 5, 6), date(2021, 4, 13), date(2021, 5, 4)]
    crm.ingest("day", "03/04/2021", "04/13/2021", "5 Jun 2021")
    assert crm.values("day") == [date(2021, 3, 4), date(2021, 4, 13), date(2021, 6, 5)]
    crm.ingest("day", "03/03/2021")
    assert crm.values("day") == [date(2021, 3, 3)]


def test_values_that_contradict_the_order_are_rejected(crm: Crm) -> None:
    cells = ("03/04/2021", "13/04/2021", "14/04/2021", "04/15/2021")
    crm.ingest("day", *cells)
    assert crm.values("day") == [date(2021, 4, 3), date(2021, 4, 13), date(2021, 4, 14)]
    assert crm.reasons() == ["column day: '04/15/2021' is not a date, since the order of the column is dmy"]
    crm.ingest("day", *cells, hints=FormatHints("mdy"))
    assert crm.values("day") == [date(2021, 3, 4), date(2021, 4, 15)]


def test_an_open_order_is_asked_for(crm: Crm) -> None:
    file = crm.ingest("day", "2021-05-06", "03/04/2021")
    assert (file.status, file.reason) == (
        "refused",
        "line 3, column day: '03/04/2021' is a day and a month in either order, "
        "and no value of the column decides which; "
        "set date_order: dmy or mdy for crm in reference/systems.csv",
    )
    for order, day in (("dmy", date(2021, 4, 3)), ("mdy", date(2021, 3, 4))):
        assert crm.ingest("day", "2021-05-06", "03/04/2021", hints=FormatHints(order)).status == "loaded"
        assert crm.values("day")[1] == day
    personal = replace(TABLE, columns=(Column("day", "date", personal=True),))
    assert "'***'" not in (reason := str(crm.ingest("day", "03/04/2021", table=personal).reason))
    assert "column day: *** is a day" in reason
