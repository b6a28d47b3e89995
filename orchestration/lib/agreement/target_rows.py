"""Lays the revenue streams of a version out as the rows of contract.py: quotas, lead types, and what a quota needs.

Belongs here: the arithmetic of a quota with the agreed rates and without what was agreed to improve.
"""

from collections.abc import Iterator
from dataclasses import replace

from orchestration.lib.agreement import contract
from orchestration.lib.agreement.company import MONTHS
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.quotas import MONTHS_OF, Quota, QuotaByPeriod, months_of
from orchestration.lib.agreement.streams import LeadType, RevenueStream
from orchestration.lib.periods import Period
from orchestration.lib.quota import Rate, exact, plan_quota, share_of
from orchestration.lib.warehouse.own_tables import Row


def agreed_rates(lead_type: LeadType) -> list[Rate]:
    """The agreed rates of a lead type, from the first stage to the last."""
    steps = [(name.split("_to_"), exact(rate.rate)) for name, rate in lead_type.rates.items()]
    return [Rate(from_stage, to_stage, rate) for (from_stage, to_stage), rate in steps]


def base_rates(lead_type: LeadType) -> list[Rate]:
    """The rates of a lead type before any agreed improvement."""
    bases = [exact(rate.base) for rate in lead_type.rates.values()]
    return [replace(step, rate=base) for step, base in zip(agreed_rates(lead_type), bases, strict=True)]


def target_rows(agreement: Agreement) -> Iterator[Row]:
    """Streams, their closing times, their lead types and the targets of each."""
    for stream_id, stream in agreement.revenue_streams.items():
        key = {"agreement_version": agreement.version, "revenue_stream": stream_id}
        capacity = stream.sales_capacity
        yield contract.Stream(
            **key,
            revenue_stream_name=stream.name,
            quota_amount=stream.quota.amount,
            quota_period=stream.quota.per,
            deal_size=stream.deal_size,
            margin_rate=stream.margin,
            marketing_share=stream.share_from_marketing,
            reps=capacity.reps if capacity else None,
            leads_per_rep=capacity.leads_per_rep if capacity else None,
        )
        yield from _quota_periods(key, stream.quota, agreement.company.fiscal_month)
        for days, share in (stream.closes_within or {}).items():
            yield contract.ClosingTime(**key, within_days=int(days[:-1]), closed_rate=share)
        for name, lead_type in stream.lead_types.items():
            yield from _targets_of(key | {"lead_type": name}, stream, lead_type)


def _quota_periods(key: dict[str, str], quota: Quota | QuotaByPeriod, fiscal_month: int) -> Iterator[Row]:
    """What each month must bring: a quota's amount in equal months, by its season, or as it is listed."""
    periods: list[tuple[str, Period | None, int | None, float, int, float]]
    if isinstance(quota, QuotaByPeriod):
        periods = [
            (name, period, None, quota.root[name], period.months, 1.0)
            for name, period in quota.periods(fiscal_month).items()
        ]
    elif quota.profile is not None:
        periods = [
            (month, None, number, quota.amount, 1, quota.profile[month]) for number, month in enumerate(MONTHS, start=1)
        ]
    else:
        periods = [(quota.per, None, None, quota.amount, MONTHS_OF[quota.per], 1.0)]
    for name, period, number, amount, months, share in periods:
        yield contract.QuotaPeriod(
            **key,
            period_name=name,
            from_month_date=months_of(period)[0] if period else None,
            to_month_date=months_of(period)[-1] if period else None,
            month_number=number,
            period_amount=amount,
            period_months=months,
            month_share=share,
        )


def _targets_of(key: dict[str, str], stream: RevenueStream, lead_type: LeadType) -> Iterator[Row]:
    """What a lead is worth, and how many of each stage its quota needs."""
    quota, deal_size = exact(stream.quota.amount), exact(stream.deal_size)
    plan = plan_quota(quota, deal_size, agreed_rates(lead_type))
    base = plan_quota(quota, deal_size, base_rates(lead_type))
    yield contract.LeadType(**key, quota_share=lead_type.share_of_quota, lead_value=float(plan.lead_value))
    nexts = [*(target.stage for target in plan.targets[1:]), None]
    steps = zip(plan.targets, base.targets, nexts, [*lead_type.rates.values(), None], strict=True)
    for number, (target, without, next_stage, rate) in enumerate(steps, start=1):
        yield contract.Target(
            **key,
            step_number=number,
            stage=target.stage,
            next_stage=next_stage,
            agreed_rate=rate.rate if rate else None,
            base_rate=rate.base if rate else None,
            rate_basis=rate.basis if rate else None,
            owed_by=rate.owed_by if rate else None,
            dividend=float(target.dividend),
            divisor=float(target.divisor),
            unrounded=float(target.unrounded),
            needed=target.needed,
            owed=share_of(target.needed, exact(lead_type.share_of_quota)),
            base_needed=without.needed,
            arithmetic=target.arithmetic,
        )
