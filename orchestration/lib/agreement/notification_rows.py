"""Lays the notifications of a version out as the rows of contract.py: the events, the key touches, the grades.

Belongs here: which field is in which column. A key touch is a rule of scoring that gives no points, so that the same
models evaluate both.
"""

from collections.abc import Iterator

from orchestration.lib.agreement import contract
from orchestration.lib.agreement.calendars import WEEKDAYS
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.score_rows import rule_rows
from orchestration.lib.agreement.times import minutes_of
from orchestration.lib.warehouse.own_tables import Row

KEY_TOUCH = "key_touch"


def notification_rows(agreement: Agreement) -> Iterator[Row]:
    """Nothing for a version that notifies nobody."""
    rules, version = agreement.notifications, agreement.version
    if rules is None:
        return
    minutes = {"due_soon": -minutes_of(rules.due_soon), "escalated": minutes_of(rules.escalate_after)}
    for event in dict.fromkeys(rules.tell):
        yield contract.Notification(
            agreement_version=version,
            event=event,
            after_due_minutes=minutes.get(event, 0),
            digest_iso_weekday=WEEKDAYS.index(rules.digest_on) + 1,
            notify_within_minutes=minutes_of(rules.notify_within),
        )
    for name, condition in (rules.key_touches or {}).items():
        yield from rule_rows(version, KEY_TOUCH, name, condition)
    for grade in rules.grade_rises_to or ():
        yield contract.NotificationGrade(agreement_version=version, grade=grade)
