"""`smarketing check` finds what a build would refuse, and refuses nothing of a folder that `smarketing init` made."""

import re
from pathlib import Path

import pytest

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.onboarding.new_company import EXAMPLES
from tests.unit.commands.companies import CONTACTS, FILES, changed, make_company, smarketing, write

pytestmark = pytest.mark.long

SYSTEMS, STAGES, EXPORT = "reference/systems.csv", "reference/stage_labels.csv", "exports/hubspot/contacts.csv"

# What is written into the company, and the line with an x that it makes.
FOUND: dict[str, tuple[dict[str, str | bytes | None], str]] = {
    "wrong header": (
        {STAGES: "system,label,stage\nhubspot,MQL,mql\n"},
        r"reference/stage_labels.csv is refused.* stage_label ",
    ),
    "wrong stage": (
        {STAGES: FILES[STAGES].replace(",mql,", ",mqll,")},
        r"stage_labels.csv: stage is one of lead, mql,.*1 of 1",
    ),
    "zone": (
        {SYSTEMS: FILES[SYSTEMS].replace("Rome", "Rom")},
        r"systems.csv.*line 2: column time_zone: 'Europe/Rom' is not a time zone; write Europe/Rome",
    ),
    "freshness": (
        {SYSTEMS: "system,fresh_within_days\nhubspot,-3\n"},
        r"systems.csv.*line 2: column fresh_within_days: '-3' is not a whole number from 0 on",
    ),
    "twice": (
        {STAGES: FILES[STAGES] + "hubspot,MQL,sql,,\n"},
        r"stage_labels.csv line 3: system, stage_label 'hubspot, MQL' is",
    ),
    # Of the same word with the same meaning, both spellings may be there.
    "one word": (
        {STAGES: FILES[STAGES] + "hubspot,mql ,mql,,\nhubspot,[M-Q_L],sal,,\n"},
        r"stage_labels.csv line 4: system, stage_label 'hubspot, \[M-Q_L\]' is the same word as in line 2 for the same",
    ),
    "bad day": (
        {STAGES: FILES[STAGES] + "hubspot,SQL,sql,May,\n"},
        r"stage_labels.csv: 1 row.* at line 3: column valid_from",
    ),
    "empty": ({EXPORT: ""}, r"exports/hubspot/contacts.csv: it would be refused: the file is empty; export it again"),
    "encoding": (
        {EXPORT: CONTACTS.replace("ada", "adà").encode("latin-1")},
        r"contacts.csv: .*line 2: byte 0xe0 is not utf-8",
    ),
    "workbook": ({EXPORT: b"\xd0\xcf\x11\xe0"}, r"contacts.csv: .*workbook in another format than .xlsx.*Save As"),
    "no id": (
        {EXPORT: CONTACTS.replace("Record ID", "Number")},
        r"contacts.csv: .*line 1: required column record_id is missing",
    ),
    "agreement": (changed("growth: high", "growth: fast"), r"2026-01.yml line 3: company.growth: .*; found 'fast'"),
}
ACCOUNTS = {"Campaigns Italy": "10.00", "Campaigns Germany": "25.00"}


@pytest.mark.parametrize(("files", "line"), FOUND.values(), ids=FOUND)
def test_a_mistake_in_a_file_is_found_without_a_build(
    files: dict[str, str | bytes | None], line: str, tmp_path: Path
) -> None:
    company = make_company(tmp_path / "acme")
    write(company, files)
    result = smarketing("check", "--company", company)
    assert result.exit_code == 2, result.stdout
    (found,) = [each for each in result.stdout.splitlines() if each.startswith("  x ")]
    assert re.search(line, found), found
    assert result.stderr == "1 thing is wrong; a build would stop at the lines with x\n"


