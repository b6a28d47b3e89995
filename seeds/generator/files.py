"""All files of the demo company's exports, written. Their content belongs to the modules that name a system, and the
story to people, journeys and deals.
"""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from seeds.generator import ads, after_sale, company, hubspot, journeys, line_items, people, salesforce, touches
from seeds.generator.hard_cases import add_edge_cases
from seeds.generator.records import Records
from seeds.generator.sheets import Sheet


def generate(folder: Path, seed: int = 2026) -> None:
    """Write the demo company's exports under `folder`: <system>/<file>.

    Existing files are overwritten. The same seed gives the same bytes on every machine.
    """
    for path, sheet in sheets(seed).items():
        sheet.write(folder / path)


@dataclass(frozen=True)
class Story:
    """What happened in the year, before any program wrote it down."""

    accounts: list[people.Account]
    leads: list[people.Person]
    found_by_sales: list[people.Person]
    records: Records
    spend: list[ads.Day]
    later: Random  # what has not been drawn yet


def make_story(seed: int = 2026) -> Story:
    """The year's story. Later additions draw their own numbers, so that the earlier parts stay as they are."""
    rng, later = Random(seed), Random(seed + 1)
    accounts = people.accounts(rng)
    leads = people.persons(rng, accounts)
    records = Records()
    for lead in leads:
        journeys.live(rng, records, lead)
    spend = ads.daily_spend(rng, company.AD_CAMPAIGNS)
    found = people.found_by_sales(later, accounts[company.ENTERPRISE])
    for lead in found:
        journeys.live(later, records, lead)
    spend += ads.daily_spend(later, [company.BING_CAMPAIGN])
    every_account = sorted((one for many in accounts.values() for one in many), key=lambda one: one.record_id)
    return Story(every_account, leads, found, records, spend, later)


def sheets(seed: int = 2026) -> dict[str, Sheet]:
    """Every file by its path in the exports folder."""
    story = make_story(seed)
    in_salesforce = [lead for lead in story.leads if lead.is_in_salesforce] + story.found_by_sales
    return add_edge_cases(
        hubspot.sheets(story.accounts, story.leads, story.records)
        | salesforce.sheets(in_salesforce, story.records)
        | ads.sheets(story.spend)
        | touches.sheets(story.later, story.leads)
        | after_sale.sheets(story.later, story.records)
        | line_items.sheets(Random(seed + 2), story.records)
    )
