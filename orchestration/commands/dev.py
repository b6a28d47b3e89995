"""`smarketing dev`: Dagster's UI on one company's project.

Belongs here: starting Dagster's own command and ending it with all its processes.
"""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption, port_option
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import prepare, prepare_project

TIMEOUT_SECONDS = 20.0


def dev(
    company: CompanyOption = None,
    home: HomeOption = None,
    port: Annotated[int, port_option()] = 3000,
) -> None:
    """Open Dagster's UI on the project of one company, until Ctrl+C: assets, checks, schedules.

    Schedules are off until somebody turns them on there; they run while it is open.
    """
    from orchestration.lib.pages.server import HOST, open_port

    open_port(port).close()
    prepared = prepare(company, home, makes_home=True)
    prepare_project(prepared, starts_build=True)
    dagster = [str(Path(sys.executable).parent / "dagster"), "dev", "-m", "orchestration.definitions"]
    command = [*dagster, "--host", HOST, "--port", str(port)]
    print_line(f"starting Dagster's UI: http://{HOST}:{port}  (Ctrl+C ends it)")
    # A session of its own, so that Ctrl+C reaches Dagster once, from here.
    process = subprocess.Popen(
        command, cwd=settings.PROJECT, env=prepared.place.process_environment(), start_new_session=True
    )
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    try:
        process.wait()
    finally:
        _stop(process)
    if process.returncode:
        raise SystemExit(1)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _stop(process: subprocess.Popen) -> None:
    """End Dagster as Ctrl+C does, and what of its processes is left after a while at once."""

    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(TIMEOUT_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
