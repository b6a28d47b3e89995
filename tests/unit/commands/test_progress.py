"""What a run prints, and in which order; and what it notes of its end."""

import logging
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from orchestration.lib.ingestion.report import FRAME, FileReport, LoadReport, RejectedRows, notes_in_one_line
from orchestration.lib.inspection.last_run import read_last_run, stop_last_run
from orchestration.progress import ProgressHandler

Emit = Callable[..., None]


@pytest.fixture
def emit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Emit:
    """Hands one event, or one line of an asset's log, to the handler of a run in tmp_path."""
    monkeypatch.setenv("SMARKETING_HOME", str(tmp_path))
    handler = ProgressHandler()

    def to_handler(kind: str = "", text: str = "", level: int = logging.INFO, step: str = "") -> None:
        record = logging.LogRecord("dagster", level, "", 0, text, None, None)
        event = SimpleNamespace(event_type_value=kind, step_key=step, job_name="build", step_failure_data=None)
        if text and kind:
            failure = SimpleNamespace(user_failure_data=SimpleNamespace(description=text), error=None)
            event.step_failure_data = failure
        record.dagster_meta = {"dagster_event": event if kind else None, "orig_message": text}
        handler.emit(record)

    return to_handler


def test_what_somebody_has_to_look_at_comes_above_the_notes(emit: Emit, capsys: pytest.CaptureFixture) -> None:
    emit(text="hubspot: 3 optional column(s) missing")
    emit(text="hubspot__calls, calls.csv: 1 row(s) rejected", level=logging.WARNING)
    emit(text="exports/old.csv: not read", level=logging.WARNING)
    emit("STEP_START", step="dbt_models")
    assert capsys.readouterr().out.splitlines() == [
        "  ! hubspot__calls, calls.csv: 1 row(s) rejected",
        "  ! exports/old.csv: not read",
        "  - hubspot: 3 optional column(s) missing",
        "    dbt: building the models and running their tests ...",
    ]


def test_a_silence_is_announced(emit: Emit, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    emit("STEP_START", step="arrival_web")
    monkeypatch.setattr("orchestration.progress.LONGEST_SILENCE", -1.0)
    emit("STEP_START", step="published__board")
    assert capsys.readouterr().out == "    published/board ...\n"


def test_the_end_of_a_build_is_noted_with_what_failed(emit: Emit, tmp_path: Path) -> None:
    emit("PIPELINE_START")
    assert (run := read_last_run(tmp_path))
    assert (run.result, run.ended_at) == ("running", "")
    emit("STEP_FAILURE", text="no space left\non the disk", step="dbt_models")
    emit("PIPELINE_FAILURE")
    assert (run := read_last_run(tmp_path))
    assert (run.result, run.failures) == ("failed", ["dbt_models: no space left"])
    stop_last_run(tmp_path)
    assert (run := read_last_run(tmp_path))
    assert run.result == "failed", "a build that has ended cannot be stopped"


def test_notes_of_a_system_are_one_line() -> None:
    title = RejectedRows(FRAME, None, 2, 1, "frame: a line above the header")
    row = RejectedRows("bad value", "day", 1, 7, "column day: 'x' is not a date")
    loaded = FileReport("a.csv", "loaded", undeclared_columns=("Size",), lost_columns=("x", "y"), non_data_lines=2)
    reports = [
        LoadReport("ads__spend", [loaded, FileReport("b.csv", "loaded", rejected=(title, row))]),
        LoadReport("ads__costs", [FileReport("c.csv", "unchanged", undeclared_columns=("Old",))]),
    ]
    assert notes_in_one_line("ads", reports) == (
        "ads: 2 optional column(s) missing, 1 undeclared column(s) kept in _extra, 2 non-data line(s); "
        "details are on the page of the data"
    )
    assert notes_in_one_line("ads", reports[1:]) == ""
    assert reports[0].problems() == [
        "ads__spend, b.csv: 1 row(s) rejected, first at line 7: column day: 'x' is not a date"
    ]
