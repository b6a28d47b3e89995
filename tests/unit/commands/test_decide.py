"""`smarketing decide`: what it keeps of a review, and what it refuses."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.review.kept_files import read_kept_reviews
from tests.tables import create, fill
from tests.unit.commands.companies import make_company, make_home, smarketing

ADA = ("--by", "Ada Neri", "--why", "as measured")
EVA = ("--owner", "Eva Blu", "--due", "2026-07-30")
STEPS = [("mql", "sql", 0.34), ("sql", "customer", 0.2), ("customer", None, None)]


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A company with a home beside it: in 2026-Q1 150 of 300 MQL became SQL."""
    folder = make_company(tmp_path / "acme")
    home = make_home(tmp_path / "home", folder)
    plan = {"agreement_version": "2026-01", "revenue_stream": "shop", "lead_type": "form"}
    quota = {"quota_amount": 500, "quota_period": "year", "quota_share": 1, "deal_size": 20, "basis": "assumed"}
    with duckdb.connect(home / "published" / "current" / "smarketing.duckdb") as connection:
        create(connection, "marts.dim_target")
        for number, (stage, following, rate) in enumerate(STEPS, 1):
            step = {"step_number": number, "stage": stage, "next_stage": following, "agreed_rate": rate}
            fill(connection, "marts.dim_target", [plan | quota | step | {"base_rate": rate}])
        june = {"month_date": date(2026, 6, 1), "team": "sales", "figures": "1 of 3 kept"}
        items = [("question", "missed/calls"), ("further", "disputes/open"), ("open", "2026-05/missed/mails")]
        agenda = [june | {"section": section, "item": item, "topic": item} for section, item in items]
        fill(connection, "reports.rpt_meeting_agenda", agenda)
        version = {"agreement_version": "2026-01", "effective_from": date(2026, 1, 1)}
        fill(connection, "marts.dim_agreement", [version])
        connection.execute(
            """
            update reports.rpt_review_rates set agreement_version = '2026-01', revenue_stream = 'shop',
                lead_type = 'form', step_number = 1, entered = 300, converted = 150, undecided = 0,
                measured_rate = 0.5, measured_rate_low = 0.44, measured_rate_high = 0.56, basis = 'measured'
            """
        )
        of_q1 = {
            "review_period": "quarter",
            "period_from": "2026-01-01",
            "revenue_stream": "shop",
            "lead_type": "(all)",
        }
        breach = {"finding_rank": 1, "finding": "breach/calls/after_hours", "finding_kind": "breach", "team": "sales"}
        breach |= {"commitment": "calls", "about": "after hours", "result": "not kept", "cases": 30, "value": 0.5}
        breach |= {"value_low": 0.33, "value_high": 0.67, "proposed_owner": "Sal Rossi", "proposed_date": "2026-05-01"}
        fill(connection, "reports.rpt_review_findings", [of_q1 | breach])
        common = of_q1 | {"entered": 200, "basis": "measured", "largest_three_rate": 0.1}
        deals = {"agreed_value": 20, "measured_value": 24.127, "measured_low": 23, "measured_high": 25}
        days = {"agreed_value": 28, "measured_value": 42, "measured_low": 36, "measured_high": 50}
        closed = {"converted": 120, "closed_rate": 0.25, "agreed_closed_rate": 0.51}
        fill(
            connection,
            "marts.fct_review_measures",
            [
                common | deals | {"review_measure": "deal_size", "surprise_rate": 1e-5},
                common | days | closed | {"review_measure": "closing_days"},
            ],
        )
        year = {"agreement_version": "2026-01", "revenue_stream": "shop", "period_name": "year", "period_months": 12}
        fill(connection, "marts.dim_quota_period", [year | {"month_share_rate": 1.0}])
    return folder


def decide(company: Path, *words: str) -> tuple[int, str]:
    result = smarketing("decide", *words, "--company", company, "--home", company.parent / "home")
    return result.exit_code, result.stdout + result.stderr


