"""A meeting as it was held: its items and actions have the seals of a review, and the files of before keep theirs."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.review.items import Item
from orchestration.lib.review.kept import Decision, KeptReview, ReviewError
from orchestration.lib.review.kept_files import decide, read_kept_reviews
from orchestration.lib.review.tables import write_reviews

BEFORE = Path(__file__).parent / "kept_before_meetings.yml"
CALLS = Item("missed/calls", "First calls", "1 of 3 kept, agreed 80.0 %", "sales")
FINDING = Item("finding/late_answers", "Late answers", "41 of 120", None, "Eva Blu", date(2026, 11, 30))
HELD = KeptReview("2026-09", "2026-07", datetime(2026, 10, 9, 16), (), items=(CALLS, FINDING))
ACTION = Decision(
    CALLS.line, "accepted", None, "two reps", "Ada Neri", date(2026, 10, 9), "Ugo Riva", date(2026, 10, 15)
)
DONE = Decision(CALLS.line, "done", None, "since Monday", "Ugo Riva", date(2026, 10, 14))


def test_a_meeting_is_read_as_it_was_kept(tmp_path: Path) -> None:
    decide(tmp_path, HELD, ACTION)
    path = decide(tmp_path, replace(HELD, items=()), DONE)
    assert read_kept_reviews(tmp_path) == [replace(HELD, decisions=(ACTION, DONE))]
    assert path.read_text().startswith("# The meeting of 2026-09 as it was held")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("figures: 1 of 3", "figures: 2 of 3", "what was measured and proposed is not what was kept"),
        ("due: 2026-11-30", "due: 2026-12-30", "what was measured and proposed is not what was kept"),
        ("  owner: Eva Blu\n", "", "what was measured and proposed is not what was kept"),
        ("due: 2026-10-15", "due: 2026-11-15", "a decision was changed, removed or added by hand"),
        ("owner: Ugo Riva", "owner: Ada Neri", "a decision was changed, removed or added by hand"),
        ("decision: done", "decision: refused", "a decision was changed, removed or added by hand"),
        ("items:", "things:", "what was measured and proposed is not what was kept"),
    ],
)
def test_what_was_changed_by_hand_is_refused(tmp_path: Path, old: str, new: str, named: str) -> None:
    decide(tmp_path, HELD, ACTION)
    path = decide(tmp_path, HELD, DONE)
    text = path.read_text().replace("'", "").replace('"', "")
    path.write_text(text)
    read_kept_reviews(tmp_path)
    assert old in text, text
    path.write_text(text.replace(old, new))
    with pytest.raises(ReviewError, match=rf"2026-09.yml line \d+: {named}"):
        read_kept_reviews(tmp_path)


def test_a_review_from_before_meetings_keeps_its_seals(tmp_path: Path) -> None:
    """Written before items and actions were kept; what is added to it leaves its lines and decisions as they are."""
    path = tmp_path / "reviews" / "2026-Q3.yml"
    path.parent.mkdir()
    shutil.copy(BEFORE, path)
    [kept] = read_kept_reviews(tmp_path)
    assert [each.decision for each in kept.decisions] == ["accepted", "refused"]
    decide(tmp_path, kept, replace(ACTION, line="shop/form/mql_to_sql", decision="changed", rate=0.3))
    assert path.read_text().startswith(BEFORE.read_text())
    [kept] = read_kept_reviews(tmp_path)
    assert kept.open_action("shop/form/mql_to_sql") == kept.decisions[2]


def test_only_what_somebody_has_to_do_can_be_done(tmp_path: Path) -> None:
    for refused in (DONE, replace(DONE, line=FINDING.line)):
        with pytest.raises(ReviewError, match="nobody has anything to do about"):
            decide(tmp_path, HELD, refused)
    decide(tmp_path, HELD, ACTION)
    decide(tmp_path, HELD, replace(ACTION, decision="refused", owner=None, due=None))
    with pytest.raises(ReviewError, match="nobody has anything to do about"):
        decide(tmp_path, HELD, DONE)
    with pytest.raises(ReviewError, match=r"--owner: .* is not a sentence"):
        decide(tmp_path, HELD, replace(ACTION, owner=" "))


def test_items_and_actions_are_rows_of_the_same_tables(tmp_path: Path) -> None:
    decide(tmp_path, HELD, ACTION)
    connection = duckdb.connect()
    assert write_reviews(connection, read_kept_reviews(tmp_path)) == {"review_lines": 2, "review_decisions": 1}
    items = (
        "select line, item_text, team, proposed_owner, proposed_due_date, agreed_value from raw.company__review_lines"
    )
    assert connection.execute(items).fetchall() == [
        ("missed/calls", "First calls", "sales", None, None, None),
        ("finding/late_answers", "Late answers", None, "Eva Blu", date(2026, 11, 30), None),
    ]
    actions = "select decided_value, action_owner, due_date from raw.company__review_decisions"
    assert connection.execute(actions).fetchall() == [(None, "Ugo Riva", date(2026, 10, 15))]
