"""What resolving persons costs: the models of intermediate/persons over a made-up company, at N and at 10 N records.

    python benchmarks/persons.py [N]

Belongs here: making the records and timing dbt on them. The models are the project's own. The figure is the ratio of
the two times in one run: about 10 where the cost grows with the records, about 100 where it grew with their pairs.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from orchestration import settings
from orchestration.lib.systems.assembling import assemble

MODELS = [
    "int_record_emails",
    "int_link_candidates",
    "int_record_persons",
    "int_visitor_links",
    "int_person_links",
]

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
create table staging.shared_mailboxes as select 'info' as mailbox;
"""


def seconds(records: int) -> float:
    """Seconds that the models take over so many records, without the start of dbt; prints what they found."""
    with tempfile.TemporaryDirectory() as home:
        place = settings.Settings(settings.DEMO_COMPANY, Path(home))
        with duckdb.connect(place.warehouse) as connection:
            connection.execute(RECORDS.format(records=records))
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
            query = "select count(*), count(distinct person_id) from intermediate.int_person_links"
            links, persons = connection.execute(query).fetchall()[0]
    print(f"{records:>12,} records: {links:,} links, {persons:,} persons, {taken:.0f} s")
    return taken


if __name__ == "__main__":
    fewer = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    small, large = seconds(fewer), seconds(10 * fewer)
    print(f"ten times the records take {large / small:.1f} times as long")
