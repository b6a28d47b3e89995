"""What a run prints: a line a step, every warning, every check that failed.

Belongs here: turning Dagster's events into lines for a person. What they say comes from the assets and checks.
"""

import logging
import sys
from collections.abc import Iterable
from typing import Any

import dagster as dg


def check_text(reasons: Iterable[str]) -> str | None:
    """The description of a check's result: a line per reason. Dagster's UI reads Markdown and would join the lines."""
    return "\n".join(reasons).replace("\n", "  \n") or None


class ProgressHandler(logging.Handler):
    """Prints the events that a user wants to see; Dagster's own history keeps them all."""

    def __init__(self) -> None:
        super().__init__()
        self.checks_passed = 0
        self.checks_not_evaluated = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Print one event, if it is one to show."""
        event = (getattr(record, "dagster_meta", None) or {}).get("dagster_event")
        if event is None:
            if record.levelno == logging.WARNING:  # errors come as events
                _say(
                    "!",
                    (getattr(record, "dagster_meta", None) or {}).get("orig_message", record.getMessage()),
                )
            return
        self._show(event)

    def _show(self, event: Any) -> None:
        kind = event.event_type_value
        if kind == "STEP_START" and event.step_key == "dbt_models":
            _say(" ", "dbt: building the models and running their tests ...")
        elif kind == "ASSET_MATERIALIZATION":
            _show_materialization(event)
        elif kind == "ASSET_CHECK_EVALUATION":
            self._show_check(event.event_specific_data)
        elif kind == "STEP_SUCCESS" and event.step_key == "dbt_models":
            idle = f", {self.checks_not_evaluated} had nothing to evaluate" if self.checks_not_evaluated else ""
            _say("+", f"dbt: all models built, {self.checks_passed} checks passed so far{idle}")
        elif kind == "STEP_FAILURE":
            _show_failure(event)

    def _show_check(self, check: Any) -> None:
        if check.passed:
            self._count(check)
            return
        sign = "x" if check.severity == dg.AssetCheckSeverity.ERROR else "!"
        _say(
            sign,
            f"{check.asset_key.to_user_string()}, check {check.check_name}: {check.description or 'failed'}",
        )

    def _count(self, check: Any) -> None:
        # A check that found no row to evaluate has shown nothing.
        said = {key: value.value for key, value in check.metadata.items()}
        if not said.get("not_evaluated") or said["not_evaluated"] < said["expectations"]:
            self.checks_passed += 1
            return
        self.checks_not_evaluated += 1
        if check.asset_key.path[0] == "reports":
            _say(
                "-", f"{check.asset_key.to_user_string()}, check {check.check_name}: not evaluated, no row to evaluate"
            )


def _show_materialization(event: Any) -> None:
    materialization = event.materialization
    if event.step_key == "dbt_models" or materialization.asset_key.path[0] == "ingestion":
        return
    metadata = {key: value.value for key, value in materialization.metadata.items()}
    rows = metadata.get("dagster/row_count")
    if rows == 0:
        return
    figures = metadata.get("path") or (f"{rows:,} rows" if rows is not None else "")
    _say("+", f"{materialization.asset_key.to_user_string()}: {figures}")


def _show_failure(event: Any) -> None:
    failure = event.step_failure_data
    user_failure = failure.user_failure_data
    text = user_failure.description if user_failure else failure.error.to_string() if failure.error else ""
    if failure.error and failure.error.cause and not user_failure:
        text = failure.error.cause.message
    # dbt's own words; what stands before them speaks of files that are not kept.
    text = (text or "").split("Errors parsed from dbt logs:")[-1]
    if "DagsterAssetCheckFailedError" not in (text or "") and "asset check" not in (text or "").lower():
        _say("x", f"{event.step_key}: {(text or '').strip()}")


def _say(sign: str, text: str) -> None:
    lines = text.splitlines() or [""]
    print(
        f"  {sign} {lines[0].rstrip()}",
        *(f"      {line.rstrip()}" for line in lines[1:]),
        sep="\n",
        file=sys.stdout,
        flush=True,
    )


@dg.logger(None, description="Prints a line a step, every warning, every check that failed.")
def console_logger(init_context: dg.InitLoggerContext) -> logging.Logger:
    """The logger of all runs, in the terminal of `smarketing run` and of `make dev`."""
    logger = logging.Logger("smarketing", level=logging.DEBUG)
    logger.addHandler(ProgressHandler())
    return logger
