"""How the company publishes persons' e-mails: read from company.yml, written to a table for the models.

Belongs here: the setting, the key of the hash, the table raw.company__privacy. The hash itself is computed by
int_published_emails; what is personal in an export is declared in the sources YAML.

company.yml is optional and is in the company folder:

    published_email: hash    # hash (the default), plain or none
"""

import secrets
from pathlib import Path

import duckdb

from orchestration.lib.agreement.yaml_document import AgreementError, decode, parse
from orchestration.lib.warehouse.own_tables import Row, create_table, insert_rows
from orchestration.lib.whole_files import write_whole
from orchestration.mistakes import Mistake

CHOICES = ("hash", "plain", "none")
SHORTEST_KEY = 16


class Privacy(Row, table="company__privacy"):
    """How an e-mail is published, and the key of its hash."""

    published_email: str
    email_key: str


class PrivacyError(Mistake):
    """company.yml is invalid; the text names the file, what was found and what to write."""


def read_published_email(company_file: Path) -> str:
    """How an e-mail is published: hash, plain or none. Raises PrivacyError."""
    if not company_file.is_file():
        return CHOICES[0]
    try:
        text = decode(company_file)
        is_empty = all(line.strip()[:1] in ("", "#") for line in text.splitlines())
        document = (
            {}
            if is_empty
            else parse(company_file, text, "the settings of a company are", "published_email: hash").content
        )
    except AgreementError as error:
        raise PrivacyError(str(error)) from error
    if unknown := sorted(set(map(str, document)) - {"published_email"}):
        raise PrivacyError(f"{company_file}: unknown field {unknown[0]!r}; known is published_email")
    choice = str(document.get("published_email", CHOICES[0]))
    if choice not in CHOICES:
        line = text.count("\n", 0, text.find("published_email")) + 1
        raise PrivacyError(f"{company_file} line {line}: published_email is {choice!r}; write {', '.join(CHOICES)}")
    return choice


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
        way_back = "" if given else "; write the one that it had into the file, or delete it: then all hashes change"
        raise PrivacyError(
            f"{where}: a key of {len(key)} characters for the hash of e-mails can be guessed; it needs at least "
            f"{SHORTEST_KEY}{way_back}"
        )
    return key


def write_privacy(connection: duckdb.DuckDBPyConnection, published_email: str, key: str) -> None:
    """Replace raw.company__privacy: one row of published_email and email_key. It is never published."""
    create_table(connection, Privacy, replace=True)
    insert_rows(connection, [Privacy(published_email=published_email, email_key=key)])
