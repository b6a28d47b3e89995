"""The arguments that several verbs have, each with one name and one text.

Belongs here: options and arguments. What verbs make of them is preparing.py.
"""

from pathlib import Path
from typing import Annotated

import typer

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


def port_option() -> typer.models.OptionInfo:
    """The option --port of a verb that serves."""
    return typer.Option(
        "--port", metavar="PORT", min=1, max=65535, help="The port on this machine: http://127.0.0.1:PORT."
    )
