"""The demo company in a PostgreSQL server, and the BI examples as examples/bi/README.md starts them.

Belongs here: servers and what a page of theirs shows. The environments are set up by `make test-bi`.
"""

import json
import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest

from orchestration.lib.serving.postgres import READER, read_address, serve
from tests.command import PROJECT
from tests.end_to_end.conftest import Built, browser, demo  # noqa: F401
from tests.postgres import PASSWORD, USER, running

ADMIN = "the admin of the tests"
README = (PROJECT / "examples" / "bi" / "README.md").read_text()


def shell(part: str) -> list[str]:
    """The commands of a section of the README, a text for each of its blocks."""
    section = README.split(f"\n## {part}\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def started(command: str, environment: dict[str, str], ready: str, log: Path) -> Iterator[None]:
    """A server, from when it answers at the address."""
    with (
        log.open("w") as output,
        subprocess.Popen(
            ["bash", "-c", command], cwd=PROJECT, env=environment, stdout=output, stderr=output, start_new_session=True
        ) as server,
    ):
        try:
            for _ in range(240):
                assert server.poll() is None, log.read_text()[-2000:]
                try:
                    urllib.request.urlopen(ready, timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.5)
            else:
                pytest.fail(f"{ready} does not answer: {log.read_text()[-2000:]}")
            yield
        finally:
            os.killpg(server.pid, 15)


@pytest.fixture(scope="session")
def copy(demo: Built) -> Iterator[duckdb.DuckDBPyConnection]:  # noqa: F811
    """The demo's published copy, for SQL of a test's own."""
    with duckdb.connect(demo.copy, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def reader(demo: Built) -> Iterator[str]:  # noqa: F811
    """The address of a user who may read the demo in a PostgreSQL server, and nothing else."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, running(Path(folder)) as server:
        address = f"127.0.0.1:{server.port}/postgres"
        manifest = json.loads((demo.home / "project" / "target" / "manifest.json").read_text())
        serve(demo.copy, manifest, read_address(f"postgresql://{USER}:{quote(PASSWORD, safe='')}@{address}"))
        server.run("create role bi login password 'of the reader'", f"grant {READER} to bi")
        yield f"postgresql+psycopg2://bi:{quote('of the reader')}@{address}"


@pytest.fixture(scope="session")
def superset(reader: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Superset into which the dashboard was imported, by the commands of the README."""
    home, port = tmp_path_factory.mktemp("superset"), free_port()
    own = {"HOME": str(home), "ADMIN": ADMIN, "READER": reader}
    set_up, load, run = shell("Superset")
    begin = set_up.splitlines()[0]
    result = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", set_up + load],
        cwd=PROJECT,
        env=os.environ | own,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    server = f"{begin}\nexec {run.replace('8088', str(port))}"
    with started(server, os.environ | own, f"http://127.0.0.1:{port}/health", home / "log.txt"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def streamlit(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: F811
    """The address of the Streamlit example over the demo's Parquet files."""
    home, port = tmp_path_factory.mktemp("streamlit"), free_port()
    [run] = shell("Streamlit")
    command = run.replace("warehouse/seeds/published", str(demo.published)).strip()
    options = {"PORT": str(port), "ADDRESS": "127.0.0.1", "HEADLESS": "true"}
    own = {f"STREAMLIT_SERVER_{name}": value for name, value in options.items()}
    own |= {"HOME": str(home), "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
    with started(f"exec {command}", os.environ | own, f"http://127.0.0.1:{port}/_stcore/health", home / "log.txt"):
        yield f"http://127.0.0.1:{port}"
