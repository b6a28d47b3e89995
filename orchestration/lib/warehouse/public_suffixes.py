"""The Public Suffix List: under which names everybody can have a domain of their own, such as `co.uk` and `github.io`.

Belongs here: from the list that the package publicsuffixlist contains to the table raw.domains__suffixes; nothing is
fetched. Which domain an account has is int_account_domains.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
from publicsuffixlist import PSLFILE, encode_idn

from orchestration.lib.warehouse.own_tables import Row, create_table

# How a rule of the list is marked, and what it is.
KINDS = {"*.": "wildcard", "!": "exception", "": "plain"}


class Suffix(Row, table="domains__suffixes"):
    """A rule of the list: without its mark, and which kind it is."""

    suffix: str
    kind: str


def read_suffixes(text: str) -> Iterator[Suffix]:
    """The rules of the list; names in other scripts also in the form that DNS has (`xn--...`)."""
    for line in text.splitlines():
        rule = line.split(" ")[0].lower()
        if rule and not rule.startswith("//"):
            mark = next(mark for mark in KINDS if rule.startswith(mark))
            name = rule.removeprefix(mark)
            for suffix in {name, name if name.isascii() else encode_idn(name)}:
                yield Suffix(suffix=suffix, kind=KINDS[mark])


def write_suffixes(connection: duckdb.DuckDBPyConnection) -> int:
    """Replace raw.domains__suffixes by the list of the installed package; returns the number of its rows."""
    rows = list(read_suffixes(Path(PSLFILE).read_text(encoding="utf-8")))
    create_table(connection, Suffix, replace=True)
    # One statement: ten thousand rows by themselves take seconds.
    connection.execute(
        f"insert into raw.{Suffix.table} by name select unnest($1) as suffix, unnest($2) as kind",
        [[row.suffix for row in rows], [row.kind for row in rows]],
    )
    return len(rows)
