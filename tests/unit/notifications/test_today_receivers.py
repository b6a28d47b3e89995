"""Who gets Today with the weekly digest, and how the outbox keeps what a mail carries."""

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from orchestration.lib.agreement.notifications import Notifications
from orchestration.lib.notifications.mail import compose
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK, Attachment
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.planning import Plan, Planner
from orchestration.lib.notifications.reading import Event, News, OpenClock
from tests.unit.notifications.receivers import make_message

MONDAY = datetime(2026, 3, 8, 23)


def digest(owner: str, name: str, cover: str | None = None) -> Event:
    key = f"weekly_digest:2026-03-09:{owner}"
    lead = (None, None, None, None)
    return Event(key, "weekly_digest", None, MONDAY, None, owner, name, *lead, cover, "Bo Boss" if cover else None)


def plan(*names: str, notified: set[tuple[str, str, str]] | None = None) -> Plan:
    """Of a week in which Anna has an open promise, Cy too and is away, and Bo, who covers for Cy, and Dee have none."""
    owners = {"Anna": ["crm:1"], "Bo Boss": ["crm:2"], "Cy": ["crm:3"], "Dee": ["crm:4"], "Two": ["crm:1", "crm:2"]}
    clocks = {key: [OpenClock(key, "Call", "crm:9", MONDAY, "open")] for key in ("crm:1", "crm:3")}
    events = [digest("crm:1", "Anna"), digest("crm:3", "Cy", cover="crm:2")]
    records = {f"crm:{number}": [f"crm:{number}"] for number in range(1, 5)}
    news = News(datetime(2026, 3, 11, 11), "Europe/Rome", events, clocks, {}, records, owners)
    addresses = {f"crm:{number}": f"{number}@example.com" for number in range(1, 4)}
    rules = Notifications(tell=["weekly_digest"])
    return Planner(news, rules, addresses, (MAIL, WEBHOOK, TASKS), notified or set(), names).plan()


def carrying(planned: Plan) -> list[tuple[str, tuple[str, ...], str]]:
    return [
        (each.receiver_name, each.notification_ids, each.body.splitlines()[0])
        for each in planned.messages
        if each.key in planned.with_today
    ]


def test_nobody_gets_today_who_is_not_named() -> None:
    planned = plan()
    assert carrying(planned) == []
    assert [each.receiver_name for each in planned.messages] == ["Anna", "Bo Boss"]
    assert carrying(plan("Anna")) == [("Anna", ("weekly_digest:2026-03-09:crm:1",), "1 open, 0 of them overdue.")]
    for name in ("Ann", "Two"):
        nobody = plan(name)
        assert carrying(nobody) == []
        assert nobody.without_address == [f"{name}: Your open promises this week"]


def test_a_named_person_without_open_promises_or_away_gets_a_digest_of_their_own() -> None:
    planned = plan("Bo Boss", "Cy", "Dee")
    assert carrying(planned) == [
        ("Bo Boss", ("weekly_digest:2026-03-09:crm:2",), "None of your promises is open."),
        ("Cy", ("weekly_digest:2026-03-09:crm:3",), "1 open, 0 of them overdue."),
    ]
    assert planned.without_address == ["Dee: Your open promises this week"]
    covered = [each.subject for each in planned.messages if each.receiver_id == "crm:2"]
    assert covered == ["The open promises of Cy this week, for whom you cover", "Your open promises this week"]
    assert {each.channel for each in planned.messages} == {MAIL}, "a channel has no attachments"
    notified = {(name, each.channel, each.receiver_id) for each in planned.messages for name in each.notification_ids}
    assert carrying(plan("Bo Boss", "Cy", notified=notified)) == []


def test_a_mail_with_a_page_is_the_same_whenever_it_is_made() -> None:
    message = replace(make_message(1), attachment=Attachment("Oggi.pdf", b"%PDF-", ""), queued_at=1.0)
    assert compose(message, "sla@example.com").as_bytes() == compose(message, "sla@example.com").as_bytes()


def test_an_outbox_of_before_takes_pages(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    with Outbox(path) as outbox:
        outbox.queue([make_message(1)], 1.0)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("drop table attachments; pragma user_version = 1;")
    message = replace(make_message(2), attachment=Attachment("Today.pdf", b"%PDF-", "<html>"), queued_at=2.0)
    with Outbox(path) as outbox:
        assert outbox.queue([make_message(1), message], 2.0) == 1
        assert outbox.next_due(MAIL, 1.0) == replace(make_message(1), queued_at=1.0)
        outbox.sent(make_message(1).key, 2.0)
        assert outbox.next_due(MAIL, 2.0) == message
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
