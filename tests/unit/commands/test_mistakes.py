"""Typical mistakes on the command line: each ends in one sentence with place, finding and remedy, and with 2.

It is 1 where the input is right and the work cannot be done now.
"""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import AGREEMENT
from tests.unit.commands.companies import CONTACTS, changed, make_company, make_home, smarketing, write

AGREED, DRAFT = "agreements/2026-01.yml", "agreements/2026-02.yml"


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


QUOTA = line_of(AGREEMENT, "quota:")
CLOCK = line_of(AGREEMENT, "clock: calendar")
LATER = AGREEMENT.replace('"2026-01"', '"2026-02"').replace("effective_from: 2026-01-01", "effective_from: 2026-02-01")

# What is written into the company, the words of the command, and what stderr must have.
SENTENCES: dict[str, tuple[dict[str, str | bytes | None], str, str]] = {
    "unknown verb": ({}, "rum", r"there is no verb 'rum'; did you mean run\? `smarketing --help`"),
    "unknown option": (
        {},
        "check --compny X",
        r"no option --compny; did you mean --company\?",
    ),
    "run without files": (
        {"exports/hubspot/contacts.csv": None, "exports/hubspot/leads of may.csv": b"id\n1\n"},
        "run COMPANY",
        r"acme: there is no file that a system reads, so nothing is built or published; found, and read by no system: "
        r"exports/hubspot/leads of may.csv; put exports .* such as exports/hubspot/\*contacts\*, .*draft a system",
    ),
    "missing argument": ({}, "review", r"the argument PERIOD is missing; `smarketing review"),
    "not a team": (
        {},
        "sign 2026-01 --name Ada --role finance COMPANY",
        r"--role: 'finance' is not one of 'sales', 'm",
    ),
    "no such folder": (
        {},
        "check --company nowhere",
        r"nowhere: there is no such folder; give .* smarketing init FOLDER",
    ),
    "not a company": (
        {},
        "check --company COMPANY/reference",
        r"reference: it has no exports/.* smarketing init FOLDER",
    ),
    "no agreement": ({AGREED: None}, "run BOTH", r"agreements: no agreement here; write one version as"),
    "not YAML": (
        changed("tolerance: 0.1", "tolerance: [0.1"),
        "run BOTH",
        r"2026-01.yml line \d+: this is not YAML: .+",
    ),
    "unknown field": (
        changed("deal_size", "deal_sise"),
        "run BOTH",
        r"line \d+: .*deal_sise.*; remove it, or correct its spelling to deal_size",
    ),
    "unknown word": (
        changed("clock: calendar", "clock: office"),
        "run BOTH",
        rf"line {CLOCK}: commitments.contact.clock: .*'calendar' or 'business'; found 'office'; write one of these",
    ),
    "not a day": (
        changed("effective_from: 2026-01-01", "effective_from: 2026-02-30"),
        "run BOTH",
        r"line 2: effective_from: .*2026-02-30.*; write",
    ),
    "not a number": (
        changed("amount: 1000", "amount: lots"),
        "run BOTH",
        rf"line {QUOTA}: revenue_streams.shop.quota.amount: .*; found 'lots'; write a number",
    ),
    "versions overlap": (
        {AGREED: AGREEMENT + "effective_to: 2026-03-31\n", DRAFT: LATER},
        "run BOTH",
        r"line \d+: effective_to 2026-03-31 overlaps with version 2026-02 .*; set effective_to to 2026-01-31",
    ),
    "company.yml": (
        {"company.yml": "published_email: yes please\n"},
        "run BOTH",
        r"company.yml line 1: published_email is 'yes please'; write hash, plain, none",
    ),
    "not an instant": (
        {},
        "run --as-of yesterday BOTH",
        r"--as-of: 'yesterday' is not a valid instant; write 2026-",
    ),
    "not a period": ({}, "review 2026-Q7 BOTH", r"'2026-Q7' is not a period; write 2026-Q3, 2026-H1, 2026-09 or"),
    "a period to come": ({}, "review 2026-Q3 BOTH", r"2026-Q3 has not ended, .*can be reviewed: 2026-Q1, 2026-Q2"),
    "a month's review": (
        {},
        "review 2026-05 BOTH",
        r"2026-05 is not a quarter or half-year .*can be reviewed: 2026-Q1",
    ),
    "compared before data": (
        {DRAFT: LATER},
        "compare 2026-01 2026-02 --period 2025-Q1 BOTH",
        r"no data of 2025-Q1; give",
    ),
    "compared with itself": (
        {},
        "compare 2026-01 2026-01 --period 2026-Q1 BOTH",
        r"both are version '2026-01'; name two",
    ),
    "no such version": (
        {},
        "compare 2026-01 2027 --period 2026-Q1 BOTH",
        r"'2027' is neither a version .* is 2026-01\)",
    ),
    "signs nothing": (
        {},
        "sign 2025 --name Ada --role sales COMPANY",
        r"no version '2025' in .*; did you mean 2026-01\?",
    ),
    "not a month": ({}, "close 2026-Q1 BOTH", r"'2026-Q1' is not a month; write 2026-03"),
    "unknown table": (
        {},
        "rejected hubspot.contact --to x.csv BOTH",
        r"table 'hubspot.contact'; did you mean hubspot.con",
    ),
    "file exists": (
        {"x.csv": "mine"},
        "rejected hubspot.contacts --to COMPANY/x.csv BOTH",
        r"x.csv exists, .*; give --to",
    ),
    "home of another": ({}, "run --home OTHER COMPANY", r"is the home of .*/other; give --home another folder"),
    "as-of before the first instant": (
        {},
        "run COMPANY --as-of 0001-01-01T00:00:00+14:00",
        r"--as-of: '0001-01-01T00:00:00\+14:00' is not a valid instant; write 2026-03-31",
    ),
    "as-of after all leads": (
        {},
        "run COMPANY --as-of 9999-12-31",
        r"the year of '9999-12-31' is not between 1970 and",
    ),
    "home with a mark": (
        {},
        "run --home COMPANY/what? COMPANY",
        r"what\?: the path of a home has no `\?`; give --home",
    ),
    "home is a file": (
        {"x": ""},
        "run --home COMPANY/x COMPANY",
        r"/x is a file; give --home a folder, or a path where one can be made",
    ),
    "port in use": (
        {},
        "serve --port PORT BOTH",
        r"--port: \d+ cannot be used \(Address already in use\); give another",
    ),
    "no notifications": ({}, "notify BOTH", r"version 2026-01 has no `notifications`.*docs/agreement.md"),
    "a dry run tries nothing again": ({}, "notify --retry BOTH", r"--retry is of what is sent; add --send, or omit it"),
    "a system of ours": (
        {},
        "source hubspot COMPANY/exports/hubspot/contacts.csv",
        r"'hubspot' is a system of the product",
    ),
    "no such export": (
        {},
        "source acme nothing.csv",
        r"nothing.csv: there is no such file; give the paths of export files",
    ),
    "not an answer": ({}, "source acme x.csv --answer dmy", r"--answer dmy: write key=value, for example time_zone="),
    "init over a file": ({"x": ""}, "init COMPANY/x", r"/x: this is a file; give the path of a folder"),
    "init without a zone": (
        {},
        "init COMPANY/y --time-zone Rome",
        r"--time-zone: 'Rome' is not a time zone; write Europe/Rome",
    ),
    "not a quota": ({}, "calculator --quota five --deal-size 2", r"--quota 'five' is not a number: write digits"),
    "claimed twice": (
        {"exports/hubspot/contacts-deals.csv": CONTACTS},
        "run BOTH",
        r"exports/hubspot/contacts-deals.csv is claimed by contacts .* and deals .*; rename it",
    ),
}


