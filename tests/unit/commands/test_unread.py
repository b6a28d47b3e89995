"""A file whose name shows nothing is known by its columns, in any language."""

from pathlib import Path

import pytest

from tests.unit.commands.companies import make_company, smarketing, write

pytestmark = pytest.mark.long

VIEW = "exports/hubspot/vista di Anna.csv"
REPORT = "exports/salesforce/report1712345678901.csv"
FILES = {
    VIEW: "ID record;Nome;Cognome;E-mail;Data di creazione\n1;a;b;c@d.example;2026-01-02\n",
    REPORT: "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount\nA,B,C,D,1\n",
    "exports/hubspot/shoes.csv": "Size,Colour,Price\n1,2,3\n",
}


def test_an_unread_file_is_named_with_the_table_of_its_columns(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    (company / "exports" / "salesforce").mkdir()
    write(company, FILES)
    unread = [line for line in smarketing("check", "--company", company).stdout.splitlines() if "not read" in line]
    for file, table, patterns in (
        (VIEW, "hubspot.contacts", "*contacts* or *contatti*"),
        (REPORT, "salesforce.opportunities_report", "*report*opportunit* or *opportunit*report*"),
    ):
        (line,) = [each for each in unread if file in each]
        assert f"its columns are those of {table}: rename it, so that its name is like {patterns}" in line
    (line,) = [each for each in unread if "shoes" in each]
    assert "not read, because no source declares it; draft one (smarketing source) or move it away" in line


def test_all_that_is_not_read_is_named_and_no_mistake(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    write(
        company,
        {
            "exports/hubspot/contacts.csv~": "Record ID\n1\n",
            "reference/stage_labels.csv.bak": "x",
            "reference/stage_lables.csv": "x",
            "agreements/2026-01.yml~": "x",
            "agreements/2026-02.yml.txt": "x",
            "agreements/._2026-01.yml": "\x05",
        },
    )
    (company / "agreements" / "drafts").mkdir()
    write(company, {"agreements/drafts/2026-03.yml": "x"})
    (company / "exports" / "hubspot" / "again").symlink_to(".")
    result = smarketing("check", "--company", company)
    assert (result.exit_code, result.stderr) == (0, "")
    unread = [
        line.strip(" !").removeprefix(f"{company}/").split(": not read, because ")
        for line in result.stdout.splitlines()
        if "not read" in line
    ]
    ending = "the name of a version ends with .yml; rename it if it is one"
    assert sorted(unread) == [
        ["agreements/2026-01.yml~", ending],
        ["agreements/2026-02.yml.txt", ending],
        [
            "agreements/drafts/2026-03.yml",
            f"versions are files of {company}/agreements itself; move it there if it is one",
        ],
        ["exports/hubspot/again", "it is a link to a folder in which it is itself; remove the link"],
        [
            "exports/hubspot/contacts.csv~",
            "it is a backup of contacts.csv, which is read; rename it if it is an export",
        ],
        [
            "reference/stage_labels.csv.bak",
            "it is a backup of stage_labels.csv, which is read; rename it if it is an export",
        ],
        ["reference/stage_lables.csv", "no reference file has this name; did you mean stage_labels.csv?"],
    ]
