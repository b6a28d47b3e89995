"""The months of the public calls after an offer, against the reference by case."""

from tests.end_to_end.conftest import Built


def hold_offer_calls(built: Built) -> None:
    """The offers' months of one build against the reference by case, and each status against its bounds."""
    steps = " union all ".join(
        f"select 'offer_calls {attempts} in {days}d' as commitment, {attempts} as promised, {days} as days, "
        f"offer_sent, offer_calls_{days}d as calls from cases"
        for days, attempts in ((7, 1), (14, 2), (30, 3))
    )
    expected = f"""
        with
            cases as (
                from read_csv('{built.company / "reference_per_case.csv.gz"}', types={{'offer_sent': 'timestamptz'}})
                where offer_sent is not null
            ),
            steps as ({steps}),
            evaluated as (
                select
                    commitment, date_trunc('month', timezone('Europe/Amsterdam', offer_sent))::date as period_date,
                    timezone('UTC', offer_sent) + to_days(days) < (select as_of from marts.dim_build) as is_due,
                    calls >= promised as is_enough, offer_sent
                from steps
            )
        select
            commitment, period_date, count(*) filter (where is_due and is_enough) as kept,
            count(*) filter (where is_due and not is_enough) as missed,
            count(*) filter (where not is_due) as undecided
        from evaluated where timezone('UTC', offer_sent) <= (select as_of from marts.dim_build) group by all
    """
    actual = """
        select commitment, period_date, kept, missed, early + open from reports.rpt_team_compliance
        where kind = 'cadence'
    """
    assert built.query(f"({expected}) except ({actual})") == []
    assert built.query(f"({actual}) except ({expected})") == []
    statuses = built.query(
        "select attainment_low, attainment_high, target, status, is_final, has_ended from reports.rpt_team_compliance "
        "where kind in ('clock', 'cadence')"
    )
    for low, high, target, status, _, has_ended in statuses:
        decided = (
            "not_evaluated" if low is None else "met" if low >= target else "missed" if high < target else "running"
        )
        assert status == (decided if has_ended else "running")
