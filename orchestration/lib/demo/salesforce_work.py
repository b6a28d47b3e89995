"""What sales does in Salesforce: opportunities with their history, tasks, e-mails and events, as rows of the weekly
Data Export. The leads that they come from belong to salesforce.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from orchestration.lib.demo import clock
from orchestration.lib.demo.people import Person
from orchestration.lib.demo.records import CALL, MEETING, Activity, Deal, Records
from orchestration.lib.demo.salesforce_ids import NONE, contact_id, lead_id, record_id
from orchestration.lib.demo.sheets import Row, money

if TYPE_CHECKING:
    from orchestration.lib.demo.salesforce import Lead

STAGES = ["Qualification", "Needs Analysis", "Proposal/Price Quote", "Negotiation/Review"]
HEADERS = {
    "Opportunity": [
        *("Id", "IsDeleted", "AccountId", "ContactId", "Name", "StageName", "Amount", "CurrencyIsoCode", "Probability"),
        *("CloseDate", "Type", "Business_Unit__c", "IsClosed", "IsWon", "Loss_Reason__c", "OwnerId", "CreatedDate"),
        *("LastModifiedDate", "SystemModstamp", "LastStageChangeDate"),
    ],
    "OpportunityHistory": [
        *("Id", "OpportunityId", "CreatedDate", "StageName", "FromOpportunityStageName", "Amount", "CloseDate"),
        *("ValidThroughDate", "IsDeleted"),
    ],
    "OpportunityContactRole": ["Id", "OpportunityId", "ContactId", "Role", "IsPrimary", "CreatedDate", "IsDeleted"],
    "Task": [
        *("Id", "IsDeleted", "WhoId", "WhatId", "Subject", "ActivityDate", "Status", "OwnerId", "Type", "TaskSubtype"),
        *("IsClosed", "CallDurationInSeconds", "CallType", "CallDisposition", "CompletedDateTime", "CreatedDate"),
        *("LastModifiedDate", "IsRecurrence", "IsArchived"),
    ],
    "EmailMessage": ["Id", "ActivityId", "CreatedDate", "Incoming", "MessageDate", "RelatedToId", "IsDeleted"],
    "Event": [
        *("Id", "IsDeleted", "WhoId", "WhatId", "Subject", "ActivityDateTime", "ActivityDate", "IsAllDayEvent"),
        *("DurationInMinutes", "OwnerId", "Type", "IsChild", "IsGroupEvent", "IsRecurrence", "CreatedDate"),
    ],
}


def rows(leads: list["Lead"], records: Records) -> dict[str, list[Row]]:
    """The rows of all objects that sales' work fills."""
    persons = {lead.person.record_id: lead.person for lead in leads}
    converted = {lead.person.record_id for lead in leads if lead.converted}
    deals = [deal for deal in records.deals if deal.person.record_id in persons]
    done = [one for one in records.activities if one.person.record_id in persons]
    histories = [row for deal in deals for row in _history(deal)]
    roles = [row for deal in deals for row in _roles(deal, converted)]
    tasks = [_task(one, converted) for one in done if one.kind != MEETING]
    return {
        "Opportunity": [_opportunity(deal) for deal in deals],
        "OpportunityHistory": [{"Id": record_id("008", number)} | row for number, row in enumerate(histories, 1)],
        "OpportunityContactRole": [{"Id": record_id("00K", number)} | row for number, row in enumerate(roles, 1)],
        "Task": tasks,
        "EmailMessage": [_message(one) for one in done if one.kind not in (CALL, MEETING)],
        "Event": [row for one in done if one.kind == MEETING for row in _events(one, converted)],
    }


def opportunity_id(deal: Deal) -> str:
    """The opportunity's id."""
    return record_id("006", int(deal.deal_id))


