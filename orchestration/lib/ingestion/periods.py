"""Reports of advertising whose rows are of a week, a month or their whole period, and not of a day.

Belongs here: how the days of a report, the period in its title and finer reports of the same campaigns show that. Does
not belong here: rows that state their last day themselves (`casting.py`), two reports of days (`spend.py`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import duckdb

from orchestration.lib.ingestion.file_names import dates_in
from orchestration.lib.ingestion.raw_tables import amount_in
from orchestration.lib.ingestion.report import FRAME
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import literal, quoted

WEEK, LONGEST = timedelta(days=7), timedelta(days=366)
# The days with spend, the first one included, that one row of a longer time contains at the least.
FEWEST = 3


@dataclass(frozen=True)
class Stretch:
    """The days that the row of one day of a file contains, if it is not of a day."""

    file: str
    first: date
    until: date  # the day after the last


def reports_of_periods(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> dict[str, str]:
    """Return the files whose rows are of more than a day, each with what shows it."""
    if not table.spend:
        return {}
    found: dict[str, str] = {}
    stretches: list[Stretch] = []
    files = connection.execute(
        f"select _file, list(distinct day order by day), min(_line) from raw.{quoted(table.raw_table)} group by _file"
    ).fetchall()
    for file, days, line in files:
        if last := _last_of_title(connection, table, file, days):
            found[file] = _of_title(days[0], last, line, len(days))
        elif len(days) == 1 or _step(days):
            stretches += [Stretch(file, *each) for each in _stretches(days)]
    if stretches and len(files) > 1:
        found |= _covered_by_days(connection, table, stretches)
    return found


def _step(days: list[date]) -> str:
    """Return `month` or `week` where the days begin one after another; the first may be the start of the report."""
    later = days[1:]
    if later and all(day.day == 1 for day in later) and days[0] < later[0]:
        return "month" if len(later) > 1 or days[0].day == 1 or later[0] - days[0] >= WEEK else ""
    steps = {second - first for first, second in pairwise(later)}
    return "week" if later and later[0] - days[0] <= WEEK and steps == {WEEK} else ""


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _stretches(days: list[date]) -> list[tuple[date, date]]:
    """Return each day with the day that begins the next row."""
    step = _step(days)
    end = {"month": _next_month(days[-1]), "week": days[-1] + WEEK}.get(step, days[-1] + LONGEST)
    return list(pairwise([*days, end]))


def _last_of_title(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, file: str, days: list[date]
) -> date | None:
    """Return the last day of the period above the header, where the days are too few to be all days of it."""
    titles = connection.execute(
        f"""
        select rejected.row_text
        from raw.ingestion__rejected_rows as rejected
        where system = ? and table_name = ? and file = ? and starts_with(reason, '{FRAME}: ') and line < (
            select min(_line) from raw.{quoted(table.raw_table)} where _file = ?
        )
        order by line
        """,
        [table.system, table.name, file, file],
    ).fetchall()
    dates = [readings for (text,) in titles for readings in dates_in(text or "")][:2]
    if len(dates) < 2:
        return None
    starts = [start.date() for start, _ in dates[0]]
    for place, (_, end) in enumerate(dates[1]):
        start, last = starts[min(place, len(starts) - 1)], end.date()
        if days[0] <= start <= last and last - start >= WEEK and _covers(days, last):
            return last
    return None


def _covers(days: list[date], last: date) -> bool:
    """Whether rows that begin on these days reach to the last one: one alone, of each month, or of each week."""
    if len(days) == 1:
        return True
    month_ends = all(_next_month(first) == second for first, second in pairwise(days))
    return bool(_step(days)) and (month_ends or _step(days) == "week") and _stretches(days)[-1][1] > last


def _of_title(first: date, last: date, line: int, rows: int) -> str:
    return (
        f"line {line}: the title of the report has its days until {last}, and its rows have {rows} different day(s) "
        f"from {first} on: each row is of more than one day; export the report with one row per day"
    )


def _covered_by_days(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, stretches: list[Stretch]
) -> dict[str, str]:
    """Return the files of which one row has what another file has day by day for the same campaign."""
    declared = {column.name: column for column in table.columns}
    money = amount_in(declared[table.spend])
    texts = {name: name if name in declared else "cast(null as varchar)" for name in ("campaign_id", "account")}
    platform = "platform" if "platform" in declared else "''"
    spans = ", ".join(
        f"({literal(each.file)}, cast('{each.first}' as date), cast('{each.until}' as date))" for each in stretches
    )
    rows = connection.execute(
        f"""
        with
            spans(file, day, until) as (values {spans}),
            spend as (
                select
                    _file, {platform} as platform, {texts["campaign_id"]} as campaign_id,
                    {texts["account"]} as account, campaign, day, _line, {money} as money
                from raw.{quoted(table.raw_table)}
            ),
            labelled as (
                select
                    _file, platform, kind, label, day, any_value(campaign) as campaign, min(_line) as line,
                    sum(money) as amount, count(campaign_id) > 0 as has_id,
                    list_distinct(array_agg(account)) as accounts
                from (
                    select *, 'id' as kind, campaign_id as label from spend where campaign_id is not null
                    union all
                    select *, 'name', lower(trim(campaign)) from spend
                )
                group by _file, platform, kind, label, day
            ),
            coarse as (
                select labelled.*, spans.until
                from labelled
                inner join spans on _file = file and labelled.day = spans.day
                where amount > 0
            ),
            running as (
                select
                    coarse._file, its._file as other, coarse.campaign, coarse.line, coarse.day, coarse.amount,
                    its.day as its_day, count(*) over until_day as its_days, sum(its.amount) over until_day as total,
                    min(its.day) over whole = coarse.day as has_first_day,
                    its.day = max(its.day) over whole or its.day = max(its.day) over in_month as is_end
                from coarse
                inner join labelled as its using (platform, kind, label)
                where
                    its._file <> coarse._file and its.amount > 0 and its.day >= coarse.day and its.day < coarse.until
                    and (kind = 'id' or not coarse.has_id or not its.has_id)
                    and (
                        len(coarse.accounts) = 0 or len(its.accounts) = 0
                        or len(list_intersect(coarse.accounts, its.accounts)) > 0
                    )
                window
                    whole as (partition by coarse._file, its._file, platform, kind, label, coarse.day),
                    in_month as (
                        partition by
                            coarse._file, its._file, platform, kind, label, coarse.day, date_trunc('month', its.day)
                    ),
                    until_day as (
                        partition by coarse._file, its._file, platform, kind, label, coarse.day order by its.day
                    )
            ),
            shown as (
                select * from running
                where
                    its_days >= {FEWEST} and has_first_day and amount >= total * 0.99
                    or its_days > {FEWEST} and is_end and abs(amount - total) <= 0.01
            )
        select _file, arg_max(struct_pack(line, campaign, amount, day, other, total, its_days, its_day), its_days)
        from shown
        group by _file
        """
    ).fetchall()
    return {file: _of_days(**what) for file, what in rows}


def _of_days(
    line: int, campaign: str, amount: object, day: date, other: str, total: object, its_days: int, its_day: date
) -> str:
    return (
        f"line {line}: campaign {campaign!r} has {amount:.2f} on {day}, and {other} has {total:.2f} of it on "
        f"{its_days} days until {its_day}: the row is of more than one day, and would count beside them; export the "
        "report with one row per day, or move the file out of the folder"
    )
