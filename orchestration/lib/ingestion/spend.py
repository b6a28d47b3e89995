"""Two reports that have different money for one day of a campaign: a later export of one account, or two accounts.

Belongs here: the question whether it is one campaign, where neither ids nor accounts tell. Does not belong here: which
of two exports is newer (`arranging.py`), adding up (staging).
"""

from dataclasses import dataclass

import duckdb

from orchestration.lib.ingestion.order import Evidence, by_name, compare
from orchestration.lib.ingestion.raw_tables import amount_in
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import numbered, quoted

PARTS = ("campaign_id", "account")
MORE_FIGURES = ("impressions", "clicks", "clicks_all", "link_clicks")
FEW_DAYS = 3


@dataclass(frozen=True)
class SharedDays:
    """Days of campaigns of one name that two files have."""

    older: str
    newer: str
    days: int
    first_day: str
    campaign: str
    is_same: bool  # an id or an account shows that it is one campaign
    differs: bool


@dataclass(frozen=True)
class Alike:
    """A campaign that only one of two files has, with the figures of one that only the other has."""

    older: str
    newer: str
    name: str
    newer_name: str
    days: int
    first_day: str
    amounts: int  # different ones
    has_more_figures: bool  # not the money alone is the same


def unclear_reports(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, order: list[str], files: dict[str, Evidence]
) -> dict[str, str]:
    """Return the reports of which nothing tells what they have in common with another one, each with the question."""
    if not table.spend or len(order) < 2:
        return {}
    questions = {}
    for shared in _shared_days(connection, table, order):
        one, other = files[shared.older], files[shared.newer]
        if shared.is_same:
            if shared.differs and not compare(one, other):
                questions[one.file] = _which_is_newer(shared, other.file)
                questions[other.file] = _which_is_newer(shared, one.file)
        elif one.name.stem != other.name.stem or not by_name(one, other):
            questions[one.file] = _which_account(table, shared, other.file)
            questions[other.file] = _which_account(table, shared, one.file)
    for alike in _alike(connection, table, order):
        # One figure alone is the same by chance, more so of few days.
        is_again = files[alike.older].name.stem == files[alike.newer].name.stem
        if is_again or alike.has_more_figures or (alike.days >= FEW_DAYS and alike.amounts > 1):
            older, newer = (alike.older, alike.name), (alike.newer, alike.newer_name)
            for (file, name), (its_file, its_name) in ((older, newer), (newer, older)):
                questions.setdefault(file, _which_name(table, alike, name, its_file, its_name))
    return questions


def _shared_days(connection: duckdb.DuckDBPyConnection, table: SourceTable, order: list[str]) -> list[SharedDays]:
    """Return what a pair of files has in common: where the money differs, or cannot be of one campaign for sure."""
    declared = {column.name: column for column in table.columns}
    money = amount_in(declared[table.spend])
    parts = [name for name in PARTS if name in declared]
    keys = ["day", *(["platform"] if "platform" in declared else [])]
    lists = "".join(f", list_distinct(array_agg({name})) as {name}s" for name in parts)
    same = " or ".join(f"len(list_intersect(mine.{name}s, its.{name}s)) > 0" for name in parts) or "false"
    # Two ids, or two accounts, are two campaigns of one name.
    apart = " or ".join(
        f"(len(mine.{name}s) > 0 and len(its.{name}s) > 0 and len(list_intersect(mine.{name}s, its.{name}s)) = 0)"
        for name in parts
    )
    # Rows without an id belong to the only campaign of that name (macro campaign_report), if there is only one.
    several = (
        "(len(mine.campaign_ids) > 0) <> (len(its.campaign_ids) > 0)"
        " and len(list_distinct(list_concat(mine.campaign_ids, its.campaign_ids))) > 1"
        if "campaign_id" in parts
        else "(len(mine.accounts) > 0) <> (len(its.accounts) > 0)"
    )
    found = connection.execute(
        f"""
        with
            ranks(file, place) as ({numbered(order)}),
            days as (
                select
                    _file, place, {", ".join(keys)}, lower(trim(campaign)) as name, any_value(campaign) as campaign,
                    coalesce(sum({money}), 0) as amount{lists}
                from raw.{quoted(table.raw_table)}
                inner join ranks on _file = file
                group by all
            ),
            pairs as (
                select
                    mine._file as older, its._file as newer, mine.day, mine.campaign,
                    {same} as is_same, abs(mine.amount - its.amount) > 0.01 as differs, {several} as is_several
                from days as mine
                inner join days as its using ({", ".join(keys)}, name)
                where mine.place < its.place and not ({apart or "false"})
            )
        select
            older, newer, count(*), min(day)::varchar, arg_min(campaign, day), bool_and(is_same), bool_or(differs)
        from pairs
        where differs or is_several
        group by older, newer
        order by older, newer
        """
    ).fetchall()
    return [SharedDays(*row) for row in found]


