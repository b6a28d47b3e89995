"""Broken versions of the demo company's agreement, each with the line and the field that are wrong.

A version is written with one field per line. The line of a field is found by writing it with a mark in its place, so
that no line is computed by the code under test.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.lib.agreement.company import MONTHS
from orchestration.lib.agreement.schema import agreement_schema
from orchestration.lib.agreement.yaml_document import read_written

DEMO = Path(__file__).resolve().parents[3] / "seeds" / "agreements" / "2025-10.yml"
MARK = "HERE-IT-IS"
SEASON = (0.06, 0.06, 0.08, 0.1, 0.12, 0.1, 0.04, 0.02, 0.1, 0.12, 0.12, 0.08)
SCHEMA = agreement_schema()
Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Broken:
    """A version that must be refused, and the reported place of the mistake."""

    name: str
    text: str
    line: int
    field: str


def base() -> dict[str, Any]:
    """The demo company's agreement, with the optional fields that it does not have."""
    return copy.deepcopy(_base())


@cache
def _base() -> dict[str, Any]:
    content = read_written(DEMO).content
    content["reviews"] = {"next": "2026-01-01"}
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
    content["commitments"] |= {
        "keep_trying": {
            "team": "sales",
            "kind": "cadence",
            "starts_at": "mql",
            "attempts": {"2w": 3, "4w": 5, "8w": 7},
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
            "absence": "covered_by",
            "target_rate": 0.8,
            "tiers": [{"name": "quotes", "applies_to": applies_to} | terms, {"name": "others"}],
        },
        "weekly_calls": {"team": "sales", "kind": "measure", "measures": "attempts", "at_least": 120, "per": "week"},
    }
    content["recycling"] |= {"abandon_after": "60d", "abandoned": "rework"}
    content["handoff"] |= {"unanswered_after": "14d", "then": "accepted_by_default"}
    content["signatures"] = [{"name": "Ada Neri", "role": "marketing", "date": "2025-09-20"}]
    return content


def write(content: dict[str, Any]) -> str:
    return yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False, width=1000, allow_unicode=True)


def changed(location: Location, value: Any) -> dict[str, Any]:
    content = base()
    parent: Any = content
    for key in location[:-1]:
        parent = parent[key]
    parent[location[-1]] = value
    return content


def without(location: Location) -> dict[str, Any]:
    content = base()
    parent: Any = content
    for key in location[:-1]:
        parent = parent[key]
    del parent[location[-1]]
    return content


def renamed(location: Location, name: str) -> dict[str, Any]:
    content = base()
    parent: Any = content
    for key in location[:-1]:
        parent = parent[key]
    items = [(name if key == location[-1] else key, value) for key, value in parent.items()]
    parent.clear()
    parent.update(items)
    return content


@cache
def line_of(location: Location) -> int:
    """The line (from 1) of a field or item; 1 for the whole."""
    if not location:
        return 1
    lines = write(changed(location, MARK)).splitlines()
    return next(number for number, line in enumerate(lines, start=1) if MARK in line)


def places(value: Any, location: Location = ()) -> Iterator[tuple[Location, Any]]:
    """Every field and item, with its value."""
    if location:
        yield location, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        yield from places(each, (*location, key))


def rule_of(location: Location) -> tuple[dict[str, Any], bool, bool]:
    """The published schema of a field, whether it is a named field, whether it is required."""
    node, named, needed, value = SCHEMA, False, False, base()
    for key in location:
        node = _resolve(node, value)
        value = value[key]
        if isinstance(key, int):
            node, named, needed = node["items"], False, False
        elif key in node.get("properties", {}):
            node, named, needed = node["properties"][key], True, key in node.get("required", [])
        else:
            values = node.get("additionalProperties") or next(iter(node["patternProperties"].values()))
            node, named, needed = values, False, False
    return _resolve(node, value), named, needed


