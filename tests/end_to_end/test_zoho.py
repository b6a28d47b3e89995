"""A CRM that the project does not know, by `smarketing source` alone, against the references beside its data."""

from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import real_data, smarketing

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
FOLDERS = real_data("zoho_crm")
FILES = ["Leads", "Contacts", "Accounts", "Potentials", "Calls", "Events", "Campaigns"]
FILES += ["Campaign_Lead_Status", "Users", "Invoices"]
ANSWERS = ("currency=USD", "time_zone=UTC", "decimal_mark=.")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the company's warehouse."""
    if not FOLDERS:
        pytest.skip("zoho_crm is not beside the project")
    folder = tmp_path_factory.mktemp("zoho")
    files = [FOLDERS[0] / f"{name}.csv" for name in FILES]
    answers = [part for answer in ANSWERS for part in ("--answer", answer)]
    source = smarketing("source", "zoho", *files, "--company", folder / "acme", *answers)
    assert source.returncode == 0, source.stdout + source.stderr
    run = smarketing("run", "--company", folder / "acme", "--home", folder / "home")
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "home"


def query(built: Path, sql: str, is_published: bool = True) -> list[tuple]:
    path = built / ("published/current/smarketing.duckdb" if is_published else "warehouse.duckdb")
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def differences(built: Path, actual: str, reference: str, is_published: bool = True) -> list[tuple]:
    """Rows of either side that the other does not have."""
    sides = f"with actual as ({actual}), reference as ({reference})"
    both = "(from actual except from reference) union all (from reference except from actual)"
    return query(built, f"{sides} {both}", is_published)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("persons where person_record_id like 'leads:%'", 3900),
        ("opportunities", 3632),
        ("activities where activity_label = 'Call'", 4100),
        ("activities where activity_label = 'Meeting'", 2978),
        ("campaigns", 110),
    ],
)
def test_everything_lands(built: Path, rows: str, expected: int) -> None:
    assert query(built, f"select count(*) from intermediate.int_{rows}", is_published=False) == [(expected,)]


def test_the_negative_durations_are_counted_and_shown(built: Path) -> None:
    of_leads = "from_event = 'person created' and to_event = 'opportunity opened'"
    counted = f"select row_count, negative_row_count from marts.fct_negative_durations where {of_leads}"
    assert query(built, counted) == [(3632, 1819)]
    assert "1,819 of 3,632 records run backwards" in (built / "published" / "site" / "data.html").read_text()


OUTCOMES = """
    count(*) as potentials, count(*) filter (where status = 'won') as won,
    count(*) filter (where status = 'lost') as lost, count(*) filter (where status = 'open') as open,
    coalesce(sum(amount) filter (where status = 'won'), 0)::decimal(18, 2) as won_amount
"""
REFERENCE = "potentials, won, lost, open, won_amount::decimal(18, 2) as won_amount"


def test_won_and_lost_by_owner_equal_the_reference(built: Path) -> None:
    actual = (
        f"select owner_name, {OUTCOMES} from marts.fct_opportunities join marts.dim_owner using (owner_id) group by 1"
    )
    reference = f"select \"Potential Owner\", {REFERENCE} from read_csv('{FOLDERS[0]}/reference_by_owner.csv')"
    assert differences(built, actual, reference) == []


def test_the_win_rate_by_owner_is_that_of_the_deals_of_new_business(built: Path) -> None:
    """By the reference's formula; its file has all deals together, so the deals are counted by their own type."""
    actual = """
        select owner_name, numerator::int, denominator::int, round(value, 9)
        from marts.fct_kpis join marts.dim_owner on part = owner_id
        where kpi = 'win_rate' and kpi_period = 'all' and axis = 'owner'
    """
    won = "count(*) filter (where Stage = 'Closed Won')"
    reference = (
        f'select "Potential Owner", {won}::int, count(*), round({won} / count(*), 9) '
        f"from read_csv('{FOLDERS[0]}/Potentials.csv', all_varchar = true) "
        "where Type = 'New Business' and Stage in ('Closed Won', 'Closed Lost') group by 1"
    )
    assert differences(built, actual, reference) == []


def test_won_and_lost_by_campaign_equal_the_reference(built: Path) -> None:
    """A deal's campaign is its lead's, and shows in the touch by which the lead came in."""
    actual = f"""
        with campaigns as (
            select person_id, max(campaign_label) as campaign_label from marts.fct_touchpoints group by person_id
        )
        select campaign_label, {OUTCOMES} from marts.fct_opportunities join campaigns using (person_id) group by 1
    """
    reference = f"select \"Campaign Name\", {REFERENCE} from read_csv('{FOLDERS[0]}/reference_by_campaign.csv')"
    assert differences(built, actual, reference) == []


def test_costs_by_type_of_campaign_are_dollars(built: Path) -> None:
    actual = """
        select campaign_type_label, sum(cost_amount)::decimal(18, 2) from marts.dim_campaign
        where currency_code = 'USD' group by 1
    """
    file = f"{FOLDERS[0]}/reference_by_campaign_type.csv"
    reference = f"select Type, actual_cost::decimal(18, 2) from read_csv('{file}')"
    assert differences(built, actual, reference) == []


def test_campaigns_bring_and_cost_what_the_reference_has(built: Path) -> None:
    """Deals won, cost and return by campaign; the reference counts all deals, also those of customers."""
    file = f"{FOLDERS[0]}/reference_by_campaign.csv"
    planned = "(select label from marts.fct_excluded_rows where entity = 'costs' and reason = 'after the as-of')"
    actual = f"""
        with deals as (
            select campaign, count(*) as won, sum(amount) as amount
            from marts.fct_opportunities join marts.fct_journeys using (journey_id)
            join marts.fct_touchpoints on lead_touchpoint_id = touchpoint_id
            where status = 'won' group by 1
        )
        select campaign, coalesce(won, 0), coalesce(amount, 0)::decimal(18, 2), cost_amount::decimal(18, 2),
            round(coalesce(amount, 0)::double / cost_amount::double - 1, 9)
        from reports.rpt_campaigns left join deals using (campaign)
        where campaign in (select "Campaign Name" from read_csv('{file}'))
    """
    reference = f"""
        with planned as (select label from {planned})
        select "Campaign Name", won, won_amount::decimal(18, 2),
            if(label is null, "Actual Cost_n", null)::decimal(18, 2), if(label is null, round(roi, 9), null)
        from read_csv('{file}') left join planned on starts_with(label, "Campaign Name" || ': ')
    """
    assert differences(built, actual, reference) == []
    assert query(built, f"select count(*) from {planned}") == [(7,)], "campaigns that have not begun"


def test_leads_by_month_and_source_equal_the_reference(built: Path) -> None:
    actual = """
        select
            strftime(persons.created_at, '%Y-%m'), source_label, count(*),
            count(opportunity_record_id)
        from intermediate.int_persons as persons
        left join intermediate.int_opportunities as opportunities using (system, person_record_id)
        where person_record_id like 'leads:%' group by 1, 2
    """
    file = f"{FOLDERS[0]}/reference_leads_by_month_source.csv"
    reference = f"select m, \"Lead Source\", leads, converted from read_csv('{file}', types={{'m': 'varchar'}})"
    assert differences(built, actual, reference, is_published=False) == []


def test_what_cannot_be_tied_is_counted(built: Path) -> None:
    """Campaign members have names only, and a name ties nobody; some calls have neither lead nor contact."""
    unknown = "select entity, sum(row_count) from marts.fct_excluded_rows where reason = 'person unknown' group by 1"
    assert dict(query(built, unknown)) == {"touchpoints": 3900, "activities": 1833}
