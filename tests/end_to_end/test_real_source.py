"""`smarketing source` on small companies of other shapes: each reaches the pages with its money and its owners."""

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, smarketing
from tests.end_to_end.source_shapes import (
    CHANGED,
    DAYS,
    DYNAMICS,
    LATER,
    LATER_SALES,
    PAYMENTS,
    PIPEDRIVE,
    PIPELINE,
    RD_STATION,
    SALES,
    TOUCHES,
    TRACKER,
    UNDATED,
    WORDS,
)

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
ZONE, EURO = "time_zone=Europe/Rome", "currency=EUR"


def source(folder: Path, system: str, files: dict[str, str], *answers: str, company: Path | None = None) -> str:
    """Write the files, draft the system, and return what was printed."""
    paths = []
    for name, text in files.items():
        paths.append(folder / system / f"{name}.csv")
        paths[-1].parent.mkdir(parents=True, exist_ok=True)
        paths[-1].write_text(text)
    given = [part for answer in answers for part in ("--answer", answer)]
    result = smarketing("source", system, *paths, "--company", company or folder / "company", *given)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.campaign
def test_a_pipeline_alone(tmp_path: Path) -> None:
    answers = ("sales_pipeline.created_at=engage_date", "sales_pipeline.amount=close_value")
    printed = source(tmp_path, "crm", {"sales_pipeline": PIPELINE}, ZONE, EURO, *answers)
    assert "not used" not in printed
    built = build(tmp_path / "company", tmp_path / "home")
    deals = "select status, count(*), sum(amount_reporting)::double from marts.fct_opportunities group by 1 order by 1"
    assert built.query(deals) == [("lost", 1, 0.0), ("open", 1, None), ("won", 2, 1500.5)]
    owners = "select distinct owner_name from marts.fct_opportunities join marts.dim_owner using (owner_id) order by 1"
    assert built.query(owners) == [("Eva Neri",), ("Ivo Blu",)]
    assert built.query("select count(distinct account_id) from marts.fct_opportunities") == [(3,)]


@pytest.mark.campaign
def test_payments_alone(tmp_path: Path) -> None:
    printed = source(tmp_path, "shop", {"orders": PAYMENTS}, ZONE, EURO)
    assert "orders.csv: not used: Channel" in printed
    assert "1 of 3 rows are not revenue" in printed
    built = build(tmp_path / "company", tmp_path / "home")
    assert built.query("select count(*), sum(amount_reporting)::double from marts.fct_revenue") == [(2, 121.0)]
    excluded = "select reason, row_count from marts.fct_excluded_rows where entity = 'revenue'"
    assert built.query(excluded) == [("invoice refunded", 1)]


@pytest.mark.campaign
def test_touches_alone_with_the_conversions_among_them(tmp_path: Path) -> None:
    answers = ("touches.opportunities=conversion = 1", "touches_opportunities.amount=conversion_value")
    source(tmp_path, "web_log", {"touches": TOUCHES}, ZONE, EURO, *answers)
    built = build(tmp_path / "company", tmp_path / "home")
    assert built.query("select count(*) from marts.fct_touchpoints") == [(4,)]
    persons = "select channel, count(*) from marts.dim_person group by 1 order by 1"
    assert built.query(persons) == [("Email", 1), ("Organic Social", 1), ("Paid Search", 1)]
    won = """
        select count(*), sum(amount_reporting)::double, count(person_id)
        from marts.fct_opportunities where status = 'won'
    """
    assert built.query(won) == [(2, 100.0, 2)]


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, dict[str, str]]:
    """One company whose systems are the other shapes, and what `source` printed of each."""
    folder = tmp_path_factory.mktemp("together")
    printed = {"pipe": source(folder, "pipe", PIPEDRIVE, ZONE, EURO)}
    printed["rd"] = source(folder, "rd", RD_STATION, ZONE, "negociacoes.currency=EUR")
    printed["undated"] = source(folder, "undated", UNDATED, ZONE, EURO)
    rule = ("tracker=persons", "tracker.opportunities=Value filled")
    printed["sheet"] = source(folder, "sheet", {"tracker": TRACKER}, ZONE, EURO, *rule)
    answers: list[tuple[str, ...]] = [
        (ZONE,),
        ("deals.currency=EUR", "stage.Delivered=won"),
        ("payments.currency=EUR",),
    ]
    for files, given in zip(DAYS, answers, strict=True):
        printed["days"] = source(folder, "days", files, *given)
    own = ("type.Framework=new", "status.In dispute=revenue", "invoices.currency=EUR", "deals.currency=EUR")
    printed["words"] = source(folder, "words", WORDS, ZONE, *own)
    for name, (old, new) in CHANGED.items():
        path = folder / "company" / "reference" / f"{name}.csv"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
    for name, text in LATER.items():
        (folder / "company" / "exports" / "words" / f"{name}.csv").write_text(text)
    printed["dyn"] = source(folder, "dyn", DYNAMICS, ZONE)
    printed["sales"] = source(folder, "sales", SALES, "orders.amount=Line total", "orders.currency=EUR", ZONE)
    (folder / "company" / "exports" / "sales" / "payments-2026-03.csv").write_text(LATER_SALES)
    rates = "currency_code,valid_from,rate_to_reporting\nUSD,2026-01-01,0.9\n"
    (folder / "company" / "reference" / "currency_rates.csv").write_text(rates)
    return build(folder / "company", folder / "home"), printed