def _resolve(node: dict[str, Any], value: Any) -> dict[str, Any]:
    while "$ref" in node or "oneOf" in node or "anyOf" in node:
        if "$ref" in node:
            node = SCHEMA["$defs"][node["$ref"].rpartition("/")[2]]
        elif "oneOf" in node and "discriminator" not in node:
            kind = {dict: "object", list: "array", str: "string"}[type(value)]
            each_of = [
                SCHEMA["$defs"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in node["oneOf"]
            ]
            node = next(each for each in each_of if each["type"] == kind)
        elif "oneOf" in node:
            node = {"$ref": node["discriminator"]["mapping"][value["kind"]]}
        else:
            node = node["anyOf"][1 if isinstance(value, dict) else 0]
    return node


def missing() -> Iterator[Broken]:
    """Every required field, removed: reported with the line of the part in which it is missing."""
    for location, _ in places(base()):
        _, _, needed = rule_of(location)
        if needed:
            name = f"without {'.'.join(map(str, location))}"
            yield Broken(name, write(without(location)), line_of(location[:-1]), ".".join(map(str, location)))


def misspelt() -> Iterator[Broken]:
    """Every other name, with a letter too many."""
    for location, _ in list(places(base()))[::2]:
        _, named, _ = rule_of(location)
        parent, _, _ = rule_of(location[:-1])
        if named or "propertyNames" in parent or "patternProperties" in parent:
            wrong = f"{location[-1]} X"
            field = ".".join(map(str, (*location[:-1], wrong)))
            # The names of some maps are read together, and reported at the line of the map.
            together = location[-2:-1] in (("rates",), ("attempts",), ("closes_within",))
            if location[-1] == "kind":
                field = ".".join(map(str, location))  # it determines the kind of the commitment: it is missing
                together = True
            line, field = (line_of(location[:-1]), field.rpartition(".")[0]) if together else (line_of(location), field)
            yield Broken(f"misspelt {field}", write(renamed(location, wrong)), line, field)


def mistyped() -> Iterator[Broken]:
    """Every value, of a list the first, as something else than it is; each kind of mistake in its turn."""
    for number, (location, value) in enumerate(places(base())):
        if isinstance(location[-1], int) and location[-1] > 0:
            continue
        if isinstance(value, bool):
            others: list[Any] = ["yes", 1, [True]]
        elif isinstance(value, int | float):
            others = ["many", str(value), True, [value]]
        elif isinstance(value, str):
            others = [7, True, [value], {"a": value}]
        elif isinstance(value, list):
            # What counts, and holidays, can be fields as well.
            others = ["some", 7] if location[-1] in ("counts", "holidays") else ["some", 7, {"a": 1}]
        else:
            others = ["some", 7, [1]] if location[-1] != "holidays" else ["some", 7]
        other = others[number % len(others)]
        field = ".".join(map(str, location))
        yield Broken(f"{field} as {other!r}", write(changed(location, other)), line_of(location), field)


def out_of_range() -> Iterator[Broken]:
    """Every number below, above or beyond what it can be; each in its turn."""
    for number, (location, value) in enumerate(places(base())):
        if isinstance(value, int | float) and not isinstance(value, bool):
            field = ".".join(map(str, location))
            other = (-1000, 1e18, float("inf"), float("nan"))[number % 4]
            # Any size of an account is possible.
            if location[-1] != "to" or number % 4 > 1:
                yield Broken(f"{field} = {other}", write(changed(location, other)), line_of(location), field)


def twice() -> Iterator[Broken]:
    """Every fifth line, written twice."""
    lines = write(base()).splitlines()
    for number, line in enumerate(lines, start=1):
        name, colon, value = line.partition(": ")
        if number % 5 == 0 and colon and value and not name.lstrip().startswith("- "):
            text = "\n".join([*lines[:number], line, *lines[number:]])
            yield Broken(f"twice in line {number}", text, number + 1, name.strip().strip("'"))
