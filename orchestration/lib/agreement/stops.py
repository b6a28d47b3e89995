"""What ends a commitment before it is kept, and which way the lead went.

Belongs here: the words of `stopped_by` and `excused_by`. Which commitment has them is commitments.py; what happened to
a lead is SQL (dbt_project/models/intermediate/commitments).
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import BeforeValidator, WithJsonSchema

from orchestration.lib.agreement.parts import SIDE_STATES, ReasonClass
from orchestration.lib.language import gettext

RULES = ("won_forward", "replied", "meeting", "opt_out", *SIDE_STATES, "reply", "stage_exit")
OwnExit = Literal["excused", "missed"]

REASON_CLASSES: tuple[str, ...] = get_args(ReasonClass)
# Two words mean more or less than one direction.
DIRECTIONS = {"reply": ("replied",), "stage_exit": ("won_forward", "moved_back", *SIDE_STATES)}


class Stop(NamedTuple):
    """A word of the list, and the classes of reasons to which it is limited; none: whatever the reason."""

    rule: str
    reason_classes: tuple[str, ...] = ()

    @property
    def directions(self) -> tuple[str, ...]:
        """The directions of a lead that it covers."""
        return DIRECTIONS.get(self.rule, (self.rule,))

    @property
    def rows(self) -> list[tuple[str, str | None]]:
        """Each direction with each class; a class of none is every reason."""
        return [(each, kind) for each in self.directions for kind in self.reason_classes or (None,)]


def _reader(words: tuple[str, ...]) -> Callable[[Any], Stop]:
    def read(value: Any) -> Stop:
        if isinstance(value, str) and value in words:
            return Stop(value)
        if not isinstance(value, dict) or len(value) != 1 or set(value) - set(SIDE_STATES):
            raise ValueError(
                gettext(
                    "this is not a rule; write one of %(words)s, or a side state with classes of reasons, such as "
                    "{disqualified: [definitional]}",
                    words=", ".join(words),
                )
            )
        ((state, classes),) = value.items()
        if not isinstance(classes, list) or not classes or any(each not in REASON_CLASSES for each in classes):
            raise ValueError(
                gettext(
                    "these are not classes of reasons; write a list of %(classes)s",
                    classes=", ".join(REASON_CLASSES),
                )
            )
        return Stop(state, tuple(classes))

    return read


def _schema(words: tuple[str, ...]) -> dict[str, Any]:
    classes = {"type": "array", "items": {"enum": list(REASON_CLASSES), "type": "string"}, "minItems": 1}
    classed = {
        "type": "object",
        "description": "A side state that counts only for reasons of these classes.",
        "properties": dict.fromkeys(SIDE_STATES, classes),
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {"anyOf": [{"enum": list(words), "type": "string"}, classed]}


StopRule = Annotated[Stop, BeforeValidator(_reader(RULES)), WithJsonSchema(_schema(RULES))]
Excuse = Annotated[Stop, BeforeValidator(_reader(SIDE_STATES)), WithJsonSchema(_schema(SIDE_STATES))]
