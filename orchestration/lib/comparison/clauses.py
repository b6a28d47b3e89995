"""How two versions differ: the fields, and the value of each.

Belongs here: the two texts. What follows from the difference is figures.py and leads.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from orchestration.lib.agreement.document import Agreement

# Not part of what is promised: when it is in force, and who signed.
FORMAL = {"version", "effective_from", "effective_to", "signatures"}


@dataclass(frozen=True)
class Clause:
    """A field that differs; None for a side that does not have it."""

    field: str
    first: str | None
    second: str | None


def differing_clauses(first: Agreement, second: Agreement) -> list[Clause]:
    """The fields in which the two differ, in the order of the document."""
    sides = [_flat(version.model_dump(mode="json", exclude=FORMAL, by_alias=True)) for version in (first, second)]
    fields = _in_order(*sides)
    pairs = [Clause(field, *(side.get(field) for side in sides)) for field in fields]
    return [clause for clause in (*pairs, *_public_holidays(first, second)) if clause.first != clause.second]


def _in_order(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """The fields of both: those of the second alone after the last one of the same part."""
    fields = list(first)
    for field in second:
        if field not in fields:
            part = field
            while part and not any(each.startswith(f"{part}.") or each == part for each in fields):
                part = part.rpartition(".")[0]
            places = [place for place, each in enumerate(fields) if part in ("", each) or each.startswith(f"{part}.")]
            fields.insert(places[-1] + 1 if places else 0, field)
    return fields


def _public_holidays(first: Agreement, second: Agreement) -> Iterator[Clause]:
    """The days that one of two versions does not have though both name a country: signed with other tables of it."""
    for region in first.public_days.keys() & second.public_days.keys():
        sides = [version.public_days[region] for version in (first, second)]
        only = [sorted(days.keys() - others.keys()) for days, others in (sides, sides[::-1])]
        place = " ".join(part for part in region if part)
        yield Clause(f"public holidays of {place}", *(", ".join(map(str, days)) for days in only))


def _flat(value: Any, field: str = "") -> dict[str, str]:
    """Field path -> its value; a list of words is one clause, and so is what is empty. Tiers are numbered from 1."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        value = dict(enumerate(value, start=1))
    if isinstance(value, dict) and value:
        parts = (_flat(each, f"{field}.{key}" if field else str(key)) for key, each in value.items())
        return {path: text for part in parts for path, text in part.items()}
    if value is None or value == {}:
        return {}
    return {field: ", ".join(map(str, value)) if isinstance(value, list) else str(value)}
