"""Hold the demo company's review of 2026-Q1 again, after a change of the story.

`smarketing run --as-of 2026-06-20T16:00:00Z --home HOME` builds what was known then; `python -m seeds.decisions HOME`
keeps that review in reviews/, with the decisions below. A kept review is never changed; here it is part of the story,
with the days on which its people decided.
"""

import sys
from datetime import date
from pathlib import Path

import duckdb

from orchestration.commands.decide import held_review
from orchestration.lib.review.kept import Decision
from orchestration.lib.review.kept_files import FOLDER, decide
from seeds.signatures import DAYS, SIGNERS

COMPANY = Path(__file__).parent
PERIOD, HELD = "2026-Q1", date(2026, 6, 22)
MARKETING, SALES = SIGNERS["marketing"], SIGNERS["sales"]
# Lead type, step, rate, who, why: what differs between the two versions, and no measured rate contradicted.
RATES = (
    ("website_form", "mql_to_sql", 0.33, MARKETING, "238 of 708 is a third, and we plan with a round number"),
    ("outbound_prospecting", "mql_to_sql", 0.5, MARKETING, "107 of 209 is half, and we plan with a round number"),
    ("event", "mql_to_sql", 0.42, MARKETING, "The two fairs of autumn bring better leads"),
    ("website_form", "opportunity_to_customer", 0.24, SALES, "One point more, since offers go out within a week"),
    ("outbound_prospecting", "opportunity_to_customer", 0.24, SALES, "As with forms: the offers are the same"),
    ("event", "opportunity_to_customer", 0.24, SALES, "As with forms: the offers are the same"),
)
CLOSES_WITHIN, NIGHT = "small_business/closes_within", "breach/first_contact/after_hours"
ASKED = "What comes in at night has the same hours as what comes in at noon: the next version needs tiers"


def decisions() -> list[Decision]:
    """All decisions, in their order."""
    return [
        Decision(CLOSES_WITHIN, "accepted", 27, "Deals close in half the time that we assumed", SALES, HELD),
        *(
            Decision(f"small_business/{lead_type}/{step}", "changed", rate, why, by, HELD)
            for lead_type, step, rate, by, why in RATES
        ),
        Decision(NIGHT, "accepted", None, ASKED, SALES, HELD, owner=SALES, due=date(2026, 7, 1)),
        Decision(NIGHT, "done", None, "The version of July has them, and it is signed", SALES, DAYS["2026-07"]),
    ]


if __name__ == "__main__":
    (COMPANY / FOLDER / f"{PERIOD}.yml").unlink(missing_ok=True)
    with duckdb.connect(
        Path(sys.argv[1]) / "published" / "current" / "smarketing.duckdb", read_only=True
    ) as connection:
        held = held_review(connection, COMPANY, PERIOD)
    for decision in decisions():
        decide(COMPANY, held, decision)
