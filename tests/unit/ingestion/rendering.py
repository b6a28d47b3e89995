"""Shared by the tests of macros: SQL as the project's macros write it, over the raw tables of a connection, no dbt.

Belongs here: the names that a macro takes from dbt. Does not belong here: what is expected of it.
"""

import json
import re
from functools import cache
from types import SimpleNamespace
from typing import Any

import duckdb
from jinja2 import Environment, Template
from jinja2.runtime import Context

from orchestration.lib.source_tables import SourceTable
from orchestration.settings import DBT_PROJECT, SYSTEMS


def macros() -> str:
    """The text of all macros; of those that differ between engines DuckDB's, under the name that is called."""
    paths = [*sorted((DBT_PROJECT / "macros").glob("*/*.sql")), *sorted(SYSTEMS.glob("*/macros/*.sql"))]
    found = re.findall(r"{%-? macro .*?{%-? endmacro -?%}", "".join(path.read_text() for path in paths), re.S)
    own = [each for each in found if "dispatch" not in each and "materializ" not in each]
    return "".join(each.replace(" macro duckdb__", " macro ") for each in own)


MACROS = macros()


class ReturnError(Exception):
    """What a macro returns by `return`, which is not text."""

    def __init__(self, value: object) -> None:
        self.value = value


def returned(value: object) -> None:
    raise ReturnError(value)


class Returning(Context):
    """A context in which `return` ends the macro that calls it, as in dbt."""

    def call(self, called: Any, *arguments: Any, **named: Any) -> Any:  # type: ignore[override]
        if called is returned:
            return called(*arguments)
        try:
            return super().call(called, *arguments, **named)
        except ReturnError as ended:
            return ended.value


def rendered(expression: str, connection: duckdb.DuckDBPyConnection | None = None, *tables: SourceTable) -> str:
    """The expression in SQL. Queries of the macros themselves are answered by the connection."""

    def run_query(query: str) -> SimpleNamespace:
        assert connection is not None
        return SimpleNamespace(rows=connection.execute(query).fetchall())

    def source(system: str, name: str) -> str:
        return f"raw.{system}__{name}"

    names: dict[str, Any] = {
        "dbt": SimpleNamespace(escape_single_quotes=lambda text: text.replace("'", "''")),
        "execute": connection is not None,
        "fromjson": json.loads,
        "graph": {"sources": {table.raw_table: _node(table) for table in tables}},
        "ref": lambda name: name,
        "return": returned,
        "run_query": run_query,
        "source": source if connection else lambda system, name: name,
        "var": lambda name: {},
    }
    return template(expression).render(names).strip()


@cache
def template(expression: str) -> Template:
    """The macros and the expression, parsed."""
    environment = Environment(autoescape=False, extensions=["jinja2.ext.do"])
    environment.context_class = Returning
    return environment.from_string(MACROS + "{{ " + expression + " }}")


def _node(table: SourceTable) -> SimpleNamespace:
    columns = {column.name: SimpleNamespace(name=column.name, data_type=column.data_type) for column in table.columns}
    meta = {"key": list(table.key)}
    return SimpleNamespace(
        source_name=table.system, name=table.name, columns=columns, config=SimpleNamespace(meta=meta), meta=meta
    )
