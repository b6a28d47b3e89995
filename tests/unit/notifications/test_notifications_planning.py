"""From events to messages: who is notified, by which channel, what becomes a digest or a task, and never twice."""

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.lib.agreement.notifications import Notifications
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK, Message
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.planning import Plan, Planner
from orchestration.lib.notifications.reading import Event, News, OpenClock
from orchestration.lib.notifications.tasks import COLUMNS, write_task_files

NOON = datetime(2026, 3, 11, 11)
ADDRESSES = {
    "hubspot:1": "anna@example.com",
    "hubspot:9": "boss@example.com",
    "hubspot:5": "sal@example.com",
    "hubspot:6": "six@example.com",
}
RULES = Notifications(tell=["breached"], escalate_to="Bo Boss", at_most=3)
WARM = Notifications(tell=["warmed_up"], warmed_up_to="Bo Boss")
# The owners' records: Sal has one in each CRM, Dee none with a known e-mail.
OWNERS = {
    "hubspot:1": ["hubspot:1", "documents:Anna Rossi"],
    "hubspot:9": ["hubspot:9"],
    "salesforce:005A": ["salesforce:005A", "hubspot:5"],
    "crm:7": ["crm:7"],
    "crm:8": ["crm:8"],
    "crm:5": ["crm:5", "hubspot:6"],
}
NAMES = {"Anna Rossi": ["hubspot:1"], "Bo Boss": ["hubspot:9"], "Two Men": ["hubspot:1", "hubspot:9"]}


def event(kind: str, number: int = 1, owner: str = "hubspot:1", name: str = "Anna Rossi") -> Event:
    about = ("first_contact", NOON) if kind in ("breached", "due_soon", "escalated") else (None, None)
    about = ("pricing_page", None) if kind in ("key_touch", "grade_rose", "warmed_up") else about
    lead = (f"hubspot:10{number}", "Acme", "shop", "form")
    return Event(f"{kind}:{number}", kind, about[0], NOON, about[1], owner, name, *lead)


def plan(
    *events: Event,
    notified: set[tuple[str, str, str]] | None = None,
    rules: Notifications = RULES,
    addresses: dict[str, str] = ADDRESSES,
) -> Plan:
    clocks = {"hubspot:1": [OpenClock("hubspot:1", "first_contact", "hubspot:101", NOON, "missed")]}
    records = {"hubspot:101": ["hubspot:101", "salesforce:00Q7", "salesforce:0037"]}
    news = News(NOON, "Europe/Rome", list(events), clocks, records, OWNERS, NAMES)
    return Planner(news, rules, addresses, (MAIL, WEBHOOK, TASKS), notified or set()).plan()


def by(channel: str, planned: Plan) -> list[Message]:
    return [message for message in planned.messages if message.channel == channel]


def test_an_event_goes_to_its_owner_and_to_the_team() -> None:
    planned = plan(event("breached"))
    [mail], [post] = by(MAIL, planned), by(WEBHOOK, planned)
    assert (mail.address, mail.receiver_id) == ("anna@example.com", "hubspot:1")
    assert mail.subject == "first_contact is overdue since 2026-03-11 12:00: Acme (hubspot:101)"
    assert post.subject == mail.subject
    assert by(TASKS, planned) == []


def test_an_escalation_goes_to_the_person_that_the_agreement_names() -> None:
    [mail] = by(MAIL, plan(event("escalated")))
    assert mail.address == "boss@example.com"
    assert "of Anna Rossi" in mail.subject
    for nobody in (None, "Two Men"):
        assert by(MAIL, plan(event("escalated"), rules=RULES.model_copy(update={"escalate_to": nobody}))) == []


def test_what_a_lead_does_goes_to_its_owner_and_of_a_lead_of_marketing_to_whom_the_agreement_names() -> None:
    mails = by(MAIL, plan(event("key_touch"), event("grade_rose"), event("warmed_up"), rules=WARM))
    assert [(each.address, each.subject) for each in mails] == [
        ("anna@example.com", "Key touch pricing_page: Acme (hubspot:101)"),
        ("anna@example.com", "Acme (hubspot:101) rose to pricing_page"),
        ("boss@example.com", "Acme (hubspot:101) warms up: pricing_page"),
    ]
    nobody = plan(event("warmed_up"), rules=WARM.model_copy(update={"warmed_up_to": None}))
    assert by(MAIL, nobody) == []
    assert len(by(WEBHOOK, nobody)) == 1
    misspelt = plan(event("warmed_up"), rules=WARM.model_copy(update={"warmed_up_to": "Bo Bos"}))
    assert misspelt.without_address == ["Bo Bos: Acme (hubspot:101) warms up: pricing_page"]


def test_the_cover_is_notified_in_the_place_of_an_absent_owner() -> None:
    away = [
        replace(event(kind), cover_owner_id="hubspot:9", cover_name="Bo Boss")
        for kind in ("breached", "became_sql", "weekly_digest")
    ]
    planned = plan(*away)
    mails = by(MAIL, planned)
    assert {mail.address for mail in mails} == {"boss@example.com"}
    assert "Owner: Anna Rossi\nAbsent, covered by: Bo Boss\n" in mails[0].body
    digest = next(mail for mail in mails if "weekly_digest:1" in mail.notification_ids)
    assert digest.subject == "The open promises of Anna Rossi this week, for whom you cover"
    assert "first_contact" in digest.body
    assert "boss@example.com" in by(TASKS, planned)[0].body


