"""The demo company "Lumen Office": a synthetic year of exports, the same bytes for the same seed.

Belongs here: what the company is (company), its wall clock (clock), its leads (people), what sales did with
them (journeys, deals) and left behind (records), its ad spend (ads), and the files (files). Nothing here
reads or judges data: that is `orchestration.lib.ingestion`; reference seeds and agreements are hand-written.
Every person, company and address is invented; all domains are under example.com, example.net and example.org.
"""

from orchestration.lib.demo.files import generate

__all__ = ["generate"]
