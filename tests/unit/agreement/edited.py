"""The demo company's agreement with every optional field, and what a test changes of it.

Belongs here: a valid version and edits of it. Each field is on a line of its own, which is found by a mark in its
place, not by the code under test.
"""

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.lib.agreement.company import MONTHS
from orchestration.lib.agreement.yaml_document import read_written

DEMO = Path(__file__).resolve().parents[3] / "seeds" / "agreements" / "2025-10.yml"
MARK = "HERE-IT-IS"
SEASON = (0.06, 0.06, 0.08, 0.1, 0.12, 0.1, 0.04, 0.02, 0.1, 0.12, 0.12, 0.08)
Location = tuple[str | int, ...]


def base() -> dict[str, Any]:
    """The demo company's agreement, with the optional fields that it does not have."""
    return copy.deepcopy(_base())


@cache
def _base() -> dict[str, Any]:
    content = read_written(DEMO).content
    content |= {"reviews": {"next": "2026-01-01", "every": "4 months"}}
    content["commitments"]["lead_value"] |= {"due_by": "sales_cycle", "carry_over": True}
    credited = {"team": "marketing", "kind": "lead_value", "per": "month", "credit": 0.5}
    content["commitments"] |= {"credited_value": credited}
    # The demo agreement has the earlier names of two fields.
    content["notifications"]["notify_within"] = content["notifications"].pop("told_for")
    rate = content["revenue_streams"]["enterprise"]["lead_types"]["website_form"]["rates"]["opportunity_to_customer"]
    rate["owner_team"] = rate.pop("owed_by")
    content["stages"]["mql"]["criteria"]["grades"] = ["A1", "B1"]
    content["revenue_streams"]["enterprise"]["share_from_marketing"] = 1.0
    content["revenue_streams"]["enterprise"]["quota"]["profile"] = dict(zip(MONTHS, SEASON, strict=True))
    content["calendars"]["milan_office"]["hours"]["saturday"] = []
    content["calendars"]["berlin_bar"] = {
        "time_zone": "Europe/Berlin",
        "hours": {"saturday": ["18:00-24:00"], "sunday": ["00:00-01:00", "22:00-02:00"]},
        "holidays": {"country": "DE", "subdivision": "BE", "extra": ["2026-06-24"], "except": ["2026-05-01"]},
    }
    applies_to = {"lead_type": ["website_form"], "revenue_stream": ["small_business"], "source": ["Paid Search"]}
    applies_to |= {"persona": ["buyer"], "grade": ["A1", "B1"], "score_at_least": 60}
    terms = {"within": "4h", "clock": "calendar", "calendar": "milan_office", "target_rate": 0.9}
    terms |= {"calendar_of": "commitment"}
    content["commitments"] |= {
        "keep_trying": {
            "team": "sales",
            "kind": "cadence",
            "starts_at": "mql",
            "attempts": {"2w": 3, "4w": 5, "8w": 7},
            "longest_gap": "5d",
            "counts": ["call", "email"],
            "stopped_by": ["reply", "opt_out"],
            "own_exit": "missed",
            "target_rate": 0.8,
            "tiers": [
                {"name": "warm", "applies_to": {"grade": ["A1", "A2"]}, "attempts": {"1w": 4, "3w": 8}},
                {"target_rate": 0.6},
            ],
        },
        "accept": {
            "team": "sales",
            "kind": "clock",
            "starts_at": "mql",
            "until": "sal",
            "within": "2d",
            "clock": "business",
            "calendar": "milan_office",
            "calendar_of": "owner",
            "absence": "covered_by",
            "target_rate": 0.8,
            "tiers": [{"name": "quotes", "applies_to": applies_to} | terms, {"name": "others"}],
        },
        "weekly_calls": {"team": "sales", "kind": "measure", "measures": "attempts", "at_least": 120, "per": "week"},
        "tickets": {"team": "sales", "kind": "measure", "measures": "tickets_answered", "at_least": 0.9, "per": "month"}
        | {"within": "24h"},
    }
    content["attribution"] = {"conversions": ["mql", "won"], "path_of": "person", "look_back": "60d"}
    content["attribution"] |= {
        "amount": "margin",
        "half_life": "5d",
        "position_weights": {"first": 0.3, "middle": 0.3, "last": 0.4},
    }
    content["attribution"] |= {"shown_model": "linear"}
    content["recycling"] |= {"abandon_after": "60d", "abandoned": "rework"}
    content["handoff"] |= {"then": "accepted_by_default"}
    content["signatures"] = [{"name": "Ada Neri", "role": "marketing", "date": "2025-09-20"}]
    return content


def write(content: dict[str, Any]) -> str:
    return yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False, width=1000, allow_unicode=True)


def parent_of(content: Any, location: Location) -> Any:
    for key in location[:-1]:
        content = content[key]
    return content


def changed(location: Location, value: Any) -> dict[str, Any]:
    content = base()
    parent_of(content, location)[location[-1]] = value
    return content


def without(location: Location) -> dict[str, Any]:
    content = base()
    del parent_of(content, location)[location[-1]]
    return content


def renamed(location: Location, name: str) -> dict[str, Any]:
    content = base()
    parent = parent_of(content, location)
    items = [(name if key == location[-1] else key, value) for key, value in parent.items()]
    parent.clear()
    parent.update(items)
    return content


@cache
def line_of(location: Location) -> int:
    """The line (from 1) of a field or item; 1 for the whole."""
    if not location:
        return 1
    return line_in(base(), location)


def line_in(content: dict[str, Any], location: Location) -> int:
    """The line (from 1) of a field or item of `content`, which is replaced by a mark."""
    parent_of(content, location)[location[-1]] = MARK
    lines = write(content).splitlines()
    return next(number for number, line in enumerate(lines, start=1) if MARK in line)


def places(value: Any, location: Location = ()) -> Iterator[tuple[Location, Any]]:
    """Every field and item, with its value."""
    if location:
        yield location, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        yield from places(each, (*location, key))
