"""The clauses of an agreement in sentences, as both teams read and sign them.

Belongs here: the words of promises. What several of them are made of is conditions.py; which sections the page has is
agreement.py; what each field means in full is docs/agreement.md.
"""

from collections.abc import Iterator, Sequence

from orchestration.lib.agreement.commitments import Cadence, Clock, Commitment, LeadValue, counted, in_tiers
from orchestration.lib.agreement.parts import ActivityType
from orchestration.lib.agreement.stops import Stop
from orchestration.lib.agreement.tiers import Place
from orchestration.lib.formats import label, percent, words
from orchestration.lib.language import gettext, later, ngettext, translated
from orchestration.lib.pages.conditions import conditions, listed, time
from orchestration.lib.pages.measure_wording import measured

ACTIVITIES: dict[ActivityType, str] = {"email": later("e-mail")}
STARTS = {
    "created": later("From when a lead came in"),
    "assigned": later("From when a person first had a lead"),
}
STOPS = {
    "won_forward": later("the lead goes on to a later stage"),
    "replied": later("the lead replies"),
    "reply": later("the lead replies"),
    "meeting": later("a meeting is held"),
    "opt_out": later("the lead may no longer be written to"),
    "stage_exit": later("the lead leaves the stage"),
}
HANDS_OVER = {
    "month": later("Every month, %(team)s hands over leads worth the quota of each revenue stream and lead type.")
}
# What is the least that counts, of an activity.
CLASSES = {
    "attempt": later("an attempt by %(activities)s"),
    "contact": later("a contact by %(activities)s"),
    "conversation": later("a conversation by %(activities)s"),
}


def promise(commitment: Commitment) -> list[str]:
    """What is promised, in sentences; what differs by tier is in tiers()."""
    team = translated(commitment.team)
    if isinstance(commitment, Clock):
        return list(_clock(commitment, team))
    if isinstance(commitment, Cadence):
        return list(_cadence(commitment, team))
    if isinstance(commitment, LeadValue):
        return list(_lead_value(commitment, team))
    return list(measured(commitment))


def tiers(commitment: Commitment) -> list[tuple[str | None, str, str, str]]:
    """Name, leads, what they are promised, and the share that must be kept: one line per tier; none without tiers."""
    if isinstance(commitment, Clock) and commitment.tiers:
        return [_tier(place, _allowed(clock), clock.target_rate) for place, clock in in_tiers(commitment)]
    if isinstance(commitment, Cadence) and commitment.tiers:
        return [_tier(place, _attempts(cadence), cadence.target_rate) for place, cadence in in_tiers(commitment)]
    return []


def _tier(place: Place, promised: str, target_rate: float) -> tuple[str | None, str, str, str]:
    leads = conditions(place.applies_to) if place.applies_to else gettext("all other leads")
    # One without a name of its own has its number.
    is_numbered = place.name == f"tier {place.number}"
    name = gettext("tier %(number)s", number=place.number) if is_numbered else place.name
    return name, leads, promised, percent(target_rate)


def _clock(clock: Clock, team: str) -> Iterator[str]:
    yield _time_of(clock, team)
    if clock.clock == "calendar":
        calendar = label(clock.calendar)
        yield gettext("Business time, which is shown beside it, is that of %(calendar)s.", calendar=calendar)
    if not clock.until:
        yield from _what_counts(clock)
        if int(clock.already_in_contact[:-1]):
            before = time(clock.already_in_contact)
            yield gettext("A contact in the %(time)s before keeps the promise as well.", time=before)
        else:
            yield gettext("A contact from before does not keep the promise.")
    if clock.excused_by:
        yield gettext("It is excused when %(ends)s before it is due.", ends=_stops(clock.excused_by))
    if not clock.until and clock.own_exit == "missed":
        yield gettext("If the owner sends the lead away without the contact, it is missed.")
    elif not clock.until:
        yield gettext("If the owner sends the lead away without the contact, it is excused.")
    if clock.absence == "pauses":
        yield gettext("While the lead’s owner is absent the clock pauses.")
    elif clock.absence == "covered_by":
        yield gettext(
            "While the lead’s owner is absent the clock goes on, and its time is that of who covers for them."
        )
    if not clock.tiers:
        yield gettext("Of those due, %(share)s must be kept.", share=percent(clock.target_rate))


def _time_of(clock: Clock, team: str) -> str:
    """From when a lead became MQL, sales contacts it within 24 hours, all hours counting."""
    start = gettext(STARTS[clock.starts_at]) if clock.starts_at in STARTS else _became(clock.starts_at)
    stage = translated(words(clock.until)) if clock.until else ""
    if clock.tiers and clock.until:
        return gettext(
            "%(start)s, %(team)s moves it on to %(stage)s as fast as its tier below states.",
            start=start, team=team, stage=stage,
        )  # fmt: skip
    if clock.tiers:
        return gettext("%(start)s, %(team)s contacts it as fast as its tier below states.", start=start, team=team)
    allowed = _allowed(clock)
    if clock.until:
        return gettext(
            "%(start)s, %(team)s moves it on to %(stage)s %(in_time)s.",
            start=start, team=team, stage=stage, in_time=allowed,
        )  # fmt: skip
    return gettext("%(start)s, %(team)s contacts it %(in_time)s.", start=start, team=team, in_time=allowed)


