"""The smarketing command, run to its end: in a process of its own, forked from one that has the libraries loaded.

A process that starts from nothing loads Dagster, dbt and Great Expectations for seven seconds, a sixth of a small
company's run. Tests of how a command starts, is killed or is interrupted start it themselves.
"""

import atexit
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).parents[1]
LIBRARIES = [
    *("dagster", "dagster_dbt", "dbt.cli.main", "great_expectations", "great_expectations.expectations"),
    *("alembic.command", "sqlalchemy", "orchestration.commands.run"),
]
FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(LIBRARIES)


def run_forked(arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What the command printed, and its exit code; it runs in the folder of the project."""
    with tempfile.TemporaryDirectory() as folder:
        printed = [Path(folder, name) for name in ("out", "err")]
        process = FORKED.Process(target=_work, args=(list(arguments), dict(environment), *map(str, printed)))
        process.start()
        process.join()
        texts = [path.read_text() for path in printed]
    return subprocess.CompletedProcess(["smarketing", *arguments], process.exitcode or 0, *texts)


def _work(arguments: list[str], environment: dict[str, str], out: str, err: str) -> None:
    """The body of the process: as the installed script does it."""
    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(descriptor, stream.fileno())
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(PROJECT)
    sys.argv = ["smarketing", *arguments]
    try:
        from orchestration.cli import app

        app()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
