"""Runs expectations of Great Expectations on a frame.

Belongs here: the library's own ceremony, in one place. Which expectations there are is arrival.py and definitions.py.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Finding:
    """One expectation that was checked: in words, whether it holds, and what was found where it does not.

    `is_critical` is its severity: whether not being met stops what comes after it. Without a row to evaluate nothing is
    shown to hold: `is_evaluated` is false, and nothing is broken either.
    """

    expectation: str
    success: bool
    found: str = ""
    is_critical: bool = True
    is_evaluated: bool = True


class ExpectationError(Exception):
    """An expectation could not be checked at all: a mistake of the check, not of the data."""


def run_expectations(frame: pd.DataFrame, expectations: Sequence[Any]) -> list[Finding]:
    """One finding per expectation; `meta['says']` of each is its sentence. ExpectationError if one fails itself."""
    import great_expectations as gx  # 3 s: only where it is needed

    own_words = logging.getLogger("great_expectations")
    own_words.setLevel(logging.ERROR)
    own_words.propagate = False  # its modules set levels of their own
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
    says = result["expectation_config"]["meta"]["says"]
    is_critical = result["expectation_config"].get("severity") != "warning"
    for problem in (result.get("exception_info") or {}).values():
        if isinstance(problem, dict) and problem.get("raised_exception"):
            raise ExpectationError(f"'{says}' could not be checked: {problem.get('exception_message')}")
    if result["success"]:
        return Finding(says, True, is_critical=is_critical)
    details = result["result"]
    if details.get("unexpected_count"):
        return Finding(
            says,
            False,
            f"{details['unexpected_count']:,} of {details['element_count']:,} rows do not keep it",
            is_critical,
        )
    return Finding(says, False, f"found {details.get('observed_value')}", is_critical)
