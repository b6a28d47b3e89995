"""A company of few rows, written for one test: one team of sales, one of marketing, one stream, all guards only warn.

Belongs here: the folder. Does not belong here: the exports and the right values, which are beside the test.
"""

from collections.abc import Mapping
from pathlib import Path

OWNER = "Elio Marzo"
USERS = f"User ID,First name,Last name,Email,Assigned teams\n1,{OWNER.replace(' ', ',')},elio@acme.example,Sales\n"
TWO_OWNERS = f"{USERS}2,Bea,Roth,bea@acme.example,Sales\n"
# The header of contacts whose owner has a date.
ASSIGNED_CONTACTS = (
    "Record ID,Email,Create Date,Lifecycle Stage,Contact owner,Owner assigned date,Original Traffic Source,"
    '"Date entered ""Lead (Lifecycle Stage Pipeline)""",'
    '"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)"""'
)
AGREEMENT = """\
version: "2025-01"
effective_from: 2024-02-01
company: {name: Acme, currency: EUR, time_zone: Europe/Rome, fiscal_year_starts: february, growth: high}
stages:
  lead: {means: somebody wrote}
  mql: {means: a fit}
  sql: {means: sales has spoken with them}
  opportunity: {means: an offer is out}
  customer: {means: signed}
revenue_streams:
  main:
    name: Main
    quota: {amount: 240000, per: year}
    deal_size: 4000
    lead_types:
      website_form:
        share_of_quota: 1
        rates: {mql_to_sql: 0.5, sql_to_opportunity: 0.5, opportunity_to_customer: 0.5}
calendars:
  office:
    time_zone: Europe/Rome
    hours: {monday: ["09:00-18:00"], tuesday: ["09:00-18:00"], thursday: ["09:00-18:00"]}
commitments:
  first_contact:
    team: sales
    kind: clock
    starts_at: mql
    within: 24h
    clock: calendar
    calendar: office
    counts: [call, email, meeting]
    target_rate: 0.9
  lead_value: {team: marketing, kind: lead_value, per: month}
  win_rate: {team: sales, kind: measure, measures: win_rate, at_least: 0.2, per: quarter}
handoff: {at: mql, accepted: sql}
tolerance: 0.1
guards:
  known_stage_labels: {if_broken: warn}
  known_activity_labels: {if_broken: warn}
  currency_rates: {if_broken: warn}
  forward_clocks: {if_broken: warn}
  unknown_source: {if_broken: warn}
signatures: []
"""
HUBSPOT_STAGES = {
    "Lead": "lead",
    "Marketing Qualified Lead": "mql",
    "Sales Qualified Lead": "sql",
    "Opportunity": "opportunity",
    "Customer": "customer",
    "Contract Sent": "opportunity",
    "Closed Won": "customer",
    "Closed Lost": "lost",
}
SALESFORCE_STAGES = {
    "Open - Not Contacted": "lead",
    "Qualified": "sql",
    "Opportunity": "opportunity",
    "Prospecting": "opportunity",
    "Closed Won": "customer",
    "Closed Lost": "lost",
}
STAGES = {"hubspot": HUBSPOT_STAGES, "salesforce": SALESFORCE_STAGES}
REFERENCE = {
    "systems": "system,time_zone,date_order,decimal_mark\nhubspot,Europe/Rome,,\nsalesforce,Europe/Rome,mdy,\n",
    "stage_labels": "system,stage_label,stage,valid_from,valid_to\n"
    + "".join(f"{system},{label},{stage},,\n" for system, labels in STAGES.items() for label, stage in labels.items()),
    "stream_labels": "system,stream_label,revenue_stream,valid_from,valid_to\n"
    "hubspot,Main,main,,\nsalesforce,Main,main,,\n",
    "activity_labels": "system,activity_label,activity_type,valid_from,valid_to\n"
    "hubspot,Call,call,,\nhubspot,Email,email,,\nhubspot,Meeting,meeting,,\nhubspot,Note,note,,\n"
    "salesforce,Call,call,,\nsalesforce,Email,email,,\nsalesforce,Meeting,meeting,,\n",
    "channel_rules": "system,source_label,source_detail,channel,lead_type,valid_from,valid_to\n"
    "hubspot,Organic Search,,Organic Search,website_form,,\nsalesforce,Web,,Direct,website_form,,\n",
    "currency_rates": "currency_code,valid_from,rate_to_reporting\nEUR,2000-01-01,1\nCHF,2025-01-01,1.05\n",
}


def write_company(
    folder: Path, exports: Mapping[str, str], reference: Mapping[str, str] | None = None, agreement: str = AGREEMENT
) -> Path:
    """Write the folder: `exports` by path below exports/, `reference` by table, replacing those of this module."""
    texts = {f"exports/{name}": text for name, text in exports.items()}
    texts |= {f"reference/{name}.csv": text for name, text in (REFERENCE | dict(reference or {})).items()}
    texts["agreements/2025-01.yml"] = agreement
    if any(name.startswith("hubspot/") for name in exports):
        texts.setdefault("exports/hubspot/users.csv", USERS)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
