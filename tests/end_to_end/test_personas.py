"""Personas of the demo against its facts: counts person by person, the index and its interval by their definition.

Belongs here: the same figures by another way. What branches is in the unit tests of the models.
"""

from collections import Counter
from statistics import quantiles

import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end

JOURNEYS = """
    select persona, has_job_title, date_diff('microsecond', entered_at, as_of) / 86400e6 as age,
        date_diff('microsecond', entered_at, customer_at) / 86400e6 as days
    from marts.fct_journeys join marts.dim_person using (person_id, persona) cross join marts.dim_build
"""


def bound(hits: int, cases: int, upper: bool) -> float:
    """The rate whose distance from the measured one is 1.96 of its own standard errors, found by halving."""
    rate = hits / cases
    inner, outer = rate, float(upper)
    for _ in range(60):
        middle = (inner + outer) / 2
        is_inside = abs(rate - middle) <= 1.96 * (middle * (1 - middle) / cases) ** 0.5
        inner, outer = (middle, outer) if is_inside else (inner, middle)
    return inner


def test_the_index_is_the_rate_of_mature_leads_with_a_title(demo: Built) -> None:
    journeys = demo.query(JOURNEYS)
    horizon = quantiles([days for *_, days in journeys if days is not None], n=10, method="inclusive")[-1]
    mature = [(persona, days) for persona, title, age, days in journeys if title and age >= horizon]
    leads = Counter(persona for persona, _ in mature)
    won = Counter(persona for persona, days in mature if days is not None and days <= horizon)
    rate = won.total() / leads.total()
    rows = demo.query(
        "select persona, mature_leads, mature_customers, won_index, won_index_low, won_index_high, won_finding "
        "from reports.rpt_personas"
    )
    assert len(rows) == 5
    for persona, cases, hits, index, low, high, finding in rows:
        assert (cases, hits) == (leads[persona], won[persona])
        assert index == pytest.approx(hits / cases / rate, rel=1e-9)
        assert low == pytest.approx(bound(hits, cases, False) / rate, rel=1e-3)
        assert high == pytest.approx(bound(hits, cases, True) / rate, rel=1e-3)
        words = {(True, True): "wins more than it attracts", (False, False): "attracts more than it wins"}
        assert finding == words.get((low > 1, high > 1), "no difference found")


def test_who_stays_is_counted_account_by_account(demo: Built) -> None:
    ((as_of,),) = demo.query("select as_of_date from marts.dim_build")
    spans: dict[str, list] = {}
    for account, started, ended in demo.query(
        "select account_id, started_date, ended_date from marts.fct_subscriptions where not is_trial"
    ):
        spans.setdefault(account, []).append((started, ended))
    subscribers, stayed = Counter(), Counter()
    for persona, account in demo.query(
        "select persona, account_id from marts.fct_journeys where is_new_customer and account_id is not null"
    ):
        begun = min((started for started, _ in spans.get(account, [])), default=None)
        if begun and (as_of - begun).days >= 180:
            subscribers[persona] += 1
            stayed[persona] += any(
                (started - begun).days <= 180 and (ended is None or (ended - begun).days > 180)
                for started, ended in spans[account]
            )
    assert subscribers.total() > stayed.total() > 0
    for persona, *found in demo.query("select persona, subscribers, stayed from reports.rpt_personas"):
        assert found == [subscribers[persona], stayed[persona]]


def test_whom_the_campaigns_of_the_reference_file_reach(demo: Built) -> None:
    """The four lines of campaign_rules.csv, by the names of the campaigns that they mean."""
    campaigns = {
        "office_manager": ("LinkedIn - Facility managers", "Event: Facility Summit 2026"),
        "owner": ("Meta - Small offices",),
        "architect": ("Event: Design Week 2026",),
    }
    for meant_for, names in campaigns.items():
        expected = demo.query(
            f"""
            select persona, count(distinct person_id), count(*) from marts.fct_touchpoints
            join marts.dim_person using (person_id)
            where lower(fct_touchpoints.campaign_label) in {tuple(map(str.lower, (*names, "")))}
                and touch_label is distinct from 'machine open'
            group by 1 order by 1
            """
        )
        assert expected
        assert expected == demo.query(
            "select persona, persons, touches from reports.rpt_persona_targets "
            f"where target = 'campaign' and meant_for = '{meant_for}' order by 1"
        )
