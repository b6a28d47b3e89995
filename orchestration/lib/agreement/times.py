"""Lengths of time and numbers of attempts, as the clauses of an agreement write them.

Belongs here: reading 24h, 2w and {2w: 3, 4w: 5}. Which clause has which is the module of the clause.
"""

import itertools
import re
from typing import Annotated

from pydantic import AfterValidator, Field

from orchestration.lib.language import gettext

MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10080}
Within = Annotated[str, Field(pattern=r"^[1-9]\d{0,5}(m|h|d)$")]


def minutes_of(time: str) -> int:
    """The minutes of a time such as 90m, 4h, 2d or 2w; a day has 24 hours."""
    return int(time[:-1]) * MINUTES[time[-1]]


def _cumulative(attempts: dict[str, int]) -> dict[str, int]:
    for text in attempts:
        if not re.fullmatch(r"[1-9]\d{0,2}(d|w)", text):
            raise ValueError(gettext("'%(text)s' is not a time; write, for example, 14d or 2w", text=text))
    steps = [(minutes_of(text), number) for text, number in attempts.items()]
    for before, after in itertools.pairwise(steps):
        if before[0] >= after[0] or before[1] >= after[1]:
            raise ValueError(gettext("times and attempts must both grow; write them as {2w: 3, 4w: 5, 8w: 7}"))
    return attempts


Attempts = Annotated[
    dict[str, Annotated[int, Field(gt=0, le=1000)]],
    Field(min_length=1, json_schema_extra={"propertyNames": {"pattern": r"^[1-9]\d{0,2}(d|w)$"}}),
    AfterValidator(_cumulative),
]
