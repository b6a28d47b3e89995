"""Published figures of two public sets, by the models: attribution by source, and the key figures of ads by campaign.

The sets have no CRM, so their touches, conversions and spend are laid as the tables that staging would fill; all from
there on is the project's: campaigns, paths, credits, costs and the two reports.
"""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration import settings
from tests.systems import compiled
from tests.tables import create, fill

DATA = settings.PROJECT.parent / "shared" / "data"
PLAYBOOK, ADS = DATA / "dbt_attribution_playbook", DATA / "kag_facebook_ads"
pytestmark = pytest.mark.skipif(not (PLAYBOOK.is_dir() and ADS.is_dir()), reason="no public data beside the project")
MODELS = [
    *("int_campaign_labels", "int_campaign_names", "int_person_touchpoints", "fct_touchpoints", "fct_ad_spend"),
    *("fct_costs", "int_attribution_spans", "int_attribution_touches", "int_attribution_milestones"),
    *("int_attribution_credits", "fct_attribution_paths", "fct_attribution", "fct_attribution_axes"),
    *("rpt_attribution", "rpt_platform_conversions"),
]
ENTITIES = [f"intermediate.int_{name}" for name in ("touchpoints", "ad_spend", "campaigns", "costs")]
MARTS = [f"marts.{name}" for name in ("dim_attribution_model", "dim_agreement", "dim_revenue_stream")]
MARTS += ["marts.fct_journeys", "marts.fct_opportunities", "marts.fct_unmatched_touches", "marts.dim_build"]
REFERENCE = ["raw.reference__campaign_rules", "raw.reference__costs"]
OTHERS = {
    "intermediate.int_as_of": "as_of timestamp",
    "staging.stg_agreement__company": "time_zone varchar",
    "staging.stg_agreement__attribution": """agreement_version varchar, conversion varchar, look_back_days int,
        valid_from timestamp, valid_to timestamp""",
    "intermediate.int_person_links": """system varchar, person_record_id varchar, person_id varchar,
        exclusion_reason varchar""",
    "intermediate.int_person_profiles": "person_id varchar, account_id varchar",
    "intermediate.int_person_activities": "person_id varchar, opportunity_id varchar",
    "intermediate.int_source_channels": """system varchar, source_label varchar, source_detail varchar,
        source_date date, channel varchar, channel_rule varchar""",
    "intermediate.int_content_names": """system varchar, name varchar, content_date date, content_name varchar,
        content_kind varchar, content_stage varchar, content_persona varchar""",
    "intermediate.int_currency_rates": """currency_code varchar, valid_from date, valid_to date,
        rate_to_reporting decimal(18, 9)""",
    "intermediate.int_stated_costs": """system varchar, cost_date date, source_date date, kind varchar,
        kind_label varchar, channel varchar, source_label varchar, source_detail varchar, campaign_label varchar,
        campaign varchar, amount decimal(24, 6), currency_code varchar, exclusion_reason varchar""",
    "intermediate.int_attribution_passes": """path_id varchar, path_scope varchar, path_owner varchar,
        conversion varchar, entered_at timestamp, reached_at timestamp, ends_until timestamp, look_back_days int,
        is_last boolean""",
    "intermediate.int_channel_shares": """conversion varchar, path_scope varchar, attribution_model varchar,
        channel varchar, share double""",
    "intermediate.int_attribution_conversions": """conversion_id varchar, conversion varchar, opportunity_id varchar,
        journey_id varchar, person_id varchar, account_id varchar, converted_at timestamp, counts_until timestamp,
        lead_until timestamp, opportunity_until timestamp, booked_amount decimal(24, 6),
        attributed_amount decimal(24, 6), agreement_version varchar, look_back_days int, half_life_days int,
        first_weight double, middle_weight double, last_weight double""",
}
LAID = """
    insert into intermediate.int_as_of values ('2030-01-01');
    insert into staging.stg_agreement__company values ('UTC');
    insert into staging.stg_agreement__attribution values ('v1', 'won', 30, '0001-01-01', '9999-12-31');
    insert into intermediate.int_currency_rates values ('USD', '0001-01-01', '9999-12-31', 1);
    insert into marts.dim_attribution_model by name
        select attribution_model, model_name, place as model_number from staging.known_attribution_models;
    create table sessions as from read_csv('{playbook}/sessions.csv', header = true, delim = ',',
        null_padding = true, all_varchar = true, strict_mode = false);
    insert into intermediate.int_touchpoints by name
        select 'web' as system, session_id as touchpoint_record_id, customer_id as person_record_id,
            started_at as touched_at, utm_source || ' / ' || coalesce(utm_medium, '(none)') as source_label,
            utm_campaign as campaign_label, 'visit' as touch_label
        from sessions;
    insert into intermediate.int_attribution_conversions by name
        select 'won:' || customer_id as conversion_id, 'won' as conversion, customer_id as person_id,
            cast(converted_at as timestamp) as converted_at, cast(converted_at as timestamp) as counts_until,
            cast(revenue as decimal(24, 6)) as booked_amount, booked_amount as attributed_amount,
            'v1' as agreement_version, 30 as look_back_days, 7 as half_life_days, 0.4 as first_weight,
            0.2 as middle_weight, 0.4 as last_weight
        from read_csv('{playbook}/customer_conversions.csv', all_varchar = true);
    insert into intermediate.int_person_links by name
        select distinct 'web' as system, person_record_id, person_record_id as person_id
        from intermediate.int_touchpoints;
    insert into intermediate.int_person_profiles by name
        select distinct person_id from intermediate.int_attribution_conversions;
    insert into intermediate.int_ad_spend by name
        select 'ads' as system, concat_ws(':', date_day, utm_source, utm_campaign) as ad_spend_record_id,
            date_day as spend_date, utm_source || ' / ' || utm_medium as source_label, utm_campaign as campaign_label,
            spend as amount, 'USD' as currency_code
        from read_csv('{playbook}/ad_spend.csv');
    -- An export has one column of conversions; these ads have two, enquiries and buyers.
    insert into intermediate.int_ad_spend by name
        select kind as system, cast(ad_id as varchar) as ad_spend_record_id,
            strptime(date, '%d-%m-%Y')::date as spend_date, 'facebook' as source_label,
            cast(xyz_campaign_id as varchar) as campaign_label, spent as amount, 'USD' as currency_code,
            impressions, clicks, if(kind = 'enquiries', total_conversion, approved_conversion) as conversions
        from read_csv('{ads}/KAG_conversion_data.csv', types = {{'Date': 'varchar'}}),
            (values ('enquiries'), ('buyers')) as kinds(kind);
    insert into intermediate.int_source_channels by name
        select distinct system, coalesce(source_label, '') as source_label, '' as source_detail,
            cast(touched_at as date) as source_date, source_label as channel
        from intermediate.int_touchpoints
        union
        select distinct system, source_label, '', spend_date, source_label from intermediate.int_ad_spend;
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("public_campaigns"))
    sql = compiled(place, MODELS)
    with duckdb.connect(place.warehouse) as connection:
        create(connection, *ENTITIES, *MARTS, *REFERENCE)
        for table, types in OTHERS.items():
            create(connection, table, types=types)
        connection.execute("create schema if not exists reports")
        seed = settings.DBT_PROJECT / "seeds" / "known_attribution_models.csv"
        connection.execute(f"create table staging.known_attribution_models as from read_csv('{seed}')")
        agreement = {"agreement_version": "v1", "effective_from": "2020-01-01", "shown_path_scope": "person"}
        fill(connection, "marts.dim_agreement", [agreement | {"shown_model": "linear"}])
        fill(connection, "marts.dim_build", [{"as_of_date": "2030-01-01", "behind_after_days": 1}])
        connection.execute(LAID.format(playbook=PLAYBOOK, ads=ADS))
        for model in MODELS:
            schema = {"int": "intermediate", "fct": "marts", "rpt": "reports"}[model[:3]]
            connection.execute(f"create table {schema}.{model} as {sql[model]}")
        yield connection


@pytest.mark.parametrize(
    ("model", "name"),
    [("first_touch", "first"), ("last_touch", "last"), ("linear", "linear"), ("position_based", "forty")],
)
def test_attribution_by_source_is_the_playbooks(built: duckdb.DuckDBPyConnection, model: str, name: str) -> None:
    """Conversions, revenue, cost per acquisition and return on ad spend of each source and medium."""
    reference = built.execute(
        f"""select src || ' / ' || med, {name}, {name}_rev, spend, cpa_{name}, roas_{name}
        from read_csv('{PLAYBOOK}/reference_attribution_by_source_medium.csv')"""
    ).fetchall()
    actual = built.execute(
        """select axis_value, conversions, attributed_amount::double, ad_spend_amount::double, cost_per_conversion,
            return_on_ad_spend
        from reports.rpt_attribution
        where attribution_model = ? and path_scope = 'person' and conversion = 'won' and axis = 'channel'
            and axis_value not in ('facebook', 'unattributed')""",
        [model],
    ).fetchall()
    found = {channel: values for channel, *values in actual}
    assert len(reference) == 5
    # Amounts are whole cents here, which the reference leaves as fractions.
    tolerances = (1e-6, 0.05, 0, 1e-3, 1e-3)
    for channel, *values in reference:
        # A source without credit and without a cost has no row.
        row = found.get(channel, [0, 0, None, None, None])
        for actual_value, value, tolerance in zip(row, values, tolerances, strict=True):
            assert actual_value == pytest.approx(value, abs=tolerance), (channel, model)


def test_credit_by_campaign_is_that_of_the_touches(built: duckdb.DuckDBPyConnection) -> None:
    """By hand: the last session of the 30 days before each conversion, and the spend of the campaigns."""
    expected = built.execute(
        f"""
        with conversions as (from read_csv('{PLAYBOOK}/customer_conversions.csv', all_varchar = true)),
        last as (
            select customer_id, arg_max(coalesce(utm_campaign, 'unknown'), started_at::timestamp) as campaign
            from conversions inner join sessions using (customer_id)
            where started_at::timestamp <= converted_at::timestamp
                and started_at::timestamp >= converted_at::timestamp - interval 30 day
            group by all
        ),
        spent as (select utm_campaign as campaign, sum(spend) as spend
            from read_csv('{PLAYBOOK}/ad_spend.csv') group by all)
        select campaign, count(customer_id)::double, any_value(spend)::double
        from last full join spent using (campaign) group by all order by all
        """
    ).fetchall()
    actual = built.execute(
        """select axis_value, conversions, cost_amount::double from reports.rpt_attribution
        where attribution_model = 'last_touch' and path_scope = 'person' and axis = 'campaign'
            and axis_value not in ('916', '936', '1178') order by all"""
    ).fetchall()
    assert actual == expected


@pytest.mark.parametrize(("kind", "count", "cost"), [("enquiries", "leads", "cpl"), ("buyers", "customers", "cac")])
def test_key_figures_of_ads_are_the_published_ones(
    built: duckdb.DuckDBPyConnection, kind: str, count: str, cost: str
) -> None:
    """CTR, CPC and the cost per enquiry and per buyer of each campaign; the ads are of one month."""
    reference = built.execute(
        f"""select xyz_campaign_id, impressions, clicks, spent, {count}, ctr, cpc, {cost}
        from read_csv('{ADS}/reference_kpis_by_campaign.csv', all_varchar = true)
        where xyz_campaign_id <> '(all)' order by 1"""
    ).fetchall()
    actual = built.execute(
        """select campaign, impressions, clicks, ad_spend_amount::double, platform_conversions::double,
            click_through_rate, cost_per_click, cost_per_platform_conversion
        from reports.rpt_platform_conversions where system = ? order by 1""",
        [kind],
    ).fetchall()
    assert [row[0] for row in actual] == [row[0] for row in reference]
    for found, expected in zip(actual, reference, strict=True):
        assert found[1:] == pytest.approx([float(value) for value in expected[1:]], rel=1e-6)
