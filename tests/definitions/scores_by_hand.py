"""Scores and stages of one person in Python, straight from the agreement's clauses: the second opinion on the SQL.

Nothing here is shared with the models: events are summed one by one for each instant, stages are computed in order of
time.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SIDE_STATES = {"recycled", "lost"}
RANKS = {"lead": 1, "mql": 2, "sal": 3, "sql": 4, "opportunity": 5, "customer": 6} | dict.fromkeys(SIDE_STATES, 0)


@dataclass
class Version:
    """A version of the agreement: its document as a dict, and the UTC instants between which it is in force."""

    document: dict
    starts: datetime
    ends: datetime


@dataclass
class Person:
    """The person, since when it is known, its events (instant, attributes), the CRM's labels (id, instant, stage)."""

    profile: dict
    created: datetime
    events: list[tuple[datetime, dict]] = field(default_factory=list)
    labels: list[tuple[str, datetime, str]] = field(default_factory=list)


def holds(when: dict, known: dict) -> bool:
    """Every attribute is known and meets any of its words or its range."""
    return all(known.get(name) not in (None, "") and meets(wanted, known[name]) for name, wanted in when.items())


def meets(wanted: list[str] | dict, value: str | int) -> bool:
    if isinstance(wanted, dict):
        return wanted.get("from", -1e9) <= int(value) <= wanted.get("to", 1e9)
    patterns = (".*".join(map(re.escape, word.split("*"))) for word in wanted)
    return any(re.fullmatch(pattern, str(value), re.IGNORECASE | re.DOTALL) for pattern in patterns)


def score(person: Person, version: Version, at: datetime, just_before: bool = False) -> tuple[float, float, float, str]:
    """Points of fit and of engagement, score and grade at an instant; just_before excludes what happened at it."""
    scoring = version.document["scoring"]
    fit, engagement, grades = scoring["fit"], scoring["engagement"], scoring["grades"]
    fit_points = sum(rule["points"] for rule in fit["rules"].values() if holds(rule["when"], person.profile))
    engagement_points = 0.0
    for rule in engagement["rules"].values():
        left = 0.0
        for happened, what in person.events:
            if (happened < at or (happened == at and not just_before)) and holds(rule["when"], what):
                left += rule["points"] * 0.5 ** ((at - happened) / timedelta(days=engagement["half_life_days"]))
        engagement_points += min(left, rule.get("at_most", left))
    fit_score = round(100 * min(max(fit_points, 0), fit["cap"]) / fit["cap"], 4)
    engagement_score = round(100 * min(max(engagement_points, 0), engagement["cap"]) / engagement["cap"], 4)
    letter = "A" if fit_score >= grades["A"] else "B" if fit_score >= grades["B"] else "C"
    digit = "1" if engagement_score >= grades["1"] else "2" if engagement_score >= grades["2"] else "3"
    total = round(fit["weight"] * fit_score + engagement["weight"] * engagement_score, 4)
    return fit_points, engagement_points, total, letter + digit


def instants(person: Person, versions: list[Version], as_of: datetime) -> dict[datetime, Version]:
    """When the score is computed, and the version in force then."""
    times = {person.created, as_of} | {at for _, at, _ in person.labels} | {version.starts for version in versions}
    found = {}
    for version in versions:
        rules = version.document["scoring"]["engagement"]["rules"].values()
        gained = {at for at, what in person.events if any(holds(rule["when"], what) for rule in rules)}
        found |= {at: version for at in times | gained if version.starts <= at < version.ends}
    return {at: version for at, version in sorted(found.items()) if person.created <= at <= as_of}


def is_met(criteria: dict, total: float, grade: str) -> bool:
    return total >= criteria.get("score_at_least", 0) and grade in criteria.get("grades", [grade])


def asked_of(version: Version | None, stage: str) -> tuple[dict | None, str]:
    definition = version.document["stages"].get(stage, {}) if version else {}
    return definition.get("criteria"), definition.get("decided_by", "label")


def stage_entries(person: Person, versions: list[Version], as_of: datetime) -> list[tuple[datetime, str, str]]:
    """Instant, stage and source of every entry: a walk through labels and crossings in order of time."""
    happenings = []
    for name, at, stage in person.labels:
        version = next((each for each in versions if each.starts <= at < each.ends), None)
        if asked_of(version, stage)[1] == "label":
            happenings.append((at, stage in SIDE_STATES, RANKS[stage], name, stage, "label", False))
    for at, version in instants(person, versions, as_of).items():
        before = next((each for each in versions if each.starts < at <= each.ends and person.created < at), None)
        for stage in version.document["stages"]:
            criteria, decided_by = asked_of(version, stage)
            criteria_before, decided_before = asked_of(before, stage)
            met = decided_by == "rule" and is_met(criteria, *score(person, version, at)[2:])
            was_met = bool(criteria_before) and is_met(criteria_before, *score(person, before, at, True)[2:])
            if met and not (was_met and decided_before == "rule"):
                happenings.append((at, False, RANKS[stage], "rule", stage, "rule", was_met))
    entries, state = [], None
    for at, _, rank, _, stage, source, was_met in sorted(happenings):
        if source == "rule" and (rank <= RANKS.get(state, 0) or (was_met and state in SIDE_STATES)):
            continue
        if stage != state:
            entries.append((at, stage, source))
        state = stage
    return entries