def test_an_owner_is_written_to_by_whichever_record_has_an_e_mail() -> None:
    found = plan(event("offer_opened", owner="salesforce:005A", name="Sal Force"))
    assert [(each.address, each.receiver_id) for each in by(MAIL, found)] == [("sal@example.com", "salesforce:005A")]
    nobody = plan(event("breached", owner="crm:7", name="Queue"))
    assert by(MAIL, nobody) == []
    assert nobody.without_address == ["Queue: first_contact is overdue since 2026-03-11 12:00: Acme (hubspot:101)"]


def test_a_cell_with_two_addresses_is_named_and_not_written_to() -> None:
    addresses = ADDRESSES | {"hubspot:1": "a@x.example, b@y.example"}
    assert by(MAIL, found := plan(event("breached"), addresses=addresses)) == []
    assert found.without_address == [
        "Anna Rossi (the cell of the e-mail is not one address): "
        "first_contact is overdue since 2026-03-11 12:00: Acme (hubspot:101)"
    ]
    namesake = plan(event("breached", owner="crm:8", name="Anna Rossi"))
    assert by(MAIL, namesake) == [], "two owners have this name"


def test_many_events_become_one_digest_and_the_weekly_one_is_separate() -> None:
    many = [event("breached", number) for number in range(4)]
    mails = by(MAIL, plan(*many, event("weekly_digest")))
    assert [each.subject for each in mails] == ["4 events of your leads", "Your open promises this week"]
    assert set(mails[0].notification_ids) == {each.notification_id for each in many}
    assert mails[0].body.count("\n") == 4
    assert "1 open, 1 of them overdue" in mails[1].body
    assert len(by(MAIL, plan(*many[:3]))) == 3


def test_an_event_is_not_planned_twice() -> None:
    first = plan(event("became_sql"), event("breached"))
    notified = {(name, each.channel, each.receiver_id) for each in first.messages for name in each.notification_ids}
    assert plan(event("became_sql"), event("breached"), notified=notified).messages == []
    assert {each.key for each in plan(event("became_sql"), event("breached")).messages} == {
        each.key for each in first.messages
    }


def test_a_notified_record_is_a_notified_owner() -> None:
    notified = {("breached:1", MAIL, "hubspot:5")}
    assert by(MAIL, plan(event("breached", owner="salesforce:005A"), notified=notified)) == []


@pytest.mark.parametrize(
    ("owner", "name", "system", "cells"),
    [
        ("hubspot:1", "Anna Rossi", "hubspot", {"Assigned to": "anna@example.com", "Record ID": "101"}),
        ("salesforce:005A", "Sal Force", "salesforce", {"OwnerId": "005A", "WhoId": "0037", "TaskSubtype": "Call"}),
        # Named by the CRM in which the person has no record: the task goes into the other.
        ("crm:5", "Six", "hubspot", {"Assigned to": "six@example.com", "Record ID": "101"}),
    ],
)
def test_a_lead_that_became_sql_is_a_call_task_in_the_owners_system(
    tmp_path: Path, owner: str, name: str, system: str, cells: dict[str, str]
) -> None:
    tasks = by(TASKS, plan(event("became_sql", owner=owner, name=name)))
    with Outbox(tmp_path / "outbox.sqlite") as outbox:
        outbox.queue(tasks, 0.0)
        [path] = write_task_files(outbox, tmp_path / "tasks", 1.0)
        assert write_task_files(outbox, tmp_path / "tasks", 2.0) == [], "each task is in one file"
        outbox.queue([replace(tasks[0], key="other", notification_ids=("became_sql:2",))], 3.0)
        [second] = write_task_files(outbox, tmp_path / "tasks", 4.0)
    assert [path.name, second.name] == [f"{system}_tasks_000001.csv", f"{system}_tasks_000002.csv"]
    with path.open(newline="") as file:
        [row] = csv.DictReader(file)
    assert tuple(row) == COLUMNS[system]
    assert cells.items() <= row.items()


def test_a_task_file_is_the_same_after_a_crash_before_it_was_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Outbox(tmp_path / "outbox.sqlite") as outbox:
        outbox.queue(by(TASKS, plan(event("became_sql"))), 0.0)
        with monkeypatch.context() as broken:
            broken.setattr(Outbox, "sent", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                write_task_files(outbox, tmp_path, 1.0)
        before = (tmp_path / "hubspot_tasks_000001.csv").read_bytes()
        # What came in between goes into the next file.
        outbox.queue(by(TASKS, plan(replace(event("became_sql"), notification_id="became_sql:2"))), 2.0)
        assert len(write_task_files(outbox, tmp_path, 3.0)) == 2
    assert (tmp_path / "hubspot_tasks_000001.csv").read_bytes() == before
