"""A first agreement: valid, but clearly a draft, so that a first build has targets to measure against.

Belongs here: the template. Does not belong here: what an agreement may contain (agreement/document.py,
docs/agreement.md).
"""

import itertools
from collections.abc import Iterable
from datetime import date

from orchestration.lib.agreement.parts import STAGES
from orchestration.lib.onboarding.texts import yaml_text

STREAM, LEAD_TYPE = "all_sales", "all_leads"

FIRST_CONTACT = """
  first_contact: # assumption
    team: sales
    kind: clock
    starts_at: {first}
    within: 24h
    clock: business
    calendar: office
    counts: [call, email, meeting]
    excused_by: [disqualified, rejected, lost]
    target_rate: 0.90"""
LEAD_VALUE = """
  lead_value: # assumption
    team: marketing
    kind: lead_value
    per: month"""
TEMPLATE = """\
# A STARTER, written by a program: every line marked "assumption" is invented. Sales and marketing put their own numbers
# in, read it together and sign it. docs/agreement.md explains every field.
version: "{version}"
effective_from: {version} # before the first lead of the data

company:
  name: {name} # assumption: the folder's name
  currency: {currency}
  time_zone: {time_zone}
  growth: steady # assumption; high: reviewed every quarter; steady: every half-year

revenue_streams:
  {stream}: # assumption: all sales are one stream
    name: All sales
    quota: {{amount: 120000, per: year}} # assumption
    deal_size: 1000 # assumption
    lead_types:
      {lead_type}: # assumption: all leads are of one type
        share_of_quota: 1.0
        rates: {{{rates}}} # assumption

calendars:
  office: # assumption
    time_zone: {time_zone}
    hours:
      monday: ["09:00-17:00"]
      tuesday: ["09:00-17:00"]
      wednesday: ["09:00-17:00"]
      thursday: ["09:00-17:00"]
      friday: ["09:00-17:00"]
    holidays: []

{commitments}
recycling:
  value_given_back: definitional # assumption; it applies to the reasons that a handoff defines

tolerance: 0.10 # assumption

# Not signed: it runs as a draft, and the pages show that.
signatures: []
"""


def starter_agreement(
    name: str,
    currency: str,
    time_zone: str,
    first_day: date,
    known_stages: Iterable[str],
    has_leads: bool = True,
    has_activities: bool = True,
) -> str:
    """Return the text of a version in force from the first of January of the first day's year.

    What the files cannot show is not promised: without activities nobody can be late, without leads none is due.
    """
    chain = [stage for stage in STAGES if stage in {*known_stages, "customer"}]
    if len(chain) < 2:
        chain = ["opportunity", "customer"]
    if "mql" in chain and "lead" in chain:
        chain.remove("lead")  # marketing hands over the qualified ones
    rates = ", ".join(f"{before}_to_{after}: 0.25" for before, after in itertools.pairwise(chain))
    promised = [FIRST_CONTACT.format(first=chain[0])] if has_leads and has_activities else []
    promised += [LEAD_VALUE] if has_leads else []
    return TEMPLATE.format(
        version=f"{first_day.year}-01-01",
        name=yaml_text(name),
        currency=currency,
        time_zone=time_zone,
        stream=STREAM,
        lead_type=LEAD_TYPE,
        rates=rates,
        commitments=f"commitments:{''.join(promised)}\n"
        if promised
        else "commitments: {} # nothing in the files shows one\n",
    )
