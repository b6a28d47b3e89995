"""The time zone and the currencies of the files: found if the files contain them, else asked.

Belongs here: what follows from currency signs and zones in the cells. Does not belong here: types (column_types.py).
"""

import re

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.onboarding.column_types import Times
from orchestration.lib.onboarding.expressions import Draft
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.profile import values_of
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.onboarding.texts import sql_text
from orchestration.lib.onboarding.words import CURRENCY_SYMBOLS
from orchestration.lib.time_zones import zone_fault

SIGN = r"[A-Z]{3}|[A-Z]{0,2}\p{Sc}"


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
) -> dict[str, str]:
    """Return the currency of each table with amounts and without a column of currencies.

    Found in a label or in the signs of the cells, else stated, for the file or for all files of this call, else asked
    about: never the company's without a word.
    """
    currencies = {}
    for match in matches:
        names = [name for name in ("amount", "cost_amount", "budget_amount") if name in match.fields]
        columns = [match.table.column(match.fields[name]) for name in names]
        signs: set[str] = set()
        for column in (each for each in columns if each.data_type.startswith("decimal")):
            query = f"select distinct regexp_extract({column.name}, {sql_text(SIGN)}) from {match.table.relation}"
            signs |= {row[0] for row in connection.execute(query).fetchall() if row[0]}
        if len(signs) > 1:
            raise OnboardingError(
                f"{match.file}: amounts in several currencies ({', '.join(sorted(signs))}) in one "
                "column; export the currency as a separate column"
            )
        key = f"{match.table.name}.currency"
        stated = _code(key, answers.volunteered(key))
        if "currency_code" in match.fields and not stated:
            _note_foreign(connection, match, agreement, answers)
            continue
        in_label = [found[1] for each in columns if (found := re.search(r"\(([A-Z]{3})\)", each.label))]
        sign = next(iter(signs), "")
        known = CURRENCY_SYMBOLS.get(sign) or (sign if re.fullmatch("[A-Z]{3}", sign) else None)
        currency = stated or next(iter(in_label), None) or known
        general = _code("currency", answers.volunteered("currency"))
        if not currency and columns and general:
            currency = general
            if not sign:
                match.table.notes.append(f"no currency in it: {general}, as answered (another one: --answer {key}=...)")
        if currency:
            currencies[match.table.name] = currency
        elif columns:
            _ask_currency(match, sign, agreement, answers)
    return currencies


def _note_foreign(
    connection: duckdb.DuckDBPyConnection, match: Match, agreement: Agreement | None, answers: Answers
) -> None:
    """Note the currencies that need a rate."""
    own = agreement.company.currency if agreement else answers.volunteered("currency")
    codes = values_of(connection, match.table, match.fields["currency_code"])
    foreign = sorted({code.upper() for code in codes} - {own})
    if own and foreign:
        match.table.notes.append(
            f"amounts in {', '.join(foreign)}: add the rate of each to reference/currency_rates.csv (currency_code, "
            f"valid_from, rate_to_reporting), or the build stops at the first of them"
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
