"""Lays the versions of an agreement out as rows, one list of tuples a table of tables.py.

Belongs here: what follows from a version without any fact of the data: a rate's origin, the targets of a quota.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from orchestration.lib.agreement.calendars import WEEKDAYS, parse_hours
from orchestration.lib.agreement.commitments import Cadence, Clock, Measure, counted, minutes_of
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.parts import Part, Team
from orchestration.lib.agreement.scoring import EngagementRule, Range
from orchestration.lib.agreement.streams import LeadType
from orchestration.lib.agreement.versions import Standing, standings
from orchestration.lib.quota import Rate, exact, owed, plan_quota

SIGNING: tuple[Team, Team] = ("marketing", "sales")

Rows = dict[str, list[tuple]]


def agreement_rows(agreements: Sequence[Agreement]) -> Rows:
    """The rows of every table that has any. Of a version that waits for signatures only `versions` has a row."""
    rows: Rows = defaultdict(list)
    for standing in standings(agreements):
        agreement = standing.agreement
        _add_version(rows, standing)
        if not standing.is_in_force:
            continue
        _add_policies(rows, agreement)
        _add_definitions(rows, agreement)
        _add_scoring(rows, agreement)
        _add_targets(rows, agreement)
        _add_calendars(rows, agreement)
        _add_commitments(rows, agreement)
        _add_notifications(rows, agreement)
    return rows


def agreed_rates(lead_type: LeadType) -> list[Rate]:
    """The agreed rates of a lead type, from the first stage to the last."""
    steps = [(name.split("_to_"), exact(rate.rate)) for name, rate in lead_type.rates.items()]
    return [Rate(from_stage, to_stage, rate) for (from_stage, to_stage), rate in steps]


def base_rates(lead_type: LeadType) -> list[Rate]:
    """The rates of a lead type before any agreed improvement."""
    bases = [exact(rate.base) for rate in lead_type.rates.values()]
    return [replace(step, rate=base) for step, base in zip(agreed_rates(lead_type), bases, strict=True)]


def like_pattern(text: str) -> str:
    """A word of the agreement as a pattern of SQL's LIKE (escaped by !), in lower case; `*` stands for any text."""
    escaped = text.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return escaped.replace("*", "%")


