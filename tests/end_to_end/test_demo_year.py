"""The year of the demo company: a first version is signed, its review proposes, a second version is signed.

The kept review is compared with the two versions as they are written, read here as plain YAML.
"""

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
import yaml

from tests.command import PROJECT
from tests.end_to_end.conftest import Built, smarketing

pytestmark = pytest.mark.end_to_end

SEEDS = PROJECT / "seeds"


@cache
def version(name: str) -> dict:
    return yaml.safe_load((SEEDS / "agreements" / f"{name}.yml").read_text())


@cache
def kept() -> dict:
    return yaml.safe_load((SEEDS / "reviews" / "2026-Q1.yml").read_text())


def rates(name: str) -> dict[str, float]:
    """Line of the review -> the agreed rate of a version; of an improvement what is to be reached."""
    return {
        f"{stream}/{lead_type}/{step}": rate if isinstance(rate, float) else rate["agreed"]
        for stream, content in version(name)["revenue_streams"].items()
        for lead_type, terms in content["lead_types"].items()
        for step, rate in terms["rates"].items()
    }


def days_of_half(name: str) -> float:
    """The day by which half of the small deals close, between two agreed days in proportion."""
    shares = version(name)["revenue_streams"]["small_business"]["closes_within"]
    points = [(0, Fraction(0)), *((int(days[:-1]), Fraction(str(share))) for days, share in shares.items())]
    (start, low), (end, high) = next(
        (before, after) for before, after in pairwise(points) if after[1] >= Fraction(1, 2)
    )
    return float(start + (end - start) * (Fraction(1, 2) - low) / (high - low))


def test_what_the_two_versions_agree_differently_is_what_was_decided() -> None:
    first, second = rates("2025-10"), rates("2026-07")
    decided = {each["line"]: each["rate"] for each in kept()["decisions"] if each["decision"] == "changed"}
    assert {line: rate for line, rate in second.items() if rate != first[line]} == decided
    (line,) = [each for each in kept()["lines"] if each["proposed"] != each["agreed"]]
    assert (line["line"], line["basis"]) == ("small_business/closes_within", "measured")
    assert line["agreed"] == pytest.approx(days_of_half("2025-10"), abs=1)
    assert line["proposed"] == pytest.approx(days_of_half("2026-07"), abs=1), "in days that are rounded by people"


def test_the_first_version_was_signed_before_the_review_and_the_second_after_it(demo: Built) -> None:
    decided = {date.fromisoformat(each["date"]) for each in kept()["decisions"]}
    first, second = (max(each["date"] for each in version(name)["signatures"]) for name in ("2025-10", "2026-07"))
    assert first < min(decided) < second < date(2026, 7, 1) == version("2026-07")["effective_from"]
    held = "select agreement_version, status, held_date from marts.fct_reviews where period_name = '2026-Q1'"
    assert demo.query(held) == [("2025-10", "held", second)]
    assert max(decided) - min(decided) < timedelta(days=3)


def test_the_pages_show_both_versions_and_what_was_decided(demo: Built) -> None:
    minutes = (demo.site / "minutes" / "2026-Q1.html").read_text()
    for text in ("2025-10", "Deals close in half the time that we assumed", "The version of July has them"):
        assert text in minutes
    contract = (demo.site / "agreement.html").read_text()
    assert "2026-07" in contract
    assert "2025-10" in contract


@pytest.mark.campaign
def test_the_kept_review_is_what_was_measured_on_that_day(demo_copy: Built) -> None:
    """The demo as of the day of the figures: nothing of later is known, and the review has the kept figures."""
    as_of = kept()["as_of"]
    result = smarketing("run", "--company", demo_copy.company, "--home", demo_copy.home, "--as-of", as_of)
    assert result.returncode == 0, result.stdout + result.stderr
    latest = f"select max(entered_at) <= timestamp '{as_of}' from marts.fct_stage_transitions"
    assert demo_copy.query(latest) == [(True,)]
    assert demo_copy.query(f"select as_of = timestamp '{as_of}' from marts.dim_build") == [(True,)]
    after = "select count(*) > 0 from marts.fct_excluded_rows where reason = 'after the as-of'"
    assert demo_copy.query(after) == [(True,)]
    measured = demo_copy.query(
        "select revenue_stream || '/' || lead_type || '/' || from_stage || '_to_' || to_stage, entered, converted, "
        "round(measured_rate, 6) from reports.rpt_review_rates "
        "where review_period = 'quarter' and period_from = '2026-01-01'"
    )
    figures = {
        each["line"]: (each["entered"], each["converted"], each["measured"] and round(each["measured"], 6))
        for each in kept()["lines"]
        if each["from_stage"]
    }
    assert {line: tuple(values) for line, *values in measured} == figures
    found = demo_copy.query(
        "select finding from reports.rpt_review_findings where review_period = 'quarter' and period_from = '2026-01-01'"
    )
    assert {finding for (finding,) in found} == {each["line"] for each in kept()["items"]}
