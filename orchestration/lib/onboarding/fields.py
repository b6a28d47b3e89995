"""The synonyms: which file names usually mean which entity, and which labels of columns usually mean which field.

Belongs here: words, as plain tables that are easy to extend. Does not belong here: how they are compared, and the
handling of a label that is in none of them (matching.py asks, or excludes and reports it).
"{it}" means each word of the file's own entity: in a file of deals "{it} id" is also "deal id".
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "instant", "date", "money", "number", "record", "reference"]


@dataclass(frozen=True)
class Field:
    """One field of an entity: its labels, best first. With `asks`, a question decides between two possible columns."""

    kind: Kind
    labels: str
    required: bool = False
    asks: bool = False
    target: str = ""


def record(labels: str) -> Field:
    """The field that identifies a record."""
    return Field("record", labels)


def points_to(target: str, labels: str) -> Field:
    """A field that contains the id (or a unique name) of a record of another entity."""
    return Field("reference", labels, target=target)


CREATED = (
    "created time|created at|created|created on|create date|created date|create time|date created|creation date|"
    "creation time|{it} created|{it} created at|{it} date|date added|added on|entry date|entered on|received|"
    "received at|received on|registered at|registered on|registration date|signup date|sign up date|submitted at|"
    "opened at|opened on|open date|date|timestamp"
)
OWNER = "{it} owner id|owner id|{it} owner|owner|assigned to|sales rep|sales person|salesperson|rep|responsible|user id"
PERSON = "lead id|contact id|person id|prospect id|primary contact id|lead|contact|lead no|lead number|contact number"
ACCOUNT = "account id|company id|organisation id|organization id|customer id|account|company|customer"
OPPORTUNITY = "deal id|opportunity id|potential id|deal|opportunity|deal number"
CAMPAIGN = "campaign id|campaign|campaign name|campaign source|utm campaign"
STREAM = "business unit|product line|product interest|line of business|product|interested in|interest|service|segment"
CURRENCY = "currency|currency code|currency iso code|{it} currency"
SOURCE = (
    "{it} source|lead source|source|original source|original traffic source|utm source|origin|channel|how did you hear"
)
DETAIL = "source detail|source details|{it} source detail|utm medium|medium"

FIELDS: dict[str, dict[str, Field]] = {
    "persons": {
        "person_record_id": record("{it} id|id|record id|{it} no|{it} number|{it} key|uuid|guid"),
        "email": Field("text", "email|e mail|email address|mail|work email|{it} email"),
        "full_name": Field("text", "full name|name|{it} name"),
        "first_name": Field("text", "first name|firstname|given name|forename|{it} first name"),
        "last_name": Field("text", "last name|lastname|surname|family name|{it} last name"),
        "job_title": Field("text", "job title|job position|position|designation|job role|title"),
        "account_record_id": points_to("accounts", ACCOUNT),
        "owner_record_id": points_to("owners", OWNER),
        "created_at": Field("instant", CREATED, required=True, asks=True),
        "source_label": Field("text", SOURCE),
        "source_detail": Field("text", DETAIL),
        "campaign_label": points_to("campaigns", CAMPAIGN),
        "stream_label": Field("text", STREAM),
        "country": Field("text", "country|country code|country region|{it} country"),
    },
    "accounts": {
        "account_record_id": record("{it} id|id|record id|customer id|{it} no|{it} number"),
        "account_name": Field("text", "{it} name|name|company|organisation|organization|account|customer"),
        "domain": Field("text", "domain|website|web site|company domain|company domain name|url"),
        "segment_label": Field("text", "industry|segment|sector|{it} type|type"),
        "employees": Field(
            "text",
            "number of employees|no of employees|employees|employee count|headcount|head count|company size|{it} size|"
            "employee range|size",
        ),
        "country": Field("text", "country|country code|country region|{it} country"),
    },
    "owners": {
        "owner_record_id": record("{it} id|id|record id|{it} no|{it} number"),
        "owner_name": Field("text", "full name|name|{it} name|display name"),
        "first_name": Field("text", "first name|firstname|given name"),
        "last_name": Field("text", "last name|lastname|surname|family name"),
        "owner_email": Field("text", "email|e mail|email address|{it} email"),
        "team_label": Field("text", "team|department|role|group|{it} team"),
    },
    "campaigns": {
        "campaign_record_id": record("{it} id|id|record id|{it} no"),
        "campaign_name": Field("text", "{it} name|name|campaign|title"),
        "campaign_type_label": Field("text", "type|{it} type|channel|kind"),
        "parent_campaign_record_id": Field("text", "parent campaign id|parent id|parent campaign"),
        "started_date": Field("date", "start date|started on|start|starts on|from"),
        "ended_date": Field("date", "end date|ended on|end|ends on|to"),
        "budget_amount": Field("money", "budgeted cost|budget|planned cost|planned budget"),
        "cost_amount": Field("money", "actual cost|cost|total cost|spend|amount spent", asks=True),
        "currency_code": Field("text", CURRENCY),
    },
    "touchpoints": {
        "touchpoint_record_id": record("{it} id|id|record id|touch id|session id|submission id"),
        "person_record_id": points_to("persons", PERSON),
        "touched_at": Field(
            "instant",
            "touched at|happened at|responded at|first responded date|submitted at|submitted on|visited at|"
            f"session start|started at|last modified time|{CREATED}",
            required=True,
            asks=True,
        ),
        "source_label": Field("text", SOURCE),
        "source_detail": Field("text", DETAIL),
        "campaign_label": points_to("campaigns", CAMPAIGN),
        "content_label": Field("text", "content|page|landing page|form|form name|asset|utm content|page url"),
        "touch_label": Field("text", "touch type|type|kind|status|member status|event|{it} type"),
    },
    "activities": {
        "activity_record_id": record("{it} id|activity id|task id|id|record id"),
        "person_record_id": points_to("persons", PERSON),
        "opportunity_record_id": points_to("opportunities", OPPORTUNITY),
        "owner_record_id": points_to("owners", OWNER + "|done by|made by|caller|sent by"),
        "activity_label": Field("text", "activity type|{it} type|type|kind|activity"),
        "direction": Field("text", "direction|{it} direction|{it} type|inbound outbound"),
        "happened_at": Field(
            "instant",
            "{it} start time|start time|start datetime|start date time|{it} started at|started at|start|happened at|"
            "occurred at|done at|done on|completed at|completed time|completed on|completion date|sent at|sent on|"
            "{it} time|activity date|{it} date|date|timestamp",
            required=True,
            asks=True,
        ),
        "logged_at": Field(
            "instant", "created time|created at|created on|create date|created date|logged at|logged on"
        ),
        "due_at": Field("instant", "due date|due at|due on|due"),
        "outcome_label": Field("text", "outcome|result|{it} outcome|{it} result|disposition|status|{it} status"),
        "duration_in_minutes": Field("number", "{it} duration in minutes|duration in minutes|duration minutes|minutes"),
        "duration_in_seconds": Field("number", "{it} duration in seconds|duration in seconds|duration seconds|seconds"),
        "ended_at": Field("instant", "end datetime|end date time|end time|{it} end time|ended at|end"),
    },
    "opportunities": {
        "opportunity_record_id": record("{it} id|id|record id|{it} no|{it} number"),
        "person_record_id": points_to("persons", PERSON),
        "account_record_id": points_to("accounts", ACCOUNT),
        "owner_record_id": points_to("owners", OWNER),
        "stream_label": Field("text", STREAM + "|pipeline"),
        "type_label": Field("text", "{it} type|type|business type"),
        "created_at": Field("instant", CREATED, required=True, asks=True),
        "closed_at": Field(
            "instant",
            "closing date|close date|closed at|closed on|closed date|date closed|close time|closed time|won at|"
            "won date|decision date|closed",
            required=True,
            asks=True,
        ),
        "recorded_at": Field(
            "instant",
            "modified time|modified at|modified on|modified date|last modified time|last modified date|"
            "last modified at|last modified|last modified on|updated time|updated at|updated on|update time|"
            "last updated|date modified",
        ),
        "stage_label": Field(
            "text", "{it} stage|stage|sales stage|{it} status|status|outcome|phase|result", required=True, asks=True
        ),
        "amount": Field("money", "amount|{it} amount|{it} value|value|{it} size|price|total", asks=True),
        "currency_code": Field("text", CURRENCY),
        "lost_reason": Field("text", "lost reason|closed lost reason|loss reason|reason lost|reason for loss|reason"),
        "campaign_label": points_to("campaigns", CAMPAIGN),
    },
    "revenue": {
        "revenue_record_id": record("{it} id|id|record id|{it} no|{it} number"),
        "account_record_id": points_to("accounts", ACCOUNT),
        "opportunity_record_id": points_to("opportunities", OPPORTUNITY),
        "revenue_at": Field(
            "instant",
            "paid at|paid on|payment date|{it} date|issued at|issued on|issue date|date|created time|created at|"
            "created on",
            required=True,
            asks=True,
        ),
        "amount": Field(
            "money", "grand total|total|amount|{it} amount|{it} total|total amount", required=True, asks=True
        ),
        "currency_code": Field("text", CURRENCY),
        "status_label": Field("text", "{it} status|status|state"),
    },
    "ad_spend": {
        "ad_spend_record_id": record("id|record id"),
        "spend_date": Field("date", "date|day|spend date", required=True),
        "source_label": Field("text", "platform|network|source|channel|publisher"),
        "source_detail": Field("text", "medium|utm medium|ad type|campaign type"),
        "campaign_label": Field("text", "campaign name|campaign|utm campaign"),
        "amount": Field("money", "spend|cost|amount spent|costs|amount", required=True, asks=True),
        "currency_code": Field("text", CURRENCY),
        "impressions": Field("number", "impressions|impr|views"),
        "clicks": Field("number", "clicks|link clicks"),
        "conversions": Field("number", "conversions|results"),
    },
}

# The words of a file's name -> the entity in it. The first matching word of a row is also the kind of an activity.
FILES: dict[str, str] = {
    "persons": "lead contact person prospect enquiry inquiry signup subscriber",
    "accounts": "account company organisation organization",
    "owners": "user owner rep salesperson",
    "campaigns": "campaign",
    "touchpoints": "touchpoint touch campaign_lead_status campaign_member campaignmember form_submission visit session",
    "activities": "call event meeting appointment task email activity",
    "opportunities": "deal opportunity potential",
    "revenue": "invoice payment order",
    "ad_spend": "spend ad_spend adspend ad_cost",
}
PLURALS = {"person": "people", "enquiry": "enquiries", "inquiry": "inquiries", "company": "companies"} | {
    "activity": "activities",
    "opportunity": "opportunities",
    "salesperson": "salespeople",
    "touch": "touches",
}
NO_WORDS_OF_A_NAME = "export exported report data list all csv crm table my from download"
