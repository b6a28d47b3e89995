"""Lays the versions of an agreement out as the rows of contract.py.

Belongs here: what follows from a version without any fact of the data. The rows of scoring, quotas, commitments
and notifications are made in modules of their own beside this one.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from orchestration.lib.agreement import contract
from orchestration.lib.agreement.attribution import attribution_rows
from orchestration.lib.agreement.calendars import WEEKDAYS, parse_hours
from orchestration.lib.agreement.commitment_rows import commitment_rows
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.notification_rows import notification_rows
from orchestration.lib.agreement.score_rows import like_pattern, score_rows
from orchestration.lib.agreement.signatures import SIGNING, in_words
from orchestration.lib.agreement.target_rows import target_rows
from orchestration.lib.agreement.versions import Standing, standings
from orchestration.lib.warehouse.own_tables import Row


def agreement_rows(agreements: Sequence[Agreement]) -> Mapping[str, list[Row]]:
    """The rows of every table. Of a version that waits for signatures only `versions` has a row."""
    rows: dict[str, list[Row]] = {name: [] for name in contract.TABLES}
    for standing in standings(agreements):
        for row in [_version(standing), *(_of_version(standing.agreement) if standing.is_in_force else ())]:
            rows[row.table.partition("__")[2]].append(row)
    return rows


def review_date(agreement: Agreement) -> date:
    """The day of the next review: the agreed one, else the day after the period in which the version begins."""
    if agreement.reviews and agreement.reviews.next:
        return agreement.reviews.next
    return agreement.review_cycle.period_of(agreement.effective_from).ends


def _of_version(agreement: Agreement) -> Iterator[Row]:
    yield from _policies(agreement)
    yield from _definitions(agreement)
    yield from score_rows(agreement)
    yield from target_rows(agreement)
    yield from _calendars(agreement)
    yield from commitment_rows(agreement)
    yield from notification_rows(agreement)
    yield from attribution_rows(agreement.version, agreement.attribution)


def _version(standing: Standing) -> Row:
    agreement = standing.agreement
    company, handoff, signed = agreement.company, agreement.handoff, agreement.team_signatures
    marketing, sales = (signed.get(role) for role in SIGNING)
    return contract.Version(
        agreement_version=agreement.version,
        status=standing.status,
        effective_from=standing.effective_from,
        effective_to=standing.effective_to,
        agreed_from_date=agreement.effective_from,
        company_name=company.name,
        currency_code=company.currency,
        time_zone=company.time_zone,
        fiscal_year_start_month=company.fiscal_month,
        growth=company.growth,
        next_review_date=review_date(agreement),
        review_months=agreement.review_cycle.months,
        review_counted_from_date=agreement.review_cycle.counted_from,
        tolerance_rate=agreement.tolerance,
        known_share_rate=agreement.evidence.known_share,
        behind_after_days=agreement.evidence.behind_after_days,
        old_after_days=agreement.evidence.old_after_days,
        handoff_stage=handoff.at if handoff else None,
        accepted_stage=handoff.accepted if handoff else None,
        recycled_count_after_days=agreement.recycling.counts_after_days,
        is_value_given_back=bool(agreement.recycling.value_given_back),
        given_back_reason_class="definitional" if agreement.recycling.value_given_back == "definitional" else None,
        abandon_after_days=agreement.recycling.abandon_after_days,
        abandoned_to=(agreement.recycling.abandoned or "backlog") if agreement.recycling.abandon_after else None,
        unanswered_after_days=handoff.unanswered_after_days if handoff else None,
        unanswered_answer=handoff.then if handoff else None,
        closing_after_days=agreement.closing.after_days if agreement.closing else None,
        shown_path_scope=agreement.attribution.path_of,
        shown_model=agreement.attribution.shown_model,
        marketing_signed_by=marketing.name if marketing else None,
        marketing_signed_date=marketing.date if marketing else None,
        sales_signed_by=sales.name if sales else None,
        sales_signed_date=sales.date if sales else None,
        missing_signatures=in_words(agreement.missing_signatures) or None,
        seal=agreement.seal,
    )


def _policies(agreement: Agreement) -> Iterator[Row]:
    version, handoff = agreement.version, agreement.handoff
    for reason_class, labels in handoff.reasons.items() if handoff else ():
        for label in labels:
            yield contract.HandoffReason(agreement_version=version, reason_label=label, reason_class=reason_class)
    for name, guard in agreement.all_guards.items():
        is_blocking = guard.if_broken == "block"
        yield contract.Guard(agreement_version=version, guard=name, at_most_rate=guard.at_most, is_blocking=is_blocking)


def _definitions(agreement: Agreement) -> Iterator[Row]:
    version = agreement.version
    for number, (name, persona) in enumerate(agreement.personas.items(), start=1):
        for title in persona.titles:
            yield contract.Persona(
                agreement_version=version,
                persona_number=number,
                persona=name,
                persona_name=persona.name,
                title_pattern=f"%{like_pattern(title)}%",
            )
    for stage, definition in agreement.stages.items():
        criteria = definition.criteria
        yield contract.Stage(
            agreement_version=version,
            stage=stage,
            meaning=definition.means,
            decided_by=definition.decided_by,
            score_at_least=criteria.score_at_least if criteria else None,
            has_criteria=criteria is not None,
        )
        if criteria:
            evidence = {
                "grade": criteria.grades or (),
                "after": criteria.after or (),
                "except_lead_type": criteria.except_lead_types,
            }
            for kind, values in evidence.items():
                for value in values:
                    yield contract.StageEvidence(agreement_version=version, stage=stage, evidence=kind, value=value)


def _calendars(agreement: Agreement) -> Iterator[Row]:
    for name, calendar in agreement.calendars.items():
        key = {"agreement_version": agreement.version, "calendar": name}
        for day, texts in calendar.hours.items():
            for opens, closes in map(parse_hours, texts):
                yield contract.CalendarHours(
                    **key,
                    time_zone=calendar.time_zone,
                    iso_weekday=WEEKDAYS.index(day) + 1,
                    opens_at_minute=opens,
                    closes_at_minute=closes,
                )
        for holiday in sorted(calendar.closed_days):
            yield contract.Holiday(**key, holiday_date=holiday)
