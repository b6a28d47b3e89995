"""What a run prints: one line per step, every warning, every check that failed; and how the last build ended.

Belongs here: turning Dagster's events into lines for a person. Their texts come from the assets and checks.
"""

import logging
import os
import sys
import time
from collections.abc import Iterable
from typing import Any

import dagster as dg

from orchestration import settings
from orchestration.lib.formats import count
from orchestration.lib.inspection.last_run import FAILED, PUBLISHED, RUNNING, STOPPED, LastRun, now
from orchestration.lib.language import gettext, later, translated
from orchestration.lib.machine import is_full, plain
from orchestration.lib.visible import visible

LONGEST_SILENCE = 1.0  # seconds
ENDS = {"PIPELINE_SUCCESS": PUBLISHED, "PIPELINE_FAILURE": FAILED, "PIPELINE_CANCELED": STOPPED}
# What a step does before its first line, where that takes seconds.
BEFORE = {
    "arrival_reference": later("checking the files that arrived ..."),
    "dbt_models": later("dbt: building the models and running their tests ..."),
    "published__copy": later("copying marts and reports for the readers ..."),
    "published__site": later("writing the pages ..."),
    "published__postgres": later("loading the serving database ..."),
}


def check_text(reasons: Iterable[str]) -> str | None:
    """The description of a check's result: a line per reason. Dagster's UI reads Markdown and would join the lines."""
    return "\n".join(reasons).replace("\n", "  \n") or None


class ProgressHandler(logging.Handler):
    """Prints the events that a user wants to see; Dagster's own history keeps them all."""

    def __init__(self) -> None:
        super().__init__()
        self.checks_passed = 0
        self.checks_not_evaluated = 0
        self.notes: list[str] = []
        self.failures: list[str] = []
        self.started_at = ""
        self.last_line_at = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        """Print one event, if it is one to show; a note waits until all files are read."""
        meta = getattr(record, "dagster_meta", None) or {}
        event = meta.get("dagster_event")
        if event is not None:
            self._show(event)
        elif record.levelno == logging.WARNING:  # errors come as events
            self._print("!", translated(meta.get("orig_message", record.getMessage())))
        elif record.levelno == logging.INFO:
            self.notes.append(translated(meta.get("orig_message", record.getMessage())))

    def _show(self, event: Any) -> None:
        kind = event.event_type_value
        if kind == "PIPELINE_START" or kind in ENDS:
            self._note_run(kind, event.job_name)
        elif kind == "STEP_START":
            self._show_start(event.step_key)
        elif kind == "ASSET_MATERIALIZATION":
            self._show_materialization(event)
        elif kind == "ASSET_CHECK_EVALUATION":
            self._show_check(event.event_specific_data)
        elif kind == "STEP_SUCCESS" and event.step_key == "dbt_models":
            self._print("+", self._built())
        elif kind == "STEP_FAILURE":
            self._show_failure(event)

    def _built(self) -> str:
        if not self.checks_not_evaluated:
            return gettext("dbt: all models built, %(passed)s checks passed so far", passed=self.checks_passed)
        return gettext(
            "dbt: all models built, %(passed)s checks passed so far, %(idle)s had nothing to evaluate",
            passed=self.checks_passed,
            idle=self.checks_not_evaluated,
        )

    def _note_run(self, kind: str, job: str) -> None:
        """Record the state of the build."""
        if kind in ENDS:
            self._print_notes()
        if job != "build":
            return
        self.started_at = self.started_at or now()
        ended_at = now() if kind in ENDS else ""
        run = LastRun(ENDS.get(kind, RUNNING), self.started_at, ended_at, os.getpid(), tuple(self.failures))
        run.write(settings.read_settings().home)

    def _show_start(self, step: str) -> None:
        """A line before a silence: of a long step, or after many short ones that printed nothing."""
        if step == "dbt_models":
            self._print_notes()
        if step in BEFORE:
            self._print(" ", translated(BEFORE[step]))
        elif time.monotonic() - self.last_line_at > LONGEST_SILENCE:
            self._print(" ", f"{step.replace('__', '/')} ...")

    def _print_notes(self) -> None:
        for note in self.notes:
            self._print("-", note)
        self.notes.clear()

    def _show_check(self, check: Any) -> None:
        if check.passed:
            self._count(check)
            return
        sign = "x" if check.severity == dg.AssetCheckSeverity.ERROR else "!"
        self._print(
            sign,
            gettext(
                "%(table)s, check %(check)s: %(reason)s",
                table=check.asset_key.to_user_string(),
                check=check.check_name,
                reason=translated(check.description) or gettext("failed"),
            ),
        )

    def _count(self, check: Any) -> None:
        # A check that found no row to evaluate has shown nothing.
        metadata = {key: value.value for key, value in check.metadata.items()}
        if not metadata.get("not_evaluated") or metadata["not_evaluated"] < metadata["expectations"]:
            self.checks_passed += 1
            return
        self.checks_not_evaluated += 1
        if check.asset_key.path[0] == "reports":
            values = {"table": check.asset_key.to_user_string(), "check": check.check_name}
            self._print("-", gettext("%(table)s, check %(check)s: not evaluated, no row to evaluate", **values))

    def _show_materialization(self, event: Any) -> None:
        materialization = event.materialization
        if event.step_key == "dbt_models" or materialization.asset_key.path[0] == "ingestion":
            return
        metadata = {key: value.value for key, value in materialization.metadata.items()}
        rows = metadata.get("dagster/row_count")
        if rows == 0:
            return
        removed = gettext("removed %(what)s", what=metadata["removed"]) if "removed" in metadata else ""
        counted = gettext("%(rows)s rows", rows=count(rows)) if rows is not None else ""
        figures = removed or metadata.get("path") or counted
        self._print("+", f"{materialization.asset_key.to_user_string()}: {figures}")

    def _show_failure(self, event: Any) -> None:
        failure = event.step_failure_data
        user_failure = failure.user_failure_data
        text = user_failure.description if user_failure else failure.error.to_string() if failure.error else ""
        if failure.error and failure.error.cause and not user_failure:
            text = failure.error.cause.message
        # dbt's own message; the text before it names files that are not kept.
        text = (text or "").split("Errors parsed from dbt logs:")[-1].strip()
        if is_full(text, settings.read_settings().home):
            text = gettext("the disk is full")
        text = plain(text)
        if "DagsterAssetCheckFailedError" not in text and "asset check" not in text.lower():
            self._print("x", f"{event.step_key}: {text}")

    def _print(self, sign: str, text: str) -> None:
        lines = [visible(line) for line in text.splitlines()] or [""]
        self.last_line_at = time.monotonic()
        if sign == "x":
            self.failures.append(lines[0].rstrip())
        print(
            f"  {sign} {lines[0].rstrip()}",
            *(f"      {line.rstrip()}" for line in lines[1:]),
            sep="\n",
            file=sys.stdout,
            flush=True,
        )


@dg.logger(None, description="Prints one line per step, every warning, every check that failed.")
def console_logger(init_context: dg.InitLoggerContext) -> logging.Logger:
    """The logger of all runs, in the terminal of `smarketing run` and of `make dev`."""
    logger = logging.Logger("smarketing", level=logging.DEBUG)
    logger.addHandler(ProgressHandler())
    return logger
