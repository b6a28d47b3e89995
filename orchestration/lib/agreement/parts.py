"""What all parts of an agreement are made of: the base of every part, and the words and numbers that they share.

Belongs here: types that two parts need. What a part says is in the module of its name.
"""

from collections.abc import Mapping
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

STAGES = ("lead", "mql", "sal", "sql", "opportunity", "customer")
SIDE_STATES = ("rejected", "recycled", "disqualified", "lost")

Share = Annotated[float, Field(gt=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
Money = Annotated[float, Field(gt=0)]
Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Stage = Literal["lead", "mql", "sal", "sql", "opportunity", "customer"]
SideState = Literal["rejected", "recycled", "disqualified", "lost"]
Team = Literal["sales", "marketing"]
ActivityType = Literal["call", "email", "meeting", "document", "note", "task"]


class Part(BaseModel):
    """A part of the agreement; a field that it does not know is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def known_zone(name: str) -> str:
    """The name of a time zone. ValueError if nobody knows it."""
    if name not in available_timezones():
        raise ValueError(f"'{name}' is no time zone: write an IANA name such as Europe/Rome")
    return name


def contradiction(text: str, *path: str | int) -> PydanticCustomError:
    """The error of two fields that do not fit each other; `path` is the field to be named."""
    return PydanticCustomError("contradiction", "{text}", {"text": text, "path": path})


def must_name(name: str, among: Mapping, section: str, *path: str | int) -> None:
    """Raise a contradiction if `name` is not a key of the section that it must be in."""
    if name not in among:
        known = ", ".join(among) or "nothing"
        raise contradiction(f"it names '{name}', which is not under {section} (there is {known})", *path)
