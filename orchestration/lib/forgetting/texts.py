"""Whether a text that the project has written names a forgotten person: a page, a log, a message.

Belongs here: finding ids as pages show them (`hubspot:123`) and e-mails in a text. Does not belong here: cells of
exports (`forgotten/`).
"""

import re

from orchestration.lib.forgotten import words
from orchestration.lib.forgotten.listed import EMAIL, Forgotten, record_of

# Overlapping: a notification is `became_sql:hubspot:123#1`.
IDS = re.compile(r"""(?<![a-z0-9_])(?=([a-z][a-z0-9_]*):([^\s#<>()"',;&|\\\x00-\x1f]+))""")
EMAILS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LONG_ID = re.compile(words.LONG_ID)


def names_one(text: str | None, forgotten: Forgotten) -> bool:
    """Whether a forgotten person is named in the text."""
    if not text or not forgotten:
        return False
    values = {(EMAIL, found.lower()) for found in EMAILS.findall(text)}
    for system, record in set(IDS.findall(text)):
        values |= {(record_of(system), LONG_ID.sub(r"\1", each)) for each in (record, record.rstrip(".:!?"))}
    return any(forgotten.hash_of(*each) in forgotten.hashes for each in values)
