"""Sending what is due: back-off, quiet hours, when a message fails permanently and when a channel waits.

Belongs here: the order of send and record. A process may be killed at any line: what the server has accepted and
was not recorded is sent again with the same key. Where to send is mail.py and webhook.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from orchestration.lib.notifications.messages import (
    Channel,
    ChannelDownError,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from orchestration.lib.notifications.outbox import Outbox

FIRST_WAIT_SECONDS = 60.0
LONGEST_WAIT_SECONDS = 6 * 3600.0
MOST_REFUSALS = 12
# After this number of messages in a row that fail, the cause is the server and not a message.
MOST_IN_A_ROW = 3


@dataclass
class Delivery:
    """What one run of the sender did."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    troubles: dict[str, str] = field(default_factory=dict)
    """By channel, what kept the rest of it waiting."""


def wait_seconds(setbacks: int) -> float:
    """The wait after this number of failed attempts: a minute, then twice as long each time, six hours at most."""
    return min(FIRST_WAIT_SECONDS * 2.0 ** min(setbacks - 1, 20), LONGEST_WAIT_SECONDS)


def deliver(
    outbox: Outbox, channels: Mapping[str, Channel], clock: Callable[[], float], opens_at: Callable[[float], float]
) -> Delivery:
    """Send what is due on these channels; the caller is the only sender. `opens_at`: when it is quiet no longer."""
    done = Delivery()
    for name, channel in channels.items():
        try:
            _deliver_on(outbox, name, channel, clock, opens_at, done)
        finally:
            channel.close()
    return done


def _deliver_on(
    outbox: Outbox,
    name: str,
    channel: Channel,
    clock: Callable[[], float],
    opens_at: Callable[[float], float],
    done: Delivery,
) -> None:
    # What is postponed in this run waits for another, however long the run takes.
    started, down_in_a_row = clock(), 0
    while message := outbox.next_due(name, started):
        if opens_at(now := clock()) > now:
            done.troubles[name] = "quiet hours"
            return
        outbox.attempt(message.key)
        try:
            channel.deliver(message)
        except PermanentRefusalError as error:
            outbox.failed(message.key, str(error))
            done.failed += 1
        except TemporaryRefusalError as error:
            _postpone(outbox, message.key, error, clock(), done)
        except ChannelDownError as error:
            _postpone(outbox, message.key, error, clock(), done)
            down_in_a_row += 1
            if error.seconds or down_in_a_row >= MOST_IN_A_ROW:
                done.troubles[name] = str(error)
                return
            continue
        else:
            outbox.sent(message.key, clock())
            done.sent += 1
        down_in_a_row = 0


def _postpone(
    outbox: Outbox, key: str, error: TemporaryRefusalError | ChannelDownError, now: float, done: Delivery
) -> None:
    """Try again later; a message fails permanently only if the server refuses it, never because it is down."""
    setbacks, refusals = outbox.tries(key)
    is_refusal = isinstance(error, TemporaryRefusalError)
    if is_refusal and refusals + 1 >= MOST_REFUSALS:
        outbox.failed(key, f"refused {MOST_REFUSALS} times: {error}")
        done.failed += 1
        return
    asked = error.seconds if isinstance(error, ChannelDownError) else 0.0
    outbox.postpone(key, now + max(wait_seconds(setbacks + 1), asked), str(error), is_refusal)
    done.postponed += 1
