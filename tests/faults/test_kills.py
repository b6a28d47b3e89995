"""Runs that are killed at any time in any phase: readers never notice, and the next run does the rest.

Each group has a home of its own, whose exports grow by a lead after every twenty kills; then a run completes, and its
copy equals that of a home in which nothing was killed.
"""

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time as clock
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.lib.inspection.last_run import read_last_run
from tests.end_to_end.conftest import PROJECT, Built, differences, dump
from tests.faults.conftest import Allowance
from tests.faults.homes import copy_home, double_rows, faults_of, verb
from tests.faults.undisturbed import Lines, Undisturbed, start, write_state
from tests.unit.notifications.receivers import open_receivers

SECTION = "Kills"
# The line with which each phase begins.
PHASES = {
    "reading": "",
    "loading": "loading Dagster",
    "ingestion": "agreement/versions",
    "arrival": "checking the files",
    "ingestion of the system": "hubspot/activities",
    "dbt": "dbt: building",
    "guards and closing": "dbt: all models built",
    "publishing": "copying marts",
    "pages": "published/copy:",
    "reviews": "published/site",
}
GROUPS, KILLS, BETWEEN = 2, 110, 20
NOTIFY_KILLS = 20
FIRST_HOMES, FIRST_KILLS = 5, 6


def lengths(lines: Lines) -> dict[str, tuple[float, float]]:
    """When each phase began in an undisturbed run, and how long it lasted."""
    begins = [next(second for second, line in lines if begin in line) for begin in PHASES.values()]
    begins[0] = 0.0
    ends = [*begins[1:], lines[-1][0]]
    return {name: (begin, end - begin) for name, begin, end in zip(PHASES, begins, ends, strict=True)}


