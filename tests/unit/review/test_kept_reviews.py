"""A review as it was held, and what was decided on its lines."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.review.kept import Decision, KeptReview, Line, Outcome, ReviewError, find_line
from orchestration.lib.review.kept_files import decide, read_kept_review, read_kept_reviews
from orchestration.lib.review.tables import write_reviews

AS_OF = datetime(2026, 10, 2, 21, 59)


# As the release before wrote it, which knew rates alone.
EARLIER = """\
# The review of 2026-Q3 as it was held, and what was decided. Written by `smarketing decide` alone: a changed line
# breaks its seal. Keep the file with the agreements.
period: 2026-Q3
agreement_version: 2026-01
as_of: '2026-10-02T21:59:00'
lines:
- line: shop/form/mql_to_sql
  revenue_stream: shop
  lead_type: form
  from_stage: mql
  to_stage: sql
  agreed: 0.34
  measured: 0.284
  low: 0.2
  high: 0.37
  entered: 1000
  converted: 284
  proposed: 0.284
  basis: measured
seal: 02bed54fda43d39fb5d4c9e168c9158386e0ebab82f3f81ed2318bc6611e578d
decisions:
- line: shop/form/mql_to_sql
  decision: accepted
  rate: 0.284
  why: it is what we saw
  by: Ada Neri
  date: '2026-10-05'
  seal: 25e73a6e88ccf84c7e29d5fc98d2cb88c47cd2e9e8aa4e0ea03b53f6ff17b6fb
