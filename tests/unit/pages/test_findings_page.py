"""The findings of a review, and each rep beside the target, on its page."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.commands.decide import held_review
from orchestration.lib.agreement.reading import read_version
from orchestration.lib.language import sentences, speaking, translated
from orchestration.lib.language.places import separated
from orchestration.lib.pages import render_review
from orchestration.lib.pages.findings import leads_per_rep
from orchestration.lib.review.findings import sentence
from orchestration.lib.review.measured import review_period
from tests.tables import fill
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import REVIEWED, words
from tests.unit.review.test_next_version import DEMO

NAMES = {"first_contact": "First contact", "lead_value": "Lead value"}
BREACH = {
    "finding": "breach/first_contact/after_hours",
    "finding_kind": "breach",
    "result": "not kept",
    "team": "sales",
    "commitment": "first_contact",
    "about": "after hours",
    "cases": 30,
    "value": 0.5,
    "value_low": 0.33,
    "value_high": 0.67,
    "amount_reporting": Decimal(150),
}
BUILD = "create or replace table marts.dim_build as select 1 as fiscal_year_start_month, date '2026-10-09' as as_of"
FOUND_THEN = {"review_period": REVIEWED.kind, "period_from": REVIEWED.starts, "finding_rank": 1} | {
    "proposed_owner": None,
    "proposed_date": date(2026, 5, 1),
}
STEP = {"revenue_stream": "main", "lead_type": "event", "about": "mql_to_sql", "cases": 200, "compared_value": 0.5}
SENTENCES = {
    "First contact: 15 of 30 missed clocks have the cause after hours (50.0 %, interval 33.0 % to 67.0 %).": BREACH,
    "Main, event: MQL to SQL is 30.0 % of 200 (25.0 % to 35.0 %); 50.0 % is agreed.": STEP
    | {"finding_kind": "bottleneck", "value": 0.3, "value_low": 0.25, "value_high": 0.35},
    "Main, event: MQL to SQL: 50.0 % is agreed; nobody of 200 has had the time.": STEP
    | {"finding_kind": "improvement", "value": None},
    "Excused of First contact: 20.0 % of 100 (13.0 % to 29.0 %); in the period before 2.0 %.": BREACH
    | {"finding_kind": "drift", "about": "excused", "cases": 100, "value": 0.2, "value_low": 0.13, "value_high": 0.29}
    | {"compared_value": 0.02},
    "Main, event: EUR 2,000 of 3,000 delivered, 200 leads. Chance leaves 1,618 to 2,472.": STEP
    | {"finding_kind": "delivery", "commitment": "lead_value", "value": 2000.0, "value_low": 1618.36}
    | {"value_high": 2471.64, "compared_value": 3000.0},
    "Ads: sales qualifies 10.0 % of 100 (4.0 % to 22.5 %) within 30 days, of those of the other channels 33.3 %, "
    "which cost less each.": {"finding_kind": "source", "about": "Ads", "result": "stop", "commitment": None}
    | {"cases": 100, "value": 0.1, "value_low": 0.04, "value_high": 0.225, "compared_value": 1 / 3},
    "EUR 90.00 came from 9 deals; 150.00 were forecast, 100.00 to 200.00.": {"finding_kind": "forecast", "cases": 9}
    | {"commitment": None, "value": 90.0, "value_low": 100.0, "value_high": 200.0, "compared_value": 150.0},
    "First contact: missed in 3 settled months running, the last with 70.0 %; 90.0 % agreed.": BREACH
    | {"finding_kind": "promise", "result": "missed running", "cases": 3, "value": 0.7, "unit": "share"}
    | {"compared_value": 0.9},
    "First contact: kept in all of 60 cases; 90.0 % agreed.": BREACH
    | {"finding_kind": "promise", "result": "always kept", "cases": 60, "unit": "share", "compared_value": 0.9},
    "First contact: no owner has kept it in any month, 50.0 % of 92 (33.0 % to 67.0 %); 90.0 % agreed.": BREACH
    | {"finding_kind": "promise", "result": "kept by nobody", "cases": 92, "unit": "share", "compared_value": 0.9},
}


@pytest.mark.parametrize("expected", SENTENCES)
def test_each_kind_has_a_sentence(expected: str) -> None:
    row = {"commitment": None, "result": None} | SENTENCES[expected]
    row |= {"commitment_name": NAMES.get(row["commitment"]), "currency_code": "EUR"}
    assert sentence(row).replace("\u00a0", " ") == expected


FIGURES = re.compile(r"\d[\d.,]*\d")


class Marked:
    """A catalogue in which each sentence with places is in brackets."""

    def gettext(self, message: str) -> str:
        return f"[{message}]" if "%(" in message else message


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_of_a_kept_review_is_read_in_another_language(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "catalogue", lambda language: Marked())
    sentences._found.cache_clear()
    try:
        with speaking("it"):
            figures = FIGURES.sub(lambda figure: separated(figure[0]), text)
            assert translated(text) == f"[{figures.replace('MQL to SQL', '[MQL to SQL]')}]"
    finally:
        sentences._found.cache_clear()


def test_what_a_review_keeps_is_the_same_in_every_language(tmp_path: Path) -> None:
    kept = []
    for language in ("en", "it"):
        with duckdb.connect() as connection, speaking(language):
            lay_out(connection)
            connection.execute(BUILD)
            fill(connection, "reports.rpt_review_findings", [BREACH | FOUND_THEN])
            kept.append(held_review(connection, tmp_path, REVIEWED.name))
    assert kept[0] == kept[1]
    assert "50.0 %" in kept[1].items[0].figures


def test_the_page_has_findings_owners_and_reps() -> None:
    with duckdb.connect() as connection:
        lay_out(connection)
        fill(connection, "reports.rpt_review_findings", [BREACH | FOUND_THEN])
        rep = {"owner_id": "a", "owner_name": "Ada", "revenue_stream": "main", "months": 3, "month_leads": 4.0}
        rep |= {"best_leads": 9, "team_best_leads": 12, "month_tried": 2.0, "month_won": 0.5, "best_won": 1}
        rep |= {"target_leads": 10.0, "is_leads_above_own": True, "is_leads_above_all": False, "target_won": 2.0}
        fill(connection, "reports.rpt_rep_targets", [rep | {"is_won_above_own": True, "is_won_above_all": True}])
        text = words(render_review(connection, review_period(connection, REVIEWED))).replace("\u00a0", " ")
    assert "not kept First contact: 15 of 30" in text
    assert "breach/first_contact/after_hours" in text
    assert "150 Sales – 1 May 2026 fct_missed_clocks" in text
    assert "Ada Main 3 4.0 9 12 – 10.0 – 2.0 0.5 1 2.0 leads, deals of all" in text
    assert "no rep has three final months with ten promises due." in text


def test_a_period_without_findings() -> None:
    with duckdb.connect() as connection:
        lay_out(connection)
        text = words(render_review(connection, review_period(connection, REVIEWED)))
    assert "the period shows nothing beyond chance." in text


def test_a_version_asks_of_each_rep_its_part() -> None:
    """2,504, 636 and 303 leads a year of five reps, and 128, 136 and 114 of three."""
    _, agreement = read_version(DEMO / "2026-07.yml")
    assert leads_per_rep(agreement) == pytest.approx({"small_business": 57.383333, "enterprise": 10.5})
