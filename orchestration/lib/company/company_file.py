"""company.yml: what a company decides for itself, beside the agreement that both teams sign.

Belongs here: its fields, their defaults, reading it. Does not belong here: what follows from them (`privacy.py`,
`lib/retention.py`).

The file is optional and is in the company folder:

    published_email: hash    # hash (the default), plain or none
    published_name: none     # none (the default) or plain
    language: it             # of pages, mails, tasks and the terminal: en (the default), it or pt_BR
    hubspot_portal: 1234567  # the account's number; pages then link the records of HubSpot
    salesforce_url: https://acme.my.salesforce.com
    keep_days: 90            # how long what is of no use later is kept
    serving: postgres        # a database for BI tools; none (the default) or postgres
    engine: spark            # what builds the models: duckdb (the default) or spark
    today_by_mail: [Eva Blu] # whose weekly digest has Today as a PDF, by their names as owners; nobody if omitted
"""

import re
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from orchestration.lib.agreement.yaml_document import AgreementError, Written, at_line, decode, parse
from orchestration.lib.language import ENGLISH, LANGUAGES, gettext, later
from orchestration.mistakes import Mistake

NAME = "company.yml"
CHOICES = {
    "published_email": ("hash", "plain", "none"),
    "published_name": ("none", "plain"),
    "language": LANGUAGES,
    "serving": ("none", "postgres"),
    "engine": ("duckdb", "spark"),
}
# Where a record is opened. A portal is a number; an address has no path, since the record's id follows it.
PLACES = {
    "hubspot_portal": (re.compile(r"[0-9]{1,15}"), later("the number of the account, as in 1234567")),
    "salesforce_url": (
        re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+/?"),
        later("the address of the organisation, as in https://acme.my.salesforce.com"),
    ),
}
# Less than a week of history does not tell since when something fails; ten years are more than a disk holds.
FEWEST_DAYS, MOST_DAYS = 7, 3650
LONGEST_NAME = 200


class CompanyFileError(Mistake):
    """company.yml is invalid; the text names the file, the line, what was found and what to write."""


@dataclass(frozen=True)
class CompanyFile:
    """The fields of company.yml."""

    published_email: str = "hash"
    keep_days: int = 90
    serving: str = "none"
    engine: str = "duckdb"
    published_name: str = "none"
    language: str = ENGLISH
    hubspot_portal: str | None = None
    salesforce_url: str | None = None
    today_by_mail: tuple[str, ...] = ()

    @property
    def record_urls(self) -> dict[str, str]:
        """Of each system that the company names, what the address of a person's record begins with."""
        urls = {}
        if self.hubspot_portal is not None:
            urls["hubspot"] = f"https://app.hubspot.com/contacts/{self.hubspot_portal}/record/0-1/"
        if self.salesforce_url is not None:
            urls["salesforce"] = f"{self.salesforce_url.rstrip('/')}/"
        return urls


def read_company_file(folder: Path) -> CompanyFile:
    """Return the settings of the company folder; the defaults where there is no file. Raises CompanyFileError."""
    path = folder / NAME
    if not path.is_file():
        return CompanyFile()
    try:
        text = decode(path)
        if all(line.strip()[:1] in ("", "#") for line in text.splitlines()):
            return CompanyFile()
        written = parse(path, text, later("the settings of a company are"), "published_email: hash")
    except AgreementError as error:
        raise CompanyFileError(str(error)) from error
    known = [field.name for field in fields(CompanyFile)]
    if unknown := sorted(set(map(str, written.content)) - set(known)):
        text = gettext("unknown field '%(field)s'; known are %(fields)s", field=unknown[0], fields=", ".join(known))
        raise CompanyFileError(_at(written, unknown[0], text))
    return CompanyFile(**{name: _checked(written, name, value) for name, value in written.content.items()})


def language_of(folder: Path, chosen: str = "") -> str:
    """The language that was chosen, or else the company's; English where its file is wrong, which `check` lists."""
    with suppress(CompanyFileError):
        return chosen or read_company_file(folder).language
    return ENGLISH


def is_by_spark(folder: Path) -> bool:
    """Whether Spark builds the models; an invalid file is reported where the settings are read."""
    with suppress(CompanyFileError):
        return read_company_file(folder).engine == "spark"
    return False


def _checked(written: Written, name: str, value: Any) -> Any:
    if choices := CHOICES.get(name):
        is_valid, wanted = value in choices, ", ".join(choices)
    elif place := PLACES.get(name):
        value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        is_valid, wanted = isinstance(value, str) and place[0].fullmatch(value) is not None, gettext(place[1])
    elif name == "today_by_mail":
        is_valid = isinstance(value, list) and all(map(_is_name, value))
        wanted = gettext("the names of owners as in the CRM in brackets, as in [Eva Blu, Ugo Riva]")
        value = tuple(value) if is_valid else value
    else:
        is_valid = isinstance(value, int) and not isinstance(value, bool) and FEWEST_DAYS <= value <= MOST_DAYS
        wanted = gettext("a whole number of days from %(fewest)s to %(most)s", fewest=FEWEST_DAYS, most=MOST_DAYS)
    if not is_valid:
        text = gettext("%(field)s is '%(value)s'; write %(wanted)s", field=name, value=str(value)[:40], wanted=wanted)
        raise CompanyFileError(_at(written, name, text))
    return value


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value.strip()) > 0 and len(value) <= LONGEST_NAME


def _at(written: Written, name: str, text: str) -> str:
    return at_line(written.path, written.find((name,))[0], text)
