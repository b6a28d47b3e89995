"""The demo company's ad spend, up to the last full day before the export, and the reports that the four platforms write
of it. The campaigns are in company.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from seeds.generator import clock, company
from seeds.generator.draws import between, lognormal
from seeds.generator.sheets import Row, Sheet, money

# What Google calls the day since which it is exported again, with the conversions that came in late.
_GOOGLE_AGAIN_FROM = date(2026, 9, 25)


@dataclass(frozen=True)
class Day:
    """What one campaign cost on one day."""

    day: date
    campaign: company.AdCampaign
    cents: int
    impressions: int
    clicks: int

    @property
    def conversions(self) -> int:
        """The conversions that the platform claims for itself."""
        return self.clicks // 23


def daily_spend(rng: Random, campaigns: list[company.AdCampaign]) -> list[Day]:
    """Every day of every campaign, from the first day on."""
    days = (clock.EXPORTED.date() - clock.FIRST_DAY).days
    return [
        _day(rng, clock.FIRST_DAY + timedelta(days=number), number % 7 in (3, 4), campaign)
        for number in range(days)
        for campaign in campaigns
    ]


def _day(rng: Random, day: date, is_weekend: bool, campaign: company.AdCampaign) -> Day:
    cost = campaign.daily_spend * lognormal(rng, 1.0, 0.25) * (0.55 if is_weekend else 1.1)
    clicks = int(cost / (campaign.cost_per_click * between(rng, 0.8, 1.25)))
    impressions = clicks * int(between(rng, 18, 60)) + int(between(rng, 0, 90))
    return Day(day, campaign, round(cost * 100), impressions, clicks)


def sheets(days: list[Day]) -> dict[str, Sheet]:
    """The four platforms' reports by their path in the exports folder."""
    of = {
        name: [day for day in days if day.campaign.platform == name]
        for name in ("google", "linkedin", "meta", "microsoft")
    }
    again = [day for day in of["google"] if day.day >= _GOOGLE_AGAIN_FROM]
    return {
        "google_ads/Campaign report 2026-09-30.csv": _google(
            [day for day in of["google"] if day.day <= date(2026, 9, 30)]
        ),
        "google_ads/Campaign report 2026-10-09.csv": _google(again, late=1),
        "linkedin_ads/account_507_campaign_performance_report.csv": _linkedin(of["linkedin"]),
        "meta_ads/Lumen-Office-Campaigns-Oct-1-2025-Oct-8-2026.csv": _meta(of["meta"]),
        "microsoft_ads/Campaign_Performance_Report.csv": _microsoft(of["microsoft"]),
    }


def _google(days: list[Day], late: int = 0) -> Sheet:
    """A title, the days, thousands with a comma, totals below; `late` conversions are reported by the second export."""
    header = [
        "Day",
        "Campaign",
        "Campaign ID",
        "Campaign type",
        "Currency code",
        "Cost",
        "Impr.",
        "Clicks",
        "Conversions",
    ]
    cents, impressions, clicks = (
        sum(values) for values in zip(*((day.cents, day.impressions, day.clicks) for day in days), strict=True)
    )
    total = f',--,--,--,EUR,"{cents / 100:,.2f}","{impressions:,}","{clicks:,}",--\n'
    rows = [
        dict(
            zip(
                header,
                (
                    *(day.day.isoformat(), day.campaign.name, day.campaign.campaign_id, "Search", "EUR"),
                    *(f"{day.cents / 100:,.2f}", f"{day.impressions:,}", str(day.clicks)),
                    f"{day.conversions + late}.00" if day.conversions else " --",
                ),
                strict=True,
            )
        )
        for day in days
    ]
    span = " - ".join(f"{day:%B} {day.day}, {day.year}" for day in (days[0].day, days[-1].day))
    return Sheet(
        header, rows, above=f'Campaign report\n"{span}"\n', below=f"Total: Campaigns{total}Total: Account{total}"
    )


def _linkedin(days: list[Day]) -> Sheet:
    """Tabs, UTF-16, days of UTC with the month first, the currency of the account."""
    header = [
        *("Start Date (in UTC)", "Account Name", "Currency", "Campaign ID", "Campaign Name", "Campaign Type"),
        *("Total Spent", "Impressions", "Clicks", "Conversions", "Leads"),
    ]
    rows: list[Row] = [
        {"Start Date (in UTC)": f"{day.day:%m/%d/%Y}", "Account Name": "Lumen Office", "Currency": "USD"}
        | {"Campaign ID": day.campaign.campaign_id, "Campaign Name": day.campaign.name}
        | {"Campaign Type": "Sponsored Content", "Total Spent": money(day.cents)}
        | {"Impressions": str(day.impressions), "Clicks": str(day.clicks)}
        | {"Conversions": str(day.conversions), "Leads": "0"}
        for day in days
    ]
    above = "\ufeffCampaign Performance Report (in UTC)\nReport Start: October 1, 2025, 12:00 AM\n"
    above += "Report End: October 8, 2026, 11:59 PM\nDate Generated: October 9, 2026, 4:00 PM\n\n"
    return Sheet(header, rows, encoding="utf-16-le", delimiter="\t", above=above)


def _meta(days: list[Day]) -> Sheet:
    """A line of totals first; the currency is in a label."""
    header = [
        *("Reporting starts", "Reporting ends", "Day", "Campaign name", "Campaign ID", "Objective", "Results"),
        *("Result type", "Amount spent (EUR)", "Impressions", "Link clicks", "Clicks (all)"),
    ]
    span = {"Reporting starts": days[0].day.isoformat(), "Reporting ends": days[-1].day.isoformat()}
    total = span | {"Amount spent (EUR)": money(sum(day.cents for day in days))}
    rows = [
        {"Reporting starts": day.day.isoformat(), "Reporting ends": day.day.isoformat(), "Day": day.day.isoformat()}
        | {"Campaign name": day.campaign.name, "Campaign ID": day.campaign.campaign_id, "Objective": "Leads"}
        | {"Results": str(day.conversions), "Result type": "Leads (form)", "Amount spent (EUR)": money(day.cents)}
        | {"Impressions": str(day.impressions), "Link clicks": str(day.clicks), "Clicks (all)": str(day.clicks * 2)}
        for day in days
    ]
    return Sheet(header, [total, *rows])


def _microsoft(days: list[Day]) -> Sheet:
    """Lines of the report above, its copyright below, all cells quoted."""
    header = [
        *("TimePeriod", "AccountName", "CampaignId", "CampaignName", "CampaignType", "CurrencyCode", "Spend"),
        *("Impressions", "Clicks", "Conversions"),
    ]
    rows = [
        {"TimePeriod": day.day.isoformat(), "AccountName": "Lumen Office", "CampaignId": day.campaign.campaign_id}
        | {"CampaignName": day.campaign.name, "CampaignType": "Search & content", "CurrencyCode": "EUR"}
        | {"Spend": money(day.cents), "Impressions": str(day.impressions), "Clicks": str(day.clicks)}
        | {"Conversions": str(day.conversions)}
        for day in days
    ]
    above = '"Report Name: Campaign Performance Report"\n"Report Time: 10/1/2025,10/8/2026"\n'
    above += f'"Time Zone: (GMT+01:00) Rome"\n"Report Aggregation: Daily"\n"Rows: {len(rows)}"\n\n'
    below = '\n"\N{COPYRIGHT SIGN}2026 Microsoft Corporation. All rights reserved. "\n'
    return Sheet(header, rows, quotes_all=True, above=above, below=below)
