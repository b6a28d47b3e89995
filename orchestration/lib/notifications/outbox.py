"""The outbox: what is to be sent, and what was, in a SQLite file of its own that outlives every build.

Belongs here: its transactions. The file and the lock of who sends are outbox_file.py; when to send is sending.py, what
planning.py.
Instants are seconds since 1970.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.lib.notifications.messages import Attachment, Message
from orchestration.lib.notifications.outbox_file import OutboxError, broken, open_outbox

CONTENT = "message_key, channel, receiver_id, receiver_name, address, subject, body"


class Outbox:
    """The messages of one company. Every method is one transaction that is on the disk when it returns."""

    def __init__(self, path: Path) -> None:
        self._path, self._connection = path, open_outbox(path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> "Outbox":
        """Open since it was made; closed at the end."""
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Close the file, whatever has happened. OutboxError where a damage shows only in what was read."""
        self.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise OutboxError(broken(self._path, error)) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def notified(self) -> set[tuple[str, str, str]]:
        """Notification, channel and receiver of everything that was ever queued."""
        return set(self._connection.execute("select notification_id, channel, receiver_id from told"))

    def queue(self, messages: Iterable[Message], now: float) -> int:
        """Add the messages of which nothing was queued before; returns their number."""
        added = 0
        with self._transaction():
            for message in messages:
                ids = [(each, message.channel, message.receiver_id) for each in message.notification_ids]
                if any(self._is_notified(each) for each in ids):
                    continue
                row = (message.key, message.channel, message.receiver_id, message.receiver_name, message.address)
                self._connection.execute(
                    f"insert into messages ({CONTENT}, queued_at, not_before_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, message.subject, message.body, now, now),
                )
                self._connection.executemany(
                    "insert into told values (?, ?, ?, ?)", [(*each, message.key) for each in ids]
                )
                if page := message.attachment:
                    content = (message.key, page.name, page.content, page.printed_from)
                    self._connection.execute("insert into attachments values (?, ?, ?, ?)", content)
                added += 1
        return added

    def _is_notified(self, ids: tuple[str, str, str]) -> bool:
        found = "select 1 from told where notification_id = ? and channel = ? and receiver_id = ?"
        return self._connection.execute(found, ids).fetchone() is not None

    def next_due(self, channel: str, now: float) -> Message | None:
        """The message of a channel whose turn it is; None if none is due."""
        row = self._connection.execute(
            f"select queued_at, {CONTENT} from messages "
            "where status = 'waiting' and channel = ? and not_before_at <= ? "
            "order by not_before_at, queued_at, message_key limit 1",
            (channel, now),
        ).fetchone()
        return self._message(*row) if row else None

    def _message(self, queued_at: float, key: str, *content: str) -> Message:
        channel, receiver_id, receiver_name, address, subject, body = content
        ids = self._notifications(key)
        names = (receiver_id, receiver_name, address)
        return Message(key, channel, *names, subject, body, ids, queued_at, self._attachment(key))

    def _attachment(self, key: str) -> Attachment | None:
        found = "select name, content, printed_from from attachments where message_key = ?"
        row = self._connection.execute(found, (key,)).fetchone()
        return Attachment(*row) if row else None

    def _notifications(self, key: str) -> tuple[str, ...]:
        rows = self._connection.execute(
            "select notification_id from told where message_key = ? order by notification_id", (key,)
        )
        return tuple(row[0] for row in rows)

    def attempt(self, key: str) -> None:
        """Note that the message is about to be handed over, so that one that was perhaps accepted twice is known."""
        self._change("attempts = attempts + 1", key)

    def sent(self, key: str, now: float) -> None:
        """Note that the server has accepted it; what it carried is of no use any more."""
        with self._transaction():
            self._connection.execute(
                "update messages set status = 'sent', sent_at = ?, reason = null where message_key = ?", (now, key)
            )
            self._connection.execute("delete from attachments where message_key = ?", (key,))

    def failed(self, key: str, reason: str) -> None:
        """Note that it will not be tried again by itself, and why."""
        self._change("status = 'failed', reason = ?", key, reason)

    def postpone(self, key: str, until: float, reason: str, is_refusal: bool) -> None:
        """Note a failed attempt, and when the next one is."""
        changes = "setbacks = setbacks + 1, refusals = refusals + ?, not_before_at = ?, reason = ?"
        self._change(changes, key, int(is_refusal), until, reason)

    def tries(self, key: str) -> tuple[int, int]:
        """The number of failed attempts, and of those in which the server refused this message."""
        found = "select setbacks, refusals from messages where message_key = ?"
        return self._connection.execute(found, (key,)).fetchone()

    def _change(self, changes: str, key: str, *values: object) -> None:
        with self._transaction():
            self._connection.execute(f"update messages set {changes} where message_key = ?", (*values, key))

    def retry_failed(self, now: float) -> int:
        """Queue everything that failed for another round of attempts; returns the number of messages."""
        with self._transaction():
            changed = self._connection.execute(
                "update messages set status = 'waiting', not_before_at = ?, setbacks = 0, refusals = 0 "
                "where status = 'failed'",
                (now,),
            )
        return changed.rowcount

    def empty_sent(self, before: float) -> int:
        """Empty the texts of what was sent before an instant; the keys stay, so that nothing is sent twice.

        Tasks keep theirs as long as their file, which is written again from them. Return the number of messages.
        """
        with self._transaction():
            changed = self._connection.execute(
                "update messages set address = '', subject = '', body = '' "
                "where status = 'sent' and sent_at < ? and body <> '' and channel <> 'tasks'",
                (before,),
            )
        return changed.rowcount

    def batches(self, receiver_id: str) -> dict[int, list[Message]]:
        """The messages of a file that is written whole, by number; what waits without one makes up the next."""
        where = "channel = 'tasks' and receiver_id = ?"
        with self._transaction():
            self._connection.execute(
                f"update messages set batch = (select coalesce(max(batch), 0) + 1 from messages where {where}) "
                f"where {where} and batch is null",
                (receiver_id, receiver_id),
            )
        unwritten = f"select distinct batch from messages where {where} and status = 'waiting'"
        numbers = [row[0] for row in self._connection.execute(unwritten, (receiver_id,))]
        return {number: self.of_batch(receiver_id, number) for number in sorted(numbers)}

    def of_batch(self, receiver_id: str, number: int) -> list[Message]:
        """The messages of the file of this number."""
        rows = self._connection.execute(
            f"select queued_at, {CONTENT} from messages where channel = 'tasks' and receiver_id = ? and batch = ? "
            "order by queued_at, message_key",
            (receiver_id, number),
        )
        return [self._message(*row) for row in rows.fetchall()]

    def counts(self) -> dict[tuple[str, str], int]:
        """The number of messages by channel and status."""
        rows = self._connection.execute("select channel, status, count(*) from messages group by 1, 2 order by 1, 2")
        return {(channel, status): count for channel, status, count in rows}

    def due(self, now: float) -> int:
        """The number of messages whose turn has come."""
        found = "select count(*) from messages where status = 'waiting' and not_before_at <= ?"
        return self._connection.execute(found, (now,)).fetchone()[0]

    def standing(self, status: str) -> list[tuple[str, str, str, str]]:
        """Channel, receiver's name, subject and reason of the messages of a status, the oldest first."""
        rows = self._connection.execute(
            "select channel, receiver_name, subject, coalesce(reason, '') from messages where status = ? "
            "order by queued_at, message_key",
            (status,),
        )
        return rows.fetchall()
