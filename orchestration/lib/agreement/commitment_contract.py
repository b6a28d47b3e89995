"""The rows of the commitments as the models read them (raw.agreement__commitment*): one class per table.

Belongs here: the columns, as the sources YAML of `agreement` declares them. The other tables are contract.py,
values are commitment_rows.py.
"""

# ruff: noqa: D101  The sources YAML describes the rows.
from orchestration.lib.warehouse.own_tables import Row


class OfVersion(Row):
    agreement_version: str


class OfCommitment(OfVersion):
    commitment: str


class Commitment(OfCommitment, table="agreement__commitments"):
    commitment_name: str
    team: str
    kind: str
    clock_start: str | None = None
    until_stage: str | None = None
    within_minutes: int | None = None
    clock_type: str | None = None
    calendar: str | None = None
    calendar_of: str | None = None
    target_rate: float | None = None
    period: str | None = None
    due_by: str | None = None
    is_carried_over: bool | None = None
    credit_rate: float | None = None
    own_exit: str | None = None
    absence: str | None = None
    already_in_contact_minutes: int | None = None
    tier_number: int | None = None
    tier: str | None = None
    tier_conditions: int | None = None


class CommitmentCondition(OfCommitment, table="agreement__commitment_conditions"):
    tier_number: int | None
    attribute: str
    value: str | None
    at_least: float | None


class CommitmentActivity(OfCommitment, table="agreement__commitment_activities"):
    activity_type: str
    least_class: str
    is_sequence_counted: bool


class CommitmentExcuse(OfCommitment, table="agreement__commitment_excuses"):
    stage: str
    reason_class: str | None


class CommitmentStep(OfCommitment, table="agreement__commitment_steps"):
    step: str
    within_minutes: int
    attempts: int | None
    tier_number: int | None


class CommitmentStop(OfCommitment, table="agreement__commitment_stops"):
    stop_rule: str
    direction: str
    reason_class: str | None


class CommitmentMeasure(OfCommitment, table="agreement__commitment_measures"):
    measure: str
    at_least: float | None
    at_most: float | None
    least_cases: int | None
    unit: str
    revenue_streams: str | None


class CommitmentRequirement(OfCommitment, table="agreement__commitment_requirements"):
    lead_field: str