def _became(stage: str) -> str:
    return gettext("From when a lead became %(stage)s", stage=translated(words(stage)))


def _allowed(clock: Clock) -> str:
    length, calendar = time(clock.within), label(clock.calendar)
    if clock.clock == "calendar":
        return gettext("within %(time)s, all hours counting", time=length)
    if clock.calendar_of == "owner":
        return gettext(
            "within %(time)s of the opening hours of %(calendar)s, or of the owner’s own calendar",
            time=length, calendar=calendar,
        )  # fmt: skip
    return gettext("within %(time)s of the opening hours of %(calendar)s", time=length, calendar=calendar)


def _cadence(cadence: Cadence, team: str) -> Iterator[str]:
    start = _became(cadence.starts_at)
    if cadence.tiers:
        yield gettext(
            "%(start)s, %(team)s tries to reach it: as often as its tier below states.", start=start, team=team
        )
    else:
        attempts = _attempts(cadence)
        yield gettext("%(start)s, %(team)s tries to reach it: %(attempts)s.", start=start, team=team, attempts=attempts)
    if cadence.longest_gap:
        yield gettext(
            "The next attempt comes within %(time)s of the start, and of each attempt, until all are made.",
            time=time(cadence.longest_gap),
        )
    yield from _what_counts(cadence)
    if cadence.stopped_by:
        yield gettext("It ends when %(ends)s.", ends=_stops(cadence.stopped_by))
    if cadence.own_exit == "missed":
        yield gettext("If the owner sends the lead away after fewer attempts, it is missed.")
    else:
        yield gettext("If the owner sends the lead away after fewer attempts, it is excused.")
    if not cadence.tiers:
        yield gettext("Of the steps due, %(share)s must be kept.", share=percent(cadence.target_rate))


def _attempts(cadence: Cadence) -> str:
    """3 attempts within 2 weeks, 5 within 4 weeks."""
    (text, number), *others = cadence.attempts.items()
    first = ngettext(
        "%(number)s attempt within %(time)s", "%(number)s attempts within %(time)s", number,
        number=number, time=time(text),
    )  # fmt: skip
    more = [gettext("%(number)s within %(time)s", number=number, time=time(text)) for text, number in others]
    return ", ".join([first, *more])


def _what_counts(commitment: Clock | Cadence) -> Iterator[str]:
    by_class: dict[str, list[str]] = {}
    for activity, least in counted(commitment.counts):
        by_class.setdefault(least, []).append(translated(ACTIVITIES.get(activity, activity)))
    what = listed([gettext(CLASSES[least], activities=listed(of)) for least, of in by_class.items()])
    if commitment.counts_sequences:
        sentence = later("What counts: %(what)s, made by a person; a message that a sequence sent counts as well.")
    else:
        sentence = later("What counts: %(what)s, made by a person; a message that a sequence sent does not count.")
    yield gettext(sentence, what=what)


def _stops(stops: Sequence[Stop]) -> str:
    """The lead replies, or the lead is disqualified (for a definitional reason) or lost."""
    events = [gettext(STOPS[each.rule]) for each in stops if each.rule in STOPS]
    states = [_state(each) for each in stops if each.rule not in STOPS]
    return listed([*events, *([gettext("the lead is %(states)s", states=listed(states))] if states else [])])


def _state(stop: Stop) -> str:
    state = translated(words(stop.rule))
    if not stop.reason_classes:
        return state
    classes = listed([translated(each) for each in stop.reason_classes])
    return gettext("%(state)s (for a %(classes)s reason)", state=state, classes=classes)


def _lead_value(commitment: LeadValue, team: str) -> Iterator[str]:
    yield gettext(HANDS_OVER[commitment.per], team=team)
    if commitment.due_by == "quota_month":
        yield gettext("The leads of a month are for the quota of the same month.")
    else:
        yield gettext(
            "The leads of a month are for the quota of the months in which their deals close, "
            "by the agreed sales cycle."
        )
    if commitment.calendar:
        yield gettext("A month is paced by its business days of %(calendar)s.", calendar=label(commitment.calendar))
    else:
        yield gettext("A month is paced by its days.")
    if commitment.carry_over:
        yield gettext("What a month falls short is added to the target of the next, until the fiscal year ends.")
    if commitment.credit is not None:
        yield gettext(
            "The quota of sales for a missed month is lowered by %(share)s of what marketing fell short.",
            share=percent(commitment.credit),
        )
