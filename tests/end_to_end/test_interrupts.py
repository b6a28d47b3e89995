"""Ctrl+C, as a real signal to a real process: one sentence, 130, no process left, and the published copy as it was."""

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.end_to_end.conftest import COMMAND, PROJECT, Built, differences, dump

pytestmark = pytest.mark.end_to_end
STOPPED = "Stopped by Ctrl+C."


def interrupt(moment: str, seconds: float, *arguments: str | Path) -> list[str]:
    """Start the command, send SIGINT some seconds after a line with these words; returns the lines that follow."""
    command = [*COMMAND, *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(
        command,
        **pipes,
        text=True,
        cwd=PROJECT,
        start_new_session=True,
        # Tests in the background of a shell have the signal ignored, and a process inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout
    assert any(moment in line for line in process.stdout), "the words were never printed"
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGINT)
    lines = process.stdout.read().splitlines()
    assert process.wait(30) == 130, lines
    assert "Traceback" not in "\n".join(lines)
    until = time.monotonic() + 5  # what Python starts to watch over its locks ends when it sees that it is alone
    while (left := alive_of(process.pid)) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []
    return [line for line in lines if not re.match(r"  [ +!-] |.*dagster", line)]


def alive_of(session: int) -> list[str]:
    """The processes of a session that still work; one that ended and waits for its parent does not."""
    listed = subprocess.run(["ps", "-eo", "sid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return [args for sid, state, args in rows if int(sid) == session and not state.startswith("Z")]


def free_port() -> str:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return str(place.getsockname()[1])


def test_serving_is_stopped(tmp_path: Path) -> None:
    assert interrupt("Pages: http", 1, "serve", "--home", tmp_path, "--port", free_port())[-1] == STOPPED
    assert list(tmp_path.iterdir()) == [], "it writes nothing"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("loading Dagster", 1),
        pytest.param("reference/systems", 0.3, marks=pytest.mark.campaign),
        ("dbt: building", 6),
    ],
)
def test_a_build_is_stopped(few_copy: Built, moment: str, seconds: float) -> None:
    before = dump(few_copy.copy)
    place = ("--company", few_copy.company, "--home", few_copy.home)
    lines = interrupt(moment, seconds, "run", *place)
    assert lines == [f"{STOPPED} Readers keep the last published copy; the next run does the rest."]
    assert differences(before, dump(few_copy.copy)) == {}
    status = subprocess.run([*COMMAND, "status", *map(str, place)], capture_output=True, text=True, cwd=PROJECT)
    if moment != "loading Dagster":
        assert "stopped by Ctrl+C: nothing of it is published" in status.stdout
        assert status.returncode == 1


@pytest.mark.slow
def test_dagsters_ui_is_stopped_with_all_its_processes(few_copy: Built) -> None:
    place = ("--company", few_copy.company, "--home", few_copy.home, "--port", free_port())
    assert interrupt("Serving dagster-webserver", 2, "dev", *place)[-1] == STOPPED
