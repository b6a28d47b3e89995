"""A date without a time stays that day, and a time is not a date, in whatever zones company and system are.

From the file through ingestion and the macro by which every staging model reads a time.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.lib.time_zones import accepted_zones
from tests.unit.ingestion.ingested import Crm
from tests.unit.ingestion.rendering import rendered

ZONES = st.sampled_from(sorted(accepted_zones()))
# Every tenth day of some years, in which clocks change on different days, and what is written in the next column.
DAYS = [date(2010, 1, 1) + timedelta(days=10 * number) for number in range(600)]
TIMES = ("00:00", "00:00:01", "18:00", "23:59:59")


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The days as they were ingested from a column that also has times, with the text of each cell."""
    crm = Crm(tmp_path_factory.mktemp("crm"))
    cells = [f"{day} {TIMES[number % 5 - 1]}" if number % 5 else str(day) for number, day in enumerate(DAYS)]
    assert crm.ingest("moment", *cells).rows_loaded == len(DAYS)
    crm.connection.execute("create table stg_agreement__company (time_zone varchar)")
    crm.connection.execute("create table systems (system varchar, time_zone varchar)")
    crm.connection.execute("create table cells as select unnest(?) as cell, unnest(range(2, 602)) as _line", [cells])
    return crm.connection


@given(ZONES, ZONES, st.booleans())
def test_a_bare_date_never_moves(moments: duckdb.DuckDBPyConnection, company: str, system: str, is_utc: bool) -> None:
    moments.execute("delete from stg_agreement__company; delete from systems")
    moments.execute("insert into stg_agreement__company values (?)", [company])
    moments.execute("insert into systems values ('crm', ?)", [system])
    zone = "'UTC'" if is_utc else "cast(null as varchar)"
    rows = moments.execute(
        f"""
        with
            deals as (select moment, _line, {zone} as _time_zone from raw.crm__deals),
            staged as (select _line, {EXPORT_UTC} as utc_at from deals)
        select cell, utc_at, {HAS_TIME}, {LOCAL_DATE} from staged inner join cells using (_line)
        """
    ).fetchall()
    assert len(rows) == len(DAYS)
    for cell, at, has_time, local_date in rows:
        assert has_time == (":" in cell), (cell, at)
        if not has_time:
            assert str(local_date) == cell, at
            continue
        written = datetime.fromisoformat(cell).replace(tzinfo=UTC if is_utc else ZoneInfo(system))
        if written.astimezone(UTC).astimezone(written.tzinfo) == written and not written.fold:
            off = abs(at.replace(tzinfo=UTC) - written)
            # Of an hour that comes twice, the later one: in some places midnight is in it (Goose Bay, 2010).
            assert min(off, abs(off - timedelta(hours=1))) <= timedelta(microseconds=1), (cell, at)


EXPORT_UTC = rendered('export_utc("moment", "crm", "deals")')
HAS_TIME = rendered('has_time("utc_at")')
LOCAL_DATE = rendered('local_date("utc_at")')
