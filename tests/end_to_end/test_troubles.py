"""What goes wrong on the way: failing checks, broken files, mistaken users."""

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, differences, dump, smarketing

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]


def test_a_label_and_an_amount_that_nobody_can_read_stop_the_publishing(few_copy: Built) -> None:
    """One run with both: the first guard that fails hides no other."""
    before = dump(few_copy.copy)
    for table, word in (("stage_labels", "Recycled"), ("currency_rates", "GBP")):
        path = few_copy.company / "reference" / f"{table}.csv"
        path.write_text("".join(line for line in path.read_text().splitlines(True) if word not in line))
    result = smarketing("run", "--company", few_copy.company, "--home", few_copy.home)
    assert result.returncode == 1
    assert "known_stage_labels" in result.stdout
    assert 'the label "Recycled" of hubspot is not in stage_labels' in result.stdout
    assert "check currency_rates: company.currency" in result.stdout
    assert " GBP has no rate on " in result.stdout
    assert "readers keep the last good copy" in result.stderr
    assert differences(before, dump(few_copy.copy)) == {}


def test_a_failing_test_of_dbt_stops_the_publishing(few_copy: Built) -> None:
    before = dump(few_copy.copy)
    with (few_copy.company / "reference" / "stage_labels.csv").open("a") as labels:
        labels.write("hubspot,Recycled,lost,2025-01-01,\n")  # while the other meaning is still in force
    result = smarketing("run", "--company", few_copy.company, "--home", few_copy.home)
    assert result.returncode == 1
    assert "source_no_overlap_reference_stage_labels" in result.stdout
    assert "fct_" not in result.stdout, "what was not run is not a failure"
    assert "Traceback" not in result.stdout + result.stderr
    assert differences(before, dump(few_copy.copy)) == {}


def test_broken_files_are_refused_by_name_with_what_to_do(few_copy: Built) -> None:
    hubspot = few_copy.company / "exports" / "hubspot"
    before = dump(few_copy.copy)
    calls = (hubspot / "calls.csv").read_bytes()
    (hubspot / "calls.csv").write_bytes(calls.replace(b"\n", "\nB\xe9,".encode("latin-1"), 1))
    users = (hubspot / "users.csv").read_text()
    (hubspot / "users.csv").write_text(users.replace("User ID", "Nickname", 1))
    companies = (hubspot / "companies.csv").read_text().splitlines(True)
    companies[3] = '"a","row","too","short"\n'
    (hubspot / "companies.csv").write_text("".join(companies))
    with zipfile.ZipFile(hubspot / "deals.csv", "w") as workbook:
        workbook.writestr("[Content_Types].xml", "<Types/>")
        workbook.writestr("xl/workbook.xml", "<workbook/>")

    result = smarketing("run", "--company", few_copy.company, "--home", few_copy.home)

    assert result.returncode == 1
    output = result.stdout + result.stderr
    assert "Traceback" not in output
    messages = {
        name: next(line for line in output.splitlines() if f"{name}.csv" in line)
        for name in ("calls", "users", "companies", "deals")
    }
    assert "UTF-8" in messages["calls"]
    assert "line 2" in messages["calls"]
    assert "user_id" in messages["users"]
    assert "User ID" in messages["users"]
    assert "Nickname" in messages["users"]
    assert "line 4" in messages["companies"]
    assert "cells" in messages["companies"]
    assert "Excel" in messages["deals"]
    assert differences(before, dump(few_copy.copy)) == {}


def test_one_broken_row_is_rejected_and_the_rest_is_published(few_copy: Built) -> None:
    path = few_copy.company / "exports" / "hubspot" / "contacts.csv"
    lines = path.read_text().splitlines(True)
    lines.insert(3, "only,three,cells\n")
    path.write_text("".join(lines))
    again = build(few_copy.company, few_copy.home)
    assert "1 row(s) rejected, first at line 4" in again.output
    assert again.query("select rows_rejected from marts.fct_loads where file = 'contacts.csv'") == [(1,)]
    assert "contacts.csv" in (again.site / "data.html").read_text()
    written = few_copy.home / "apart.csv"
    place = ("--company", few_copy.company, "--home", few_copy.home)
    result = smarketing("rejected", "hubspot.contacts", "--to", written, *place)
    assert (result.returncode, result.stdout.split(",")[0]) == (0, f"{written}: 1 row(s) of hubspot.contacts")
    assert "only,three,cells" in written.read_text()
    assert (
        "exists, and no file is overwritten"
        in smarketing("rejected", "hubspot.contacts", "--to", written, *place).stderr
    )
    assert "no row of hubspot.deals is" in smarketing("rejected", "hubspot.deals", "--to", "x.csv", *place).stdout
    assert "did you mean hubspot.contacts?" in smarketing("rejected", "contacts", "--to", "x.csv", *place).stderr


def test_an_agreement_that_contradicts_itself_is_refused_before_anything_is_built(few_copy: Built) -> None:
    agreement = few_copy.company / "agreements" / "2025-01.yml"
    agreement.write_text(agreement.read_text().replace("share_of_quota: 1", "share_of_quota: 0.95"))
    result = smarketing("run", "--company", few_copy.company, "--home", few_copy.home)
    assert result.returncode == 2
    line = agreement.read_text().splitlines().index("  main:") + 1
    assert f"2025-01.yml line {line}: revenue_streams.main" in result.stderr
    assert "add up to 0.95" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_that_is_not_a_company_is_refused(tmp_path: Path) -> None:
    result = smarketing("run", "--company", tmp_path, "--home", tmp_path / "home")
    assert result.returncode == 2
    assert "exports/" in result.stderr
    assert "Traceback" not in result.stderr


def test_two_companies_do_not_share_a_warehouse(few_copy: Built, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(few_copy.company, other)
    result = smarketing("run", "--company", other, "--home", few_copy.home)
    assert result.returncode == 2
    assert str(few_copy.company) in result.stderr
