"""Broken versions of the demo company's agreement, each with the line and the field that are wrong.

Belongs here: what is wrong with a single field, made from the published schema. Fields that contradict each other are
contradictions.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orchestration.lib.agreement.schema import agreement_schema
from tests.unit.agreement.edited import Location, base, changed, line_of, places, renamed, without, write

SCHEMA = agreement_schema()


@dataclass(frozen=True)
class Broken:
    """A version that must be refused, and the reported place of the mistake."""

    name: str
    text: str
    line: int
    field: str


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
