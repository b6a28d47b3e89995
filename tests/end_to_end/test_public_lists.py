"""What the world publishes as lists: account domains as publicsuffix.org has them, default channels as Google has them.

The SQL is that of the demo company's build; only its inputs are other rows.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import publicsuffixlist
import pytest
from publicsuffixlist import PublicSuffixList

from orchestration.lib.warehouse.public_suffixes import read_suffixes
from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end

LIST = PublicSuffixList()
CASE = re.compile(r"^checkPublicSuffix\('(.+)', (?:'(.+)'|null)\);$", re.MULTILINE)
DEFAULT_CHANNELS = {
    "(direct) / (none)": "Direct",
    "(direct) / (not set)": "Direct",
    "google / cpc": "Paid Search",
    "bing / PPC": "Paid Search",
    "www.google.co.uk / retargeting": "Paid Search",
    "Google / organic": "Organic Search",
    "unknown-engine / organic": "Organic Search",
    "amazon / cpc": "Paid Shopping",
    "amazon.de / referral": "Organic Shopping",
    "facebook / paid_social": "Paid Social",
    "lm.facebook.com / referral": "Organic Social",
    "newsletter / social-media": "Organic Social",
    "youtube / cpc": "Paid Video",
    "vimeo.com / referral": "Organic Video",
    "partner / video": "Organic Video",
    "partner / banner": "Display",
    "partner / cpm": "Display",
    "partner / cpa": "Paid Other",
    "partner / cpc": "Paid Other",
    "chatgpt.com / ai-assistant": "AI Assistants",
    "chatgpt.com / referral": "AI Assistants",
    "gemini.google.com / referral": "AI Assistants",
    "newsletter / e-mail": "Email",
    "email / campaign": "Email",
    "partner / affiliate": "Affiliates",
    "blog.example / referral": "Referral",
    "podcast / audio": "Audio",
    "sms / campaign": "SMS",
    "app / web-push": "Mobile Push Notifications",
    "firebase / (none)": "Mobile Push Notifications",
    "(not set) / (not set)": "Unmapped",
    "printed / qr": "Unmapped",
    "A word": "Unmapped",
    "": "Unknown",
}


@pytest.fixture
def warehouse(demo: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(demo.home / "warehouse.duckdb", read_only=True) as connection:
        yield connection


def query_of(demo: Built, model: str, **inputs: str) -> str:
    """The SQL of a model with other tables in the place of some that it reads."""
    (path,) = (demo.home / "project/target/compiled/smarketing/models/intermediate").glob(f"*/{model}.sql")
    code = path.read_text()
    for name, table in inputs.items():
        code, times = re.subn(rf'("\w+"\.)?"\w+"\."{name}"', table, code)
        assert times, f"{model} does not read {name}"
    return code


def domains(demo: Built, warehouse: duckdb.DuckDBPyConnection, hosts: list[str]) -> dict[str, str]:
    warehouse.execute("create temp table hosts as select unnest($1) as domain, null::varchar as email", [hosts])
    warehouse.execute("create temp table none as select '' as suffix, '' as domain where false")
    inputs = {"int_accounts": "hosts", "int_persons": "hosts", "shared_domains": "none", "free_mail_domains": "none"}
    return dict(warehouse.execute(query_of(demo, "int_account_domains", **inputs)).fetchall())


def test_the_cases_of_publicsuffix_org(demo: Built, warehouse: duckdb.DuckDBPyConnection) -> None:
    cases = CASE.findall((Path(publicsuffixlist.__file__).parent / "test_psl.txt").read_text(encoding="utf-8"))
    found = domains(demo, warehouse, [host for host, _ in cases])
    assert len(cases) > 70
    assert [case for case in cases if found.get(case[0].lower(), "") != case[1]] == []


def test_every_rule_of_the_list_as_the_package_reads_it(demo: Built, warehouse: duckdb.DuckDBPyConnection) -> None:
    rules = list(read_suffixes(Path(publicsuffixlist.PSLFILE).read_text(encoding="utf-8")))
    wildcards = {rule.suffix for rule in rules if rule.kind == "wildcard"}
    # To the package the name above a wildcard is a suffix too; to publicsuffix.org it is not.
    hosts = [f"{more}{rule.suffix}" for rule in rules for more in ("", "a.", "b.a.", "c.b.a.")]
    hosts = [host for host in dict.fromkeys(hosts) if host not in wildcards]
    found = domains(demo, warehouse, hosts)
    assert len(hosts) > 40_000
    assert [host for host in hosts if found.get(host) != LIST.privatesuffix(host)] == []


def test_the_default_channels_of_google_analytics(demo: Built, warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(
        "create temp table labels as select 'other' as system, unnest($1) as source_label, "
        "null::varchar as source_detail, timestamp '2026-03-01' as created_at, "
        "timestamp '2026-03-01' as touched_at, date '2026-03-01' as spend_date, date '2026-03-01' as cost_date, "
        "null::varchar as campaign_type_label, null::date as started_date, null::date as ended_date, "
        "null::double as cost_amount",
        [list(DEFAULT_CHANNELS)],
    )
    inputs = dict.fromkeys(("int_persons", "int_touchpoints", "int_ad_spend", "int_costs", "int_campaigns"), "labels")
    query = query_of(demo, "int_source_channels", **inputs)
    rows = warehouse.execute(f"select source_label, channel, channel_rule from ({query})").fetchall()
    assert {label: channel for label, channel, _ in rows} == DEFAULT_CHANNELS
    assert {rule for _, channel, rule in rows if channel in ("Unmapped", "Unknown")} == {None}
    assert {rule for _, channel, rule in rows if channel not in ("Unmapped", "Unknown")} == {"default"}


def test_no_default_channel_changes_the_demo_company(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute("select channel, channel_rule from marts.fct_touchpoints group by all").fetchall()
    assert {rule for _, rule in rows} == {"company", None}
    assert [channel for channel, rule in rows if rule is None] == ["Unmapped"]
