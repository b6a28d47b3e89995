"""Lays the commitments of a version out as the rows of contract.py: one of each, and what belongs to its kind.

Belongs here: which field of a promise stands in which column.
"""

from collections.abc import Iterator
from typing import TypedDict

from orchestration.lib.agreement import contract
from orchestration.lib.agreement.commitments import Cadence, Clock, LeadValue, Measure, counted
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.warehouse.own_tables import Row


class Key(TypedDict):
    """What all rows of a promise begin with."""

    agreement_version: str
    commitment: str


def commitment_rows(agreement: Agreement) -> Iterator[Row]:
    """The rows of every promise, in the order of the agreement."""
    for name, promise in agreement.commitments.items():
        key: Key = {"agreement_version": agreement.version, "commitment": name}
        if isinstance(promise, Clock):
            yield from _clock(key, promise)
        elif isinstance(promise, Cadence):
            yield from _cadence(key, promise)
        elif isinstance(promise, Measure):
            yield from _measure(key, promise)
        else:
            yield _lead_value(key, promise)


def _clock(key: Key, promise: Clock) -> Iterator[Row]:
    yield contract.Commitment(
        **key,
        team=promise.team,
        kind=promise.kind,
        clock_start=promise.starts_at,
        until_stage=promise.until,
        within_minutes=promise.within_minutes,
        clock_type=promise.clock,
        calendar=promise.calendar,
        target_rate=promise.target_rate,
        own_exit=promise.own_exit,
        already_in_contact_minutes=promise.already_in_contact_minutes,
    )
    yield from _counted(key, promise)
    for excuse in promise.excused_by:
        for stage, reason_class in excuse.rows:
            yield contract.CommitmentExcuse(**key, stage=stage, reason_class=reason_class)


def _cadence(key: Key, promise: Cadence) -> Iterator[Row]:
    yield contract.Commitment(
        **key,
        team=promise.team,
        kind=promise.kind,
        clock_start=promise.starts_at,
        target_rate=promise.target_rate,
        own_exit=promise.own_exit,
    )
    yield from _counted(key, promise)
    for step, within_minutes, attempts in promise.steps:
        yield contract.CommitmentStep(**key, step=step, within_minutes=within_minutes, attempts=attempts)
    for stop in promise.stopped_by:
        for direction, reason_class in stop.rows:
            yield contract.CommitmentStop(**key, stop_rule=stop.rule, direction=direction, reason_class=reason_class)


def _measure(key: Key, promise: Measure) -> Iterator[Row]:
    yield contract.Commitment(**key, team=promise.team, kind=promise.kind, period=promise.per)
    yield contract.CommitmentMeasure(
        **key,
        measure=promise.measures,
        at_least=promise.at_least,
        at_most=promise.at_most,
        least_cases=promise.least_cases,
    )
    for field in promise.requires or ():
        yield contract.CommitmentRequirement(**key, lead_field=field)


def _lead_value(key: Key, promise: LeadValue) -> Row:
    return contract.Commitment(
        **key, team=promise.team, kind=promise.kind, calendar=promise.calendar, period=promise.per
    )


def _counted(key: Key, promise: Clock | Cadence) -> Iterator[Row]:
    for activity_type, least_class in counted(promise.counts):
        yield contract.CommitmentActivity(
            **key,
            activity_type=activity_type,
            least_class=least_class,
            is_sequence_counted=promise.counts_sequences,
        )
