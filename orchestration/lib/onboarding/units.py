"""The time zone and the currencies of the files: found if the files contain them, else asked.

Belongs here: what follows from currency signs and zones in the cells. Does not belong here: types (column_types.py).
"""

import re

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.onboarding.column_types import MONEY, Times
from orchestration.lib.onboarding.expressions import Draft
from orchestration.lib.onboarding.matching import Match
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


def currencies_of(connection: duckdb.DuckDBPyConnection, matches: list[Match], answers: Answers) -> dict[str, str]:
    """Return the currency of each table whose amounts have a sign; an ambiguous sign, such as $, is asked about."""
    currencies = {}
    for match in matches:
        money = [match.fields[name] for name in ("amount", "cost_amount", "budget_amount") if name in match.fields]
        money = [name for name in money if match.table.column(name).data_type == MONEY]
        signs: set[str] = set()
        for name in money:
            query = f"select distinct regexp_extract({name}, {sql_text(SIGN)}) from {match.table.relation}"
            signs |= {row[0] for row in connection.execute(query).fetchall() if row[0]}
        if len(signs) > 1:
            raise OnboardingError(
                f"{match.table.files[0].name}: amounts in several currencies ({', '.join(sorted(signs))}) in one "
                "column; export the currency as a separate column"
            )
        for sign in signs:
            known = CURRENCY_SYMBOLS.get(sign) or (sign if re.fullmatch("[A-Z]{3}", sign) else None)
            text = f"Which currency does {sign} mean in {match.table.files[0].name}? Its code"
            currency = known or answers.volunteered("currency")
            if not currency and not any(question.key == "currency" for question in answers.open_questions):
                answers.ask(Question("currency", text, example="USD"))
            if currency:
                currencies[match.table.name] = currency
    return currencies


def company_currency(draft: Draft, agreement: Agreement | None, answers: Answers) -> str | None:
    """Return the currency of the company's reports: agreed, answered, the only one found, or asked."""
    answer = answers.volunteered("currency")
    if answer and not re.fullmatch("[A-Z]{3}", answer):
        raise OnboardingError(f"--answer currency={answer}: write an ISO code of three letters, such as EUR")
    if agreement:
        return agreement.company.currency
    only = set(draft.currencies.values())
    if answer or len(only) == 1:
        return answer or only.pop()
    if any(question.key == "currency" for question in answers.open_questions):
        return None
    return answers.ask(Question("currency", "In which currency does the company report? Its code", example="EUR"))
