"""A PostgreSQL server, its address, and a small published copy."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from orchestration.lib.serving.postgres import READER, read_address
from orchestration.lib.warehouse.postgres import Address
from tests.postgres import PASSWORD, USER, Server, running
from tests.unit.serving.small_copy import COPY, changed


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, running(Path(folder)) as found:
        yield found


@pytest.fixture
def address(server: Server) -> Address:
    server.run("drop schema if exists smarketing cascade", f"drop role if exists {READER}")
    return read_address(f"postgresql://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{server.port}/postgres")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "smarketing.duckdb"
    changed(path, COPY)
    return path
