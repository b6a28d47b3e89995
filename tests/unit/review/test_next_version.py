"""The version that a review proposes: what changes in the text, from when it is in force, and when there is none."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from orchestration import settings
from orchestration.commands.review import proposed_text
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import read_agreements, read_version
from orchestration.lib.agreement.seals import broken_seals
from orchestration.lib.agreement.signing import sign
from orchestration.lib.agreement.versions import standings
from orchestration.lib.agreement.yaml_document import Written
from orchestration.lib.language import speaking
from orchestration.lib.periods import Period
from orchestration.lib.quota import exact, plan_quota
from orchestration.lib.review.kept import Decision, Outcome, as_held
from orchestration.lib.review.measured import Proposal, Review, ReviewedRate
from orchestration.lib.review.next_version import NextVersion, ProposalError, next_version
from tests.end_to_end.small_company import AGREEMENT

Q3, TODAY = Period(date(2026, 7, 1), 3), date(2026, 10, 9)
DEMO = settings.DEMO_COMPANY / "agreements"


def reviewed(agreement: Agreement, stream: str, lead_type: str, measured: dict[str, tuple[int, int]]) -> Proposal:
    """The rates of a lead type, some of them measured: by step how many of how many."""
    terms = agreement.revenue_streams[stream]
    rates = []
    for step, rate in terms.lead_types[lead_type].rates.items():
        converted, entered = measured.get(step, (0, 0))
        counts = (entered, converted, 0, converted / entered, 0.2, 0.6) if entered else (0, 0, 0, 0.0, 0.0, 0.0)
        basis = "measured" if entered else "agreed: nobody entered"
        origin = (rate.rate, rate.base, rate.basis, rate.owed_by)
        rates.append(ReviewedRate(*step.split("_to_"), *origin, *counts, basis))
    plan = plan_quota(exact(terms.quota.amount), exact(terms.deal_size), [each.proposed for each in rates])
    return Proposal(stream, lead_type, terms.quota.amount, terms.quota.per, 1.0, tuple(rates), plan, plan)


def propose(
    versions: Sequence[tuple[Written, Agreement]],
    measured: dict[str, tuple[int, int]],
    of: tuple[str, str] = ("small_business", "website_form"),
    as_of: date = TODAY,
    starts: date | None = None,
    decisions: Sequence[Decision] = (),
) -> NextVersion:
    last = versions[-1][1]
    review = Review(Q3, last.version, (reviewed(last, *of, measured),))
    kept = replace(as_held(review, datetime(2026, 10, 9)), decisions=tuple(decisions))
    return next_version(review, versions, as_of, starts, kept)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The agreements of the demo company, to add to."""
    return Path(shutil.copytree(DEMO, tmp_path / "agreements"))


def read(folder: Path) -> list[tuple[Written, Agreement]]:
    return [read_version(path) for path in sorted(folder.glob("*.yml"))]


def small(tmp_path: Path, **replaced: str) -> list[tuple[Written, Agreement]]:
    """The small company's version, with some of its text replaced."""
    text = AGREEMENT
    for old, new in replaced.values():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "2025-01.yml"
    path.write_text(text)
    return [read_version(path)]


def test_every_other_line_of_the_demo_stays_as_it_is(demo: Path) -> None:
    version = propose(read(demo), {"mql_to_sql": (200, 500)})
    before, after = (DEMO / "2026-07.yml").read_text().splitlines(), version.text.splitlines()
    kept = [line for line in after if line in before]
    assert kept == [line for line in before if line in after]
    assert [line.strip() for line in before if line not in after] == [
        'version: "2026-07"',
        "effective_from: 2026-07-01",
        "rates: {mql_to_sql: 0.33, sql_to_opportunity: 0.82, opportunity_to_customer: 0.24}",
        "signatures:",
        *(line.strip() for line in before[-2:]),
    ]
    assert [line.strip() for line in after if line not in before] == [
        "# Proposed after the review of 2026-Q3 (version 2026-07, data until 2026-10-09); see docs/review.md",
        'version: "2026-11"',
        "effective_from: 2026-11-01",
        "# Review of 2026-Q3, mql_to_sql: 200 of 500 = 40.0 %, interval 20.0 % to 60.0 %; agreed: 33.0 %",
        "rates: {mql_to_sql: {measured: 0.4}, sql_to_opportunity: 0.82, opportunity_to_customer: 0.24}",
        "signatures: []",
    ]


