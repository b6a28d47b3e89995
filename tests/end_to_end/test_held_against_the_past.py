"""A company whose exports come with fewer rows, or not at all: readers keep what was right, and the run names why."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.end_to_end.conftest import build, smarketing
from tests.end_to_end.small_company import AGREEMENT, write_company

CONTACTS = "Record ID,Email,First Name,Last Name,Lifecycle Stage,Original Source,Create Date\n" + "".join(
    f"{number},p{number}@prova.example,P,{number},Lead,Organic Search,2026-03-{number:02} 09:00\n"
    for number in range(1, 29)
)
COMPANIES = "Record ID,Company name,Create Date\n1,Prova,2026-03-01 09:00\n"
ACCEPTED = "system,time_zone,smaller_until,fresh_within_days\nhubspot,Europe/Rome,{day},31\n"


@pytest.mark.slow
def test_a_poor_export_is_not_published_until_somebody_accepts_it(tmp_path: Path) -> None:
    exports = {"hubspot/contacts.csv": CONTACTS, "hubspot/companies.csv": COMPANIES}
    company = write_company(tmp_path / "company", exports, agreement=AGREEMENT)
    built = build(company, tmp_path / "home")
    contacts = company / "exports" / "hubspot" / "contacts.csv"
    contacts.write_text("\n".join(CONTACTS.splitlines()[:5]) + "\n", encoding="utf-8")
    result = smarketing("run", "--company", company, "--home", built.home)
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    today = datetime.now(UTC).date().isoformat()
    for text in (
        "hubspot__contacts: contacts.csv has 4 rows, and contacts.csv had 28",
        "file hubspot.contacts:contacts.csv",
        "4 rows loaded, 28 before; put the whole export there under this name",
        f"write smaller_until = {today} for hubspot in reference/systems.csv",
        "readers keep the last good copy",
    ):
        assert text in result.stdout + result.stderr, result.stdout
    assert built.query("select count(*) from marts.dim_person") == [(28,)]

    (company / "reference" / "systems.csv").write_text(ACCEPTED.format(day=today), encoding="utf-8")
    (company / "exports" / "hubspot" / "companies.csv").unlink()
    shutil.copy(contacts, contacts.with_name("contacts (1).csv"))
    again = build(company, built.home)
    assert again.query("select count(*) from marts.dim_person") == [(4,)]
    gone = "select record_id, reason from reports.rpt_data_quality_issues where guard = 'present_sources'"
    ((source, reason),) = again.query(gone)
    assert source == "hubspot.companies"
    assert f"the last was companies.csv, loaded on {today}" in reason
