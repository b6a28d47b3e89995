"""Cells as people's files have them: ids, addresses, owners, stages and pipelines in another spelling are the same.

Belongs here: one company with a case beside the other, and one whose files are rejected. Does not belong here: the
cells themselves (tests/unit/ingestion/test_ingestion_cells.py), the SQL (the models' unit tests).
"""

from datetime import date
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, smarketing
from tests.end_to_end.small_company import write_company

pytestmark = [pytest.mark.slow, pytest.mark.end_to_end]

ENTERED = '"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)"""'
CONTACTS = f"""\
Record ID,First Name,Last Name,Email,Create Date,Contact owner,Original Traffic Source,Salesforce Lead ID,\
Additional email addresses,{ENTERED}
31,Anna,Uno,anna@uno.example,2026-04-01 09:00,Elio Marzo,Organic Search,00qxy0000abcdefmav,,2026-04-02 10:00
32,Bice,Due,bice@due.example;bice@home.example,2026-04-01 09:00,Elio\u00a0 Marzo,Organic Search,,,2026-04-02 10:00
33,Carlo,Tre,carlo@tre.example\u200b,2026-04-01 09:00,Dora Riva (Utente disattivato),Organic Search,,,2026-04-02 10:00
34,Delia,Quattro,Delia Quattro <delia@quattro.example>,2026-04-01 09:00,Dora Riva,Organic Search,,,2026-04-02 10:00
35,Ezio,Cinque,ezio@cinque.example,2026-04-01 09:00,71230001,Organic Search,,ezio@altro.example,2026-04-02 10:00
36,Fosca,Sei,fosca@sei.example,2026-04-01 09:00,Elio Marzo,Organic Search,00qxy0000abcdeg,,2026-04-02 10:00
"""
USERS = """\
User ID,First name,Last name,Email,Assigned teams
1,Elio,Marzo,elio@acme.example,Sales
2,Dora,Riva,dora@acme.example,Sales
50300,Gina,Sole,gina@acme.example,Sales
"""
WON = '"Date entered ""Closed Won (Sales (DACH))"""'
DEALS = f"""\
Record ID,Deal Name,Pipeline,Deal Stage,Amount,Create Date,Close Date,Deal owner,Deal Type,Business unit,\
Associated Contact IDs,Is Deal Closed?,Is Closed Won,Currency,{WON}
61,One,Sales (DACH),Closed Won,1500,2026-04-10 10:00,2026-04-30 10:00,Dora Riva (Deactivated User),newbusiness,Main,31,\
true,true,EUR,2026-04-20 10:00
62,Two,Sales (DACH),Contract Sent,1500,2026-04-10 10:00,2026-04-30 10:00,Elio Marzo,newbusiness,Main,99999,\
false,false,EUR,
"""
LEADS = """\
Id,FirstName,LastName,Company,Email,LeadSource,Status,Business_Unit__c,OwnerId,IsConverted,CreatedDate
00QXy0000aBcDeFMAV,Anna,Uno,Uno,,Web,Qualified,Main,005Xy0000000001IAA,0,2026-04-03 08:00:00
00QXy0000000032IAA,Bice,Due,Due,bice@home.example,Web,Qualified,Main,005Xy0000000001IAA,0,2026-04-03 08:00:00
00QXy0000000033IAA,Carlo,Tre,Tre,carlo@tre.example,Web,Qualified,Main,005Xy0000000001IAA,0,2026-04-03 08:00:00
00QXy0000000034IAA,Delia,Qu,Q,mailto:DELIA@quattro.example,Web,Qualified,Main,005Xy0000000001IAA,0,2026-04-03 08:00:00
00QXy0000000035IAA,Ezio,Cinque,C,ezio@altro.example,Web,Qualified,Main,005xy0000000001iaa,0,2026-04-03 08:00:00
00QXy0000aBcDeGMAV,Fosca,Sei,Sei,,Web,Qualified,Main,005Xy0000000001IAA,0,2026-04-03 08:00:00
"""
SALESFORCE_USERS = "Id,FirstName,LastName,Email,IsActive\n005Xy0000000001IAA,Elio,Marzo,elio@acme.example,1\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("cells")
    exports = {
        "hubspot/contacts.csv": CONTACTS,
        "hubspot/users.csv": USERS,
        "hubspot/deals.csv": DEALS,
        "salesforce/Lead.csv": LEADS,
        "salesforce/User.csv": SALESFORCE_USERS,
    }
    return build(write_company(folder / "company", exports), folder / "home")


def test_one_person_in_two_spellings_is_one(built: Built) -> None:
    query = "select record_id, person_id from marts.fct_person_links where record_id like 'salesforce%' order by all"
    assert built.query(query) == [
        ("salesforce:00QXy0000000032", "hubspot:32"),
        ("salesforce:00QXy0000000033", "hubspot:33"),
        ("salesforce:00QXy0000000034", "hubspot:34"),
        ("salesforce:00QXy0000000035", "hubspot:35"),
        ("salesforce:00QXy0000aBcDeF", "hubspot:31"),
        ("salesforce:00QXy0000aBcDeG", "salesforce:00QXy0000aBcDeG"),
    ]
    # 15 characters in one case do not tell which record is meant.
    assert built.query("select record_id, other_record_id from marts.fct_ambiguous_links") == [
        ("hubspot:36", "salesforce:00QXy0000aBcDeG")
    ]


def test_one_owner_in_two_spellings_is_one(built: Built) -> None:
    query = "select person_id, owner_name from marts.dim_person inner join marts.dim_owner using (owner_id) order by 1"
    owners = dict(built.query(query))
    assert [owners[f"hubspot:{number}"] for number in range(31, 37)] == [
        *["Elio Marzo"] * 2,
        *["Dora Riva"] * 2,
        "71230001",
        "Elio Marzo",
    ]
    deals = "select opportunity_id, owner_id from marts.fct_opportunities order by 1"
    assert built.query(deals) == [("hubspot:61", "hubspot:2"), ("hubspot:62", "hubspot:1")]
    assert built.query("select count(*) from marts.dim_owner") == [(4,)]


def test_an_owner_in_no_list_is_named(built: Built) -> None:
    unknown = "owner 71230001 of 1 person(s) is in no list of users: export the owners"
    page = (built.site / "definitions.html").read_text()
    assert unknown in built.output
    assert unknown in page
    assert "exports/hubspot/owners.csv" in built.output


def test_a_deal_with_a_contact_in_no_file_is_named(built: Built) -> None:
    assert "opportunity hubspot:62" in built.output
    query = "select record_id, reason from reports.rpt_data_quality_issues where guard = 'known_links'"
    assert built.query(query) == [("hubspot:62", "it names a person that is in no file of hubspot")]


def test_a_pipeline_with_brackets_has_its_stage(built: Built) -> None:
    query = "select closed_date from marts.fct_opportunities where opportunity_id = 'hubspot:61'"
    assert built.query(query) == [(date(2026, 4, 20),)]
    assert "of hubspot is not in stage_labels" not in built.output


def test_lost_ids_stop_the_run(tmp_path: Path) -> None:
    contacts = CONTACTS.replace("31,Anna", "1.20213E+17,Anna").replace("32,Bice", "1.20213E+17,Bice")
    company = write_company(tmp_path / "company", {"hubspot/contacts.csv": contacts})
    result = smarketing("run", "--company", company, "--home", tmp_path / "home")
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert "contacts.csv: 2 row(s) rejected, first at line 2: column record_id: '1.20213E+17'" in result.stdout
    assert "export it again, without opening it in a spreadsheet" in result.stdout
    assert "Not published" in result.stderr
