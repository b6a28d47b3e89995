"""The agreement as a page: what each team promises in sentences, the calculations behind it, who signed, what changes.

Belongs here: the sections of the page of a version. Sentences are wording.py; which fields differ between two
versions is lib/comparison/clauses.py, what a version means to the figures is `smarketing compare`.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, get_args

import duckdb

from orchestration.lib.agreement.calendars import WEEKDAYS, Calendar, PublicHolidays
from orchestration.lib.agreement.contract import LeadType, QuotaPeriod, Target
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.parts import Team
from orchestration.lib.agreement.public_holidays import Days, names_in
from orchestration.lib.agreement.signatures import SIGNING
from orchestration.lib.agreement.target_rows import target_rows
from orchestration.lib.agreement.versions import Standing, standings
from orchestration.lib.calculator.wording import arithmetic, period_in_words
from orchestration.lib.comparison.clauses import differing_clauses
from orchestration.lib.csv_files import seed_rows
from orchestration.lib.language import ENGLISH, language, translated
from orchestration.lib.pages.conditions import a_period, conditions, cycle_in_words, listed, listed_all, time
from orchestration.lib.pages.new_terms import changed_needs, changed_promises
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.pages.wording import promise, tiers
from orchestration.lib.warehouse.rows import Row, read_rows

# The days of a version without an end that are listed.
A_YEAR = timedelta(days=366)

SHARES = "select * from reports.rpt_owner_shares order by revenue_stream desc, owner_name, owner_id"


def render_agreements(connection: duckdb.DuckDBPyConnection, versions: Sequence[Agreement]) -> dict[str, str]:
    """Place -> page: that of the version in force (before any the first), and that of each version.

    ValueError if the warehouse was never built.
    """
    header, known = _header(connection), standings(versions)
    names = [each.agreement.version for each in known]
    in_force = names.index(header["agreement_version"]) if header["agreement_version"] in names else 0
    places = [f"agreements/{name}.html" for name in names]
    return {"agreement.html": _render("agreement.html", header, known, in_force)} | {
        place: _render(place, header, known, number) for number, place in enumerate(places)
    }


def _header(connection: duckdb.DuckDBPyConnection) -> Row:
    """The head of the page, and the reps with their shares."""
    return read_header(connection) | {"shares": read_rows(connection, SHARES)}


def _render(place: str, header: Row, known: Sequence[Standing], number: int) -> str:
    version = known[number].agreement
    return render(
        "agreement.html.j2",
        place,
        header=header,
        known=known,
        its=known[number],
        version=version,
        neighbours=[_difference(known, number, other) for other in (number + 1, number - 1) if 0 <= other < len(known)],
        gone=_gone(known, number) if place == "agreement.html" else [],
        missing=_missing(version),
        signers=version.signer_signatures,
        teams=[(team, _promises(version, team)) for team in get_args(Team)],
        streams=_streams(version),
        shares=[row for row in header["shares"] if row["agreement_version"] == version.version],
        calendars=[(key, calendar, _closed(calendar, version)) for key, calendar in version.calendars.items()],
        weekdays=WEEKDAYS,
        guards=[(row, version.all_guards[row["guard"]]) for row in seed_rows("known_guards")],
        a_period=a_period,
        arithmetic=arithmetic,
        conditions=conditions,
        cycle_in_words=cycle_in_words,
        in_words=period_in_words,
        listed=listed,
        time=time,
    )


def _missing(version: Agreement) -> str:
    """Marketing, sales and Ada Neri; empty when all have signed."""
    names = [translated(each) if each in SIGNING else each for each in version.missing_signatures]
    return listed_all(names) if names else ""


def _difference(known: Sequence[Standing], number: int, other: int) -> Row:
    """The version before or after, and what the later of the two changes."""
    first, second = known[min(number, other)].agreement, known[max(number, other)].agreement
    return {
        "its": known[other],
        "is_next": other > number,
        "clauses": differing_clauses(first, second),
        "promises": changed_promises(first, second),
        "needs": changed_needs(first, second),
    }


def _gone(known: Sequence[Standing], number: int) -> list[tuple[str, str, str]]:
    """Key, name and newest version of each promise that the version has not: pages of other months lead to it."""
    found = {}
    for each in known:
        for key, commitment in each.agreement.commitments.items():
            if key not in known[number].agreement.commitments:
                found[key] = (key, commitment.shown_as(key), each.agreement.version)
    return list(found.values())


def _promises(version: Agreement, team: Team) -> list[Row]:
    """The promises of a team, in the order of the agreement."""
    return [
        {"key": key, "name": each.shown_as(key), "sentences": promise(each), "tiers": tiers(each)}
        for key, each in version.commitments.items()
        if each.team == team
    ]


def _streams(version: Agreement) -> list[Row]:
    """Each revenue stream with its quota by period, and what the quota needs of each lead type."""
    rows = list(target_rows(version))

    def of(kind: type, **keys: str) -> list[Any]:
        return [row for row in rows if isinstance(row, kind) and all(getattr(row, key) == keys[key] for key in keys)]

    return [
        {
            "key": key,
            "stream": stream,
            "periods": of(QuotaPeriod, revenue_stream=key),
            "lead_types": [
                {"row": row, "targets": of(Target, revenue_stream=key, lead_type=row.lead_type)}
                for row in of(LeadType, revenue_stream=key)
            ],
        }
        for key, stream in version.revenue_streams.items()
    ]


def _closed(calendar: Calendar, version: Agreement) -> list[tuple[date, str | None]]:
    """The days on which a calendar is closed while the version is in force, of one without an end within a year."""
    until = version.effective_to or version.effective_from + A_YEAR
    names: Days = {}
    if isinstance(calendar.holidays, PublicHolidays):
        # What is signed has the names in English.
        names = {**calendar.holidays.public, **_spoken_names(calendar.holidays)}
    return [(day, names.get(day)) for day in sorted(calendar.closed_days) if version.effective_from <= day <= until]


def _spoken_names(holidays: PublicHolidays) -> Days:
    return {} if language() == ENGLISH else names_in(language(), *holidays.region)