"""


def line(name: str) -> Line:
    stream, lead_type, step = name.split("/")
    start, end = step.split("_to_")
    rates = {"agreed": 0.34, "measured": 0.284, "low": 0.2, "high": 0.37, "proposed": 0.284}
    return Line(name, stream, lead_type, start, end, entered=1000, converted=284, basis="measured", **rates)


HELD = KeptReview(
    "2026-Q3",
    "2026-01",
    AS_OF,
    (line("shop/form/mql_to_sql"), line("shop/fair/mql_to_sql"), replace(line("shop/fair/sql_to_customer"), agreed=1)),
)


def decision(outcome: Outcome, rate: float, why: str = "it is what we saw") -> Decision:
    return Decision("shop/form/mql_to_sql", outcome, rate, why, "Ada Neri", date(2026, 10, 5))


def test_a_review_is_kept_with_its_first_decision(tmp_path: Path) -> None:
    assert read_kept_review(tmp_path, "2026-Q3") is None
    assert decide(tmp_path, HELD, decision("accepted", 0.284)) == tmp_path / "reviews" / "2026-Q3.yml"
    assert read_kept_reviews(tmp_path) == [replace(HELD, decisions=(decision("accepted", 0.284),))]


def test_a_later_decision_holds_and_the_review_stays_as_it_was_held(tmp_path: Path) -> None:
    first, second = decision("accepted", 0.284), decision("changed", 0.3, 'Ugo: "28 % is low: a fair # in May"')
    decide(tmp_path, HELD, first)
    # A later build measures otherwise.
    decide(tmp_path, replace(HELD, as_of=datetime(2026, 11, 2), lines=HELD.lines[:1]), second)
    kept = read_kept_review(tmp_path, "2026-Q3")
    assert kept == replace(HELD, decisions=(first, second))
    assert kept is not None
    assert kept.last_decision("shop/form/mql_to_sql") == second
    assert kept.last_decision("shop/fair/mql_to_sql") is None


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("measured: 0.284", "measured: 0.334", r"line \d+: what was measured and proposed is not what was kept"),
        ("decision: accepted", "decision: refused", r"line \d+: a decision was changed, removed or added by hand"),
        ("by: Ada Neri", "by: Ugo Riva", r"line \d+: a decision was changed"),
        ("why: 3 of them", "why: 4 of them", r"line \d+: a decision was changed"),
        ("seal:", "seals:", "is not a kept review"),
        ("period: 2026-Q3", "period: 2026-Q4", "is not what was kept"),
        ("period: 2026-Q3", "period: [", "this is not YAML"),
    ],
)
def test_what_was_changed_by_hand_is_refused(tmp_path: Path, old: str, new: str, named: str) -> None:
    decide(tmp_path, HELD, decision("accepted", 0.284))
    path = decide(tmp_path, HELD, decision("refused", 0.34, "3 of them"))
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(ReviewError, match=f"2026-Q3.yml.*{named}"):
        read_kept_reviews(tmp_path)
    changed = path.read_text()
    with pytest.raises(ReviewError):
        decide(tmp_path, HELD, decision("accepted", 0.284))
    assert path.read_text() == changed


def test_a_decision_in_the_middle_cannot_be_removed(tmp_path: Path) -> None:
    for rate in (0.3, 0.31, 0.32):
        path = decide(tmp_path, HELD, decision("changed", rate))
    parts = re.split(r"(?m)^(?=- line: shop/form/mql_to_sql\n  decision:)", path.read_text())
    assert len(parts) == 4
    path.write_text(parts[0] + parts[1] + parts[3])
    with pytest.raises(ReviewError, match="a decision was changed, removed or added by hand"):
        read_kept_review(tmp_path, "2026-Q3")


def test_comments_and_layout_are_no_content(tmp_path: Path) -> None:
    path = decide(tmp_path, HELD, decision("accepted", 0.284))
    path.write_text(path.read_text().replace("lines:", "\n# What was measured.\nlines:"))
    assert read_kept_review(tmp_path, "2026-Q3") == replace(HELD, decisions=(decision("accepted", 0.284),))


def test_a_line_is_named_by_its_end_where_that_is_one() -> None:
    assert find_line(HELD, "form/mql_to_sql") == HELD.lines[0]
    assert find_line(HELD, "sql_to_customer") == HELD.lines[2]
    with pytest.raises(ReviewError, match=r"2 lines end with 'mql_to_sql'; write one of: shop/form/mql_to_sql, shop/f"):
        find_line(HELD, "mql_to_sql")
    with pytest.raises(ReviewError, match="there is no line 'to_sql'"):
        find_line(HELD, "to_sql")


@pytest.mark.parametrize(
    "changed", [{"why": "  "}, {"by": ""}, {"by": "x" * 101}, {"why": "a\x07bell"}, {"why": "x" * 1001}]
)
def test_a_decision_has_a_name_and_a_reason(tmp_path: Path, changed: dict[str, str]) -> None:
    with pytest.raises(ReviewError, match=r"--(by|why): .* is not a sentence; write 1 to"):
        decide(tmp_path, HELD, replace(decision("accepted", 0.284), **changed))
    assert not (tmp_path / "reviews").exists()


def test_lines_and_decisions_are_tables(tmp_path: Path) -> None:
    decide(tmp_path, HELD, decision("accepted", 0.284))
    decide(tmp_path, HELD, decision("refused", 0.34))
    connection = duckdb.connect()
    for _ in range(2):
        assert write_reviews(connection, read_kept_reviews(tmp_path)) == {"review_lines": 3, "review_decisions": 2}
    rows = "select line, reviewed_at, converted from raw.company__review_lines order by line limit 1"
    assert connection.execute(rows).fetchall() == [("shop/fair/mql_to_sql", AS_OF, 284)]
    numbers = "select decision_number, decision, decided_value from raw.company__review_decisions order by all"
    assert connection.execute(numbers).fetchall() == [(1, "accepted", 0.284), (2, "refused", 0.34)]


def test_a_review_that_was_kept_before_there_were_terms_keeps_its_seals(tmp_path: Path) -> None:
    path = tmp_path / "reviews" / "2026-Q3.yml"
    path.parent.mkdir()
    path.write_text(EARLIER)
    kept = read_kept_review(tmp_path, "2026-Q3")
    assert kept is not None
    assert [(each.measure, each.unit, each.profile) for each in kept.lines] == [("step_rate", "rate", None)]
    decide(tmp_path, kept, decision("refused", 0.34))
    # What was written stays to the letter, and a decision follows it.
    assert path.read_text().startswith(EARLIER)


def test_a_term_of_a_stream_is_kept_with_its_unit_and_its_shares(tmp_path: Path) -> None:
    shares = {"january": 0.4, "february": 0.6}
    season = replace(line("shop/form/mql_to_sql"), line="shop/season", measure="season", unit="rate", profile=shares)
    size = replace(season, line="shop/deal_size", agreed=2000.0, measure="deal_size", unit="amount", profile=None)
    held = replace(HELD, lines=(season, size))
    decide(tmp_path, held, replace(decision("accepted", 0.6), line="shop/season"))
    kept = read_kept_review(tmp_path, "2026-Q3")
    assert kept is not None
    assert kept.lines == (season, size)
    assert find_line(kept, "deal_size") == size
