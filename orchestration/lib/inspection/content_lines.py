"""Lines of content.csv whose persona no version of the agreement has: such content is for nobody, and fills no gap.

Belongs here: what a line contains, beside the agreement. Which names nobody has explained is words.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.company.folder import REFERENCE
from orchestration.lib.language import gettext

PERSONAS = f"""
    select _file, _line, trim(persona) from raw.{REFERENCE}__content where trim(persona) <> '' order by _file, _line
"""


@dataclass(frozen=True)
class ContentLine:
    """A line about content for one persona."""

    file: str
    number: int
    persona: str


def read_content_lines(connection: duckdb.DuckDBPyConnection) -> list[ContentLine]:
    """The lines with a persona, in their order."""
    return [ContentLine(*row) for row in connection.execute(PERSONAS).fetchall()]


def persona_faults(lines: Sequence[ContentLine], agreements: Sequence[Agreement]) -> Iterator[str]:
    """Each line whose persona is in no version, with what to do; nothing before there is a version."""
    known = sorted({persona for agreement in agreements for persona in agreement.personas})
    for line in lines if agreements else ():
        if line.persona not in known:
            yield gettext(
                "%(file)s line %(line)s: persona %(persona)s is in no version of the agreement, so the content is for "
                "nobody; write one of %(known)s, or leave it empty",
                file=f"{REFERENCE}/{line.file}",
                line=line.number,
                persona=line.persona,
                known=", ".join(known) or gettext("(there is none)"),
            )
