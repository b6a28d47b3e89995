"""The time zone and the currencies of the files: found if the files contain them, else asked.

Belongs here: what follows from currency signs and zones in the cells. Does not belong here: types (column_types.py).
"""

import re

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.ingestion.cell_formats import currency_of, money_parts, plain
from orchestration.lib.ingestion.currencies import named_by
from orchestration.lib.onboarding.column_types import Times
from orchestration.lib.onboarding.expressions import Draft, Marks
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.profile import Column, values_of
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.time_zones import zone_fault
from orchestration.lib.warehouse.sql import quoted

AMOUNTS = ("amount", "cost_amount", "budget_amount")


def zone_of(system: str, agreement: Agreement | None, times: Times, answers: Answers) -> str | None:
    """Return the zone of the system's times: asked if they have none, else the company's."""
    answer = answers.volunteered("time_zone")
    if answer and (fault := zone_fault(answer)):
        raise OnboardingError(f"--answer time_zone: {fault}")
    if answer or (not times.without_zone and agreement):
        return answer or agreement.company.time_zone  # type: ignore[union-attr]
    text = f"In which zone does {system} write its times? They do not contain it. An IANA name"
    if not times.without_zone:
        text = "In which zone does the company work? An IANA name"
    asked = answers.ask(Question("time_zone", text, example="Europe/Rome"))
    if asked and (fault := zone_fault(asked)):
        raise OnboardingError(f"time_zone: {fault}")
    return asked


def file_zones(matches: list[Match], times: Times, answers: Answers) -> dict[str, str]:
    """Return the zone of each raw table of which a person stated one, other than the system's."""
    zones = {}
    for match in (each for each in matches if not (each.whole or each.is_derived)):
        answer = answers.volunteered(f"{match.table.name}.time_zone")
        if answer and (fault := zone_fault(answer)):
            raise OnboardingError(f"--answer {match.table.name}.time_zone: {fault}")
        if answer and match.table.raw in times.zoned:
            raise OnboardingError(
                f"--answer {match.table.name}.time_zone={answer}: the times of {match.file} contain their zone; "
                "remove this answer"
            )
        if answer:
            zones[match.table.raw] = answer
    return zones


def platforms_of(matches: list[Match], answers: Answers) -> dict[str, str]:
    """Return the platform of each file of ad spend that has no column for it; one that nobody stated is noted."""
    platforms = {}
    for match in (each for each in matches if each.entity == "ad_spend" and "source_label" not in each.fields):
        if answer := answers.volunteered(f"{match.table.name}.platform"):
            platforms[match.table.name] = answer
        else:
            match.table.notes.append(
                f"no column of the platform, so its money has no source: --answer {match.table.name}.platform=..."
            )
    return platforms


def currencies_of(
    connection: duckdb.DuckDBPyConnection, matches: list[Match], agreement: Agreement | None, answers: Answers
) -> tuple[dict[str, str], dict[str, Marks]]:
    """Return the currency of each table whose rows do not have one, and the marks beside the amounts of each table.

    A row's own column or mark names its currency. Where it has none, that of all other cells, of a label, or the one
    that a person states of the file or of all files of this call; else it is asked about: never the company's unless
    stated.
    """
    currencies, marks = {}, {}
    for match in matches:
        names = [name for name in AMOUNTS if name in match.fields]
        columns = [column for name in names if (column := match.table.column(match.fields[name])).filled]
        if not columns:
            continue
        in_cells = _marks_in(connection, match, columns)
        shared = sorted(mark for mark in in_cells if not named_by(mark))
        codes = sorted({code for mark in in_cells if (code := named_by(mark))})
        if len(shared) > 1:
            raise OnboardingError(
                f"{match.file}: amounts with the signs {' and '.join(shared)}, each of several currencies, in one "
                "column; export the currency as a separate column"
            )
        sign = next(iter(shared), "")
        marks[match.table.name] = Marks(columns[0].name, _mark_column(match, columns[0].name), sign)
        key = f"{match.table.name}.currency"
        stated = _code(key, answers.volunteered(key))
        if ("currency_code" in match.fields or (len(codes) > 1 and not sign)) and not stated:
            _note_foreign(connection, match, codes, agreement, answers)
            continue
        in_label = [found[1] for each in columns if (found := re.search(r"\(([A-Z]{3})\)", each.label))]
        currency = stated or next(iter([*in_label, *(codes if not sign else [])]), None)
        general = _code("currency", answers.volunteered("currency"))
        if not currency and general:
            currency = general
            if not sign:
                match.table.notes.append(f"no currency in it: {general}, as answered (another one: --answer {key}=...)")
        if currency:
            currencies[match.table.name] = currency
        else:
            _ask_currency(match, sign, agreement, answers)
    return currencies, marks


