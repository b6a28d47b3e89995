"""All files of the demo company's exports, written. What is in them belongs to the modules that name a system, and the
story to people, journeys and deals.
"""

from pathlib import Path
from random import Random

from orchestration.lib.demo import ads, after_sale, company, hubspot, journeys, people, salesforce, touches
from orchestration.lib.demo.hard_cases import plant
from orchestration.lib.demo.records import Records
from orchestration.lib.demo.sheets import Sheet


def generate(folder: Path, seed: int = 2026) -> None:
    """Write the demo company's exports under `folder`: <system>/<file>.

    Existing files are overwritten. The same seed gives the same bytes on every machine.
    """
    for path, sheet in sheets(seed).items():
        sheet.write(folder / path)


def sheets(seed: int = 2026) -> dict[str, Sheet]:
    """Every file by its path in the exports folder."""
    rng, later = Random(seed), Random(seed + 1)
    accounts = people.accounts(rng)
    leads = people.persons(rng, accounts)
    records = Records()
    for lead in leads:
        journeys.live(rng, records, lead)
    spend = ads.daily_spend(rng, company.AD_CAMPAIGNS)
    # What came to the story later draws its own numbers, so that what was told before stays as it is.
    found = people.found_by_sales(later, accounts[company.ENTERPRISE])
    for lead in found:
        journeys.live(later, records, lead)
    spend += ads.daily_spend(later, [company.BING_CAMPAIGN])
    every_account = sorted((one for many in accounts.values() for one in many), key=lambda one: one.record_id)
    told = (
        hubspot.sheets(every_account, leads, records)
        | salesforce.sheets([lead for lead in leads if lead.is_in_salesforce] + found, records)
        | ads.sheets(spend)
        | touches.sheets(later, leads)
        | after_sale.sheets(later, records)
    )
    return plant(told)
