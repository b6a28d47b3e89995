"""The arguments that several verbs have, each with one name and one text.

Belongs here: options and arguments. What verbs make of them is preparing.py.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from orchestration import settings

PERIODS = "2026-Q3, 2026-H1, 2026-09 or 2026-07-01..2026-09-30"

CompanyOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", help="The company folder: exports/, agreements/, reference/. Default: the demo company."
    ),
]
HomeOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", help="The folder of its warehouse and pages. Default: warehouse/<name of the folder>."
    ),
]


def named_home(words: Sequence[str]) -> Path:
    """The home that the words of a verb name, before they are parsed."""
    found: dict[str, str] = {}
    for word, following in pairwise([*words, ""]):
        option, equals, value = word.partition("=")
        found.setdefault(option, value if equals else following)
    company = Path(found.get("--company") or settings.DEMO_COMPANY).resolve()
    return Path(found.get("--home") or settings.home_of(company)).resolve()


def port_option() -> typer.models.OptionInfo:
    """The option --port of a verb that serves."""
    return typer.Option(
        "--port", metavar="PORT", min=1, max=65535, help="The port on this machine: http://127.0.0.1:PORT."
    )
