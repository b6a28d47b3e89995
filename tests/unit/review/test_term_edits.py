"""The terms of a stream in the version that a review proposes: deal size, time to close, margin and season."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from orchestration.lib.agreement.company import MONTHS
from orchestration.lib.agreement.quotas import Quota
from orchestration.lib.agreement.reading import read_version
from orchestration.lib.quota import exact
from orchestration.lib.review.decomposition import decompose, inputs_of
from orchestration.lib.review.kept import Decision, Outcome, as_held
from orchestration.lib.review.measured import UNCHANGED, Review
from orchestration.lib.review.next_version import NextVersion, next_version
from orchestration.lib.review.terms import ReviewedTerm, scaled_days
from tests.end_to_end.small_company import AGREEMENT
from tests.unit.review.test_next_version import Q3, TODAY, reviewed

LINE = "    deal_size: 4000"
SHARES = (0.08, 0.08, 0.09, 0.09, 0.08, 0.07, 0.06, 0.03, 0.1, 0.11, 0.11, 0.1)
PROFILE = dict(zip(MONTHS, SHARES, strict=True))
SIZE = ReviewedTerm("main", "deal_size", 4000.0, 5013.4567, 4800.0, 5250.0, 120, "measured", 1e-6, 0.08)
DAYS = ReviewedTerm("main", "closes_within", 28.0, 42.0, 35.0, 50.0, 90, "measured", 1e-6)
MARGIN = ReviewedTerm("main", "margin", 0.42, 0.361234, 0.34, 0.38, 75, "measured", 1e-6)
SEASON = ReviewedTerm(
    "main", "season", 1 / 12, 0.118, 0.1, 0.136, 24, "measured", 1e-4, month="october", profile=PROFILE
)  # fmt: skip


def propose(
    tmp_path: Path, terms: Sequence[ReviewedTerm], decisions: Sequence[Decision] = (), text: str = AGREEMENT
) -> NextVersion:
    path = tmp_path / "2025-01.yml"
    path.write_text(
        text.replace(
            LINE, f"{LINE} # by hand\n    margin: 0.42\n    closes_within: {{14d: 0.25, 30d: 0.55, 120d: 1.0}}"
        )
    )
    written, agreement = read_version(path)
    review = Review(Q3, "2025-01", (reviewed(agreement, "main", "website_form", {}),), tuple(terms))
    kept = replace(as_held(review, datetime(2026, 10, 9)), decisions=tuple(decisions)) if decisions else None
    return next_version(review, [(written, agreement)], TODAY, None, kept)


def decision(line: str, outcome: Outcome, value: float) -> Decision:
    return Decision(line, outcome, value, "a good year", "Ada Neri", date(2026, 10, 9))


def test_each_term_is_written_with_its_derivation(tmp_path: Path) -> None:
    version = propose(tmp_path, [SIZE, DAYS, MARGIN, SEASON])
    lines = [line.strip() for line in version.text.splitlines()]
    for comment, line in (
        (
            "# Review of 2026-Q3, deal_size: 5,013.46 on 120 deals, interval 4,800 to 5,250; agreed: 4,000",
            "deal_size: 5013 # by hand",
        ),
        (
            "# Review of 2026-Q3, closes_within: 42 days on 90 customers, interval 35 days to 50 days; agreed: 28 days"
            "; median, the days of all shares by its factor",
            "closes_within: {21d: 0.25, 45d: 0.55, 180d: 1}",
        ),
        (
            "# Review of 2026-Q3, margin: 36.1 % on 75 invoices, interval 34.0 % to 38.0 %; agreed: 42.0 %",
            "margin: 0.3612",
        ),
        (
            "# Review of 2026-Q3, season: october 11.8 % on 24 months, interval 10.0 % to 13.6 %; agreed: 8.3 %",
            "quota: {amount: 240000, per: year, profile: {"
            + ", ".join(f"{month}: {share:g}" for month, share in PROFILE.items())
            + "}}",
        ),
    ):
        assert lines[lines.index(line) - 1] == comment
    stream = version.agreement.revenue_streams["main"]
    assert isinstance(stream.quota, Quota)
    # The amount of the year is a decision of the company; its season adds up to it exactly.
    assert (stream.quota.amount, stream.quota.profile) == (240000, PROFILE)
    assert sum(exact(240000) * exact(share) for share in stream.quota.profile.values()) == 240000
    assert {clause.field.split(".")[2] for clause in version.clauses} == {
        "quota",
        "deal_size",
        "margin",
        "closes_within",
    }


def test_the_deal_size_is_the_cause_by_hand(tmp_path: Path) -> None:
    version = propose(tmp_path, [SIZE])
    before, after = version.present.revenue_streams["main"], version.agreement.revenue_streams["main"]
    old, new = (inputs_of(each, each.lead_types["website_form"]) for each in (before, after))
    # 240,000 / 4,000 = 60 customers, 120, 240, 480 MQL; / 5,013 = 47.9, so 48, 96, 192, 384.
    assert (old.target_leads, new.target_leads) == (480, 384)
    [cause] = decompose(old, new)
    assert (cause.name, cause.old, cause.new, cause.leads) == ("deal_size", 4000, 5013, -96)


def test_what_a_period_does_not_contradict_stays(tmp_path: Path) -> None:
    terms = [replace(each, basis=UNCHANGED) for each in (SIZE, DAYS, MARGIN, SEASON)]
    assert propose(tmp_path, terms).clauses == []


@pytest.mark.parametrize(
    ("term", "outcome", "value", "written"),
    [
        (SIZE, "accepted", 5013, "deal_size: 5013 # by hand"),
        (SIZE, "changed", 4500, "deal_size: 4500 # by hand"),
        (SIZE, "refused", 4000, None),
        (DAYS, "changed", 56, "closes_within: {28d: 0.25, 60d: 0.55, 240d: 1}"),
        (DAYS, "refused", 28, None),
        (MARGIN, "changed", 0.4, "margin: 0.4"),
        (SEASON, "accepted", 0.11, "profile: {january: 0.08"),
        (SEASON, "refused", 1 / 12, None),
    ],
)
def test_a_term_is_agreed_as_it_was_decided(
    tmp_path: Path, term: ReviewedTerm, outcome: Outcome, value: float, written: str | None
) -> None:
    version = propose(tmp_path, [term], [decision(term.line, outcome, value)])
    if written is None:
        assert version.clauses == []
    else:
        assert written in version.text
        assert f"; {outcome} by Ada Neri on 2026-10-09: a good year" in version.text


def test_a_decision_holds_whatever_is_measured_later(tmp_path: Path) -> None:
    later = replace(SIZE, measured=9000.0)
    assert "deal_size: 5013 #" in propose(tmp_path, [later], [decision("main/deal_size", "accepted", 5013)]).text


def test_a_season_takes_the_place_of_an_agreed_one(tmp_path: Path) -> None:
    even = "{amount: 240000, per: year}"
    earlier = f"amount: 240000\n      per: year\n      profile: # ours\n        january: {0.12:g}\n"
    months = "".join(f"        {month}: 0.08\n" for month in MONTHS[1:])
    assert even in AGREEMENT
    text = AGREEMENT.replace(f"quota: {even}\n", f"quota:\n      {earlier}{months}")
    version = propose(tmp_path, [replace(SEASON, agreed=0.08)], text=text)
    quota = version.agreement.revenue_streams["main"].quota
    assert isinstance(quota, Quota)
    assert quota.profile == PROFILE
    assert "# ours" in version.text


def test_days_grow_from_share_to_share() -> None:
    assert scaled_days({"1d": 0.2, "2d": 0.6, "3d": 1.0}, 0.4) == {"1d": 0.2, "2d": 0.6, "3d": 1.0}
    assert scaled_days({"14d": 0.5, "60d": 1.0}, 1.5) == {"21d": 0.5, "90d": 1.0}
