"""Messages about persons who are forgotten: those that wait are removed, those that were sent are emptied.

Belongs here: the outbox, and the task files that are written from it. That something was sent stays known, by a hash,
so that it is not sent twice. Does not belong here: whom a text names (`forgetting/texts.py`).
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.outbox_file import open_outbox
from orchestration.lib.notifications.tasks import rewrite_task_file, task_file_name

THEIRS = """
create temp table theirs as
select message_key, status, channel, receiver_id, batch
from messages
where
    is_theirs(subject || ' ' || body)
    or message_key in (select message_key from told where is_theirs(notification_id))
    or message_key in (select message_key from attachments where is_theirs(printed_from))
"""
# A message that waits may be about others too: of those it is planned again.
REMOVE = """
delete from attachments where message_key in (select message_key from theirs);
delete from told where message_key in (select message_key from theirs where status != 'sent');
delete from messages where message_key in (select message_key from theirs where status != 'sent');
update messages set subject = '', body = '', reason = null, batch = 0
where message_key in (select message_key from theirs);
update told set notification_id = 'forgotten:' || hashed(notification_id) where is_theirs(notification_id);
"""


def clean_outbox(
    path: Path,
    tasks: Path,
    is_theirs: Callable[[str | None], bool],
    hashed: Callable[[str], str],
    is_rehearsal: bool = False,
) -> int:
    """Take them out of the outbox and the task files; return the number of messages. The caller is the only sender.

    `is_theirs` is whether a text names one of them.
    """
    if not path.is_file():
        return 0
    with closing(open_outbox(path)) as connection:
        connection.create_function("is_theirs", 1, is_theirs)
        connection.create_function("hashed", 1, hashed)
        connection.execute("pragma secure_delete = on")
        connection.execute("begin immediate")
        connection.execute(THEIRS)
        ((count,),) = connection.execute("select count(*) from theirs").fetchall()
        written = "select distinct receiver_id, batch from theirs where channel = 'tasks' and batch > 0"
        files = connection.execute(written).fetchall()
        if is_rehearsal:
            connection.execute("rollback")
            return count
        for statement in REMOVE.split(";")[:-1]:
            connection.execute(statement)
        connection.execute("commit")
        connection.execute("vacuum")
        connection.execute("pragma wal_checkpoint(truncate)")
    with Outbox(path) as outbox:
        for system, number in files:
            rewrite_task_file(outbox, tasks / task_file_name(system, number))
    return count
