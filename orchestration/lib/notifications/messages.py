"""What is sent: a message with the key by which a receiver knows a repeat, and what can become of it.

Belongs here: the words that outbox, channels and planning share. Keeping messages is outbox.py.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

MAIL = "mail"
WEBHOOK = "webhook"
TASKS = "tasks"


class PermanentRefusalError(Exception):
    """The server will never accept this message."""


class TemporaryRefusalError(Exception):
    """The server does not accept this message now."""


class ChannelDownError(Exception):
    """Nothing gets through on this channel, whatever the message; `seconds` is the wait that the server asks for."""

    def __init__(self, text: str, seconds: float = 0.0) -> None:
        super().__init__(text)
        self.seconds = seconds


@dataclass(frozen=True)
class Attachment:
    """A PDF that a mail carries, and the text of the page that it was printed from: in a PDF nobody finds a name."""

    name: str
    content: bytes = field(repr=False)
    printed_from: str = field(repr=False)


@dataclass(frozen=True)
class Message:
    """One message to one receiver, with its text as it was when it was queued: a repeat has the same text."""

    key: str
    channel: str
    receiver_id: str
    """An owner, `webhook`, or the system whose task file it is for."""
    receiver_name: str
    address: str
    """An e-mail address; empty where the channel has one place only."""
    subject: str
    body: str
    notification_ids: tuple[str, ...]
    queued_at: float = 0.0
    """Seconds since 1970; the outbox sets it."""
    attachment: Attachment | None = None


class Channel(Protocol):
    """What takes messages one by one; it raises one of the errors above, or the server has accepted."""

    def deliver(self, message: Message) -> None:
        """Hand one message over; returns once the server has accepted it."""

    def close(self) -> None:
        """End the connection, if there is one."""


def message_key(channel: str, receiver_id: str, notification_ids: Iterable[str]) -> str:
    """The same key for the same notifications to the same receiver, in every build."""
    content = "\n".join([channel, receiver_id, *sorted(notification_ids)])
    return hashlib.sha256(content.encode()).hexdigest()[:32]
