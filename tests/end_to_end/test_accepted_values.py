"""A list of accepted values holds every value that the SQL can write. A value that the demo never has, and the list
does not, would stop the run of the first company that has it."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import Scope, build_scope

from tests.end_to_end.conftest import Built

# Written by a model above, and never selected: a "where" or another branch excludes them.
NOT_SELECTED = {
    ("fct_attribution_paths", "path_status"): {"open", "reached"},
    ("fct_deal_movements", "movement"): {"open"},
    ("fct_deal_stays", "movement"): {"open"},
    ("int_attribution_touches", "path_status"): {"open", "reached"},
    ("rpt_data_quality_issues", "record_type"): {"activity"},
    ("rpt_open_clocks", "kind"): {"lead_value", "measure"},
}
# The value of these is one of the values of their first argument.
KEEPERS = (
    *(exp.Alias, exp.Paren, exp.Cast, exp.Nullif, exp.Filter, exp.Window, exp.IgnoreNulls),
    *(exp.Max, exp.Min, exp.ArgMax, exp.ArgMin, exp.AnyValue),
    *(exp.FirstValue, exp.LastValue, exp.Lag, exp.Lead),
)


class Project:
    """The compiled models of a dbt project, and what their columns can hold."""

    def __init__(self, target: Path) -> None:
        self.nodes = json.loads((target / "manifest.json").read_text())["nodes"].values()
        names = {node["name"] for node in self.nodes if node["resource_type"] == "model"}
        self.files = {path.stem: path for path in (target / "compiled").rglob("*.sql") if path.stem in names}
        self.written = cache(self._written)
        self.scope = cache(lambda model: build_scope(sqlglot.parse_one(self.files[model].read_text(), "duckdb")))
        self.open: set[tuple[object, str]] = set()

    def accepted(self) -> Iterator[tuple[str, str, set[str]]]:
        """Model, column and its accepted values."""
        for node in self.nodes:
            if node["resource_type"] == "test" and node["attached_node"]:
                lists = node["test_metadata"]["kwargs"].get("accepted_values") or {}
                for column, values in lists.items():
                    yield node["attached_node"].split(".")[-1], column, {str(value) for value in values}

    def _written(self, model: str, column: str) -> frozenset[str]:
        return frozenset(self.in_scope(self.scope(model), column)) if model in self.files else frozenset()

    def in_scope(self, scope: Scope, column: str) -> set[str]:
        """The texts that this query writes into the column, as far as they are written out."""
        if (id(scope), column) in self.open:
            return set()
        self.open.add((id(scope), column))
        try:
            if scope.set_operation_scopes:
                left, right = scope.set_operation_scopes
                names = left.expression.named_selects
                there = column
                if column in names and len(right.expression.named_selects) == len(names) and "*" not in names:
                    there = right.expression.named_selects[names.index(column)]
                return self.in_scope(left, column) | self.in_scope(right, there)
            chosen = next((item for item in scope.expression.selects if item.alias_or_name == column), None)
            values = list(results(chosen)) if chosen else [exp.column(column)]
            return {text for value in values for text in self.of_value(scope, value)}
        finally:
            self.open.discard((id(scope), column))

    def of_value(self, scope: Scope, value: exp.Expression) -> set[str]:
        if isinstance(value, exp.Literal):
            return {value.this}
        if not isinstance(value, exp.Column):
            return set()
        for name, (_, source) in scope.selected_sources.items():
            if value.table in ("", name) and self.has(source, value.name):
                return self.of_source(source, value.name)
        return set()

    def has(self, source: exp.Table | Scope, column: str) -> bool:
        """Whether a column of this name is selected from the source, by its name or by a star."""
        if isinstance(source, exp.Table):
            return source.name in self.files and self.has(self.scope(source.name), column)
        if source.set_operation_scopes:
            return self.has(source.set_operation_scopes[0], column)
        selected = source.expression.selects
        stars = {getattr(item, "table", "") for item in selected if item.is_star}
        return any(item.alias_or_name == column for item in selected) or any(
            self.has(below, column) for name, (_, below) in source.selected_sources.items() if stars & {"", name}
        )

    def of_source(self, source: exp.Table | Scope, column: str) -> set[str]:
        if isinstance(source, exp.Table):
            return set(self.written(source.name, column))
        return self.in_scope(source, column)


def results(value: exp.Expression) -> Iterator[exp.Expression]:
    """What an expression can return: the ends of its branches."""
    if isinstance(value, KEEPERS):
        yield from results(value.this)
    elif isinstance(value, (exp.Case, exp.If)):
        branches = value.args["ifs"] if isinstance(value, exp.Case) else [value]
        for end in [*(branch.args["true"] for branch in branches), value.args.get("default"), value.args.get("false")]:
            yield from results(end) if end else ()
    elif isinstance(value, exp.Coalesce):
        for end in [value.this, *value.expressions]:
            yield from results(end)
    else:
        yield value


@pytest.fixture(scope="module")
def project(demo: Built) -> Project:
    return Project(demo.home / "project" / "target")


def test_every_text_that_the_sql_writes_is_accepted(project: Project) -> None:
    unlisted = {}
    for model, column, values in project.accepted():
        if found := project.written(model, column) - values:
            unlisted[model, column] = found
    assert unlisted == NOT_SELECTED


def test_texts_are_found_through_branches_unions_and_models(tmp_path: Path) -> None:
    (tmp_path / "compiled").mkdir()
    models = {
        "a": "with b as (select case when x then 'in' else coalesce(y, 'else') end as k union all select 'second') "
        "select * from b",
        "c": "select max(up.k) as top from a as up",
    }
    for name, sql in models.items():
        (tmp_path / "compiled" / f"{name}.sql").write_text(sql)
    nodes = {name: {"name": name, "resource_type": "model"} for name in models}
    (tmp_path / "manifest.json").write_text(json.dumps({"nodes": nodes}))
    assert Project(tmp_path).written("c", "top") == {"in", "else", "second"}
