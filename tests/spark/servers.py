"""Servers of Spark as processes of this machine: a cluster of two workers, and Spark Connect.

Belongs here: starting and ending them, with the programs and the Java of `make spark`.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from orchestration import settings

SECONDS = 120
PYTHON = settings.spark_command().with_name("python")
# The folder of Spark's programs, and the settings of a small company, as options.
CODE = """
from pathlib import Path
import sys
import pyspark
from orchestration.lib.lake.session import ON_ONE_MACHINE, java_home
java_home(Path(sys.argv[1]))
print(Path(pyspark.__file__).parent)
for name, value in ON_ONE_MACHINE.items():
    print(f"{name}={value}")
"""


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A master and two workers with a core each; its address. A worker that ran something has app-* in its folder."""
    programs, environment, _ = _spark(folder)
    port = _free_port()
    address = f"spark://127.0.0.1:{port}"
    master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", f"{port}", "--webui-port", "0"]
    worker = ["org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1"]
    with ExitStack() as started:
        started.enter_context(_process([programs / "spark-class", *master], environment, folder / "master.txt"))
        _wait_for(port)
        for number in (1, 2):
            place = ["--memory", "1g", "--work-dir", folder / f"worker-{number}", address]
            command = [programs / "spark-class", *worker, *place]
            started.enter_context(_process(command, environment, folder / f"worker-{number}.txt"))
        yield address


@contextmanager
def connect_server(folder: Path) -> Iterator[str]:
    """A server of Spark Connect with a Spark of two cores in it; its address."""
    programs, environment, options = _spark(folder)
    port = _free_port()
    options += [f"spark.connect.grpc.binding.port={port}", "spark.connect.grpc.binding.address=127.0.0.1"]
    options += [f"spark.sql.warehouse.dir={folder / 'tables'}", "spark.ui.enabled=false"]
    command = [programs / "spark-submit", "--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    command += [word for option in options for word in ("--conf", option)]
    with _process([*command, "spark-internal"], environment, folder / "connect.txt"):
        _wait_for(port)
        yield f"sc://127.0.0.1:{port}"


def _spark(folder: Path) -> tuple[Path, dict[str, str], list[str]]:
    """Where the programs are, the environment that they need, and settings for small data."""
    folder.mkdir(parents=True, exist_ok=True)
    java = folder / "java"
    result = subprocess.run([PYTHON, "-c", CODE, java], capture_output=True, text=True, check=True)
    home, *options = result.stdout.splitlines()
    own = {"JAVA_HOME": str(java), "PYSPARK_PYTHON": str(PYTHON), "SPARK_LOCAL_IP": "127.0.0.1"}
    return Path(home) / "bin", os.environ | own, options


@contextmanager
def _process(command: list, environment: dict[str, str], printed: Path) -> Iterator[None]:
    with printed.open("w") as output:
        process = subprocess.Popen([*map(str, command)], env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            process.terminate()
            process.wait(SECONDS)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int) -> None:
    ends = time.monotonic() + SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < ends, f"nothing answers at {port}"
            time.sleep(0.5)