def test_signed_unedited_it_follows_the_present_version(demo: Path) -> None:
    version = propose(read(demo), {"mql_to_sql": (200, 500)})
    (demo / "next.yml").write_text(version.text)
    sign(demo, "2026-11", "Fosca Ridolfini", "marketing", TODAY)
    signed = sign(demo, "2026-11", "Aurelia Montecchi", "sales", TODAY)
    assert broken_seals(demo) == []
    assert signed.standing.status == "signed"
    days = {
        each.agreement.version: (each.effective_from, each.effective_to) for each in standings(read_agreements(demo))
    }
    assert days["2026-07"] == (date(2026, 7, 1), date(2026, 10, 31))
    assert days["2026-11"] == (date(2026, 11, 1), None)


def test_a_review_that_changes_nothing_asks_for_no_signature_of_the_same(demo: Path) -> None:
    file, folder = Path("next.yml"), Path("agreements")
    same = proposed_text(propose(read(demo), {}), file, folder)
    assert same == (
        "The review changes no clause of version 2026-07.\n\nnext.yml: version 2026-11, from 2026-11-01; "
        "edit what is to change, put it into agreements and have it signed"
    )
    changed = proposed_text(propose(read(demo), {"mql_to_sql": (200, 500)}), file, folder)
    assert changed.startswith("How the two differ\n")
    assert changed.endswith("\n\nnext.yml: version 2026-11, from 2026-11-01; put it into agreements and have it signed")


def test_the_next_proposal_replaces_the_derivation_of_the_one_before(demo: Path) -> None:
    first = propose(read(demo), {"mql_to_sql": (200, 500)})
    (demo / "next.yml").write_text(first.text)
    for name, team in (("Fosca Ridolfini", "marketing"), ("Aurelia Montecchi", "sales")):
        sign(demo, "2026-11", name, team, TODAY)
    second = propose(read(demo), {"mql_to_sql": (180, 400)}, as_of=date(2027, 1, 3))
    assert second.agreement.effective_from == date(2027, 2, 1)
    assert (
        second.text.count("# Proposed after the review of") == second.text.count("# Review of 2026-Q3, mql_to_sql") == 1
    )
    assert "180 of 400 = 45.0 %, interval 20.0 % to 60.0 %; agreed: 40.0 %" in second.text
    # The agreed review is on 2027-01-04: it has passed when the version begins.
    assert second.agreement.reviews
    assert second.agreement.reviews.next == date(2027, 4, 1)


def test_an_outstanding_improvement_stays_from_the_new_base(demo: Path) -> None:
    enterprise = ("enterprise", "website_form")
    version = propose(read(demo), {"opportunity_to_customer": (22, 100)}, enterprise)
    line = next(line for line in version.text.splitlines() if "what we want to get better at" in line)
    assert line.strip() == (
        "opportunity_to_customer: {measured: 0.22, agreed: 0.25, owner_team: sales} # what we want to get better at"
    )
    reached = propose(read(demo), {"opportunity_to_customer": (26, 100)}, enterprise)
    assert "opportunity_to_customer: {measured: 0.26} # what we want to get better at" in reached.text


@pytest.mark.parametrize(
    ("as_of", "begins", "name"),
    [
        (date(2026, 10, 1), date(2026, 10, 1), "2026-10"),
        (date(2026, 10, 2), date(2026, 11, 1), "2026-11"),
        (date(2026, 12, 2), date(2027, 1, 1), "2027-01"),
        # Before the present version begins there is nothing to follow.
        (date(2024, 1, 1), date(2024, 3, 1), "2024-03"),
    ],
)
def test_it_begins_with_a_month_that_has_not_begun(tmp_path: Path, as_of: date, begins: date, name: str) -> None:
    version = propose(small(tmp_path), {}, ("main", "website_form"), as_of)
    assert (version.agreement.effective_from, version.agreement.version) == (begins, name)
    assert version.clauses == []


