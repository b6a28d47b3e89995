"""Quiet hours: nothing is sent while the agreed calendar is closed, also where clocks are changed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.lib.agreement.calendars import Calendar
from orchestration.lib.notifications.messages import MAIL, Message
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.quiet import next_opening, opening_rule
from orchestration.lib.notifications.sending import deliver
from tests.unit.notifications.receivers import make_message

OFFICE = Calendar.model_validate(
    {
        "time_zone": "Europe/Rome",
        "hours": {
            "friday": ["09:00-13:00", "14:00-17:00"],
            "monday": ["09:00-18:00"],
            "sunday": ["01:00-04:00"],
            "tuesday": ["22:00-24:00"],
        },
        "holidays": [],
    }
)


class Noted:
    """A channel that takes everything."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def deliver(self, message: Message) -> None:
        self.given.append(message.subject)

    def close(self) -> None:
        pass


def test_nothing_is_sent_in_quiet_hours(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.sqlite")
    outbox.queue([make_message(1)], 0.0)
    channel, opens_at = Noted(), opening_rule(OFFICE)
    saturday, monday = (datetime(2026, 10, day, 7, tzinfo=UTC).timestamp() for day in (10, 12))
    done = deliver(outbox, {MAIL: channel}, lambda: saturday, opens_at)
    assert (done.sent, done.troubles, channel.given) == (0, {MAIL: "quiet hours"}, [])
    assert deliver(outbox, {MAIL: channel}, lambda: monday, opens_at).sent == 1
    outbox.close()


@pytest.mark.parametrize(
    ("instant", "opens"),
    [
        ("2026-10-09T07:00:00", "2026-10-09T07:00:00"),  # 9 in the morning in Rome, summer time
        ("2026-10-09T06:59:59", "2026-10-09T07:00:00"),
        ("2026-10-09T11:00:00", "2026-10-09T12:00:00"),  # the break
        ("2026-10-09T15:00:00", "2026-10-10T23:00:00"),  # Friday evening; Sunday opens at one
        ("2026-10-13T21:59:59", "2026-10-13T21:59:59"),  # a second before midnight, until which Tuesday is open
        ("2026-10-13T22:00:00", "2026-10-16T07:00:00"),
        ("2026-10-11T02:00:00", "2026-10-12T07:00:00"),
        ("2026-10-25T02:30:00", "2026-10-25T02:30:00"),  # the night in which clocks go back: half past three
        ("2026-10-25T03:00:00", "2026-10-26T08:00:00"),  # winter time
    ],
)
def test_the_next_opening(instant: str, opens: str) -> None:
    found = next_opening(OFFICE, datetime.fromisoformat(instant).replace(tzinfo=UTC))
    assert found.astimezone(UTC).replace(tzinfo=None).isoformat() == opens


@pytest.mark.parametrize(
    ("instant", "opens"),
    [
        ("2026-06-06T21:00:00", "2026-06-06T21:00:00"),  # Saturday 23:00 in Rome
        ("2026-06-06T23:59:59", "2026-06-06T23:59:59"),  # Sunday 01:59:59: Saturday's hours go on
        ("2026-06-07T00:00:00", "2026-06-20T20:00:00"),  # the next Saturday is a holiday, and closes until Sunday 02:00
        ("2026-06-13T22:30:00", "2026-06-20T20:00:00"),
        ("2026-06-20T22:30:00", "2026-06-20T22:30:00"),  # a holiday on Sunday closes what begins on Sunday
    ],
)
def test_hours_over_midnight_are_of_the_day_on_which_they_begin(instant: str, opens: str) -> None:
    holidays = ["2026-06-13", "2026-06-21"]
    bar = {"time_zone": "Europe/Rome", "hours": {"saturday": ["22:00-02:00"]}, "holidays": holidays}
    found = next_opening(Calendar.model_validate(bar), datetime.fromisoformat(instant).replace(tzinfo=UTC))
    assert found.astimezone(UTC).replace(tzinfo=None).isoformat() == opens