@pytest.fixture
def words(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The values of the words in capitals: a company, a home that was built, and a port that is in use."""
    company, other = make_company(tmp_path / "acme"), make_home(tmp_path / "elsewhere", tmp_path / "other")
    home = make_home(tmp_path / "home", company)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield {
            "BOTH": f"--company {company} --home {home}",
            "COMPANY": f"--company {company}",
            "OTHER": str(other),
            "PORT": str(held.getsockname()[1]),
        }


@pytest.mark.parametrize(("files", "command", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_mistake_ends_in_one_sentence(
    files: dict[str, str | bytes | None], command: str, sentence: str, words: dict[str, str], tmp_path: Path
) -> None:
    write(tmp_path / "acme", files)
    command = command.replace("COMPANY/", f"{tmp_path / 'acme'}/")
    for word, meaning in words.items():
        command = re.sub(rf"(?<!\S){word}(?!\S)", meaning, command)
    result = smarketing(*command.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.search(sentence, result.stderr), result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_what_cannot_be_done_now_ends_with_1(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    for verb in (["review", "2026-Q1"], ["close", "2026-01"], ["closings"], ["notify"], ["status"]):
        result = smarketing(*verb, "--company", company, "--home", tmp_path / "home")
        assert result.exit_code == 1
        assert re.search(r"home: nothing has been (built|published) yet; run `smarketing run`", result.stderr)
        assert not (tmp_path / "home").exists(), "a verb that builds nothing makes no home"


def test_a_path_below_the_current_folder_is_shown_as_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_company(tmp_path / "acme")
    write(tmp_path / "acme", changed("growth: high", "growth: fast"))
    monkeypatch.chdir(tmp_path)
    assert smarketing("sign", "2026-01", "--name", "A", "--role", "sales", "--company", "acme").stderr.startswith(
        "acme/agreements/2026-01.yml line 3: company.growth: "
    )
