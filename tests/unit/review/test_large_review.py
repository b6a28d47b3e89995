"""The review of the benchmark, in small: many lead types at once, and what a page of them is bounded by."""

import sys
from pathlib import Path

from orchestration.lib.company.folder import Company
from orchestration.lib.pages import render_review
from orchestration.lib.pages.next_version import MOST_PICTURES
from orchestration.lib.review.measured import review_period
from orchestration.lib.review.next_version import read_next_version
from tests.command import PROJECT

sys.path.append(str(PROJECT / "benchmarks"))
from made_review import DRIFT, ENTERED, PERIOD, write_review

STREAMS, LEAD_TYPES = 6, 5


def test_many_lead_types_are_proposed_together_and_few_have_a_picture(tmp_path: Path) -> None:
    company = Company(tmp_path, tmp_path / "agreements", tmp_path / "reference")
    connection = write_review(company.agreements, STREAMS, LEAD_TYPES)
    review = review_period(connection, PERIOD)
    rates = [rate for proposal in review.proposals for rate in proposal.rates]
    assert len(review.proposals) == STREAMS * LEAD_TYPES
    assert {rate.entered for rate in rates} == {ENTERED}
    changed = [rate for rate in rates if rate.basis == "measured"]
    # Four standard errors apart: what is found has moved, and hardly any that has moved by as much is missed.
    assert all(rate.measured_rate - rate.agreed_rate > DRIFT / 2 for rate in changed)
    assert sum(rate.measured_rate - rate.agreed_rate > DRIFT for rate in rates) <= len(changed)

    version = read_next_version(connection, review, company)
    assert len(version.clauses) >= len(changed)
    page = render_review(connection, review, version)
    moved = {(proposal.revenue_stream, proposal.lead_type) for proposal in review.proposals if any(
        rate.basis == "measured" for rate in proposal.rates
    )}  # fmt: skip
    assert len(moved) > MOST_PICTURES
    assert page.count("<title>Why the target moves: ") == MOST_PICTURES
    assert page.count('<tr class="head"><td>Together</td>') == len(moved)
    assert page.count('<td colspan="2">unknown: ') == 0, "each stream has deals and months enough for its chance"
