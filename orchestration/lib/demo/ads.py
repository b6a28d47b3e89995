"""The demo company's ad spend, up to the last full day before the export. The campaigns are in company."""

from datetime import timedelta
from random import Random

from orchestration.lib.demo import clock, company
from orchestration.lib.demo.draws import between, lognormal
from orchestration.lib.demo.records import Row


def daily_spend(rng: Random) -> list[Row]:
    """Rows of day, platform, campaign, cost, currency, impressions, clicks."""
    days = (clock.EXPORTED.date() - clock.FIRST_DAY).days
    return [
        _day(rng, (clock.FIRST_DAY + timedelta(days=number)).isoformat(), number % 7 in (3, 4), *campaign)
        for number in range(days)
        for campaign in company.AD_CAMPAIGNS
    ]


def _day(
    rng: Random,
    day: str,
    is_weekend: bool,
    platform: str,
    currency: str,
    campaign: str,
    spend: float,
    click: float,
) -> Row:
    cost = spend * lognormal(rng, 1.0, 0.25) * (0.55 if is_weekend else 1.1)
    clicks = int(cost / (click * between(rng, 0.8, 1.25)))
    impressions = clicks * int(between(rng, 18, 60)) + int(between(rng, 0, 90))
    return [day, platform, campaign, f"{cost:.2f}", currency, str(impressions), str(clicks)]