def _alike(connection: duckdb.DuckDBPyConnection, table: SourceTable, order: list[str]) -> list[Alike]:
    """Return the campaigns without ids that may have been renamed: the same figures on half of the days or more."""
    declared = {column.name: column for column in table.columns}
    money = amount_in(declared[table.spend])
    more = [name for name in MORE_FIGURES if name in declared]
    sums = "".join(f", sum({name}) as {name}" for name in more)
    same = "".join(f" and coalesce(mine.{name} = its.{name}, true)" for name in more)
    has_more = " or ".join(f"coalesce(mine.{name} = its.{name} and its.{name} > 0, false)" for name in more) or "false"
    platform = "platform" if "platform" in declared else "''"
    account = "account" if "account" in declared else "null::varchar"
    has_id = "count(campaign_id) > 0" if "campaign_id" in declared else "false"
    found = connection.execute(
        f"""
        with
            ranks(file, place) as ({numbered(order)}),
            days as (
                select
                    _file, place, {platform} as platform, lower(trim(campaign)) as name,
                    any_value(campaign) as campaign, day, sum({money}) as amount, {has_id} as has_id,
                    list_distinct(array_agg({account})) as accounts{sums}
                from raw.{quoted(table.raw_table)}
                inner join ranks on _file = file
                group by _file, place, platform, name, day
            ),
            spans as (select _file, place, min(day) as first_day, max(day) as last_day from days group by all),
            pairs as (
                select
                    mine._file as older, its._file as newer, greatest(mine.first_day, its.first_day) as since,
                    least(mine.last_day, its.last_day) as until
                from spans as mine
                inner join spans as its on mine.place < its.place
                where greatest(mine.first_day, its.first_day) <= least(mine.last_day, its.last_day)
            ),
            sides as (select *, older as _file from pairs union all select *, newer from pairs),
            own as (
                select *, count(*) over (partition by older, newer, _file, platform, name) as all_days
                from sides
                inner join days using (_file)
                where amount > 0 and day between since and until
                window of_name as (partition by older, newer, platform, name)
                qualify
                    count(*) filter (_file = older) over of_name = 0 or count(*) filter (_file = newer) over of_name = 0
            )
        select
            mine.older, mine.newer, any_value(mine.campaign), any_value(its.campaign), count(*), min(day)::varchar,
            count(distinct amount), bool_and({has_more})
        from own as mine
        inner join own as its using (older, newer, platform, day, amount)
        where
            mine._file = older and its._file = newer and not (mine.has_id and its.has_id){same} and (
                len(mine.accounts) = 0 or len(its.accounts) = 0
                or len(list_intersect(mine.accounts, its.accounts)) > 0
            )
        group by mine.older, mine.newer, platform, mine.name, its.name
        having 2 * count(*) >= greatest(any_value(mine.all_days), any_value(its.all_days))
        order by all
        """
    ).fetchall()
    return [Alike(*row) for row in found]


def _which_name(table: SourceTable, alike: Alike, name: str, its_file: str, its_name: str) -> str:
    days = f" and {alike.days - 1} more day(s)" if alike.days > 1 else ""
    where = f"campaign {name!r} on {alike.first_day}{days}: {its_file} has the same figures for {its_name!r}"
    column = _labels(table, PARTS[:1])
    return (
        f"{where}, and nothing tells whether it was renamed; add the column {column} to both reports and export them "
        "again, or, if it was, move the older file out of the folder, or write one name in both"
    )


def _where(shared: SharedDays, other: str) -> str:
    days = f" and {shared.days - 1} more day(s) of campaigns" if shared.days > 1 else ""
    return f"campaign {shared.campaign!r} on {shared.first_day}{days}: {other} has another amount"


def _which_is_newer(shared: SharedDays, other: str) -> str:
    return (
        f"{_where(shared, other)}, and nothing tells which of the two exports is newer; give both names the date of "
        "their export, or move the older file out of the folder"
    )


def _which_account(table: SourceTable, shared: SharedDays, other: str) -> str:
    return (
        f"{_where(shared, other)} or other ids, and nothing tells whether it is one campaign; add the column "
        f"{_labels(table)} to both reports and export them again, or, if one is a later export of the same report, "
        "give both the same name with the date of their export"
    )


def _labels(table: SourceTable, parts: tuple[str, ...] = PARTS) -> str:
    declared = {column.name: (column.labels or (column.name,))[0] for column in table.columns}
    labels = [declared[name] for name in parts if name in declared]
    return " or ".join(map(repr, labels)) or (_labels(table) if parts != PARTS else "")
