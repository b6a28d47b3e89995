"""Two versions side by side: which may be compared, what differs, and how it is reported."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import AgreementError, read_agreement
from orchestration.lib.comparison import ComparisonError
from orchestration.lib.comparison.clauses import Clause, differing_clauses
from orchestration.lib.comparison.comparing import Comparison, check_period
from orchestration.lib.comparison.figures import Compared, side_by_side
from orchestration.lib.comparison.leads import ChangedLeads, EnteredStage
from orchestration.lib.comparison.names import Names
from orchestration.lib.comparison.printing import comparison_text
from orchestration.lib.comparison.versions import ALWAYS, as_if_always, check_comparable, find_version
from orchestration.lib.language import speaking
from orchestration.lib.pages import render_comparison, write_page
from orchestration.lib.pages.listings import _comparisons
from orchestration.lib.periods import parse_period
from tests.tables import create, fill

Write = Callable[..., Path]


@pytest.fixture
def agreement(valid: str, write: Write) -> Agreement:
    return read_agreement(write(valid))


def test_a_version_is_found_by_name_before_a_file(agreement: Agreement, valid: str, write: Write) -> None:
    draft = write(valid.replace('"2026-01"', "draft"), "draft.yml")
    assert find_version("2026-01", [agreement]) is agreement
    assert find_version(str(draft), [agreement]).version == "draft"
    with pytest.raises(ComparisonError, match=r"'2026-02' is neither a version .*there is 2026-01.* nor a file"):
        find_version("2026-02", [agreement])


@pytest.mark.parametrize("text", ["", "[1]", "a: [", "version: x\n"])
def test_a_draft_that_is_wrong_is_explained_as_an_agreement_is(agreement: Agreement, write: Write, text: str) -> None:
    with pytest.raises(AgreementError, match=r"draft\.yml"):
        find_version(str(write(text, "draft.yml")), [agreement])


def test_what_cannot_be_compared(agreement: Agreement, valid: str, write: Write) -> None:
    with pytest.raises(ComparisonError, match="both are version '2026-01'"):
        check_comparable(agreement, agreement)
    same_name = read_agreement(write(valid.replace("tolerance: 0.1", "tolerance: 0.2"), "other.yml"))
    with pytest.raises(ComparisonError, match="two different texts are called version '2026-01'"):
        check_comparable(agreement, same_name)
    dollars = read_agreement(write(valid.replace('"2026-01"', "usd").replace("EUR", "USD"), "usd.yml"))
    with pytest.raises(ComparisonError, match="counts in EUR, version usd in USD"):
        check_comparable(agreement, dollars)


def test_a_version_as_if_always_promises_the_same(agreement: Agreement) -> None:
    always = as_if_always(agreement)
    assert (always.effective_from, always.effective_to) == (ALWAYS, None)
    assert always.reviews
    assert always.reviews.next == date(2026, 4, 1)
    same = {"effective_from", "effective_to", "reviews"}
    assert always.model_dump(exclude=same) == agreement.model_dump(exclude=same)


def test_the_clauses_that_differ(agreement: Agreement, valid: str, write: Write) -> None:
    text = valid.replace('"2026-01"', "draft").replace("within: 24h", "within: 4h").replace("[call]", "[call, email]")
    draft = read_agreement(write(text.replace("2026-04-06", ""), "draft.yml"))
    assert differing_clauses(agreement, draft) == [
        Clause("calendars.office.holidays", "2026-04-06", ""),
        Clause("commitments.contact.within", "24h", "4h"),
        Clause("commitments.contact.counts", "call", "call, email"),
    ]
    assert differing_clauses(agreement, agreement.model_copy(update={"effective_from": date(2027, 1, 1)})) == []


def test_a_period_without_data() -> None:
    published = duckdb.connect()
    create(published, "marts.dim_build")
    build = {"data_from_date": "2026-02-01", "as_of_date": "2026-09-10"}
    fill(published, "marts.dim_build", [build])
    check_period(published, parse_period("2026-02"))
    check_period(published, parse_period("2026-Q3"))
    for name in ("2026-01", "2025-H2", "2026-Q4"):
        with pytest.raises(ComparisonError, match=f"no data of {name}; give one between 2026-02-01 and 2026-09-10"):
            check_period(published, parse_period(name))


def test_a_figure_that_neither_version_has_is_excluded() -> None:
    first = {("Leads by stage", ("mql",), "entered"): 3, ("Persons by grade", ("A1",), "persons"): 0}
    second = {("Leads by stage", ("mql",), "entered"): 5, ("Persons by grade", ("A1",), "persons"): 0}
    commitment = ("What each team kept", ("sales", "contact"), "attainment, rate")
    assert side_by_side(first | {commitment: None}, second | {commitment: 0.5}) == [
        Compared("Leads by stage", ("mql",), "entered", "count", 3, 5),
        Compared("What each team kept", ("sales", "contact"), "attainment", "rate", None, 0.5),
    ]


@pytest.fixture
def comparison(agreement: Agreement, valid: str, write: Write) -> Comparison:
    draft = read_agreement(write(valid.replace('"2026-01"', "draft").replace("24h", "4h"), "draft.yml"))
    figures = (
        Compared("Leads by stage", ("mql",), "entered in the period", "count", 1200, 1100),
        Compared("Leads by stage", ("sal",), "entered in the period", "count", 7, 7),
        Compared("What each team kept", ("sales", "contact"), "attainment", "rate", 0.5, None),
        Compared("What the quota needs", ("shop", "form", "mql"), "value of one", "price", 128.2, 187),
    )
    lead = {"person_id": "crm:<7>", "revenue_stream": "shop", "lead_type": None, "moved_at": "mql"}
    lead |= {"first_moved_date": date(2026, 7, 9), "second_moved_date": None, "first_stage": "mql"}
    lead |= {"second_stage": "lead", "first_highest_score": 31.25, "second_highest_score": None}
    leads = ChangedLeads((EnteredStage("mql", 1100, 100, 0),), 100, (lead,))
    clauses = tuple(differing_clauses(agreement, draft))
    first = Names({"contact": "Contact", "gone": "Gone"}, {"shop": "Shop"})
    names = Names({"contact": "First call"}, {"shop": "Shop & more"}).over(first)
    assert (names.commitments["gone"], names.subject("Leads by stage", ("shop",))) == ("Gone", ("shop",))
    return Comparison(parse_period("2026-Q3"), agreement, draft, clauses, figures, leads, "x-leads.csv", names)


def test_the_lines_of_a_terminal(comparison: Comparison) -> None:
    assert comparison_text(comparison).replace("\u00a0", " ").splitlines() == [
        "2026-Q3 under 2026-01 and under draft",
        "",
        "How the two differ",
        "                              2026-01  draft",
        "  commitments.contact.within      24h     4h",
        "",
        "Leads by stage",
        "                              2026-01  draft  change",
        "  MQL: entered in the period    1,200  1,100    −100",
        "  1 more are the same under both",
        "",
        "What each team kept",
        "                                 2026-01  draft  change",
        "  Sales, First call: attainment   50.0 %      –       –",
        "",
        "What the quota needs",
        "                                        2026-01   draft  change",
        "  Shop & more, form, MQL: value of one   128.20  187.00  +58.80",
        "",
        "100 lead(s) change stage",
        "  entered in the period  under both  only 2026-01  only draft",
        "  MQL                         1,100           100           0",
    ]


def test_the_page(comparison: Comparison) -> None:
    header = {"company_name": "A & B", "currency_code": "EUR", "time_zone": "Europe/Rome"}
    header |= {"as_of_local_at": datetime(2026, 9, 10, 9, 0), "as_of_date": date(2026, 9, 10), "behind": [], "old": []}
    page = render_comparison(header, comparison)
    assert page == render_comparison(header, comparison)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>|<svg.*?</svg>", "", page)))
    for words in (
        "Comparisons of versions Compare versions",
        "The period has not ended at the as-of.",
        "commitments.contact.within 24h 4h",
        "MQL 1,100 100 0",
        "100 persons are not at the same stages under both",
        "crm:&lt;7&gt; Shop &amp; more MQL 9 July 2026 not by then 31.2 – MQL Lead",
        "99 more are in x-leads.csv beside this page",
        "Sales, First call 50.0 % – –",
        "Shop &amp; more, form, MQL 128.20 187.00 +58.80",
    ):
        assert words in text
    assert page.count("<svg") == 1
    # What changes first, the rest folded, with the number of its rows.
    assert "1 row is unchanged" in text
    assert page.index("1,100") < page.index("<details>")


def test_the_index_names_versions_period_and_day(comparison: Comparison, tmp_path: Path) -> None:
    header = {"company_name": "A & B", "currency_code": "EUR", "time_zone": "Europe/Rome"}
    header |= {"as_of_local_at": datetime(2026, 9, 10, 9, 0), "as_of_date": date(2026, 9, 10), "behind": [], "old": []}
    write_page(tmp_path / "comparisons" / "x.html", render_comparison(header, comparison))
    (tmp_path / "comparisons" / "x-leads.csv").touch()
    (tmp_path / "comparisons" / "index.html").write_text("<h1>Comparisons</h1>")
    found = {
        "place": "x.html",
        "names": ("2026-01", "draft"),
        "period": "2026-Q3",
        "as_of": "Thu 10 Sep 2026, 09:00",
        "lists": ["x-leads.csv"],
    }
    assert _comparisons(tmp_path) == [found]


def test_a_channel_of_the_product_is_spoken_in_a_comparison() -> None:
    with speaking("it"):
        assert Names().spoken("Deals won by channel", ("Paid Search",)) == ("Ricerca a pagamento",)
        assert Names().spoken("Deals won by channel", ("Fairs of Milan",)) == ("Fairs of Milan",)
