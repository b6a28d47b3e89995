"""What changes between two versions of the demo's agreement, in words; and the ways between the pages of versions."""

import re

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.pages import render_agreements
from orchestration.lib.pages.new_terms import changed_needs, changed_promises
from tests.unit.pages.page_tables import EMPTY, lay_out


@pytest.fixture(scope="module")
def versions() -> list[Agreement]:
    return read_agreements(settings.DEMO_COMPANY / "agreements")


@pytest.fixture(scope="module")
def pages(versions: list[Agreement]) -> dict[str, str]:
    with duckdb.connect() as connection:
        lay_out(connection, EMPTY)
        return render_agreements(connection, versions)


def test_a_changed_promise_has_the_sentences_that_differ(versions: list[Agreement]) -> None:
    changed = {row["key"]: row for row in changed_promises(*versions)}
    acceptance = changed["acceptance"]
    assert (acceptance["is_new"], acceptance["is_gone"]) == (False, False)
    assert acceptance["before"] == [
        "From when a lead became MQL, sales moves it on to SAL within 16 hours of the opening hours of Milan office."
    ]
    assert acceptance["after"][-1] == "While the lead’s owner is absent the clock pauses."
    assert changed["new_leads"]["is_new"]
    assert changed["new_leads"]["after"] == ["At least 350 new leads come in a month."]
    # Their text is the same in both versions.
    assert not {"accepted_leads", "complete_leads", "win_rate"} & set(changed)
    assert changed_promises(versions[0], versions[0]) == []


def test_a_promise_that_is_gone_is_named_with_its_version(versions: list[Agreement]) -> None:
    """Read from the end: what the newer version added, the older one has not."""
    gone = {row["key"] for row in changed_promises(versions[1], versions[0]) if row["is_gone"]}
    assert gone == set(versions[1].commitments) - set(versions[0].commitments)
    assert "new_leads" in gone


def test_what_the_quotas_need_is_shown_where_it_differs(versions: list[Agreement]) -> None:
    """1,326 / 0.34 = 3,900, 65 % of them 2,535; 1,271 / 0.33 = 3,851.5, 65 % of 3,852 are 2,503.8."""
    website = changed_needs(*versions)[0]
    assert (website["stream"], website["lead_type"]) == ("Small business", "website_form")
    assert (website["before"]["leads"], website["after"]["leads"]) == (2535, 2504)
    assert (round(website["before"]["value"], 2), round(website["after"]["value"], 2)) == (128.21, 129.8)
    assert changed_needs(versions[0], versions[0]) == []


def test_each_version_leads_to_the_one_before_and_after(pages: dict[str, str]) -> None:
    assert 'rel="next" href="../agreements/2026-07.html"' in pages["agreements/2025-10.html"]
    assert 'rel="prev"' not in pages["agreements/2025-10.html"]
    assert 'rel="prev" href="../agreements/2025-10.html"' in pages["agreements/2026-07.html"]
    assert 'rel="next"' not in pages["agreements/2026-07.html"]


def test_every_promise_of_every_version_has_an_anchor_on_the_page_of_the_agreement(
    pages: dict[str, str], versions: list[Agreement]
) -> None:
    """Before any version is in force, as in these tables, it is the first; pages of later months lead to it too."""
    anchors = re.findall(r'id="commitments\.(\w+)"', pages["agreement.html"])
    assert sorted(anchors) == sorted({key for version in versions for key in version.commitments})
    assert 'href="agreements/2026-07.html#commitments.new_leads">New leads</a> (2026-07)' in pages["agreement.html"]
