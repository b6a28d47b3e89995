"""What the company publishes of persons, and where their records are, written to tables for the models.

Belongs here: the key of the hash, the tables raw.company__privacy and raw.company__record_urls. The settings are read
by company_file.py; the hash is computed by int_published_emails; what is personal in an export is declared in the
sources YAML.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path

import duckdb

from orchestration.lib.language import gettext
from orchestration.lib.warehouse.own_tables import Row, create_table, insert_rows
from orchestration.lib.whole_files import write_whole
from orchestration.mistakes import Mistake

SHORTEST_KEY = 16


class Privacy(Row, table="company__privacy"):
    """How an e-mail is published, the key of its hash, and whether a name is."""

    published_email: str
    email_key: str
    published_name: str


class RecordUrl(Row, table="company__record_urls"):
    """Of a system, what the address of a person's record begins with; the record's id follows."""

    system: str
    url_start: str


class PrivacyError(Mistake):
    """The key of the hash can be guessed; the text names where it is from."""


def email_key(store: Path, given: str) -> str:
    """The key of the hash: the given one, else the one that was generated for this home and is in its store.

    PrivacyError for a key that could be guessed.
    """
    path = store / "email_key"
    if not given and not path.is_file():
        write_whole(path, secrets.token_hex(32))
    key = given or path.read_text().strip()
    if len(key) < SHORTEST_KEY:
        where = "SMARKETING_EMAIL_KEY" if given else path
        text = gettext(
            "%(where)s: a key of %(length)s characters for the hash of e-mails can be guessed; it needs at least "
            "%(least)s",
            where=where,
            length=len(key),
            least=SHORTEST_KEY,
        )
        way_back = gettext("write the one that it had into the file, or delete it: then all hashes change")
        raise PrivacyError(text if given else f"{text}; {way_back}")
    return key


def write_privacy(
    connection: duckdb.DuckDBPyConnection,
    published_email: str,
    key: str,
    published_name: str = "none",
    record_urls: Mapping[str, str] | None = None,
) -> None:
    """Replace raw.company__privacy, one row, which is never published, and raw.company__record_urls, one a system."""
    create_table(connection, Privacy, replace=True)
    insert_rows(connection, [Privacy(published_email=published_email, email_key=key, published_name=published_name)])
    create_table(connection, RecordUrl, replace=True)
    insert_rows(
        connection,
        [RecordUrl(system=system, url_start=start) for system, start in sorted((record_urls or {}).items())],
    )
