"""The rows of the agreement as the models read them (raw.agreement__*): one class per table, one field per column.

Belongs here: the columns, as the sources YAML of `agreement` declares them. The tables of the commitments are
commitment_contract.py, values are rows.py, writing is tables.py.
"""

# ruff: noqa: D101  The sources YAML describes the rows.
from datetime import date

from orchestration.lib.agreement.commitment_contract import OfVersion
from orchestration.lib.warehouse.own_tables import OWN_TABLES, BigInt, Money, Row


class Version(Row, table="agreement__versions"):
    agreement_version: str
    status: str
    effective_from: date | None
    effective_to: date | None
    agreed_from_date: date
    company_name: str
    currency_code: str
    time_zone: str
    fiscal_year_start_month: int
    growth: str
    next_review_date: date
    review_months: int
    review_counted_from_date: date
    tolerance_rate: float
    known_share_rate: float
    behind_after_days: int
    old_after_days: int
    handoff_stage: str | None
    accepted_stage: str | None
    recycled_count_after_days: int | None
    is_value_given_back: bool
    given_back_reason_class: str | None
    abandon_after_days: int | None
    abandoned_to: str | None
    unanswered_after_days: int | None
    unanswered_answer: str | None
    closing_after_days: int | None
    shown_path_scope: str
    shown_model: str
    marketing_signed_by: str | None
    marketing_signed_date: date | None
    sales_signed_by: str | None
    sales_signed_date: date | None
    missing_signatures: str | None
    seal: str


class Persona(OfVersion, table="agreement__personas"):
    persona_number: int
    persona: str
    persona_name: str
    title_pattern: str


class Stage(OfVersion, table="agreement__stages"):
    stage: str
    meaning: str | None
    decided_by: str
    score_at_least: float | None
    has_criteria: bool


class StageEvidence(OfVersion, table="agreement__stage_evidence"):
    stage: str
    evidence: str
    value: str


class Scoring(OfVersion, table="agreement__scoring"):
    fit_weight: float
    fit_cap: float
    engagement_weight: float
    engagement_cap: float
    half_life_days: float
    grade_a_from: float
    grade_b_from: float
    grade_1_from: float
    grade_2_from: float


class OfRule(OfVersion):
    score_part: str
    rule: str


class ScoreRule(OfRule, table="agreement__score_rules"):
    points: float
    at_most: float | None
    conditions: int


class ScoreCondition(OfRule, table="agreement__score_conditions"):
    attribute: str
    pattern: str | None = None
    from_number: float | None = None
    to_number: float | None = None


class OfStream(OfVersion):
    revenue_stream: str


class Stream(OfStream, table="agreement__streams"):
    revenue_stream_name: str
    quota_amount: Money
    quota_period: str
    deal_size: Money
    margin_rate: float | None
    marketing_share: float | None
    reps: int | None
    leads_per_rep: float | None


class QuotaPeriod(OfStream, table="agreement__quota_periods"):
    period_name: str
    from_month_date: date | None
    to_month_date: date | None
    month_number: int | None
    period_amount: Money
    period_months: int
    month_share: float


class ClosingTime(OfStream, table="agreement__closing_times"):
    within_days: int
    closed_rate: float


class OfLeadType(OfStream):
    lead_type: str


class LeadType(OfLeadType, table="agreement__lead_types"):
    quota_share: float
    lead_value: float


class Target(OfLeadType, table="agreement__targets"):
    step_number: int
    stage: str
    next_stage: str | None
    agreed_rate: float | None
    base_rate: float | None
    rate_basis: str | None
    owed_by: str | None
    dividend: float
    divisor: float
    unrounded: float
    needed: BigInt
    owed: BigInt
    base_needed: BigInt
    arithmetic: str


class CalendarHours(OfVersion, table="agreement__calendar_hours"):
    calendar: str
    time_zone: str
    iso_weekday: int
    opens_at_minute: int
    closes_at_minute: int


class Holiday(OfVersion, table="agreement__holidays"):
    calendar: str
    holiday_date: date


class HandoffReason(OfVersion, table="agreement__handoff_reasons"):
    reason_label: str
    reason_class: str


class Notification(OfVersion, table="agreement__notifications"):
    event: str
    after_due_minutes: int
    digest_iso_weekday: int
    notify_within_minutes: int


class NotificationGrade(OfVersion, table="agreement__notification_grades"):
    grade: str


class Attribution(OfVersion, table="agreement__attribution"):
    look_back_days: int
    amount_basis: str
    half_life_days: int
    first_weight: float
    middle_weight: float
    last_weight: float


class AttributionConversion(OfVersion, table="agreement__attribution_conversions"):
    conversion: str


class Guard(OfVersion, table="agreement__guards"):
    guard: str
    at_most_rate: float
    is_blocking: bool


TABLES = {name.partition("__")[2]: row for name, row in OWN_TABLES.items() if name.startswith("agreement__")}
