"""What scoring costs: the models of intermediate/scoring over a made-up company, at N and at 10 N persons.

    python benchmarks/scores.py [N]

Belongs here: making the persons and timing dbt on them. The models are the project's own, the rules those of the demo
company's agreement. The figure is the ratio of the two times in one run: about 10 where the cost grows with the events,
about 100 where it grew with their pairs. Each person has 10 touches; one in a thousand has 1,000 more.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.tables import write_tables
from orchestration.lib.systems.assembling import assemble

MODELS = ["stg_agreement__versions", "stg_agreement__company", "int_stages", "path:models/intermediate/scoring"]

PERSONS = """
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
create table intermediate.int_labelled_stage_changes (stage_entry_id varchar, person_id varchar, owner_id varchar,
    stage varchar, stage_rank integer, is_side_state boolean, entered_at timestamp, version varchar,
    has_score_criteria boolean, is_repeated boolean, is_decided_by_rule boolean);
"""


def seconds(persons: int) -> float:
    """Seconds that the models take over so many persons, without the start of dbt; prints what they found."""
    with tempfile.TemporaryDirectory() as home:
        place = settings.Settings(settings.DEMO_COMPANY, Path(home))
        with duckdb.connect(place.warehouse) as connection:
            write_tables(connection, read_agreements(place.company / "agreements"))
            connection.execute(PERSONS.format(persons=persons))
        assemble(place.project, settings.DBT_PROJECT, [])
        command = [settings.dbt_executable(), "run", "--select", *MODELS, "--target-path", str(place.dbt_target)]
        subprocess.run(
            [*command, "--log-path", str(place.logs), "--quiet"],
            cwd=place.project,
            env=os.environ | place.environment(),
            check=True,
        )
        results = json.loads((place.dbt_target / "run_results.json").read_text())["results"]
        taken = sum(result["execution_time"] for result in results)
        with duckdb.connect(place.warehouse, read_only=True) as connection:
            found = connection.sql("select count(*), max(score) from intermediate.int_person_scores").fetchall()[0]
    print(f"{persons:>12,} persons: {found[0]:,} scores, the highest {found[1]}, {taken:.0f} s")
    return taken


if __name__ == "__main__":
    fewer = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    small, large = seconds(fewer), seconds(10 * fewer)
    print(f"ten times the persons take {large / small:.1f} times as long")