def test_a_line_is_accepted_changed_and_refused(company: Path) -> None:
    code, text = decide(company, "2026-Q1", "mql_to_sql", "--accept", *ADA)
    assert (code, "shop/form/mql_to_sql is accepted, 50.00% is to be agreed (agreed 34.00%" in text) == (0, True), text
    assert decide(company, "2026-Q1", "shop/form/mql_to_sql", "--change", "0.4", *ADA)[0] == 0
    assert decide(company, "2026-Q1", "mql_to_sql", "--refuse", *ADA)[0] == 0
    [kept] = read_kept_reviews(company)
    assert [(each.decision, each.rate) for each in kept.decisions] == [
        ("accepted", 0.5),
        ("changed", 0.4),
        ("refused", 0.34),
    ]
    assert [(each.line, each.entered, each.proposed) for each in kept.lines] == [
        ("shop/form/mql_to_sql", 300, 0.5),
        ("shop/form/sql_to_customer", 0, 0.2),
        ("shop/deal_size", 200, 24.13),
        ("shop/closes_within", 120, 42),
        ("shop/season", 0, 1 / 12),
    ]


def test_a_term_of_a_stream_is_decided_like_a_rate(company: Path) -> None:
    code, text = decide(company, "2026-Q1", "shop/deal_size", "--accept", *ADA)
    assert (code, "shop/deal_size is accepted, 24.13 is to be agreed (agreed 20, proposed 24.13)" in text) == (0, True)
    code, text = decide(company, "2026-Q1", "closes_within", "--change", "35", *ADA)
    assert (code, "is changed, 35 days is to be agreed (agreed 28 days, proposed 42 days)" in text) == (0, True), text
    assert decide(company, "2026-Q1", "season", "--refuse", *ADA)[0] == 0
    [kept] = read_kept_reviews(company)
    assert [(each.decision, each.rate) for each in kept.decisions][:2] == [("accepted", 24.13), ("changed", 35)]
    assert {line.basis for line in kept.lines if line.measure == "season"} == {
        "agreed: season unknown, 0 of 24 whole months"
    }


def test_an_item_of_a_meeting_becomes_an_action_until_it_is_done(company: Path) -> None:
    code, text = decide(company, "2026-06", "calls", "--accept", *EVA, *ADA)
    assert (code, "missed/calls is accepted, Eva Blu until 2026-07-30." in text) == (0, True), text
    assert decide(company, "2026-06", "disputes/open", "--refuse", *ADA)[0] == 0
    [kept] = read_kept_reviews(company)
    assert (kept.period, kept.agreement_version, [each.line for each in kept.items]) == (
        "2026-06",
        "2026-01",
        ["missed/calls", "disputes/open"],
    )
    assert kept.items[0].figures == "1 of 3 kept"
    assert kept.open_action("missed/calls") == kept.decisions[0]
    assert decide(company, "2026-06", "calls", "--done", "--by", "Eva Blu", "--why", "called all")[0] == 0
    [kept] = read_kept_reviews(company)
    assert kept.open_action("missed/calls") is None
    assert kept.last_decision("missed/calls") == kept.decisions[0]
    assert "nobody has anything to do" in decide(company, "2026-06", "calls", "--done", *ADA)[1]


def test_a_finding_is_kept_with_its_figures_and_what_was_proposed(company: Path) -> None:
    code, text = decide(company, "2026-Q1", "after_hours", "--accept", *EVA, *ADA)
    assert code == 0, text
    [kept] = read_kept_reviews(company)
    [item] = kept.items
    assert (item.line, item.text, item.team) == ("breach/calls/after_hours", "Breach, not kept", "sales")
    counted = "Calls: 15 of 30 missed clocks have the cause after hours (50.0 %, interval 33.0 % to 67.0 %)."
    assert item.figures == counted
    assert (item.owner, item.due) == ("Sal Rossi", date(2026, 5, 1))
    assert kept.open_action(item.line) == kept.decisions[0]


def test_a_rate_can_have_an_action(company: Path) -> None:
    assert decide(company, "2026-Q1", "mql_to_sql", "--change", "0.4", *EVA, *ADA)[0] == 0
    assert decide(company, "2026-Q1", "mql_to_sql", "--done", *ADA)[0] == 0
    [kept] = read_kept_reviews(company)
    assert [(each.decision, each.rate, each.owner) for each in kept.decisions] == [
        ("changed", 0.4, "Eva Blu"),
        ("done", None, None),
    ]