def test_a_company_without_a_mistake_gets_notes_on_unread_files_and_missing_columns(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    write(
        company,
        {
            "exports/hubspot/old leads.csv": "a,b\n",
            EXPORT: CONTACTS.replace("Email", "Email,Shoe size").replace(".com", ".com,39"),
        },
    )
    result = smarketing("check", "--company", company)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "+ agreement, version 2026-01: draft from 2026-01-01, signed by nobody" in result.stdout
    assert "+ hubspot: 1 files for contacts" in result.stdout
    assert "contacts.csv: columns that no declaration names, kept in _extra: Shoe size" in result.stdout
    assert "decline_reason: A property of the company's own" in result.stdout
    assert "old leads.csv: not read, because no source declares it" in result.stdout
    assert not (settings.home_of(company)).exists(), "a check leaves nothing behind"


def test_what_a_build_refuses_in_the_rows_of_exports_is_refused_in_the_same_words(tmp_path: Path) -> None:
    """Two accounts with one campaign, and an id of which a spreadsheet has cut the digits."""
    company = make_company(tmp_path / "acme")
    report = "Campaign name,Day,Amount spent (EUR),Impressions,Link clicks\nBrand,2026-03-01,AMOUNT,100,5\n"
    meta = {f"exports/meta_ads/{name}.csv": report.replace("AMOUNT", amount) for name, amount in ACCOUNTS.items()}
    (company / "exports" / "meta_ads").mkdir()
    write(company, meta | {EXPORT: CONTACTS.replace("\n1,", "\n1.20213E+11,")})
    result = smarketing("check", "--company", company)
    assert (result.exit_code, result.stderr) == (2, "2 things are wrong; a build would stop at the lines with x\n")
    out = result.stdout
    assert "x hubspot/contacts, check arrival: at most 1.0% of the rows are rejected: 1 of 1 rows are" in out
    assert re.search(
        r"! hubspot__contacts, contacts\.csv: 1 row\(s\) rejected, first at line 2: column record_id: ", out
    )
    assert "x meta_ads/campaign_report, check arrival: Campaigns Germany.csv is refused, nothing is loaded" in out
    assert not (settings.home_of(company)).exists(), "a check leaves nothing behind"


def test_a_new_company_folder_is_valid_and_its_empty_files_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    made = smarketing("init", folder, "--currency", "USD", "--time-zone", "America/New_York")
    assert made.exit_code == 0
    result = smarketing("check", "--company", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no row yet in systems.csv, channel_rules.csv" in result.stdout
    assert "there is no file yet, and a run needs one; put those that you have into exports/<system>/" in result.stdout
    (agreement,) = read_agreements(folder / "agreements")
    assert (agreement.company.currency, agreement.company.time_zone) == ("USD", "America/New_York")


def test_the_examples_in_a_new_company_folder_are_valid_too(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    smarketing("init", folder)
    (agreement,) = (folder / "agreements").glob("*.yml")
    agreement.write_text(
        re.sub(r"^# (?! |EXAMPLES|A STARTER|in, read)(?=\w+:)|^# (?=  )", "", agreement.read_text(), flags=re.M)
    )
    (version,) = read_agreements(folder / "agreements")
    assert version.scoring
    assert version.handoff
    assert version.notifications
    for name, example in EXAMPLES.items():
        with (folder / "reference" / f"{name}.csv").open("a") as file:
            file.write(f"{example}\n")
    result = smarketing("check", "--company", folder)
    assert result.exit_code == 0, result.stdout
    assert f"reference: {len(EXAMPLES)} files, {len(EXAMPLES)} rows" in result.stdout


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    before = {name: (company / name).read_bytes() for name in FILES}
    made = smarketing("init", company)
    assert made.exit_code == 0
    assert f"kept  {company / STAGES}" in made.stdout
    assert [path.name for path in (company / "agreements").iterdir()] == ["2026-01.yml"], "one agreement is enough"
    assert {name: (company / name).read_bytes() for name in FILES} == before
    again = smarketing("init", company)
    assert "wrote" not in again.stdout
