"""Two reports that have different money for one day of a campaign: a later export of one account, or two accounts.

Belongs here: the question whether it is one campaign, where neither ids nor accounts tell. Does not belong here: which
of two exports is newer (`arranging.py`), adding up (staging).
"""

from dataclasses import dataclass

import duckdb

from orchestration.lib.ingestion.order import Evidence, by_name, compare
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import numbered, quoted

PARTS = ("campaign_id", "account")


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
    return questions


def _shared_days(connection: duckdb.DuckDBPyConnection, table: SourceTable, order: list[str]) -> list[SharedDays]:
    """Return what a pair of files has in common: where the money differs, or cannot be of one campaign for sure."""
    declared = {column.name: column for column in table.columns}
    money = quoted(table.spend)
    if declared[table.spend].pattern:
        money = f"list_sum(map_values({money}))"
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


def _where(shared: SharedDays, other: str) -> str:
    days = f" and {shared.days - 1} more day(s) of campaigns" if shared.days > 1 else ""
    return f"campaign {shared.campaign!r} on {shared.first_day}{days}: {other} has another amount"


def _which_is_newer(shared: SharedDays, other: str) -> str:
    return (
        f"{_where(shared, other)}, and nothing tells which of the two exports is newer; give both names the date of "
        "their export, or move the older file out of the folder"
    )


def _which_account(table: SourceTable, shared: SharedDays, other: str) -> str:
    labels = [(column.labels or (column.name,))[0] for name in PARTS for column in table.columns if column.name == name]
    return (
        f"{_where(shared, other)} or other ids, and nothing tells whether it is one campaign; add the column "
        f"{' or '.join(map(repr, labels))} to both reports and export them again, or, if one is a later export of the "
        "same report, give both the same name with the date of their export"
    )