def test_a_review_of_the_agreed_cycle_is_kept_under_the_name_of_its_days(company: Path) -> None:
    period = "2026-01-01..2026-04-30"
    with duckdb.connect(company.parent / "home" / "published" / "current" / "smarketing.duckdb") as connection:
        connection.execute(
            "update reports.rpt_review_rates set review_period = 'months', period_to = '2026-05-01' "
            "where period_from = '2026-01-01'"
        )
    assert decide(company, period, "mql_to_sql", "--accept", *ADA)[0] == 0
    assert decide(company, period, "sql_to_customer", "--refuse", *ADA)[0] == 0
    assert [path.name for path in (company / "reviews").iterdir()] == [f"{period}.yml"]
    [kept] = read_kept_reviews(company)
    assert (kept.period, len(kept.decisions)) == (period, 2)
    for other in ("2026-02-01..2026-05-31", "2026-01-01..2026-03-31"):
        code, text = decide(company, other, "mql_to_sql", "--accept", *ADA)
        assert (code, f"these can be reviewed: {period}, 2026-Q2" in text) == (2, True), text
    # The next period of the cycle.
    assert "has not ended" in decide(company, "2026-05-01..2026-08-31", "mql_to_sql", "--accept", *ADA)[1]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["2026-Q1", "mql_to_sql", *ADA], "give one of --accept, --change VALUE, --refuse and --done"),
        (["2026-Q1", "mql_to_sql", "--accept", "--change", "0.3", *ADA], "give one of"),
        (["2026-Q1", "mql_to_sql", "--change", "0", *ADA], "a value above 0 is needed"),
        (["2026-Q1", "mql_to_sql", "--change", "30", *ADA], "--change: 30 is not a rate; write a number up to 1"),
        (["2026-Q1", "season", "--change", "0.2", *ADA], "shop/season: twelve shares have no single value; accept or"),
        (
            ["2026-Q1", "closes_within", "--change", "9.5", *ADA],
            "--change: 9.5 is not a number of days; write whole days",
        ),
        (["2026-Q1", "sql", "--accept", *ADA], "there is no line 'sql'; write one of: shop/form/mql_to_sql, shop/"),
        (["2026-Q3", "mql_to_sql", "--accept", *ADA], "these can be reviewed: 2026-Q1, 2026-Q2"),
        (["2026-01..2026-02", "mql_to_sql", "--accept", *ADA], "is not a period"),
        (["2026-01-01..2026-02-28", "mql_to_sql", "--accept", *ADA], "is not a quarter or half-year"),
        (["2026-02", "calls", "--accept", *ADA], "2026-02: the month has not ended, or no question follows"),
        (["2026-06", "mails", "--accept", *ADA], "there is no line 'mails'; write one of: missed/calls, disputes/open"),
        (["2026-06", "calls", "--change", "0.3", *ADA], "--change: missed/calls is not a rate"),
        (["2026-06", "calls", "--accept", "--owner", "Eva Blu", *ADA], "--owner and --due belong together"),
        (["2026-06", "calls", "--refuse", *EVA, *ADA], "what is refused or done has no action"),
        (["2026-06", "calls", "--accept", *EVA[:3], "30.7.", *ADA], "--due: '30.7.' is not a day; write 2026-10-15"),
        (["2026-06", "calls", "--done", *ADA], "nobody has anything to do about missed/calls"),
        (
            ["2026-Q1", "mql_to_sql", "--accept", "--by", "Ada", "--why", " "],
            "--why: '' is not a sentence; write 1 to 1,000 letters",
        ),
    ],
)
def test_what_cannot_be_decided_is_refused(company: Path, words: list[str], named: str) -> None:
    code, text = decide(company, *words)
    assert (code, named in text, "Traceback" in text) == (2, True, False), text
    assert not list((company / "reviews").glob("*"))


def test_a_review_that_was_changed_by_hand_is_refused_by_check_and_by_decide(company: Path) -> None:
    assert decide(company, "2026-Q1", "mql_to_sql", "--accept", *ADA)[0] == 0
    path = company / "reviews" / "2026-Q1.yml"
    path.write_text(path.read_text().replace("converted: 150", "converted: 175"))
    for text in (
        decide(company, "2026-Q1", "mql_to_sql", "--refuse", *ADA)[1],
        smarketing("check", "--company", company, "--home", company.parent / "home").stdout,
    ):
        assert "2026-Q1.yml line 6: what was measured and proposed is not what was kept" in text, text
