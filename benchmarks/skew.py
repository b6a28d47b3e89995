"""What unlike data cost: long chains of merged records, and persons with a thousand touches, at N and at 10 N.

    python benchmarks/skew.py persons|scores [N]

Belongs here: what a company of copies (`growth.py`) has too little of, for the models of intermediate/persons and
intermediate/scoring. The models are the project's own, the rules those of the demo company's agreement. The figure is
the ratio of the two times in one run: about 10 where the cost grows with the data, about 100 with its pairs.
"""

import json
import sys
import tempfile
from pathlib import Path

import duckdb
from project import run_dbt

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tables import write_tables

LINKING = [
    "link_rules",
    "shared_mailboxes",
    "int_record_emails",
    "int_link_candidates",
    "int_record_persons",
    "int_visitor_links",
    "int_person_links",
]
SCORING = ["stg_agreement__versions", "stg_agreement__company", "known_stages", "path:models/intermediate/scoring"]


# Of 20 records: 3 share an e-mail with the one before, 2 are converted into it, 1 is merged into it; a chain of
# merges of 1,000 records, and a visitor for each tenth.
RECORDS = """
create schema intermediate; create schema staging;
create table intermediate.int_as_of as select timestamp '2026-01-01' as as_of;
create table intermediate.int_persons as
select
    'crm' as system,
    i::varchar as person_record_id,
    'p' || i || '@firm' || (i % 50000) || '.example' as email,
    'Name ' || i as full_name,
    timestamp '2020-01-01' + to_seconds(i) as created_at
from range({records}) as t(i);
update intermediate.int_persons set email = 'p' || (person_record_id::bigint - 1) || '@firm'
    || ((person_record_id::bigint - 1) % 50000) || '.example' where person_record_id::bigint % 20 in (3, 7, 11);
create table intermediate.int_record_links as
select 'crm' as system, i::varchar as person_record_id, 'conversion' as rule, 'crm' as linked_system,
    (i + 1)::varchar as linked_record_id, null::varchar as email, null::timestamp as linked_at
from range({records}) as t(i) where i % 20 in (13, 15)
union all
select 'crm', i::varchar, 'merge', 'crm', (i + 1)::varchar, null, null
from range({records}) as t(i) where i % 20 = 17 or i < 1000
union all
select 'web', 'v' || i, 'normalised_email', null, null, 'P' || i || '@firm' || (i % 50000) || '.example', null
from range({records}) as t(i) where i % 10 = 0;
create table intermediate.int_excluded_persons as select '' as person_id, '' as reason where false;
"""


# Each person has 10 touches; one in a thousand has 1,000 more.
SCORED = """
create schema intermediate; create schema staging;
create table intermediate.int_as_of as select timestamp '2027-01-01' as as_of;
create table intermediate.int_person_profiles as
select 'crm:' || i as person_id, 'crm' as system, timestamp '2026-01-01' + to_minutes(i % 400000) as created_at,
    ['Italy', 'Peru'][i % 2 + 1] as country, null::varchar as account_country, 'segment ' || i % 7 as segment_label,
    ['owner', 'buyer', null][i % 3 + 1] as persona, 'title ' || i % 5000 as job_title, 'enterprise' as revenue_stream,
    'event' as lead_type, 'Email' as channel, 'firm' || i % 50000 || '.example' as email_domain,
    i % 900 as employees, null::varchar as owner_id
from range({persons}) as t(i);
create table intermediate.int_person_touchpoints as
with touches as (
    select i, j from range({persons}) as t(i), range(10) as u(j)
    union all
    select i * 1000, j + 10 from range({persons} // 1000) as t(i), range(1000) as u(j)
)
select 'web:' || i || '-' || j as touchpoint_id, 'crm:' || i as person_id,
    timestamp '2026-01-01' + to_minutes(i % 400000 + j * 97) as touched_at,
    ['first form', 'visit', 'e-mail click', 'e-mail open'][j % 4 + 1] as touch_label, 'Email' as channel,
    'campaign ' || j % 30 as campaign_label, 'page ' || (i + j) % 2000 as content_label
from touches;
create table intermediate.int_person_activities (activity_id varchar, person_id varchar, owner_id varchar,
    activity_type varchar, happened_at timestamp, activity_class varchar,
    is_inbound boolean, is_contact boolean);
create table intermediate.int_owner_assignments (person_id varchar, is_assigned boolean, owned_from timestamp,
    owned_after_at timestamp);
create table intermediate.int_labelled_stage_changes (stage_entry_id varchar, person_id varchar, owner_id varchar,
    stage varchar, stage_rank integer, is_side_state boolean, entered_at timestamp, agreement_version varchar,
    has_score_criteria boolean, is_repeated boolean, is_decided_by_rule boolean);
"""


# Kind: its tables, its models, what is counted of them, and how many the smaller company has.
KINDS = {
    "persons": (
        RECORDS,
        LINKING,
        "count(*) || ' links, ' || count(distinct person_id) || ' persons' from intermediate.int_person_links",
        1_000_000,
    ),
    "scores": (
        SCORED,
        SCORING,
        "count(*) || ' scores, the highest ' || max(score) from intermediate.int_person_scores",
        30_000,
    ),
}


def seconds(kind: str, size: int) -> float:
    """Seconds that the models take over `size` of the kind, without the start of dbt; prints their result."""
    tables, models, figures, _ = KINDS[kind]
    with tempfile.TemporaryDirectory() as home:
        place = settings.Settings(settings.DEMO_COMPANY, Path(home))
        with duckdb.connect(place.warehouse) as connection:
            write_tables(connection, read_agreements(place.company / "agreements"))
            connection.execute(tables.format(records=size, persons=size))
        without_tests = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
        run_dbt(place, [], "build", *without_tests, "--select", *models)
        results = json.loads((place.dbt_target / "run_results.json").read_text())["results"]
        taken = sum(result["execution_time"] for result in results if result["unique_id"].startswith("model."))
        with duckdb.connect(place.warehouse, read_only=True) as connection:
            found = connection.sql(f"select {figures}").fetchall()[0][0]
    print(f"{size:>12,} {kind}: {found}, {taken:.0f} s")
    return taken


if __name__ == "__main__":
    kind = sys.argv[1] if len(sys.argv) > 1 else "persons"
    fewer = int(sys.argv[2]) if len(sys.argv) > 2 else KINDS[kind][3]
    small, large = seconds(kind, fewer), seconds(kind, 10 * fewer)
    print(f"ten times the {kind} take {large / small:.1f} times as long")