def of(built: Built, sql: str, system: str) -> list[tuple]:
    return built.query(sql.replace("SYSTEM", f"system = '{system}'"))


DEALS = """
    select status, amount::double, currency_code, closed_date::varchar, owner_name
    from marts.fct_opportunities as deals left join marts.dim_owner using (owner_id)
    where deals.SYSTEM order by opportunity_id
"""


def test_labels_of_pipedrive(together: tuple[Built, dict[str, str]]) -> None:
    built, printed = together
    assert of(built, DEALS, "pipe") == [
        ("won", 700.0, "EUR", "2026-03-20", "Ivo Blu"),
        ("lost", 150.0, "USD", "2026-04-01", "Eva Neri"),
    ]
    deleted = "select reason from marts.fct_excluded_rows where SYSTEM and entity = 'opportunities'"
    assert of(built, deleted, "pipe") == [("deleted",)]
    kinds = "select activity_type from marts.fct_activities where activity_id like 'pipe:%' order by happened_at"
    assert built.query(kinds) == [("note",), ("call",), ("email",)]
    hashed = "select count(email_hash) from marts.dim_person where SYSTEM"
    assert of(built, hashed, "pipe") == [(2,)]
    assert "amounts in USD" in printed["pipe"]
    assert "deals.csv: not used: Deal - Stage" in printed["pipe"]


def test_a_note_keeps_no_promise(together: tuple[Built, dict[str, str]]) -> None:
    built, _ = together
    first = """
        select journeys.person_id, strftime(stopped_at, '%m-%d')
        from marts.fct_response_times join marts.fct_journeys as journeys using (journey_id)
        where journeys.person_id like 'pipe:%' and is_agreed order by 1
    """
    assert built.query(first) == [("pipe:31", "03-03"), ("pipe:32", "03-04")]


def test_labels_of_rd_station(together: tuple[Built, dict[str, str]]) -> None:
    built, _ = together
    assert [row[:4] for row in of(built, DEALS, "rd")] == [
        ("won", 1500.5, "EUR", "2026-03-25"),
        ("lost", 400.0, "EUR", "2026-03-26"),
    ]
    assert {row[4] for row in of(built, DEALS, "rd")} == {"Ana Sol"}
    tied = "select count(person_id) from marts.fct_opportunities where SYSTEM"
    assert of(built, tied, "rd") == [(2,)]


def test_leads_without_dates_are_counted_and_their_deals_stay(together: tuple[Built, dict[str, str]]) -> None:
    built, printed = together
    assert "leads.csv: 2 of 2 rows have no date on which the lead came in" in printed["undated"]
    assert "leads.csv: not used: Shoe size" in printed["undated"]
    persons = "select reason, row_count from marts.fct_excluded_rows where SYSTEM and entity = 'persons'"
    assert of(built, persons, "undated") == [("no date", 2)]
    assert [row[:2] for row in of(built, DEALS, "undated")] == [("won", 60.5)]


