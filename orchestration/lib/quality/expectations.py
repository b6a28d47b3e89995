"""Runs expectations of Great Expectations on a frame.

Belongs here: the calls that the library requires, in one place. The expectations are in arrival.py and definitions.py.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from orchestration.lib.formats import count
from orchestration.lib.language import gettext


@dataclass(frozen=True)
class Finding:
    """One checked expectation: its wording, whether it is met, and what was found if it is not.

    `of` is what it is about: the rule of a column, a refused file, or the share of rows that are rejected.
    `is_critical` is its severity: whether a failure stops the next steps. Without a row to evaluate `is_evaluated` is
    false: the expectation is neither confirmed nor broken.
    """

    expectation: str
    success: bool
    found: str = ""
    is_critical: bool = True
    is_evaluated: bool = True
    of: Literal["rule", "file", "rows"] = "rule"

    @property
    def sentence(self) -> str:
        """What a build and `smarketing check` print of a failure."""
        return f"{self.expectation}: {self.found}"


class ExpectationError(Exception):
    """An expectation could not be checked: an error of the check, not of the data."""


def run_expectations(frame: pd.DataFrame, expectations: Sequence[Any]) -> list[Finding]:
    """One finding per expectation; its wording is `meta['expectation']`. ExpectationError if a check itself fails."""
    import great_expectations as gx  # 3 s: only where it is needed

    logger = logging.getLogger("great_expectations")
    logger.setLevel(logging.ERROR)
    logger.propagate = False  # its modules set their own levels
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    batch = (
        context.data_sources.add_pandas("frame")
        .add_dataframe_asset("frame")
        .add_batch_definition_whole_dataframe("all")
    )
    suite = gx.ExpectationSuite(name="suite", expectations=list(expectations))
    result = batch.get_batch({"dataframe": frame}).validate(suite, result_format="SUMMARY")
    return [_finding(single.to_json_dict()) for single in result.results]


def _finding(result: dict[str, Any]) -> Finding:
    expectation = result["expectation_config"]["meta"]["expectation"]
    is_critical = result["expectation_config"].get("severity") != "warning"
    for problem in (result.get("exception_info") or {}).values():
        if isinstance(problem, dict) and problem.get("raised_exception"):
            raise ExpectationError(f"'{expectation}' could not be checked: {problem.get('exception_message')}")
    if result["success"]:
        return Finding(expectation, True, is_critical=is_critical)
    details = result["result"]
    if details.get("unexpected_count"):
        return Finding(
            expectation,
            False,
            rows_break_it(details["unexpected_count"], details["element_count"]),
            is_critical,
        )
    return Finding(expectation, False, gettext("found %(value)s", value=details.get("observed_value")), is_critical)


def rows_break_it(failing: int, rows: int) -> str:
    """How many rows do not meet an expectation."""
    return gettext("%(failing)s of %(rows)s rows break it", failing=count(failing), rows=count(rows))