def _marks_in(connection: duckdb.DuckDBPyConnection, match: Match, columns: list[Column]) -> set[str]:
    """Return the signs and codes beside the amounts, as the cells have them."""
    marks: set[str] = set()
    for column in (each for each in columns if each.data_type.startswith("decimal")):
        mark = currency_of(money_parts(plain(quoted(column.name))))
        rows = connection.execute(f"select distinct {mark} from {match.table.relation}").fetchall()
        marks |= {row[0] for row in rows if row[0]}
    return marks


def _mark_column(match: Match, amount: str) -> str:
    """Return the raw column that takes the marks: that of the currency, or one beside the columns of the file."""
    name = match.fields.get("currency_code") or f"{amount}_currency"
    taken = {column.name for column in match.table.columns} - set(match.fields.values())
    while name in taken:
        name += "_2"
    return name


def _note_foreign(
    connection: duckdb.DuckDBPyConnection,
    match: Match,
    codes: list[str],
    agreement: Agreement | None,
    answers: Answers,
) -> None:
    """Note the currencies that need a rate."""
    own = agreement.company.currency if agreement else answers.volunteered("currency")
    if "currency_code" in match.fields:
        codes = codes + values_of(connection, match.table, match.fields["currency_code"])
    foreign = sorted({named_by(code) or code.upper() for code in codes} - {own})
    if own and foreign:
        match.table.notes.append(
            f"amounts in {', '.join(foreign)}: put the file eurofxref-hist.csv of the European Central Bank into "
            "exports/ecb/, or add the rate of each to reference/currency_rates.csv (currency_code, valid_from, "
            "rate_to_reporting), or the guard currency_rates stops the build"
        )


def _code(key: str, answer: str | None) -> str | None:
    if answer and not re.fullmatch("[A-Z]{3}", answer):
        raise OnboardingError(f"--answer {key}={answer}: write an ISO code of three letters, such as EUR")
    return answer


def _ask_currency(match: Match, sign: str, agreement: Agreement | None, answers: Answers) -> None:
    """Ask for the currency of a file: one question for all files of a new company, one per file later."""
    what = f"Which currency does {sign} mean in {match.file}?" if sign else f"{match.file} does not contain a currency."
    if agreement:
        text = f"{what} In which one are its amounts? Its code"
        answers.ask(Question(f"{match.table.name}.currency", text, example=agreement.company.currency))
    elif not any(question.key == "currency" for question in answers.open_questions):
        text = f"{what} In which one are such amounts, and does the company report? Its code"
        answers.ask(Question("currency", text, example="USD" if sign == "$" else "EUR"))


def company_currency(draft: Draft, agreement: Agreement | None, answers: Answers) -> str | None:
    """Return the currency of the company's reports: agreed, answered, the only one found, or asked."""
    answer = _code("currency", answers.volunteered("currency"))
    if agreement:
        return agreement.company.currency
    only = set(draft.currencies.values())
    has_other = any("currency_code" in match.fields for match in draft.matches)
    if answer or (len(only) == 1 and not has_other):
        return answer or only.pop()
    if any(question.key == "currency" for question in answers.open_questions):
        return None
    return answers.ask(Question("currency", "In which currency does the company report? Its code", example="EUR"))
