"""`smarketing compare` of two agreements that differ in the MQL threshold, against the company rebuilt under each."""

import csv
import re
import signal
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.end_to_end.conftest import COMMAND, PROJECT, Built, build, chromium, smarketing
from tests.end_to_end.rebuilt_figures import rebuilt
from tests.end_to_end.scored_company import day, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
# The other version's 500,000 a year, in quarters and months; nothing in April, and no quota is agreed from October on.
BY_PERIOD = "{2025-Q4: 90000, 2026-Q1: 80000, 2026-04: 0, 2026-05: 40000, 2026-06: 110000, 2026-Q3: 180000}"
NUMBERS = """
    select person_id, date_diff('day', date '2026-04-01', cast(min(entered_at) as date)) // 2
    from marts.fct_stage_transitions
    where stage = 'lead'
    group by person_id
"""


@dataclass(frozen=True)
class Compared:
    """Both rebuilt companies, what the command printed in the first, and where it wrote."""

    lax: Built
    strict: Built
    output: str

    @property
    def page(self) -> Path:
        return self.lax.site / "comparisons" / "lax-strict-2026-Q2.html"

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.page.parent / name).open(newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    folder = tmp_path_factory.mktemp("comparison")
    companies = write_company(folder / "a", "lax", 25), write_company(folder / "b", "strict", 40, BY_PERIOD)
    lax, strict = (build(company, folder / f"home-{company.name}") for company in companies)
    draft = strict.company / "agreements" / "strict.yml"
    result = smarketing(*("compare", "lax", draft, "--period", "2026-Q2", "--company", lax.company, "--home", lax.home))
    assert result.returncode == 0, result.stdout + result.stderr
    return Compared(lax, strict, result.stdout)


def test_every_figure_equals_a_rebuild_under_each_version(compared: Compared) -> None:
    rows = compared.rows("lax-strict-2026-Q2.csv")
    for built, column in ((compared.lax, "first_value"), (compared.strict, "second_value")):
        reported = {(row["section"], row["subject"], row["figure"]): row[column] for row in rows}
        expected = rebuilt(built)
        assert {key: float(value) for key, value in reported.items() if value} == {
            key: pytest.approx(value, rel=1e-6) for key, value in expected.items() if value is not None
        }


def test_the_leads_that_change_stage_are_those_of_the_arithmetic(compared: Compared) -> None:
    """Under 25, all of 1, 2 and 3 (27) become MQL, and of 0 the 3 labelled SAL have passed it: 30 (scored_company.py).

    Under 40, the 9 of 2; of 0, 1 and 3 those labelled SAL, 3 each; of the other 3 (7, 11, 19, 23, 31, 35) those whose
    40th day, 2 x number + 40 after 1 April, is at most 30 June (90 after): 7, 11, 19 and 23. 9 + 9 + 4 = 22.
    """
    rows = {
        (row["subject"], row["figure"]): (float(row["first_value"]), float(row["second_value"]))
        for row in compared.rows("lax-strict-2026-Q2.csv")
        if row["section"] == "Leads by stage"
    }
    assert rows["mql", "entered in the period"] == (30, 22)
    assert rows["sal", "entered in the period"] == (12, 12)
    numbers = dict(compared.lax.query(NUMBERS))
    leads = compared.rows("lax-strict-2026-Q2-leads.csv")
    moved = {numbers[row["person_id"]]: row for row in leads}
    # Newsletter alone and no SAL: 1, 5, 13, 17, 25, 29. The quote comes in July: 31, 35.
    assert set(moved) == {1, 5, 13, 17, 25, 29, 31, 35}
    for number, row in moved.items():
        assert (row["first_entered"], row["second_entered"]) == ("lead mql", "lead")
        assert (row["moved_at"], row["first_stage"], row["second_stage"]) == ("mql", "mql", "lead")
        assert (row["first_moved_date"], row["second_moved_date"]) == (str(day(number, 1)), "")
        assert float(row["first_highest_score"]) == float(row["second_highest_score"]) == 28.9049
    text = re.sub(r" +", " ", compared.output)
    assert "stages.mql.criteria.score_at_least 25.0 40.0" in text
    assert "MQL: entered in the period 30 22 −8" in text
    assert "MQL 22 8 0" in text


def test_the_quota_by_period_is_that_of_the_quarter(compared: Compared) -> None:
    """65 % of 3 x 500,000 / 12 under the one, of 0 + 40,000 + 110,000 under the other; a lead is worth the same."""
    rows = {
        (row["subject"], row["figure"]): (float(row["first_value"]), float(row["second_value"]))
        for row in compared.rows("lax-strict-2026-Q2.csv")
        if row["subject"].startswith("small_business, website_form") and row["first_value"]
    }
    assert rows["small_business, website_form", "target"] == pytest.approx((81250, 97500))
    assert rows["small_business, website_form, mql", "value of one"] == pytest.approx((128.205128, 128.205128))
    assert "revenue_streams.small_business.quota.2026-Q1" in compared.output
    months = compared.strict.query("""
        select strftime(quota_month_date, '%Y-%m'), max(quota_month_amount)
        from marts.fct_lead_demand
        where revenue_stream = 'small_business' and lead_type = 'website_form' and quota_month_date >= '2026-04-01'
        group by all order by all
    """)
    amounts = {"2026-04": 0, "2026-05": 26000, "2026-06": 71500, "2026-07": 39000, "2026-08": 39000, "2026-09": 39000}
    assert dict(months[:7]) == {month: pytest.approx(amount) for month, amount in amounts.items()} | {"2026-10": None}
    plan = "select min(unknown_quota_month_date) from marts.fct_lead_plan where revenue_stream = 'small_business'"
    assert compared.strict.query(plan) == [(date(2026, 10, 1),)]


def test_the_copy_is_gone_and_the_warehouse_as_it_was(compared: Compared) -> None:
    assert not (compared.lax.home / "replay").exists()
    assert [path.name for path in sorted(compared.page.parent.iterdir())] == [
        "index.html",
        "lax-strict-2026-Q2-leads.csv",
        "lax-strict-2026-Q2.csv",
        "lax-strict-2026-Q2.html",
    ]
    assert compared.lax.query("select agreement_version, effective_from::varchar from marts.dim_agreement") == [
        ("lax", "2025-10-01")
    ]


def test_an_interrupted_comparison_leaves_nothing(compared: Compared) -> None:
    draft = compared.strict.company / "agreements" / "strict.yml"
    command = [*COMMAND, "compare", "lax", str(draft), "--period", "2026-05"]
    with subprocess.Popen(
        [*command, "--company", str(compared.lax.company), "--home", str(compared.lax.home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        # A shell that runs the tests in the background ignores it, and a process inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout
        assert "replaying" in process.stdout.readline()
        assert (compared.lax.home / "replay").exists()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "Stopped by Ctrl+C. The comparison was not written; the warehouse is as it was.\n"
    assert not (compared.lax.home / "replay").exists()
    assert not list(compared.page.parent.glob("*2026-05*"))


@pytest.mark.parametrize(
    ("second", "period", "expected"),
    [
        ("lax", "2026-Q2", "both are version 'lax'"),
        ("none", "2026-Q2", r"'none' is neither a version of agreements/ \(there is lax\) nor a file"),
        ("strict.yml", "2026-Q9", "'2026-Q9' is not a period; write 2026-Q3, 2026-H1"),
        ("strict.yml", "2024-Q1", "--period: there is no data of 2024-Q1; give one between 2026-04-01 and "),
    ],
)
def test_the_message_names_what_is_wrong(compared: Compared, second: str, period: str, expected: str) -> None:
    if second == "strict.yml":
        second = str(compared.strict.company / "agreements" / second)
    home = ("--company", compared.lax.company, "--home", compared.lax.home)
    result = smarketing("compare", "lax", second, "--period", period, *home)
    assert result.returncode == 2
    assert re.search(expected, result.stderr)
    assert "Traceback" not in result.stderr


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped")
def test_the_page_opens_and_shows_the_same(browser, compared: Compared) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(compared.page.as_uri())
    assert messages == []
    assert all(each.startswith(compared.lax.site.as_uri()) for each in requests)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.locator("svg").count() == 3
    text = re.sub(r"\s+", " ", page.inner_text("body"))
    assert "stages.mql.criteria.score_at_least 25.0 40.0" in text
    assert "MQL 30 22 −8" in text
    assert "8 persons are not at the same stages under both" in text
    # What changes comes first, and the rest is folded, with its count.
    (folded, shown) = page.evaluate(
        "[[...document.querySelectorAll('main details')].map(each => each.querySelectorAll('tbody tr').length),"
        " [...document.querySelectorAll('main details summary')].map(each => parseInt(each.textContent))]"
    )
    assert folded == shown
    assert page.locator("main details[open]").count() == 0
    page.goto(compared.page.with_name("index.html").as_uri())
    page.click("text=lax and strict")
    assert page.url == compared.page.as_uri()
    page.close()
