"""The work of sales in Salesforce: opportunities with their history, tasks, e-mails and events, as rows of the weekly
Data Export. The leads that they come from belong to salesforce.
"""

from datetime import datetime, timedelta

from seeds.generator import clock
from seeds.generator.people import Person
from seeds.generator.records import CALL, MEETING, Activity, Deal, Records
from seeds.generator.salesforce_ids import (
    account_id,
    contact_id,
    day,
    lead_id,
    opportunity_id,
    record_id,
    stamp,
    user_id,
)
from seeds.generator.salesforce_leads import Lead
from seeds.generator.sheets import Row, money

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


def rows(leads: list[Lead], records: Records) -> dict[str, list[Row]]:
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


def _who(person: Person, converted: set[str]) -> str:
    """After a conversion all that was done with the lead is found at the contact."""
    return contact_id(person) if person.record_id in converted else lead_id(person, 1)


def _opportunity(deal: Deal) -> Row:
    last = deal.ends if deal.is_closed else _steps(deal)[-1][0]
    return {
        "Id": opportunity_id(deal.deal_id),
        "IsDeleted": "0",
        "AccountId": account_id(deal.person.account),
        "ContactId": contact_id(deal.person),
        "Name": deal.name,
        "StageName": _steps(deal)[-1][1],
        "Amount": money(deal.cents),
        "CurrencyIsoCode": deal.currency,
        "Probability": str(100 * int(deal.wins) if deal.is_closed else 20 * (deal.progress + 1)),
        "CloseDate": day(deal.forecast),
        "Type": "Existing Customer - Renewal" if deal.is_renewal else "New Customer",
        "Business_Unit__c": deal.person.segment.stream,
        "IsClosed": str(int(deal.is_closed)),
        "IsWon": str(int(deal.won is not None)),
        "Loss_Reason__c": deal.lost_reason,
        "OwnerId": user_id(deal.owner),
        "CreatedDate": stamp(deal.created),
        "LastModifiedDate": stamp(last),
        "SystemModstamp": stamp(last),
        "LastStageChangeDate": stamp(last),
    }


def _steps(deal: Deal) -> list[tuple[datetime, str]]:
    """The stages that it passed, with when."""
    passed = 4 if deal.is_closed else deal.progress + 1
    steps = [(deal.created + (deal.ends - deal.created) * (number / 4), STAGES[number]) for number in range(passed)]
    steps = [(clock.existing(at.replace(second=0, microsecond=0)), stage) for at, stage in steps]
    return steps + ([(deal.ends, "Closed Won" if deal.wins else "Closed Lost")] if deal.is_closed else [])


def _history(deal: Deal) -> list[Row]:
    """One row per stage, and one that changes the close date and no stage."""
    steps = _steps(deal)
    entries = [(at, stage, steps[number - 1][1] if number else "") for number, (at, stage) in enumerate(steps)]
    entries.insert(1, (deal.created + timedelta(minutes=7), STAGES[0], STAGES[0]))
    entries = sorted((entry for entry in entries if entry[0] <= clock.EXPORTED), key=lambda entry: entry[0])
    ends = [stamp(at) for at, _, _ in entries[1:]] + [""]
    return [
        {"OpportunityId": opportunity_id(deal.deal_id), "CreatedDate": stamp(at), "StageName": stage, "IsDeleted": "0"}
        | {"FromOpportunityStageName": previous, "Amount": money(deal.cents), "ValidThroughDate": end}
        | {"CloseDate": day(deal.forecast)}
        for (at, stage, previous), end in zip(entries, ends, strict=True)
    ]


def _roles(deal: Deal, converted: set[str]) -> list[Row]:
    people = [deal.person, *([deal.colleague] if deal.colleague and deal.colleague.record_id in converted else [])]
    return [
        {"OpportunityId": opportunity_id(deal.deal_id), "ContactId": contact_id(person), "IsDeleted": "0"}
        | {"Role": "Decision Maker" if number == 0 else "Other", "IsPrimary": str(int(number == 0))}
        | {"CreatedDate": stamp(deal.created)}
        for number, person in enumerate(people)
    ]


def _task(one: Activity, converted: set[str]) -> Row:
    """A call or an e-mail; its date is the day on which it was due, not when it was done."""
    is_call = one.kind == CALL
    row = {
        "Id": record_id("00T", one.number),
        "IsDeleted": "0",
        "WhoId": _who(one.person, converted),
        "WhatId": opportunity_id(one.deal_id),
        "Subject": "Call" if is_call else "Email: about your offices",
        "ActivityDate": day(one.at + timedelta(days=one.number % 4)),
        "Status": "Completed",
        "OwnerId": user_id(one.owner),
        "TaskSubtype": "Call" if is_call else "Email",
        "IsClosed": "1",
        "CompletedDateTime": stamp(one.at),
        "CreatedDate": stamp(one.logged),
        "LastModifiedDate": stamp(one.logged),
        "IsRecurrence": "0",
        "IsArchived": "0",
    }
    call = {"CallDurationInSeconds": str(one.seconds), "CallType": one.direction, "CallDisposition": one.outcome}
    return row | (call if is_call else {})


def _message(one: Activity) -> Row:
    return {
        "Id": record_id("02s", one.number),
        "ActivityId": record_id("00T", one.number),
        "CreatedDate": stamp(one.at),
        "Incoming": str(int(one.direction == "INCOMING_EMAIL")),
        "MessageDate": stamp(one.at),
        "RelatedToId": opportunity_id(one.deal_id),
        "IsDeleted": "0",
    }


def _events(one: Activity, converted: set[str]) -> list[Row]:
    """A meeting, and once more for the colleague who was invited; what did not take place was deleted."""
    row = {
        "Id": record_id("00U", one.number),
        "IsDeleted": str(int(one.outcome != "Completed")),
        "WhoId": _who(one.person, converted),
        "WhatId": opportunity_id(one.deal_id),
        "Subject": "Meeting",
        "ActivityDateTime": stamp(one.at),
        "ActivityDate": day(one.at),
        "IsAllDayEvent": "0",
        "DurationInMinutes": str(30 + 15 * (one.number % 3)),
        "OwnerId": user_id(one.owner),
        "IsChild": "0",
        "IsGroupEvent": str(int(one.colleague is not None)),
        "IsRecurrence": "0",
        "CreatedDate": stamp(one.logged),
    }
    child = row | {"Id": record_id("00U", 1_000_000_000 + one.number), "IsChild": "1"}
    return [row, child] if one.colleague else [row]
