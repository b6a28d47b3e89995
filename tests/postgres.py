"""A PostgreSQL server of its own for a test, on a free port; without its programs the test is skipped.

Belongs here: starting, asking and stopping it. Its programs are those of the machine (`.ci/run` installs them).
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# A text that has to be quoted in every language on its way.
PASSWORD = "s'e\"cret \\${x}"
USER = "reader"


class Server:
    """A running server; the owner of its databases is `USER`, with PASSWORD."""

    def __init__(self, programs: Path, folder: Path, port: int) -> None:
        self.programs, self.folder, self.port = programs, folder, port

    def run(self, *statements: str) -> None:
        """Execute the statements, each by itself."""
        words = [each for statement in statements for each in ("-c", statement)]
        command = [self.programs / "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port)]
        environment = os.environ | {"PGPASSWORD": PASSWORD, "PGUSER": USER, "PGDATABASE": "postgres"}
        subprocess.run([*command, *words], check=True, env=environment, stdout=subprocess.DEVNULL)


def programs() -> Path | None:
    """The folder of the server's programs, None where they are not installed."""
    known = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    return next(iter([*known, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]), None)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start a server in the folder, which is short: a socket's path has a limit."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    # The server refuses to run as root, who may start it as its own user.
    who = {"user": "postgres"} if os.getuid() == 0 else {}
    folder.chmod(0o777)
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    make = ["-U", USER, "--auth=scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "--no-locale", "--no-sync"]
    subprocess.run([found / "initdb", "-D", folder / "data", *make], check=True, stdout=subprocess.DEVNULL, **who)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "fsync=off",
        "-c",
        "timezone=Asia/Tokyo",
        "-c",
        "datestyle=SQL",
    ]
    command = [found / "postgres", "-D", folder / "data", "-p", str(port), "-k", str(folder), *options]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stderr=log, **who) as server:
        try:
            ask = [found / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
            for _ in range(200):
                if subprocess.run(ask).returncode == 0:
                    break
                time.sleep(0.1)
            yield Server(found, folder, port)
        finally:
            server.terminate()