def test_after_a_last_day_it_begins_on_the_next(tmp_path: Path) -> None:
    ending = {"ends": ("company:", "effective_to: 2026-12-15\ncompany:")}
    version = propose(small(tmp_path, **ending), {}, ("main", "website_form"))
    assert (version.agreement.effective_from, version.agreement.effective_to) == (date(2026, 12, 16), None)
    assert version.agreement.version == "2026-12-16"
    with pytest.raises(ProposalError, match="ends on 2026-12-15; give 2026-12-16"):
        propose(small(tmp_path, **ending), {}, ("main", "website_form"), starts=date(2027, 1, 1))


def test_a_quota_by_period_keeps_the_rest_of_its_year(tmp_path: Path) -> None:
    quarters = "{2026-Q2: 50000, 2026-Q3: 60000, 2026-Q4: 70000}"
    listed = {"quota": ("{amount: 240000, per: year}", quarters), "from": ("2024-02-01", "2026-05-01")}
    version = propose(small(tmp_path, **listed), {"mql_to_sql": (20, 50)}, ("main", "website_form"))
    assert f"quota: {quarters}" in version.text
    with pytest.raises(ProposalError, match="there is no quota for 2027-02"):
        propose(small(tmp_path, **listed), {}, ("main", "website_form"), as_of=date(2027, 1, 20))


def test_an_older_review_proposes_nothing(demo: Path) -> None:
    versions = read(demo)
    review = Review(Q3, "2025-10", (reviewed(versions[0][1], "small_business", "website_form", {}),))
    with pytest.raises(ProposalError, match="version 2026-07 from 2026-07-01 has followed it"):
        next_version(review, versions, TODAY)


def test_a_wanted_day_must_follow(demo: Path) -> None:
    version = propose(read(demo), {}, starts=date(2026, 10, 15))
    assert (version.agreement.version, version.agreement.effective_from) == ("2026-10-15", date(2026, 10, 15))
    with pytest.raises(ProposalError, match="2026-07-01 is not after 2026-07-01"):
        propose(read(demo), {}, starts=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("outcome", "rate", "written"),
    [
        ("accepted", 0.4, "{measured: 0.4}"),
        ("changed", 0.36, "{assumed: 0.36}"),
        ("refused", 0.33, None),
    ],
)
def test_a_line_is_agreed_as_it_was_decided(demo: Path, outcome: Outcome, rate: float, written: str | None) -> None:
    line, step = "small_business/website_form/mql_to_sql", "mql_to_sql"
    decision = Decision(line, outcome, rate, "the fair was in May", "Ada Neri", date(2026, 10, 9))
    earlier = replace(decision, decision="changed", rate=0.9)
    # Whatever is measured by the day on which the version is written.
    version = propose(read(demo), {step: (250, 500)}, decisions=[earlier, decision])
    rates = version.agreement.revenue_streams["small_business"].lead_types["website_form"].rates
    if written is None:
        assert rates[step] == version.present.revenue_streams["small_business"].lead_types["website_form"].rates[step]
    else:
        assert rates[step].rate == rate
        assert f"mql_to_sql: {written}" in version.text
        assert f"; {outcome} by Ada Neri on 2026-10-09: the fair was in May" in version.text


def test_the_comments_of_a_version_are_the_same_in_every_language(demo: Path) -> None:
    versions = [read_version(path) for path in sorted(demo.glob("*.yml"))]
    texts = []
    for language in ("en", "it", "pt_BR"):
        with speaking(language):
            texts.append(propose(versions, {"mql_to_sql": (300, 1000)}).text)
    assert "300 of 1,000 = 30.0 %" in texts[0]
    assert texts == [texts[0]] * 3
