"""Tiers of commitments: each clock against a walk in plain Python, and `compare` against a rebuild under each version.

The company is that of scored_company.py: who asks for a quote on the second day has a score of 58.90 then, and who
sends a newsletter form 28.90; a quote that comes 40 days after changes no tier.
"""

import csv
from calendar import monthrange
from datetime import date, datetime, time, timedelta

import pytest

from orchestration.lib.agreement.yaml_document import read_written
from tests.end_to_end.conftest import Built, build, smarketing
from tests.end_to_end.rebuilt_figures import rebuilt
from tests.end_to_end.scored_company import PERSONS, day, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
FIRST_CONTACT = """\
    target_rate: 0.90
    tiers:
      - {name: hot, applies_to: {score_at_least: 50, source: [paid search]}, within: 6h}
      - {name: events, applies_to: {lead_type: [event]}, target_rate: 0.95}
      - {name: others, within: 8h, clock: business, calendar: desk, target_rate: 0.5}
"""
FOLLOW_UP = """\
    longest_gap: 5d
    target_rate: 0.70
    tiers:
      - {applies_to: {score_at_least: 54}, attempts: {1w: 1, 3w: 2}}
      - {name: others, target_rate: 0.4}
"""
DESK = """\
calendars:
  desk:
    time_zone: Europe/Rome
    hours: {tuesday: ["09:00-17:00"], thursday: ["09:00-17:00"]}
"""
# Persons 2 and 3 became MQL on the day after they came, on 4 and 6 April; person 1 never did.
DISPUTES = """\
lead,opened_on,opened_by,objection,decision,decided_on,decided_by
hubspot:2,2026-04-10,Ugo Riva,no budget,give_back,2026-05-04,Ada Neri
hubspot:3,2026-04-20,Ugo Riva,a student,,,
hubspot:1,2026-04-20,Ugo Riva,a student,,,
"""
# In summer Rome is two hours before UTC.
ROME = timedelta(hours=2)


