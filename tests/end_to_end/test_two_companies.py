"""Two companies with a system of the same name, from one checkout: they do not meet, and nothing of it is changed."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.conftest import PROJECT, Built, build, smarketing

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
ZONE = ("--answer", "time_zone=Europe/Rome")
ANSWERS = (*ZONE, "--answer", "currency=EUR")
LEADS = """\
Lead Id,Mail,Company,Owner,Source,Created
a-1,ann@one.example,One,Mia,Google Ads,2026-01-13T09:00:00
a-2,ben@two.example,Two,Mia,Referral,2026-01-14T09:00:00
"""
LEADS_WITH_COUNTRY = (
    LEADS.replace("Company,", "Country,Company,").replace(",One,", ",Italy,One,").replace(",Two,", ",France,Two,")
    + "a-3,cy@three.example,Italy,Three,Leo,Referral,2026-01-20T09:00:00\n"
)
CALLS = "Call Id,Lead Id,Direction,Start time\n1,a-1,Outbound,2026-01-13 10:00\n2,a-2,Outbound,2026-01-14 10:00\n"
CONTACTS = "Contact No;E-mail;Created\nk1;dee@four.example;2026-02-02 08:00\n"
DEALS = """\
Deal No;Contact No;Stage;Amount;Created;Close date
d1;k1;Closed Won;900.50;2026-02-03;2026-02-10
"""


@dataclass
class Story:
    """The first company, the second, and what git has of the checkout before and after."""

    first: Built
    second: Built
    status: tuple[str, str]


def status() -> str:
    command = ["git", "status", "--porcelain", "--untracked-files=all"]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


def source(folder: Path, *options: str, **texts: str) -> None:
    """`smarketing source acme` with these files, for the company of the folder."""
    files = []
    for name, text in texts.items():
        files.append(folder / "files" / f"{name}.csv")
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        files[-1].write_text(text)
    result = smarketing("source", "acme", *files, "--company", folder / "company", *options)
    assert result.returncode == 0, result.stdout + result.stderr


def nodes(built: Built) -> set[str]:
    manifest = json.loads((built.home / "project" / "target" / "manifest.json").read_text())
    return set(manifest["nodes"]) | set(manifest["sources"])


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    before = status()
    source(one, *ANSWERS, leads=LEADS)
    first = build(one / "company", one / "home")
    source(two, *ANSWERS, contacts=CONTACTS, deals=DEALS)
    second = build(two / "company", two / "home")
    return Story(first, second, (before, status()))


def test_no_file_of_the_checkout_changes(story: Story) -> None:
    assert story.status[0] == story.status[1]


def test_each_has_its_own_system(story: Story) -> None:
    assert story.first.query("select count(*) from marts.dim_person") == [(2,)]
    assert story.second.query("select count(*) from marts.dim_person") == [(1,)]
    assert story.second.query("select status, amount from marts.fct_opportunities") == [("won", 900.5)]
    assert "source.smarketing.acme.contacts" in nodes(story.second)
    assert "source.smarketing.acme.contacts" not in nodes(story.first)
    assert {node for node in nodes(story.first) if "hubspot" in node or "olist" in node} == set()


@pytest.mark.campaign
def test_a_column_and_a_table_that_come_later_are_built(story: Story) -> None:
    """Last, as it goes on with the first company."""
    source(story.first.company.parent, "--force", *ZONE, leads=LEADS_WITH_COUNTRY, calls=CALLS)
    build(story.first.company, story.first.home)
    assert story.status[0] == status()
    countries = story.first.query("select country from marts.dim_person order by all")
    assert countries == [("France",), ("Italy",), ("Italy",)]
    assert story.first.query("select count(*) from marts.fct_activities") == [(2,)]


def test_a_name_of_the_products_is_refused(tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_text(LEADS)
    result = smarketing("source", "hubspot", tmp_path / "leads.csv", "--company", tmp_path / "company")
    assert result.returncode == 2
    assert "'hubspot' is a system of the product" in result.stderr
    assert not (tmp_path / "company").exists()
