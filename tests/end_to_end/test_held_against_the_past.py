"""A company whose exports come with fewer rows, or not at all: readers keep what was right, and the run names why."""

import shutil
from datetime import UTC, datetime

import pytest

from tests.end_to_end.conftest import Built, build, smarketing

ACCEPTED = "system,time_zone,smaller_until,fresh_within_days\nhubspot,Europe/Rome,{day},31\n"


@pytest.mark.slow
def test_a_poor_export_is_not_published_until_somebody_accepts_it(few_copy: Built) -> None:
    exports, place = few_copy.company / "exports" / "hubspot", ("--company", few_copy.company, "--home", few_copy.home)
    contacts = exports / "contacts.csv"
    contacts.write_text("".join(contacts.read_text().splitlines(keepends=True)[:5]))
    result = smarketing("run", *place)
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    today = datetime.now(UTC).date().isoformat()
    for text in (
        "hubspot__contacts: contacts.csv has 4 rows, and contacts.csv had 202",
        "file hubspot.contacts:contacts.csv",
        "4 rows loaded, 202 before; put the whole export there under this name",
        f"write smaller_until = {today} for hubspot in reference/systems.csv",
        "readers keep the last good copy",
    ):
        assert text in result.stdout + result.stderr, result.stdout
    assert few_copy.query("select count(*) from marts.dim_person") == [(202,)]

    (few_copy.company / "reference" / "systems.csv").write_text(ACCEPTED.format(day=today), encoding="utf-8")
    (exports / "companies.csv").unlink()
    shutil.copy(contacts, contacts.with_name("contacts (1).csv"))
    again = build(few_copy.company, few_copy.home)
    assert again.query("select count(*) from marts.dim_person") == [(4,)]
    gone = "select record_id, reason from reports.rpt_data_quality_issues where guard = 'present_sources'"
    ((source, reason),) = again.query(gone)
    assert source == "hubspot.companies"
    assert f"the last was companies.csv, loaded on {today}" in reason
