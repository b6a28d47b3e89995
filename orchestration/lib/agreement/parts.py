"""What all parts of an agreement are made of: the base of every part, and the words and numbers that they share.

Belongs here: types that two parts need. The fields of a part are in the module of its name.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from orchestration.lib.csv_files import seed_rows
from orchestration.lib.formats import label
from orchestration.lib.language import gettext, translated
from orchestration.lib.time_zones import zone_fault

# The models read the same file.
_IS_SIDE_STATE = {row["stage"]: row["is_side_state"] == "true" for row in seed_rows("known_stages")}
STAGES = tuple(stage for stage, is_side_state in _IS_SIDE_STATE.items() if not is_side_state)
SIDE_STATES = tuple(stage for stage, is_side_state in _IS_SIDE_STATE.items() if is_side_state)


def calendar_day(value: Any) -> Any:
    """A day from its text; a number would be read as seconds. ValueError if it is not a date."""
    if type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(
                gettext("'%(value)s' is not a day of the calendar; write one that exists", value=value)
            ) from None
    raise ValueError(gettext("'%(value)s' is not a date; write year, month and day as 2026-04-30", value=value))


Day = Annotated[date, BeforeValidator(calendar_day)]
Share = Annotated[float, Field(gt=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
Money = Annotated[float, Field(gt=0, le=1e15)]
Text = Annotated[str, Field(pattern=r"\S")]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Stage = Literal[STAGES]  # type: ignore[valid-type]
Team = Literal["sales", "marketing"]
ReasonClass = Literal["procedural", "clerical", "definitional"]
ActivityType = Literal["call", "email", "meeting", "document", "note", "task"]


class Part(BaseModel):
    """A part of the agreement; an unknown field is a mistake, never ignored, and a text is not a number."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Named(Part):
    """A part that the pages call by its name, where it has one."""

    name: Annotated[str, Field(pattern=r"^\S([^()\n]{0,58}\S)?$")] | None = None
    """What the pages call it, in at most 60 characters; omitted, its key in words."""

    def shown_as(self, key: str) -> str:
        """Its name, or its key in words."""
        return self.name or label(key)


def known_zone(name: str) -> str:
    """The name of a time zone. ValueError if it is not accepted."""
    if fault := zone_fault(name):
        raise ValueError(translated(fault, "zone"))
    return name


def contradiction(text: str, *path: str | int) -> PydanticCustomError:
    """The error of two fields that do not fit each other; `path` is the field to be named."""
    return PydanticCustomError("contradiction", "{text}", {"text": text, "path": path})


def renamed(name: str, before: str) -> Any:
    """A field with an earlier name, which versions that were signed with it keep; both together are refused."""
    return Field(validation_alias=AliasChoices(name, before), serialization_alias=name)


def with_earlier_names(**before: str) -> Callable[[dict[str, Any]], None]:
    """The JSON Schema of a part also accepts the earlier names of its fields, and marks them as deprecated."""

    def extend(schema: dict[str, Any]) -> None:
        schema["patternProperties"] = {
            f"^{old}$": schema["properties"][name] | {"deprecated": True, "description": f"The earlier name of {name}."}
            for name, old in before.items()
        }

    return extend


def must_name(name: str, among: Mapping, section: str, *path: str | int) -> None:
    """Raise a contradiction if `name` is not a key of the section that it must be in."""
    if name not in among:
        known = (
            gettext("write one of %(among)s, or add it there", among=", ".join(among))
            if among
            else gettext("add it there")
        )
        raise contradiction(
            gettext(
                "it names '%(name)s', which is not under %(section)s; %(known)s",
                name=name,
                section=section,
                known=known,
            ),
            *path,
        )