def moment(number: int, chance: random.Random, known: dict[str, tuple[float, float]]) -> tuple[str, float]:
    """A phase and seconds into it: every second kill at any time of a run, the others in each phase in turn."""
    if number % 2:
        at = chance.uniform(0, sum(length for _, length in known.values()))
        phase = max((begin, name) for name, (begin, _) in known.items() if begin <= at)[1]
        return phase, at - known[phase][0]
    phase = list(known)[number // 2 % len(known)]
    return phase, chance.uniform(0, known[phase][1])


def kill_in(phase: str, seconds: float, home: Built) -> tuple[bool, str]:
    """Start a run and kill it so long after the phase began; whether it was killed, and what it printed."""
    process = start(home.company, home.home)
    assert process.stdout
    printed, timer = [], None
    if not PHASES[phase]:
        (timer := threading.Timer(seconds, process.kill)).start()
    for line in process.stdout:
        printed.append(line)
        if timer is None and PHASES[phase] in line:
            (timer := threading.Timer(seconds, process.kill)).start()
    code = process.wait(60)
    if timer:
        timer.cancel()
    assert code in (0, -signal.SIGKILL), "".join(printed)
    return code == -signal.SIGKILL, "".join(printed)


def complete(home: Built, expected: dict[str, list[tuple]]) -> None:
    """The next run completes, its copy is that of the undisturbed home, and no row is there twice."""
    result = verb("run", home.company, home.home)
    assert (result.returncode, faults_of(result)) == (0, []), result.stdout + result.stderr
    assert differences(expected, dump(home.copy)) == {}
    assert double_rows(home.home) == []


@pytest.mark.parametrize(
    ("group", "kills"),
    [pytest.param(0, 4, marks=pytest.mark.slow, id="short")]
    + [pytest.param(group, KILLS, marks=pytest.mark.faults) for group in range(GROUPS)],
)
def test_killed_runs(
    built: Built,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    group: int,
    kills: int,
    figures: Callable[[str, str, object], None],
    allowance: Callable[..., Allowance],
) -> None:
    time = allowance(SECTION, parts=GROUPS)
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    states = -(-kills // BETWEEN)
    undisturbed = Undisturbed(built, shared / "undisturbed")
    undisturbed.build(states)
    known = lengths(undisturbed.lines())
    home = copy_home(built, tmp_path / "home")
    home = Built(shutil.copytree(built.company, tmp_path / "company"), home.home, "")
    (home.home / "company.txt").write_text(f"{home.company}\n")
    (tmp_path / "valid.json").write_text(undisturbed.valid(states))
    command = [sys.executable, "-m", "tests.faults.reader", str(home.published), str(tmp_path / "valid.json")]
    reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    chance, hit, ended = random.Random(2027 + group), Counter(), 0
    for number in range(kills):
        if time.is_over:
            break
        write_state(home.company, number // BETWEEN + 1, blank_lines=number + 1)
        phase, seconds = moment(number + group * kills, chance, known)
        is_killed, printed = kill_in(phase, seconds, home)
        assert faults_of(subprocess.CompletedProcess([], 0, printed, "")) == [], printed
        hit[phase] += is_killed
        ended += not is_killed
        if (number + 1) % BETWEEN == 0 or number + 1 == kills:
            complete(home, undisturbed.dump(number // BETWEEN + 1))
    read = json.loads(reader.communicate(timeout=60)[0])
    doctor = verb("doctor", home.company, home.home)
    for phase in PHASES:
        figures(SECTION, f"kills: {phase}", hit[phase])
    figures(SECTION, "runs that ended before their kill", ended)
    figures(SECTION, "kills not reached in the time", kills - sum(hit.values()) - ended)
    figures(SECTION, "reads of the published copy meanwhile", read["reads"])
    figures(SECTION, "errors of readers", len(read["errors"]))
    figures(SECTION, "torn reads", len(read["torn"]))
    assert (read["errors"], read["torn"]) == ([], [])
    assert read["reads"] > kills
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert sum(hit.values())
    shutil.rmtree(home.home)


@pytest.mark.parametrize(
    ("homes", "kills"),
    [
        pytest.param(1, 3, marks=pytest.mark.slow, id="short"),
        pytest.param(FIRST_HOMES, FIRST_KILLS, marks=pytest.mark.faults),
    ],
)
def test_killed_first_runs(
    built: Built,
    tmp_path: Path,
    homes: int,
    kills: int,
    figures: Callable[[str, str, object], None],
    allowance: Callable[..., Allowance],
) -> None:
    """A home that has never published: the next run makes it as if nothing had been killed."""
    run = read_last_run(built.home)
    assert run
    lasts = (datetime.fromisoformat(run.ended_at) - datetime.fromisoformat(run.started_at)).total_seconds()
    time, chance, killed = allowance(SECTION, parts=3 * GROUPS), random.Random(2029), 0
    for number in range(homes):
        if time.is_over:
            break
        home = Built(built.company, tmp_path / f"home{number}", "")
        for _ in range(kills):
            is_killed, printed = kill_in("reading", chance.uniform(0, lasts), home)
            assert faults_of(subprocess.CompletedProcess([], 0, printed, "")) == [], printed
            killed += is_killed
        complete(home, dump(built.copy))
        doctor = verb("doctor", home.company, home.home)
        assert doctor.returncode == 0, doctor.stdout + doctor.stderr
        shutil.rmtree(home.home)
    figures(SECTION, "kills of first runs", killed)
    assert killed


@pytest.mark.faults
def test_killed_senders_of_a_whole_home(
    built: Built, tmp_path: Path, figures: Callable[[str, str, object], None]
) -> None:
    home, chance = copy_home(built, tmp_path / "home"), random.Random(2027)
    with open_receivers() as receivers:
        variables = {
            "SMARKETING_SMTP_URL": f"smtp://127.0.0.1:{receivers.mail_port}",
            "SMARKETING_MAIL_FROM": "sla@acme.example",
            "SMARKETING_WEBHOOK_URL": f"http://127.0.0.1:{receivers.web_port}/",
            "no_proxy": "127.0.0.1",
        }
        began = clock.monotonic()
        assert (
            verb("notify", home.company, copy_home(built, tmp_path / "other").home, "--send", **variables).returncode
            == 0
        )
        lasts, killed = clock.monotonic() - began, 0
        whole = Counter(receivers.mails + receivers.posts)
        receivers.mails.clear()
        receivers.posts.clear()
        for _ in range(NOTIFY_KILLS):
            process = start(home.company, home.home, "notify", "--send", **variables)
            timer = threading.Timer(chance.uniform(0.5, 1) * lasts, process.kill)
            timer.start()
            killed += process.wait(120) == -signal.SIGKILL
            timer.cancel()
        last = verb("notify", home.company, home.home, "--send", **variables)
        assert (last.returncode, faults_of(last)) == (0, []), last.stdout + last.stderr
        received = Counter(receivers.mails + receivers.posts)
    tasks = []
    for path in sorted((home.home / "tasks").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tasks += [tuple(row) for row in csv.reader(file)][1:]
    figures(SECTION, "kills: notify", killed)
    figures(SECTION, "messages sent twice, with the same key", sum(received.values()) - len(received))
    assert set(received) == set(whole)
    assert sum(received.values()) - len(received) <= killed
    assert len(set(tasks)) == len(tasks) > 0
    assert verb("doctor", home.company, home.home).returncode == 0
