"""The demo company "Lumen Office": a synthetic year of exports, the same bytes for the same seed.

Belongs here: the company (company), its wall clock (clock), its leads (people), their jobs and why they were
declined (traits), what sales did with them (journeys, deals) and left behind (records), what marketing did and paid
(touches, ads), what was sold (line_items), what came after the sale (after_sale), how each CRM writes it (hubspot,
salesforce), the edge cases that are seeded (hard_cases), and the files (sheets, files). Nothing here reads or evaluates
data: that is `orchestration.lib.ingestion`; reference seeds and agreements are hand-written. Every person, company and
address is invented; all domains are under example.com, example.net and example.org.
"""

from seeds.generator.files import generate

__all__ = ["generate"]
