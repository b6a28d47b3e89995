"""The models on a cluster and on a server of Spark Connect: the same tables as DuckDB's; and a sentence without one."""

import os
import subprocess
from pathlib import Path

import pytest

from orchestration import settings
from tests.end_to_end.conftest import Built, copied, few  # noqa: F401
from tests.spark.servers import PYTHON, cluster, connect_server
from tests.spark.test_same_tables import compared

pytestmark = pytest.mark.spark
# A cluster has Spark's own settings, which are for large data.
FOR_FEW_ROWS = (
    "spark.executor.memory=700m spark.sql.shuffle.partitions=2 spark.sql.codegen.wholeStage=false "
    "spark.sql.codegen.factoryMode=NO_CODEGEN"
)


def test_a_cluster_of_two_workers(few: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    with cluster(tmp_path / "cluster") as address:
        monkeypatch.setenv("SMARKETING_SPARK", f"spark.master={address} {FOR_FEW_ROWS}")
        equal, tables = compared(copied(few, tmp_path))
        assert equal == tables >= 300
        assert len(list((tmp_path / "cluster").glob("worker-*/app-*"))) == 2


def test_a_server_of_spark_connect(few: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    with connect_server(tmp_path / "server") as address:
        monkeypatch.setenv("SMARKETING_SPARK", f"spark.remote={address}")
        equal, tables = compared(copied(few, tmp_path))
        assert equal == tables >= 300
        # Nothing is left in its catalog, and what others have there stays.
        assert statements(address, f"create schema marts location '{tmp_path}/others'") == ""
        refused = spark(few, f"spark.remote={address}")
        assert refused.returncode == 1
        assert f"Spark has a schema `marts` already, in file:{tmp_path}/others" in refused.stderr
        # A setting of the server's own start is refused, and not passed over.
        refused = spark(few, f"spark.remote={address} spark.driver.memory=9g")
        assert refused.returncode == 1
        assert "spark.driver.memory: the server of spark.remote does not take it" in refused.stderr


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ("spark.remote=sc://127.0.0.1:1/;token=secret", "spark.remote: nothing answers at sc://127.0.0.1:1"),
        ("spark.master=spark://127.0.0.1:1", "spark.master: nothing answers at spark://127.0.0.1:1"),
        ("spark.master=nowhere", "Spark does not start"),
    ],
)
def test_where_nothing_answers(few: Built, options: str, text: str) -> None:  # noqa: F811
    result = spark(few, options)
    assert result.returncode == 1
    assert text in result.stderr
    assert "secret" not in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr


def statements(address: str, *texts: str) -> str:
    """Run them on the server; what it printed as an error."""
    code = "import sys; from pyspark.sql import SparkSession; session = SparkSession.builder.remote(sys.argv[1])"
    code += ".getOrCreate(); [session.sql(text) for text in sys.argv[2:]]; session.stop()"
    result = subprocess.run([PYTHON, "-W", "ignore", "-c", code, address, *texts], capture_output=True, text=True)
    return result.stderr if result.returncode else ""


def spark(built: Built, options: str) -> subprocess.CompletedProcess:
    command = [settings.spark_command(), "spark", "--company", built.company, "--home", built.home]
    environment = os.environ | {"SMARKETING_SPARK": options}
    return subprocess.run([*map(str, command)], env=environment, capture_output=True, text=True)
