"""The register of disputes: what the command writes into it and leaves as it is, and what it refuses."""

import csv
import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.warehouse.holding import alone
from tests.tables import create, fill
from tests.unit.commands.companies import make_company, make_home, smarketing

HEADER = "lead,opened_on,opened_by,objection,decision,decided_on,decided_by\n"
TODAY = date.today()
ADA, UGO = ("--by", "Ada Neri"), ("--by", "Ugo Riva")


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A company with two leads that were handed over, of which one has two records, and one that was not."""
    company = make_company(tmp_path / "acme")
    home = make_home(tmp_path / "home", company)
    with duckdb.connect(home / "published" / "current" / "smarketing.duckdb") as connection:
        create(connection, "marts.fct_handoffs")
        links = [("hubspot:1", "hubspot:1"), ("crm:00Q", "hubspot:1"), ("hubspot:2", "hubspot:2"), ("hubspot:3",) * 2]
        rows = [{"record_id": record, "person_id": person} for record, person in links]
        fill(connection, "marts.fct_person_links", rows)
        fill(
            connection,
            "marts.fct_handoffs",
            [
                {"person_id": "hubspot:1", "journey_id": "1", "handed_over_date": "2026-03-02", "lead_value": 5},
                {"person_id": "hubspot:2", "journey_id": "2", "handed_over_date": "2026-03-03", "lead_value": 1234.5},
            ],
        )
    return company


def dispute(company: Path, *words: str) -> tuple[int, str]:
    result = smarketing("dispute", *words, "--company", company, "--home", company.parent / "home")
    return result.exit_code, result.stdout + result.stderr


def rows(company: Path) -> list[dict[str, str]]:
    with (company / "reference" / "disputes.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_one_person_opens_it_and_another_decides(company: Path) -> None:
    code, text = dispute(company, "hubspot:2", "--reason", "  no budget,\n and no need ", *ADA)
    assert (code, "disputes.csv line 2" in text, "EUR 1,234.50" in text, "2026-03-03" in text) == (0, True, True, True)
    [row] = rows(company)
    opened = row.pop("opened_on")
    assert abs((date.fromisoformat(opened) - TODAY).days) <= 1
    filled = {"lead": "hubspot:2", "opened_by": "Ada Neri", "objection": "no budget, and no need"}
    assert row == filled | dict.fromkeys(("decision", "decided_on", "decided_by"), "")
    code, text = dispute(company, "hubspot:2", "--decide", "give_back", *UGO)
    assert (code, "its value is given back" in text) == (0, True), text
    [row] = rows(company)
    assert (row["decision"], row["decided_by"], row["objection"]) == ("give_back", "Ugo Riva", "no budget, and no need")
    assert row["decided_on"] >= row["opened_on"] == opened
    # A lead may be in dispute again.
    assert dispute(company, "hubspot:2", "--reason", "again", *UGO)[0] == 0
    assert [row["decision"] for row in rows(company)] == ["give_back", ""]


def test_what_people_wrote_stays_as_it_is(company: Path) -> None:
    """With a mark of the encoding, semicolons, a column of their own, line ends of Windows, quotes, no end of line."""
    path = company / "reference" / "disputes.csv"
    text = (
        "\ufeffOpened_On;lead;opened_by;objection;decision;decided_on;decided_by;our note\r\n"
        '2026-03-01;hubspot:9;"Élise  Roy";"two\r\nlines; one lead";keep;2026-03-02;Bo;x\r\n'
        "2026-03-05;crm:00Q;ADA  neri;'=1+1"
    )
    path.write_bytes(text.encode())
    code, text_shown = dispute(company, "hubspot:1", "--decide", "keep", *ADA)
    assert (code, "line 4: --by is who opened the dispute" in text_shown) == (2, True), text_shown
    assert path.read_bytes().decode() == text
    assert dispute(company, "hubspot:1", "--decide", "keep", *UGO)[0] == 0
    kept, _, decided = path.read_bytes().decode().rpartition("2026-03-05")
    assert kept == text.rpartition("2026-03-05")[0]
    day = decided.split(";")[5]
    assert decided == f";crm:00Q;ADA  neri;'=1+1;keep;{day};Ugo Riva;\r\n"
    assert dispute(company, "hubspot:2", "--reason", "=cmd; x", *ADA)[0] == 0
    assert path.read_bytes().decode().endswith(f'{day};hubspot:2;Ada Neri;"\'=cmd; x";;;;\r\n')
    assert not list(path.parent.glob(".*"))


OPEN = f"{HEADER}hubspot:1,2026-03-05,Ada Neri,no budget,,,\n"
REFUSED = {
    "unknown": (
        OPEN,
        ["hubspot:7", "--reason", "x", *ADA],
        "'hubspot:7' is not a lead of the published copy; write its",
    ),
    "never handed over": (OPEN, ["hubspot:3", "--reason", "x", *ADA], "hubspot:3 was never handed over to sales"),
    "open already": (OPEN, ["crm:00Q", "--reason", "x", *UGO], "disputes.csv line 2: a dispute about crm:00Q is open"),
    "not open": (
        OPEN,
        ["hubspot:2", "--decide", "keep", *UGO],
        "disputes.csv: no dispute about hubspot:2 is open; open",
    ),
    "no register": (None, ["hubspot:2", "--decide", "keep", *UGO], "no dispute about hubspot:2 is open"),
    "own": (OPEN, ["hubspot:1", "--decide", "keep", "--by", "ada  NERI"], "line 2: --by is who opened the dispute"),
    "no name": (OPEN, ["hubspot:1", "--decide", "keep", "--by", " "], "--by: '' cannot be used; write the first and"),
    "no reason": (OPEN, ["hubspot:2", "--reason", "", *ADA], "--reason: '' cannot be used; write in words what is"),
    "both": (OPEN, ["hubspot:2", "--reason", "x", "--decide", "keep", *ADA], "give either --reason"),
    "neither": (OPEN, ["hubspot:2", *ADA], "give either --reason"),
    "another decision": (OPEN, ["hubspot:1", "--decide", "maybe", *UGO], "'maybe' is not one of 'give_back', 'keep'"),
    "nobody": (OPEN, ["hubspot:1", "--decide", "keep"], "the option --by is missing"),
    "no column": (
        HEADER.replace("objection,", ""),
        ["hubspot:2", "--reason", "x", *ADA],
        "there is no column objection; add",
    ),
    "quotes": (f'{HEADER}hubspot:1,"a"b\n', ["hubspot:2", "--reason", "x", *ADA], "line 2: .*; correct the quotes"),
    "later": (OPEN.replace("2026", "2999"), ["hubspot:1", "--decide", "keep", *UGO], "correct opened_on"),
    "encoding": (HEADER.encode("utf-16"), ["hubspot:2", "--reason", "x", *ADA], "it is not in UTF-8; save it as"),
}


@pytest.mark.parametrize(("register", "words", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_changes_nothing(
    register: str | bytes | None, words: list[str], sentence: str, company: Path
) -> None:
    path = company / "reference" / "disputes.csv"
    content = register.encode() if isinstance(register, str) else register
    if content is not None:
        path.write_bytes(content)
    code, text = dispute(company, *words)
    assert code == 2, text
    assert re.search(sentence, text), text
    assert (path.read_bytes() if path.exists() else None) == content


def test_a_register_in_another_format_is_not_passed_over(company: Path) -> None:
    (company / "reference" / "Disputes.xlsx").write_bytes(b"PK")
    code, text = dispute(company, "hubspot:2", "--reason", "x", *ADA)
    assert (code, "Disputes.xlsx: the register is in this file; save it as disputes.csv" in text) == (2, True), text


def test_the_register_cannot_be_written(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with alone(company / "reference", RuntimeError()):
        code, text = dispute(company, "hubspot:2", "--reason", "x", *ADA)
    assert (code, "another dispute is being written; call it again" in text) == (1, True), text

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(company / "reference" / "disputes.csv"))

    monkeypatch.setattr("orchestration.lib.company.disputes.write_whole", refuse)
    code, text = dispute(company, "hubspot:2", "--reason", "x", *ADA)
    assert (code, "disputes.csv: it cannot be read or written (Permission denied); allow it" in text) == (2, True), text