def _stamp(moment: datetime | None) -> str:
    return clock.gmt(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _user(deal_or_activity: Deal | Activity) -> str:
    return record_id("005", int(deal_or_activity.owner.user_id))


def _who(person: Person, converted: set[str]) -> str:
    """After a conversion all that was done with the lead is found at the contact."""
    return contact_id(person) if person.record_id in converted else lead_id(person, 1)


def _what(deal_id: str) -> str:
    return record_id("006", int(deal_id)) if deal_id else NONE


def _opportunity(deal: Deal) -> Row:
    last = deal.ends if deal.is_closed else _steps(deal)[-1][0]
    return {
        "Id": opportunity_id(deal),
        "IsDeleted": "0",
        "AccountId": record_id("001", int(deal.person.account.record_id)) if deal.person.account else NONE,
        "ContactId": contact_id(deal.person),
        "Name": deal.name,
        "StageName": _steps(deal)[-1][1],
        "Amount": money(deal.cents),
        "CurrencyIsoCode": deal.currency,
        "Probability": str(100 * int(deal.wins) if deal.is_closed else 20 * (deal.progress + 1)),
        "CloseDate": f"{deal.forecast:%Y-%m-%d} 00:00:00",
        "Type": "Existing Customer - Renewal" if deal.is_renewal else "New Customer",
        "Business_Unit__c": deal.person.segment.stream,
        "IsClosed": str(int(deal.is_closed)),
        "IsWon": str(int(deal.won is not None)),
        "Loss_Reason__c": deal.lost_reason,
        "OwnerId": _user(deal),
        "CreatedDate": _stamp(deal.created),
        "LastModifiedDate": _stamp(last),
        "SystemModstamp": _stamp(last),
        "LastStageChangeDate": _stamp(last),
    }


def _steps(deal: Deal) -> list[tuple[datetime, str]]:
    """The stages that it passed, with when."""
    passed = 4 if deal.is_closed else deal.progress + 1
    steps = [(deal.created + (deal.ends - deal.created) * (number / 4), STAGES[number]) for number in range(passed)]
    steps = [(clock.existing(at.replace(second=0, microsecond=0)), stage) for at, stage in steps]
    return steps + ([(deal.ends, "Closed Won" if deal.wins else "Closed Lost")] if deal.is_closed else [])


def _history(deal: Deal) -> list[Row]:
    """One row a stage, and one that changes the close date and no stage."""
    steps = _steps(deal)
    entries = [(at, stage, steps[number - 1][1] if number else "") for number, (at, stage) in enumerate(steps)]
    entries.insert(1, (deal.created + timedelta(minutes=7), STAGES[0], STAGES[0]))
    entries = sorted((entry for entry in entries if entry[0] <= clock.EXPORTED), key=lambda entry: entry[0])
    ends = [_stamp(at) for at, _, _ in entries[1:]] + [""]
    return [
        {"OpportunityId": opportunity_id(deal), "CreatedDate": _stamp(at), "StageName": stage, "IsDeleted": "0"}
        | {"FromOpportunityStageName": previous, "Amount": money(deal.cents), "ValidThroughDate": end}
        | {"CloseDate": f"{deal.forecast:%Y-%m-%d} 00:00:00"}
        for (at, stage, previous), end in zip(entries, ends, strict=True)
    ]


def _roles(deal: Deal, converted: set[str]) -> list[Row]:
    people = [deal.person, *([deal.colleague] if deal.colleague and deal.colleague.record_id in converted else [])]
    return [
        {"OpportunityId": opportunity_id(deal), "ContactId": contact_id(person), "IsDeleted": "0"}
        | {"Role": "Decision Maker" if number == 0 else "Other", "IsPrimary": str(int(number == 0))}
        | {"CreatedDate": _stamp(deal.created)}
        for number, person in enumerate(people)
    ]


def _task(one: Activity, converted: set[str]) -> Row:
    """A call or an e-mail; its date is the day on which it was due, not when it was done."""
    is_call = one.kind == CALL
    row = {
        "Id": record_id("00T", one.number),
        "IsDeleted": "0",
        "WhoId": _who(one.person, converted),
        "WhatId": _what(one.deal_id),
        "Subject": "Call" if is_call else "Email: about your offices",
        "ActivityDate": f"{one.at + timedelta(days=one.number % 4):%Y-%m-%d} 00:00:00",
        "Status": "Completed",
        "OwnerId": _user(one),
        "TaskSubtype": "Call" if is_call else "Email",
        "IsClosed": "1",
        "CompletedDateTime": _stamp(one.at),
        "CreatedDate": _stamp(one.logged),
        "LastModifiedDate": _stamp(one.logged),
        "IsRecurrence": "0",
        "IsArchived": "0",
    }
    call = {"CallDurationInSeconds": str(one.seconds), "CallType": one.direction, "CallDisposition": one.outcome}
    return row | (call if is_call else {})


def _message(one: Activity) -> Row:
    return {
        "Id": record_id("02s", one.number),
        "ActivityId": record_id("00T", one.number),
        "CreatedDate": _stamp(one.at),
        "Incoming": str(int(one.direction == "INCOMING_EMAIL")),
        "MessageDate": _stamp(one.at),
        "RelatedToId": _what(one.deal_id),
        "IsDeleted": "0",
    }


def _events(one: Activity, converted: set[str]) -> list[Row]:
    """A meeting, and once more for the colleague who was invited; what did not take place was deleted."""
    row = {
        "Id": record_id("00U", one.number),
        "IsDeleted": str(int(one.outcome != "Completed")),
        "WhoId": _who(one.person, converted),
        "WhatId": _what(one.deal_id),
        "Subject": "Meeting",
        "ActivityDateTime": _stamp(one.at),
        "ActivityDate": f"{one.at:%Y-%m-%d} 00:00:00",
        "IsAllDayEvent": "0",
        "DurationInMinutes": str(30 + 15 * (one.number % 3)),
        "OwnerId": _user(one),
        "IsChild": "0",
        "IsGroupEvent": str(int(one.colleague is not None)),
        "IsRecurrence": "0",
        "CreatedDate": _stamp(one.logged),
    }
    child = row | {"Id": record_id("00U", 1_000_000_000 + one.number), "IsChild": "1"}
    return [row, child] if one.colleague else [row]