@pytest.fixture(scope="module")
def tiered(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("tiered")
    company = write_company(folder / "b", "tiered", 25)
    draft = company / "agreements" / "tiered.yml"
    text = draft.read_text()
    for old, new in (
        ("    target_rate: 0.90\n", FIRST_CONTACT),
        ("    target_rate: 0.70\n", FOLLOW_UP),
        ("calendars:\n", DESK),
        ("    kind: lead_value\n", "    kind: lead_value\n    due_by: sales_cycle\n    carry_over: true\n"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    draft.write_text(text)
    (company / "reference" / "disputes.csv").write_text(DISPUTES)
    return build(company, folder / "home")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same company under a version without tiers, which credits what a month fell short."""
    folder = tmp_path_factory.mktemp("plain")
    company = write_company(folder / "a", "plain", 25)
    version = company / "agreements" / "plain.yml"
    version.write_text(
        version.read_text().replace("    kind: lead_value\n", "    kind: lead_value\n    credit: 0.25\n")
    )
    (company / "reference" / "disputes.csv").write_text(DISPUTES)
    return build(company, folder / "home")


def due_on_the_desk(start: datetime, minutes: int) -> datetime:
    """The instant at which this number of minutes of the desk has passed since the start, minute by minute."""
    now = start
    while minutes:
        if now.weekday() in (1, 3) and 9 <= now.hour < 17:
            minutes -= 1
        now += timedelta(minutes=1)
    return now


def test_every_clock_runs_as_its_tier_promises(tiered: Built) -> None:
    """Who becomes MQL does so by a form on the second day at 11:00 in Rome; calls come at 15:00 from that day on."""
    expected = {}
    for number in PERSONS:
        if number % 4 == 0:
            continue
        start = datetime.combine(day(number, 1), time(11))
        is_hot = number % 4 == 2
        due = start + timedelta(hours=6) if is_hot else due_on_the_desk(start, 480)
        call = datetime.combine(day(number, 1 + number % 3), time(15)) if number % 5 else None
        is_kept = call is not None and call <= due
        expected[start - ROME] = (
            *(("hot", "calendar", 0.9) if is_hot else ("others", "business", 0.5)),
            due - ROME,
            "kept" if is_kept else "missed",
        )
    found = tiered.query(
        "select started_at, tier, clock_type, target_rate, due_at, status, commitment from marts.fct_commitments "
        "where commitment like 'first_contact%'"
    )
    assert {row[6] for row in found} == {"first_contact (hot)", "first_contact (others)"}
    assert {row[0]: row[1:5] for row in found} == {start: row[:4] for start, row in expected.items()}
    # What falls due after the last logged call is not known yet.
    known = {row[0]: row[5] for row in found if row[5] != "open"}
    assert known == {start: row[4] for start, row in expected.items() if start in known}
    assert len(known) >= 24
    assert {"kept", "missed"} <= set(known.values())


def test_each_tier_of_a_cadence_has_its_own_attempts(tiered: Built) -> None:
    """Every third is SAL on the fifth day: of those who asked for a quote (2 modulo 4) the score has faded to 54.85."""
    starts = {datetime.combine(day(number, 5), time(10)) - ROME: number for number in PERSONS if number % 3 == 0}
    found = tiered.query(
        "select started_at, commitment, tier, target_rate, date_diff('day', started_at, due_at) "
        "from marts.fct_commitments where kind = 'cadence' and commitment not like '% next in %'"
    )
    expected = set()
    for start, number in starts.items():
        if number % 4 == 2:
            steps = {"follow_up (tier 1) 1 in 1w": 7, "follow_up (tier 1) 2 in 3w": 21}
            expected |= {(start, name, "tier 1", 0.7, days) for name, days in steps.items()}
        else:
            promised = {2: 3, 4: 5, 8: 7}
            steps = {f"follow_up (others) {promised[weeks]} in {weeks}w": weeks * 7 for weeks in promised}
            expected |= {(start, name, "others", 0.4, days) for name, days in steps.items()}
    assert set(found) == expected


def test_no_gap_between_attempts_is_longer_than_agreed(tiered: Built) -> None:
    """SAL on the fifth day, calls on the first to third: nobody tries again, so each has one gap, from the start."""
    starts = {datetime.combine(day(number, 5), time(10)) - ROME for number in PERSONS if number % 3 == 0}
    found = tiered.query(
        "select started_at, date_diff('day', started_at, due_at), target, actual, status "
        "from marts.fct_commitments where commitment like '% next in 5d'"
    )
    assert {row[0] for row in found} == starts
    assert len(found) == len(starts)
    assert {row[1:4] for row in found} == {(5, 1, 0)}
    assert {"missed"} <= {row[4] for row in found} <= {"missed", "open"}


def asked_by(month: date, amount: float, closes_within: dict[str, float]) -> float:
    """The part of a yearly quota that the leads of a month are for, day by day: each day of a month has its part."""
    asked, before, closed = 0.0, 0, 0.0
    leads = [month + timedelta(days=number) for number in range(monthrange(month.year, month.month)[1])]
    for within, share in closes_within.items():
        days = range(before + 1, int(within[:-1]) + 1)
        for closing in (lead + timedelta(days=number) for lead in leads for number in days):
            asked += (share - closed) / len(days) * amount / 12 / monthrange(closing.year, closing.month)[1]
        before, closed = days[-1], share
    return asked


def test_a_month_asks_for_the_deals_of_later_ones_and_for_what_it_fell_short(tiered: Built) -> None:
    """Month by month from the file of the agreement and the deliveries of the days, in plain Python."""
    streams = read_written(tiered.company / "agreements" / "tiered.yml").content["revenue_streams"]
    months = tiered.query(
        "select revenue_stream, lead_type, month_date, max(month_target_amount), sum(carried_amount), "
        "sum(target_amount), sum(delivered_amount) from marts.fct_lead_delivery_daily group by all order by all"
    )
    short: dict[tuple[str, str], float] = {}
    for name, lead_type, month, target, carried, due, delivered in months:
        stream, before = streams[name], short.get((name, lead_type), 0.0)
        asked = asked_by(month, stream["quota"]["amount"], stream["closes_within"])
        assert carried == pytest.approx(before, abs=1e-3)
        assert target == pytest.approx(asked * stream["lead_types"][lead_type]["share_of_quota"] + before, abs=1e-3)
        short[name, lead_type] = max(due - delivered, 0.0)
    assert max(short.values()) > 0


@pytest.mark.campaign
def test_a_quarter_of_what_a_month_fell_short_is_credited(plain: Built, tiered: Built) -> None:
    """From the deliveries of the days, in plain Python; nothing is credited where what is short is carried over."""
    missing: dict[date, float] = {}
    for month, short in plain.query(
        "select month_date, sum(target_amount - delivered_amount) from marts.fct_lead_delivery_daily "
        "group by month_date, revenue_stream, lead_type"
    ):
        missing[month] = missing.get(month, 0.0) + max(short, 0.0)
    months = "select period_date, status, credit_amount from reports.rpt_team_compliance where kind = 'lead_value'"
    found = plain.query(months)
    missed = {month: credit for month, status, credit in found if status == "missed"}
    assert missed == {month: pytest.approx(missing[month] / 4, abs=1e-3) for month in missed} != {}
    assert {credit for *_, credit in tiered.query(months)} == {None}


def test_a_dispute_takes_the_value_back_once_on_its_day(tiered: Built) -> None:
    [(worth,)] = tiered.query("select lead_value from marts.fct_handoffs where person_id = 'hubspot:2'")
    days = "select delivery_date, leads_given_back, disputed_amount from marts.fct_lead_delivery_daily"
    assert tiered.query(f"{days} where disputed_amount <> 0") == [(date(2026, 5, 4), 1, pytest.approx(worth))]
    disputes = tiered.query("select person_id, status, given_back_amount from marts.fct_disputes order by 1")
    assert disputes == [("hubspot:2", "given back", pytest.approx(worth)), ("hubspot:3", "open", 0)]
    reasons = "select reason from reports.rpt_data_quality_issues where guard = 'known_disputes'"
    assert "disputes.csv line 4: the lead was not handed over" in tiered.query(reasons)[0][0]


def test_the_verdict_of_a_month_is_given_by_tier(tiered: Built) -> None:
    counted = tiered.query(
        "select month_date, commitment, count(*) filter (where status = 'kept'), "
        "count(*) filter (where status = 'missed'), max(target_rate) from marts.fct_commitments "
        "where commitment like 'first_contact%' and month_date <= '2026-05-01' group by all"
    )
    reported = tiered.query(
        "select period_date, commitment, kept, missed, target, status from reports.rpt_team_compliance "
        "where commitment like 'first_contact%' and period_date <= '2026-05-01'"
    )
    assert len(counted) == 4
    assert {(*row, "met" if row[2] / (row[2] + row[3]) >= row[4] else "missed") for row in counted} == set(reported)
    page = sorted((tiered.site / "scorecard").glob("20*.html"))[-1].read_text()
    assert "First contact (hot)" in page
    assert "First contact (others)" in page


def test_every_commitment_of_a_fact_has_its_row_and_name(tiered: Built) -> None:
    unnamed = (
        "select commitment from marts.fct_commitments left join marts.dim_commitment as names "
        "using (agreement_version, commitment) where names.commitment_name is null"
    )
    assert tiered.query(unnamed) == []
    names = dict(tiered.query("select commitment, commitment_name from marts.dim_commitment"))
    assert names["first_contact (hot)"] == "First contact (hot)"


@pytest.mark.campaign
def test_every_figure_equals_a_rebuild_under_each_version(plain: Built, tiered: Built) -> None:
    draft = tiered.company / "agreements" / "tiered.yml"
    place = ("--company", plain.company, "--home", plain.home)
    result = smarketing("compare", "plain", draft, "--period", "2026-Q2", *place)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "commitments.first_contact.tiers.1.within" in result.stdout
    with (plain.site / "comparisons" / "plain-tiered-2026-Q2.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for built, column in ((plain, "first_value"), (tiered, "second_value")):
        reported = {(row["section"], row["subject"], row["figure"]): row[column] for row in rows}
        expected = rebuilt(built)
        assert {key: float(value) for key, value in reported.items() if value} == {
            key: pytest.approx(value, rel=1e-6) for key, value in expected.items() if value is not None
        }
