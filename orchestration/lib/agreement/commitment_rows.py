"""Lays the commitments of a version out as rows of commitment_contract.py: one of each, and what belongs to its kind.

Belongs here: which field of a commitment is in which column.
"""

from collections.abc import Iterator
from typing import Any, TypedDict

from orchestration.lib.agreement import commitment_contract as contract
from orchestration.lib.agreement.commitments import Cadence, Clock, Commitment, LeadValue, counted, in_tiers
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.measures import Measure
from orchestration.lib.agreement.tiers import Place
from orchestration.lib.warehouse.own_tables import Row


class Key(TypedDict):
    """The first columns of all rows of a commitment."""

    agreement_version: str
    commitment: str


def commitment_rows(agreement: Agreement) -> Iterator[Row]:
    """The rows of every commitment, in the order of the agreement."""
    for name, commitment in agreement.commitments.items():
        key: Key = {"agreement_version": agreement.version, "commitment": name}
        if isinstance(commitment, Clock):
            yield from _clock(key, commitment)
        elif isinstance(commitment, Cadence):
            yield from _cadence(key, commitment)
        elif isinstance(commitment, Measure):
            yield from _measure(key, commitment)
        else:
            yield _lead_value(key, commitment)


def _clock(key: Key, commitment: Clock) -> Iterator[Row]:
    for place, terms in in_tiers(commitment):
        yield _commitment(
            key,
            commitment,
            clock_start=commitment.starts_at,
            until_stage=commitment.until,
            within_minutes=terms.within_minutes,
            clock_type=terms.clock,
            calendar=terms.calendar,
            # Where all hours count, a calendar only adds the business time, and the one agreed is the same for all.
            calendar_of="commitment" if terms.clock == "calendar" else terms.calendar_of,
            target_rate=terms.target_rate,
            own_exit=commitment.own_exit,
            absence=commitment.absence,
            already_in_contact_minutes=commitment.already_in_contact_minutes,
            **_tier(place),
        )
        yield from _conditions(key, place)
    yield from _counted(key, commitment)
    for excuse in commitment.excused_by:
        for stage, reason_class in excuse.rows:
            yield contract.CommitmentExcuse(**key, stage=stage, reason_class=reason_class)


def _cadence(key: Key, commitment: Cadence) -> Iterator[Row]:
    for place, terms in in_tiers(commitment):
        yield _commitment(
            key,
            commitment,
            clock_start=commitment.starts_at,
            target_rate=terms.target_rate,
            own_exit=commitment.own_exit,
            **_tier(place),
        )
        yield from _conditions(key, place)
        for step, within_minutes, attempts in [*terms.steps, *terms.gap]:
            yield contract.CommitmentStep(
                **key, step=step, within_minutes=within_minutes, attempts=attempts, tier_number=place.number
            )
    yield from _counted(key, commitment)
    for stop in commitment.stopped_by:
        for direction, reason_class in stop.rows:
            yield contract.CommitmentStop(**key, stop_rule=stop.rule, direction=direction, reason_class=reason_class)


def _tier(place: Place) -> dict[str, Any]:
    fields = {field for field, *_ in place.conditions}
    return {"tier_number": place.number, "tier": place.name, "tier_conditions": len(fields)}


def _conditions(key: Key, place: Place) -> Iterator[Row]:
    for attribute, value, at_least in place.conditions:
        yield contract.CommitmentCondition(
            **key, tier_number=place.number, attribute=attribute, value=value, at_least=at_least
        )


def _measure(key: Key, commitment: Measure) -> Iterator[Row]:
    yield _commitment(key, commitment, period=commitment.per, within_minutes=commitment.within_minutes)
    yield contract.CommitmentMeasure(
        **key,
        measure=commitment.measures,
        at_least=commitment.at_least,
        at_most=commitment.at_most,
        least_cases=commitment.least_cases,
        unit=commitment.figure.unit,
        revenue_streams=f"|{'|'.join(commitment.revenue_streams)}|" if commitment.revenue_streams else None,
    )
    for field in commitment.requires or ():
        yield contract.CommitmentRequirement(**key, lead_field=field)


def _lead_value(key: Key, commitment: LeadValue) -> Row:
    return _commitment(
        key,
        commitment,
        calendar=commitment.calendar,
        period=commitment.per,
        due_by=commitment.due_by,
        is_carried_over=commitment.carry_over,
        credit_rate=commitment.credit,
    )


def _commitment(key: Key, commitment: Commitment, **own: Any) -> Row:
    """What every kind has, and the columns of its own kind."""
    name = commitment.shown_as(key["commitment"])
    return contract.Commitment(**key, commitment_name=name, team=commitment.team, kind=commitment.kind, **own)


def _counted(key: Key, commitment: Clock | Cadence) -> Iterator[Row]:
    for activity_type, least_class in counted(commitment.counts):
        yield contract.CommitmentActivity(
            **key,
            activity_type=activity_type,
            least_class=least_class,
            is_sequence_counted=commitment.counts_sequences,
        )
