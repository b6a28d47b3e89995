"""What the reps of large accounts find out about a lead (budget, part in the decision, need, timing), as fields of Lead
and rows of LeadHistory. The leads themselves belong to salesforce_leads.
"""

from datetime import datetime, timedelta

from seeds.generator import clock
from seeds.generator.salesforce_ids import record_id, stamp
from seeds.generator.salesforce_leads import STATUSES, Lead
from seeds.generator.sheets import Row
from seeds.generator.traits import share

FIELDS = {
    "Budget__c": ["15000", "30000", "20-50k", "TBD"],
    "Buying_Role__c": ["Economic Buyer", "Decision Maker", "Executive Sponsor", "Influencer"],
    "Need__c": ["Glare on the screens", "A new floor of 60 desks", "Meeting rooms are too dark", "A lower energy bill"],
    "Timeframe__c": ["This quarter", "Next quarter", "3-6 months", "No timeline"],
}
_FILLED, _LATE, _FROM_FORM = 0.86, 0.08, 0.03


def need_cells(lead: Lead) -> Row:
    """The present values of the fields; of some the lead itself gave them in the form, and no history has them."""
    stated = {name: value for _, name, value in _entries(lead)}
    of_form = {name: FIELDS[name][0] for name in FIELDS if _draw(lead, name) > 1 - _FROM_FORM}
    return dict.fromkeys(FIELDS, "") | of_form | stated


def need_history(lead: Lead) -> list[Row]:
    """Who was asked, and when the answer was written down."""
    return [
        {"IsDeleted": "0", "LeadId": lead.record_id, "CreatedById": record_id("005", 1), "CreatedDate": stamp(at)}
        | {"Field": name, "OldValue": "", "NewValue": value}
        for at, name, value in _entries(lead)
    ]


def _draw(lead: Lead, name: str) -> float:
    return share(lead.record_id, name)


def _entries(lead: Lead) -> list[tuple[datetime, str, str]]:
    """Most are known before the lead is qualified, some only after it, before the conversion; others nobody asked."""
    qualified = [at for at, status in lead.statuses if status == STATUSES["sql"]]
    if not qualified:
        return []
    found = []
    for name, values in FIELDS.items():
        draw = _draw(lead, name)
        value = values[int(share(lead.record_id, f"value of {name}") * 3.4) % len(values)]
        wait = timedelta(minutes=int(share(lead.record_id, f"time of {name}") * 300) + 1)
        if draw < _FILLED - _LATE:
            found.append((max(lead.created, qualified[0] - wait), name, value))
        elif draw < _FILLED and lead.converted and qualified[0] + wait < lead.converted:
            found.append((qualified[0] + wait, name, value))
    return sorted((clock.existing(at.replace(second=0, microsecond=0)), name, value) for at, name, value in found)
