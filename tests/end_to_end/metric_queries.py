"""The SQL of metrics, as MetricFlow makes it: run by the Python of .venv-mf, with the semantic manifest as argument.

Reads questions from standard input, writes their SQL to standard output: JSON lists, of the arguments of a query of
MetricFlow, and of texts.
"""

import json
import sys
from pathlib import Path

from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup


class Client:
    """What an explanation asks of a client of DuckDB; nothing is run."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()


def main() -> None:
    manifest = parse_manifest_from_dbt_generated_manifest(manifest_json_string=Path(sys.argv[1]).read_text())
    engine = MetricFlowEngine(SemanticManifestLookup(manifest), Client())
    answers = []
    for arguments in json.load(sys.stdin):
        request = MetricFlowQueryRequest.create(**arguments)
        answers.append(engine.explain(request).sql_statement.without_descriptions.sql)
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
