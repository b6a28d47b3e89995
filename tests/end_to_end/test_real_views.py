"""The default views of HubSpot: no stage dates, no ids of associated records, all activities in one file.

Belongs here: one company of few rows, and what must be known of it. The headers are those of an export of the default
views, as crm_export_headers of the shared data has them.
"""

import pytest

from tests.end_to_end.conftest import Built, build, smarketing
from tests.end_to_end.small_company import write_company

pytestmark = pytest.mark.slow

CONTACTS = """\
Record ID,First Name,Last Name,Email,Contact owner,Create Date,Lifecycle Stage,Company Name,Original Source
101,Ada,Rossi,ada@alfa.example,Elio Marzo,2026-02-02 09:00,Lead,Alfa,Organic Search
102,Bea,Bianchi,bea@beta.example,Elio Marzo,2026-02-03 09:00,Customer,beta.example,Organic Search
103,Carla,Verdi,carla@gamma.example,Elio Marzo,2026-02-04 09:00,Marketing Qualified Lead,,Organic Search
104,Carla,Verdi,carla@delta.example,Elio Marzo,2026-02-05 09:00,,,Organic Search
"""
COMPANIES = """\
Record ID,Company name,Company Domain Name,Create Date
501,Alfa,alfa.example,2026-01-10 09:00
502,Beta,beta.example,2026-01-10 09:00
"""
DEALS = """\
Record ID,Deal Name,Deal Stage,Close Date,Create Date,Deal owner,Amount,Currency,Associated Contact,Associated Company
901,One,Closed Won,2026-03-10 10:00,2026-02-20 10:00,Elio Marzo,1000,EUR,Ada Rossi (ada@alfa.example),X (alfa.example)
902,Two,Contract Sent,2026-06-10 10:00,2026-02-21 10:00,Elio Marzo,2000,EUR,Bea Bianchi,beta.example
903,Three,Contract Sent,2026-06-10 10:00,2026-02-22 10:00,Elio Marzo,4000,EUR,Carla Verdi,
"""
ACTIVITIES = """\
Activity type,Activity date,Activity assigned to,Call outcome,Meeting outcome,Associated Contact
Call,2026-02-02 11:00,Elio Marzo,No answer,,Ada Rossi (ada@alfa.example)
Call,2026-02-02 15:00,Elio Marzo,Connected,,Ada Rossi (ada@alfa.example)
Meeting,2026-02-06 10:00,Elio Marzo,,Completed,Bea Bianchi
Note,2026-02-07 10:00,Elio Marzo,,,Carla Verdi
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    exports = {
        "hubspot/hubspot-crm-exports-all-contacts.csv": CONTACTS,
        "hubspot/hubspot-crm-exports-all-companies.csv": COMPANIES,
        "hubspot/hubspot-crm-exports-all-deals.csv": DEALS,
        "hubspot/hubspot-crm-exports-all-activities.csv": ACTIVITIES,
    }
    folder = tmp_path_factory.mktemp("views")
    return build(write_company(folder / "company", exports), folder / "home")


def test_a_lead_begins_at_create_date(built: Built) -> None:
    query = "select person_id, created_at::date::varchar from marts.dim_person order by person_id"
    assert built.query(query) == [
        ("hubspot:101", "2026-02-02"),
        ("hubspot:102", "2026-02-03"),
        ("hubspot:103", "2026-02-04"),
        ("hubspot:104", "2026-02-05"),
    ]


def test_deals_have_the_persons_and_companies_that_they_name(built: Built) -> None:
    query = """
        select opportunity_id, person_id, account_id, status from marts.fct_opportunities order by opportunity_id
    """
    assert built.query(query) == [
        ("hubspot:901", "hubspot:101", "hubspot:501", "won"),
        ("hubspot:902", "hubspot:102", "hubspot:502", "open"),
        ("hubspot:903", None, None, "open"),
    ]


def test_a_name_that_two_contacts_have_is_listed(built: Built) -> None:
    query = "select record_id from reports.rpt_data_quality_issues where guard = 'known_links'"
    assert ("hubspot:903",) in built.query(query)


def test_a_contact_works_for_the_company_that_it_names(built: Built) -> None:
    query = "select person_id, account_id from marts.dim_person where account_id is not null order by person_id"
    assert built.query(query)[:2] == [("hubspot:101", "hubspot:501"), ("hubspot:102", "hubspot:502")]


def test_one_file_has_the_activities_of_all_kinds(built: Built) -> None:
    query = """
        select activity_type, activity_class, person_id
        from marts.fct_activities inner join marts.fct_activity_persons using (activity_id)
        order by happened_at
    """
    assert built.query(query) == [
        ("call", "attempt", "hubspot:101"),
        ("call", "void", "hubspot:101"),  # who called is in no column: it may have been the lead
        ("meeting", "conversation", "hubspot:102"),
    ]
    excluded = (
        "select label, row_count from marts.fct_excluded_rows where entity = 'activities' and reason = 'person unknown'"
    )
    assert built.query(excluded) == [("Note", 1)]


def test_a_column_that_would_open_a_figure_is_named(built: Built) -> None:
    stages = 'hubspot.contacts: add the column `Date entered "…"`; it opens the time at which each lead entered a stage'
    kinds = "hubspot.deals: add the column `Pipeline`; it opens new business apart from renewals"
    checked = smarketing("check", "--company", built.company).stdout
    for text in (built.output, checked):
        assert stages in text
        assert kinds in text
        # The persons of deals are named, and that is enough.
        assert "the persons of deals" not in text
    page = (built.site / "data.html").read_text(encoding="utf-8")
    assert "new business apart from renewals" in page
