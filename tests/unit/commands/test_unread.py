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
