"""`smarketing check` lists the words that nobody has explained; `--draft` writes rows for them, without guessing."""

from pathlib import Path

import duckdb
import pytest

from tests.tables import fill
from tests.unit.commands.companies import make_company, make_home, smarketing

pytestmark = pytest.mark.long

WORDS = [
    {"reference_file": "stage_labels", "word": "M Q Ls", "occurrences": 3},
    {"reference_file": "stage_labels", "word": "Closed Won", "meaning": "customer", "occurrences": 2},
    {"reference_file": "deal_kinds", "word": "Upsel", "second_word": "Sales Pipeline", "occurrences": 2},
    {"reference_file": "channel_rules", "word": "PAID_SEARCH", "occurrences": 1},
    {"reference_file": "activity_labels", "word": "Call", "second_word": "Vanished", "occurrences": 1},
    {"reference_file": "billing_states", "word": "frozen", "second_word": "invoice", "occurrences": 1},
]


@pytest.fixture
def arguments(tmp_path: Path) -> list[str | Path]:
    company = make_company(tmp_path / "acme")
    (company / "reference" / "activity_labels.csv").write_text(
        "system,activity_label,outcome_label,activity_type,valid_from,valid_to\nhubspot,call,Busy,call,,\n"
    )
    home = make_home(tmp_path / "home", company)
    rows = [{"system": "hubspot", "attention_place": place} | row for place, row in enumerate(WORDS)]
    with duckdb.connect(home / "published" / "current" / "smarketing.duckdb") as connection:
        fill(connection, "reports.rpt_unexplained_words", rows)
    return ["--company", company, "--home", home]


def test_words_are_listed_with_their_count_and_what_is_near(arguments: list[str | Path]) -> None:
    result = smarketing("check", *arguments)
    assert result.exit_code == 0, result.stdout
    assert 'stage_labels: hubspot has "M Q Ls" in 3 rows, unexplained; did you mean "MQL"?' in result.stdout
    assert 'hubspot has "Upsel" with "Sales Pipeline" in 2 rows, unexplained; did you mean "Upsell"?' in result.stdout
    assert 'billing_states: hubspot has "frozen" with "invoice" in 1 row, unexplained\n' in result.stdout
    assert "Closed Won" not in result.stdout, "the product knows it"


def test_names_of_content_are_examples_and_are_not_drafted(arguments: list[str | Path]) -> None:
    names = [
        {"reference_file": "content", "system": "docs", "word": f"Offer {each}", "occurrences": 100 - each}
        | {"attention_place": 100 + each}
        for each in range(13)
    ]
    copy = Path(arguments[3]) / "published" / "current" / "smarketing.duckdb"
    with duckdb.connect(copy) as connection:
        fill(connection, "reports.rpt_unexplained_words", names)
    result = smarketing("check", *arguments)
    assert result.stdout.count('content: docs has "Offer') == 10
    assert 'content: docs has "Offer 9" in 91 rows, unexplained\n' in result.stdout
    assert "content: docs has 3 other names in 267 rows, unexplained" in result.stdout
    assert "content: write a row with a pattern into reference/content.csv" in result.stdout
    drafted = smarketing("check", "--draft", *arguments)
    assert "3 drafted rows have no meaning" in drafted.stdout
    assert not (Path(arguments[1]) / "reference" / "content.csv").exists()


def test_a_draft_has_the_known_meanings_and_asks_for_the_others(arguments: list[str | Path]) -> None:
    reference = Path(arguments[1]) / "reference"
    result = smarketing("check", "--draft", *arguments)
    assert "3 drafted rows have no meaning" in result.stdout
    drafted = {path.stem: path.read_text().splitlines()[1:] for path in reference.glob("*.csv")}
    assert drafted["stage_labels"] == ["hubspot,MQL,mql,,", "hubspot,M Q Ls,,,", "hubspot,Closed Won,customer,,"]
    assert drafted["deal_kinds"] == ["hubspot,Upsel,Sales Pipeline,,,"]
    assert drafted["channel_rules"] == ["hubspot,PAID_SEARCH,,Paid Search,,,"]
    assert [line.split(",")[:4] for line in drafted["activity_labels"]] == [
        ["hubspot", "call", "Busy", "call"],
        ["hubspot", "Call", "Vanished", "call"],
    ]
    assert drafted["billing_states"] == ["hubspot,invoice,frozen,"]
    again = smarketing("check", "--draft", *arguments)
    assert again.exit_code == 2
    assert "x reference/stage_labels.csv: 1 row(s) rejected, first at line 3: column stage is" in again.stdout
    assert "drafted reference" not in again.stdout


def test_without_a_build_no_word_is_known(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    result = smarketing("check", "--draft", "--company", company, "--home", tmp_path / "home")
    assert "no build has read the words of the exports yet; `smarketing run` first" in result.stdout


def test_campaigns_that_do_not_meet_are_counted_with_their_names(arguments: list[str | Path]) -> None:
    campaigns = [
        *({"campaign": f"News {each}", "meets": "touches only", "touches": 1000 + each} for each in range(4)),
        {"campaign": "Fair", "meets": "costs only", "touches": 0, "cost_amount": 1234.5},
        {"campaign": "(ambiguous)", "meets": "ambiguous", "touches": 7},
        {"campaign": "Brand", "meets": "touches and costs", "touches": 9, "cost_amount": 5},
    ]
    copy = Path(arguments[3]) / "published" / "current" / "smarketing.duckdb"
    with duckdb.connect(copy) as connection:
        fill(connection, "reports.rpt_campaigns", campaigns)
    shown = " ".join(smarketing("check", *arguments).stdout.split())
    assert '- campaigns: 4,006 touches name 4 campaigns without a cost: "News 3" (1,003), "News 2" (1,002)' in shown
    assert '- campaigns: a cost of 1,234.50 is of 1 campaign without a touch: "Fair" - campaigns: 7 touches' in shown
    assert "Brand" not in shown
    assert "`campaign` in reference/campaign_rules.csv" in shown
