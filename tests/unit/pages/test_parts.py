"""What several pages print in the same way: each case of it is a whole sentence."""

from datetime import date
from typing import Any

import pytest

from orchestration.lib.pages.rendering import _environment


def printed(call: str, **context: Any) -> str:
    """What a macro of the parts makes of a row, without its elements; every blank is a plain one."""
    source = f'{{% import "parts.html.j2" as parts with context %}}{{{{ ({call}) | striptags }}}}'
    return _environment("en").from_string(source).render(root="", **context)


@pytest.mark.parametrize(
    ("status", "days_left", "hours_left", "due", "state"),
    [
        ("open", None, 5, "due in 5.0 h", "in 5.0 h"),
        ("missed", None, -5, "overdue by 5.0 h", "by 5.0 h"),
        ("open", None, -5, "due 5.0 h ago", "by 5.0 h"),
        ("open", 0, 3, "due today", "today"),
        ("missed", 0, -3, "overdue today", "today"),
        ("open", 1, 30, "due in 1 day", "in 1 day"),
        ("open", 2, 50, "due in 2 days", "in 2 days"),
        ("missed", -1, -30, "overdue by 1 day", "by 1 day"),
        ("missed", -12, -300, "overdue by 12 days", "by 12 days"),
        ("open", -2, -50, "due 2 days ago", "by 2 days"),
    ],
)
def test_what_is_outstanding_has_its_time_in_words(
    status: str, days_left: int | None, hours_left: float, due: str, state: str
) -> None:
    row = {"status": status, "state": "safe", "days_left": days_left, "hours_left": hours_left}
    assert printed("parts.due(row)", row=row) == due
    assert printed("parts.state(row)", row=row) == f"safe {state}"


@pytest.mark.parametrize(
    ("missing", "shown"),
    [
        ("sales", "but sales has not signed it yet."),
        ("marketing and sales", "but marketing and sales have not signed it yet."),
        ("marketing, sales and Ada Neri", "but marketing, sales and Ada Neri have not signed it yet."),
    ],
)
def test_a_draft_names_who_has_not_signed(missing: str, shown: str) -> None:
    assert printed("parts.draft(missing)", missing=missing).endswith(shown)


SPAN = {"unit": "share", "is_final": False, "has_ended": True, "early": 0, "open": 1, "not_evaluated": 0}


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({}, "ends between 50.0 % and 90.0 %"),
        ({"has_ended": False}, "those that have started end between 50.0 % and 90.0 %"),
        ({"open": 0, "not_evaluated": 2}, "is between 50.0 % and 90.0 %"),
        ({"attainment_low": 0.9}, "ends with 90.0 %"),
        ({"attainment_low": 0.9, "has_ended": False}, "those that have started end with 90.0 %"),
        ({"attainment_high": None}, ""),
        ({"is_final": True}, ""),
        ({"unit": "count", "attainment_low": 12}, "12 so far"),
        ({"unit": "points", "attainment": 31}, "31.0 points so far"),
        ({"unit": "points", "attainment": None}, ""),
    ],
)
def test_a_share_that_is_not_final_has_its_span(changed: dict[str, Any], shown: str) -> None:
    row = SPAN | {"attainment": 0.7, "attainment_low": 0.5, "attainment_high": 0.9} | changed
    assert printed("parts.span(row)", row=row).strip() == shown


@pytest.mark.parametrize(
    ("unit", "measure", "target", "shown"),
    [
        ("count", "", 40, "at least 40"),
        ("days", "sales_cycle", 30, "at most 30.0 d"),
        ("share", "tickets_answered", 0.9, "at least 90.0 %"),
    ],
)
def test_a_promise_has_its_limit(unit: str, measure: str, target: float, shown: str) -> None:
    assert printed("parts.promised(row)", row={"unit": unit, "measure": measure, "target": target}) == shown


def test_a_status_that_is_not_given_has_its_share_and_reason() -> None:
    row = {"coverage_rate": 0.75, "withheld_reason": "of the leads have no agreed type"}
    assert printed("parts.withheld(row)", row=row) == "not evaluated: 25.0 % of the leads have no agreed type"
    row = {"coverage_rate": None, "withheld_reason": "no quota is agreed for a part of it"}
    assert printed("parts.withheld(row)", row=row) == "not evaluated: no quota is agreed for a part of it"


def test_a_month_of_several_versions_names_each() -> None:
    versions = [
        {"version": "1.0", "effective_from": date(2026, 1, 1)},
        {"version": "1.1", "effective_from": date(2026, 5, 16)},
    ]
    assert printed("parts.shared_month(versions)", versions=versions) == "evaluated by 1.0, by 1.1 from 16 May"


def test_what_nobody_knows_is_our_word_and_the_rest_the_companys() -> None:
    assert [printed(f'parts.called("{key}")') for key in ("unknown", "website_form")] == ["Unknown", "Website form"]
    assert [printed(f'parts.called_in_words("{key}")') for key in ("unknown", "demo")] == ["unknown", "demo"]
    assert [printed(f'parts.from_source("{name}")') for name in ("(missing)", "Fair")] == ["(missing)", "Fair"]
