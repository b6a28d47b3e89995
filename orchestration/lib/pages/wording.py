"""The clauses of an agreement in sentences, as both teams read and sign them.

Belongs here: the words of promises and conditions. Which sections the page has is agreement.py; what each field means
in full is docs/agreement.md.
"""

from collections.abc import Iterator, Sequence

from orchestration.lib.agreement.commitments import Cadence, Clock, Commitment, LeadValue, counted, in_tiers
from orchestration.lib.agreement.measures import KPIS, Measure
from orchestration.lib.agreement.parts import ActivityType, Part
from orchestration.lib.agreement.scoring import Range
from orchestration.lib.agreement.stops import Stop
from orchestration.lib.agreement.tiers import Place
from orchestration.lib.formats import label, percent, words

UNITS = {"m": "minute", "h": "hour", "d": "day", "w": "week"}
ACTIVITIES: dict[ActivityType, str] = {"email": "e-mail"}
STARTS = {"created": "From when a lead came in", "assigned": "From when a person first had a lead"}
STOPS = {
    "won_forward": "the lead goes on to a later stage",
    "replied": "the lead replies",
    "reply": "the lead replies",
    "meeting": "a meeting is held",
    "opt_out": "the lead may no longer be written to",
    "stage_exit": "the lead leaves the stage",
}
# What the figure of a measure is, with the number of its limit in between.
MEASURES = {
    "win_rate": "of the deals of new business closed in a {per}, at least {limit} are won",
    "sales_cycle_days": "the deals won in a {per} took at most {limit} from the handoff, in the median",
    "acceptance_rate": "of the leads handed over in a {per} that sales has answered, at least {limit} are accepted",
    "data_completeness": "of the leads handed over in a {per}, at least {limit} come with {requires}",
    "outcome_logging": "of the calls and meetings of a {per}, at least {limit} have a logged outcome",
    "attempts": "at least {limit} calls, e-mails, meetings and other activities are made in a {per}",
    "contacts": "at least {limit} activities of a {per} reach somebody or leave a message",
    "conversations": "at least {limit} activities of a {per} are conversations",
    "new_leads": "at least {limit} new leads come in a {per}",
    "leads_decided": "at least {limit} leads of a {per} are handed over, or rejected, recycled or disqualified before",
    "website_visits": "the sites have at least {limit} visits in a {per}",
    "form_submissions": "the sites have at least {limit} forms sent in a {per}",
    "net_promoter_score": "the net promoter score of the answers of a {per} is at least {limit}",
    "customers_contacted": "of the customers at the beginning of a {per}, at least {limit} are contacted in it",
    "customer_retention": "of the customers who pay at the beginning of a {per}, at least {limit} still pay at its end",
    "tickets_answered": "of the tickets opened in a {per}, at least {limit} are answered within {within}",
}