def review_date(agreement: Agreement) -> date:
    """The day of the next review: the agreed one, else as many months after the start as the growth asks for."""
    if agreement.reviews:
        return agreement.reviews.next
    starts = agreement.effective_from
    month = starts.month + agreement.company.months_between_reviews
    # The first of the month: a 31st does not exist in all of them.
    return date(starts.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _add_version(rows: Rows, standing: Standing) -> None:
    agreement = standing.agreement
    company, handoff, signed = agreement.company, agreement.handoff, agreement.valid_signatures
    signatures = [(signed[role].name, signed[role].date) if role in signed else (None, None) for role in SIGNING]
    rows["versions"].append(
        (
            agreement.version,
            standing.status,
            standing.effective_from,
            standing.effective_to,
            agreement.effective_from,
            company.name,
            company.currency,
            company.time_zone,
            company.fiscal_month,
            company.growth,
            review_date(agreement),
            agreement.tolerance,
            handoff.at if handoff else None,
            handoff.accepted if handoff else None,
            agreement.recycling.counts_after_days,
            bool(agreement.recycling.value_given_back),
            "definitional" if agreement.recycling.value_given_back == "definitional" else None,
            handoff.unanswered_after_days if handoff else None,
            handoff.then if handoff else None,
            agreement.closing.after_days if agreement.closing else None,
            *signatures[0],
            *signatures[1],
            " and ".join(role for role in SIGNING if role not in signed) or None,
            agreement.seal,
        )
    )


def _add_policies(rows: Rows, agreement: Agreement) -> None:
    handoff = agreement.handoff
    for reason_class, labels in handoff.reasons.items() if handoff else ():
        rows["handoff_reasons"] += [(agreement.version, label, reason_class) for label in labels]
    for name, guard in agreement.all_guards.items():
        rows["guards"].append((agreement.version, name, guard.at_most, guard.if_broken == "block"))


def _add_definitions(rows: Rows, agreement: Agreement) -> None:
    for number, (name, persona) in enumerate(agreement.personas.items(), start=1):
        patterns = [f"%{like_pattern(title)}%" for title in persona.titles]
        rows["personas"] += [(agreement.version, number, name, persona.name, pattern) for pattern in patterns]
    for stage, definition in agreement.stages.items():
        key, criteria = (agreement.version, stage), definition.criteria
        score = criteria.score_at_least if criteria else None
        rows["stages"].append((*key, definition.means, definition.decided_by, score, criteria is not None))
        if criteria:
            rows["stage_evidence"] += [(*key, "grade", grade) for grade in criteria.grades or ()]
            rows["stage_evidence"] += [(*key, "after", after) for after in criteria.after or ()]
            rows["stage_evidence"] += [(*key, "except_lead_type", name) for name in criteria.except_lead_types]


def _add_scoring(rows: Rows, agreement: Agreement) -> None:
    scoring = agreement.scoring
    if scoring is None:
        return
    fit, engagement, grades = scoring.fit, scoring.engagement, scoring.grades
    weights = (fit.weight, fit.cap, engagement.weight, engagement.cap, engagement.half_life_days)
    rows["scoring"].append((agreement.version, *weights, grades.A, grades.B, grades.first, grades.second))
    for part, rules in (("fit", fit.rules), ("engagement", engagement.rules)):
        for name, rule in rules.items():
            key = (agreement.version, part, name)
            at_most = rule.at_most if isinstance(rule, EngagementRule) else None
            rows["score_rules"].append((*key, rule.points, at_most, len(rule.when.model_fields_set)))
            rows["score_conditions"] += [(*key, *condition) for condition in _conditions(rule.when)]


def _conditions(when: Part) -> list[tuple]:
    """Attribute, pattern, least and greatest number of every condition of a rule."""
    conditions: list[tuple] = []
    for attribute in sorted(when.model_fields_set):
        wanted = getattr(when, attribute)
        if isinstance(wanted, Range):
            conditions.append((attribute, None, wanted.from_, wanted.to))
        else:
            conditions += [(attribute, like_pattern(text), None, None) for text in wanted]
    return conditions


def _add_targets(rows: Rows, agreement: Agreement) -> None:
    for stream_id, stream in agreement.revenue_streams.items():
        key = (agreement.version, stream_id)
        money = (stream.quota.amount, stream.quota.per, stream.deal_size, stream.margin, stream.share_from_marketing)
        capacity = stream.sales_capacity
        reps = (capacity.reps, capacity.leads_per_rep) if capacity else (None, None)
        rows["streams"].append((*key, stream.name, *money, *reps))
        for days, share in (stream.closes_within or {}).items():
            rows["closing_times"].append((*key, int(days[:-1]), share))
        for lead_type_id, lead_type in stream.lead_types.items():
            plan = plan_quota(exact(stream.quota.amount), exact(stream.deal_size), agreed_rates(lead_type))
            rows["lead_types"].append((*key, lead_type_id, lead_type.share_of_quota, float(plan.lead_value)))
            base = plan_quota(exact(stream.quota.amount), exact(stream.deal_size), base_rates(lead_type))
            rates = [(rate.rate, rate.base, rate.basis, rate.owed_by) for rate in lead_type.rates.values()]
            nexts = [*(target.stage for target in plan.targets[1:]), None]
            steps = zip(plan.targets, base.targets, nexts, [*rates, (None, None, None, None)], strict=True)
            quota_share = exact(lead_type.share_of_quota)
            for number, (target, without, next_stage, rate) in enumerate(steps, start=1):
                division = (target.dividend, target.divisor, target.unrounded)
                counts = (target.needed, owed(target.needed, quota_share), without.needed)
                head = (*key, lead_type_id, number, target.stage, next_stage, *rate)
                rows["targets"].append((*head, *map(float, division), *counts, target.arithmetic))


def _add_calendars(rows: Rows, agreement: Agreement) -> None:
    for name, calendar in agreement.calendars.items():
        for day, texts in calendar.hours.items():
            for opens, closes in map(parse_hours, texts):
                minutes = (opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)
                weekday = WEEKDAYS.index(day) + 1
                rows["calendar_hours"].append((agreement.version, name, calendar.time_zone, weekday, *minutes))
        rows["holidays"] += [(agreement.version, name, holiday) for holiday in calendar.holidays]


def _add_commitments(rows: Rows, agreement: Agreement) -> None:
    for name, promise in agreement.commitments.items():
        key = (agreement.version, name)
        head = (*key, promise.team, promise.kind)
        if isinstance(promise, Clock):
            time = (promise.starts_at, promise.until, promise.within_minutes, promise.clock, promise.calendar)
            asked = (promise.target_rate, None, promise.own_exit, promise.already_in_contact_minutes)
            rows["commitments"].append((*head, *time, *asked))
            rows["commitment_activities"] += _counted(key, promise)
            rows["commitment_excuses"] += [(*key, *row) for excuse in promise.excused_by for row in excuse.rows]
        elif isinstance(promise, Cadence):
            asked = (promise.target_rate, None, promise.own_exit, None)
            rows["commitments"].append((*head, promise.starts_at, None, None, None, None, *asked))
            rows["commitment_activities"] += _counted(key, promise)
            rows["commitment_steps"] += [(*key, *step) for step in promise.steps]
            rows["commitment_stops"] += [(*key, stop.rule, *row) for stop in promise.stopped_by for row in stop.rows]
        elif isinstance(promise, Measure):
            rows["commitments"].append((*head, *[None] * 6, promise.per, None, None))
            limits = (promise.at_least, promise.at_most, promise.least_cases)
            rows["commitment_measures"].append((*key, promise.measures, *limits))
            rows["commitment_requirements"] += [(*key, field) for field in promise.requires or ()]
        else:
            rows["commitments"].append((*head, None, None, None, None, promise.calendar, None, promise.per, None, None))


def _counted(key: tuple, promise: Clock | Cadence) -> list[tuple]:
    return [(*key, *each, promise.counts_sequences) for each in counted(promise.counts)]


def _add_notifications(rows: Rows, agreement: Agreement) -> None:
    told = agreement.notifications
    if told is None:
        return
    minutes = {"due_soon": -minutes_of(told.due_soon), "escalated": minutes_of(told.escalate_after)}
    digest_on = WEEKDAYS.index(told.digest_on) + 1
    for event in dict.fromkeys(told.tell):
        rows["notifications"].append(
            (agreement.version, event, minutes.get(event, 0), digest_on, minutes_of(told.told_for))
        )