def test_one_file_of_everything(together: tuple[Built, dict[str, str]]) -> None:
    built, printed = together
    assert of(built, DEALS, "sheet") == [
        ("won", 900.5, "EUR", "2026-03-10", "Ivo Blu"),
        ("lost", 100.0, "EUR", "2026-03-12", "Eva Neri"),
    ]
    assert of(built, "select count(*) from marts.dim_person where SYSTEM", "sheet") == [(3,)]
    assert "tracker.csv: not used: Colour" in printed["sheet"]


def test_files_that_come_on_three_days(together: tuple[Built, dict[str, str]]) -> None:
    built, printed = together
    assert [row[:2] for row in of(built, DEALS, "days")] == [("won", 40.5), ("lost", 10.0)]
    paid = "select person_id, amount::double from marts.fct_revenue where SYSTEM"
    assert of(built, paid, "days") == [("days:c2", 15.25)]
    assert "contacts.csv: 2 rows" in printed["days"]
    answers = (built.company / "systems" / "days" / "answers.yml").read_text()
    assert 'stage.Delivered: "won"' in answers


def test_the_pages_name_who_has_the_leads(together: tuple[Built, dict[str, str]]) -> None:
    """The page of an owner is one click from where all people are; leads never touched are in the backlog, by owner."""
    built, _ = together
    assert "Traceback" not in built.output
    assert "Ivo Blu</a>" in (built.site / "people" / "index.html").read_text()
    assert "Ivo Blu" in (built.site / "backlog.html").read_text()


def test_the_reference_files_decide_and_unknown_words_are_listed(together: tuple[Built, dict[str, str]]) -> None:
    built, _ = together
    kinds = "select opportunity_id, is_new_business from marts.fct_opportunities where SYSTEM order by 1"
    assert of(built, kinds, "words") == [
        ("words:w1", False), ("words:w2", False), ("words:w3", True), ("words:w4", None),
    ]  # fmt: skip
    assert of(built, "select revenue_id from marts.fct_revenue where SYSTEM", "words") == [("words:x1",)]
    excluded = "select reason from marts.fct_excluded_rows where SYSTEM and entity = 'revenue' order by 1"
    assert of(built, excluded, "words") == [("invoice uncollectible",), ("state not in billing_states",)]
    unknown = "select reference_file, word, occurrences from reports.rpt_unexplained_words where SYSTEM order by 1, 2"
    assert of(built, unknown, "words") == [
        ("billing_states", "Contested", 1), ("deal_kinds", "Barter", 1), ("stage_labels", "Handshake", 1),
    ]  # fmt: skip


def test_labels_of_dynamics(together: tuple[Built, dict[str, str]]) -> None:
    built, printed = together
    assert of(built, DEALS, "dyn") == [
        ("won", 1100.5, "EUR", "2026-04-20", "Sven Holt"),
        ("lost", 0.0, "EUR", "2026-04-22", "Tina Berg"),
        ("open", None, "EUR", None, "Tina Berg"),
    ]
    tied = "select count(person_id), count(distinct account_id) from marts.fct_opportunities where SYSTEM"
    assert of(built, tied, "dyn") == [(3, 2)]
    assert "leads.csv: not used: (Do Not Modify) Modified On, Topic" in printed["dyn"]


def test_lines_refunds_and_signs_are_summed_each_once_and_in_its_currency(
    together: tuple[Built, dict[str, str]],
) -> None:
    built, printed = together
    sums = """
        select split_part(revenue_id, ':', 2), currency_code, sum(amount)::double, sum(amount_reporting)::double
        from marts.fct_revenue where SYSTEM group by 1, 2 order by 1, 2
    """
    assert of(built, sums, "sales") == [
        ("orders", "EUR", 60.0, 60.0),
        ("payments", "EUR", 179.5, 179.5),
        ("payments", "USD", 30.0, 27.0),
        ("payments", None, 70.0, None),
    ]
    asked = "select reason from reports.rpt_data_quality_issues where record_id = 'sales:payments:Y4'"
    assert built.query(f"{asked} and guard = 'known_currencies'") == [
        ("70.00 has no currency: export its column, or write the currency of sales in reference/systems.csv",)
    ]
    assert "payments.csv: not used: Kind" in printed["sales"]