def time(text: str) -> str:
    """24h is 24 hours, 1w is 1 week."""
    number, unit = int(text[:-1]), UNITS[text[-1]]
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def listed(parts: Sequence[str], conjunction: str = "or") -> str:
    """A, b or c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def promise(commitment: Commitment) -> list[str]:
    """What is promised, in sentences; what differs by tier is in tiers()."""
    team = commitment.team
    if isinstance(commitment, Clock):
        return list(_clock(commitment, team))
    if isinstance(commitment, Cadence):
        return list(_cadence(commitment, team))
    if isinstance(commitment, LeadValue):
        return list(_lead_value(commitment, team))
    return list(_measure(commitment))


def tiers(commitment: Commitment) -> list[tuple[str | None, str, str, str]]:
    """Name, leads, what they are promised, and the share that must be kept: one line per tier; none without tiers."""
    if isinstance(commitment, Clock) and commitment.tiers:
        return [_tier(place, _allowed(clock), clock.target_rate) for place, clock in in_tiers(commitment)]
    if isinstance(commitment, Cadence) and commitment.tiers:
        return [_tier(place, _attempts(cadence), cadence.target_rate) for place, cadence in in_tiers(commitment)]
    return []


def _tier(place: Place, promised: str, target_rate: float) -> tuple[str | None, str, str, str]:
    leads = conditions(place.applies_to) if place.applies_to else "all other leads"
    return place.name, leads, promised, percent(target_rate)


def conditions(when: Part) -> str:
    """The conditions of a rule: all of them must fit, each with any of its words."""
    given = [(name, getattr(when, name)) for name in type(when).model_fields if name in when.model_fields_set]
    return ", and ".join(_condition(name, value) for name, value in given if value is not None)


def _condition(name: str, value: Range | float | list[str]) -> str:
    if isinstance(value, Range):
        limits = [("from", value.from_), ("to", value.to)]
        return " ".join([words(name), *(f"{word} {limit:,g}" for word, limit in limits if limit is not None)])
    if isinstance(value, list):
        return f"{words(name)} {listed([words(each) if each.replace('_', '').islower() else each for each in value])}"
    return f"{words(name)} {value:g}"


def _clock(clock: Clock, team: str) -> Iterator[str]:
    starts = STARTS.get(clock.starts_at) or f"From when a lead became {words(clock.starts_at)}"
    does = f"moves it on to {words(clock.until)}" if clock.until else "contacts it"
    yield f"{starts}, {team} {does} {'as fast as its tier below states' if clock.tiers else _allowed(clock)}."
    if clock.clock == "calendar":
        yield f"Business time, which is shown beside it, is that of {label(clock.calendar)}."
    if not clock.until:
        yield from _what_counts(clock)
        before = int(clock.already_in_contact[:-1])
        yield (
            f"A contact in the {time(clock.already_in_contact)} before keeps the promise as well."
            if before
            else "A contact from before does not keep the promise."
        )
    if clock.excused_by:
        yield f"It is excused when {_stops(clock.excused_by)} before it is due."
    if not clock.until:
        yield f"If the owner sends the lead away without the contact, it is {clock.own_exit}."
    if clock.absence == "pauses":
        yield "While the lead’s owner is absent the clock pauses."
    elif clock.absence == "covered_by":
        yield "While the lead’s owner is absent the clock goes on, and its time is that of who covers for them."
    if not clock.tiers:
        yield f"Of those due, {percent(clock.target_rate)} must be kept."


def _allowed(clock: Clock) -> str:
    if clock.clock == "calendar":
        return f"within {time(clock.within)}, all hours counting"
    own = ", or of the owner’s own calendar" if clock.calendar_of == "owner" else ""
    return f"within {time(clock.within)} of the opening hours of {label(clock.calendar)}{own}"


def _cadence(cadence: Cadence, team: str) -> Iterator[str]:
    often = "as often as its tier below states" if cadence.tiers else _attempts(cadence)
    yield f"From when a lead became {words(cadence.starts_at)}, {team} tries to reach it: {often}."
    if cadence.longest_gap:
        gap = time(cadence.longest_gap)
        yield f"The next attempt comes within {gap} of the start, and of each attempt, until all are made."
    yield from _what_counts(cadence)
    if cadence.stopped_by:
        yield f"It ends when {_stops(cadence.stopped_by)}."
    yield f"If the owner sends the lead away after fewer attempts, it is {cadence.own_exit}."
    if not cadence.tiers:
        yield f"Of the steps due, {percent(cadence.target_rate)} must be kept."


def _attempts(cadence: Cadence) -> str:
    """3 attempts within 2 weeks, 5 within 4 weeks."""
    first, *others = [f"{number} within {time(text)}" for text, number in cadence.attempts.items()]
    return ", ".join([first.replace(" ", " attempts ", 1), *others])


def _what_counts(commitment: Clock | Cadence) -> Iterator[str]:
    by_class: dict[str, list[str]] = {}
    for activity, least in counted(commitment.counts):
        by_class.setdefault(least, []).append(ACTIVITIES.get(activity, activity))
    parts = [f"{'an' if least == 'attempt' else 'a'} {least} by {listed(of)}" for least, of in by_class.items()]
    sent = "counts as well" if commitment.counts_sequences else "does not count"
    yield f"What counts: {listed(parts)}, made by a person; a message that a sequence sent {sent}."


def _stops(stops: Sequence[Stop]) -> str:
    """The lead replies, or the lead is disqualified (for a definitional reason) or lost."""
    events = [STOPS[each.rule] for each in stops if each.rule in STOPS]
    states = [
        words(each.rule) + (f" (for a {listed(each.reason_classes)} reason)" if each.reason_classes else "")
        for each in stops
        if each.rule not in STOPS
    ]
    return listed([*events, *([f"the lead is {listed(states)}"] if states else [])])


def _lead_value(commitment: LeadValue, team: str) -> Iterator[str]:
    which = "months in which their deals close, by the agreed sales cycle"
    quota = "same month" if commitment.due_by == "quota_month" else which
    yield f"Every {commitment.per}, {team} hands over leads worth the quota of each revenue stream and lead type."
    yield f"The leads of a month are for the quota of the {quota}."
    pace = f"business days of {label(commitment.calendar)}" if commitment.calendar else "days"
    yield f"A month is paced by its {pace}."
    if commitment.carry_over:
        yield "What a month falls short is added to the target of the next, until the fiscal year ends."
    if commitment.credit is not None:
        share = percent(commitment.credit)
        yield f"The quota of sales for a missed month is lowered by {share} of what marketing fell short."


def _measure(measure: Measure) -> Iterator[str]:
    text = _of_kpi(measure) if measure.measures in KPIS else MEASURES[measure.measures]
    figure = text.format(
        per=measure.per,
        limit=_limit(measure),
        requires=listed(measure.requires or ["-"], "and"),
        within=time(measure.within or "1d"),
    )
    yield f"{figure[:1].upper()}{figure[1:]}."
    if measure.revenue_streams:
        yield f"It is about {listed([words(each) for each in measure.revenue_streams], 'and')} only."
    if measure.least_cases > 1:
        yield f"With fewer than {measure.least_cases} cases nobody is evaluated."


def _of_kpi(measure: Measure) -> str:
    """A KPI is worded by its own definition."""
    kpi = KPIS[measure.measures]
    side = "at most" if measure.figure.is_best_low else "at least"
    divided = f" divided by {kpi['denominator']}" if kpi["denominator"] else ""
    return f"in a {{per}}, “{kpi['label']}” is {side} {{limit}}: {kpi['numerator']}{divided}"


def _limit(measure: Measure) -> str:
    limit = measure.at_most if measure.figure.is_best_low else measure.at_least
    if measure.figure.unit == "days":
        return f"{limit:g} days"
    if measure.figure.unit == "share":
        return percent(limit)
    return f"{limit:,g}{' points' if measure.figure.unit == 'points' else ''}"
