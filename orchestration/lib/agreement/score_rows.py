"""Lays the scoring of a version out as the rows of contract.py: weights, rules, and each condition of a rule.

Belongs here: how a word of the agreement becomes a pattern of SQL. Evaluating by the rules is SQL
(intermediate/scoring).
"""

from collections.abc import Iterator
from typing import Any

from orchestration.lib.agreement import contract
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.parts import Part
from orchestration.lib.agreement.scoring import EngagementRule, Range
from orchestration.lib.warehouse.own_tables import Row


def like_pattern(text: str) -> str:
    """A word of the agreement as a pattern of SQL's LIKE (escaped by !), in lower case; `*` matches any text."""
    escaped = text.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return escaped.replace("*", "%")


def score_rows(agreement: Agreement) -> Iterator[Row]:
    """Nothing for a version that does not score."""
    scoring, version = agreement.scoring, agreement.version
    if scoring is None:
        return
    fit, engagement, grades = scoring.fit, scoring.engagement, scoring.grades
    yield contract.Scoring(
        agreement_version=version,
        fit_weight=fit.weight,
        fit_cap=fit.cap,
        engagement_weight=engagement.weight,
        engagement_cap=engagement.cap,
        half_life_days=engagement.half_life_days,
        grade_a_from=grades.A,
        grade_b_from=grades.B,
        grade_1_from=grades.first,
        grade_2_from=grades.second,
    )
    for part, rules in (("fit", fit.rules), ("engagement", engagement.rules)):
        for name, rule in rules.items():
            at_most = rule.at_most if isinstance(rule, EngagementRule) else None
            yield from rule_rows(version, part, name, rule.when, rule.points, at_most)


def rule_rows(
    version: str, part: str, name: str, when: Part, points: float = 0.0, at_most: float | None = None
) -> Iterator[Row]:
    """A rule and each of its conditions."""
    yield contract.ScoreRule(
        agreement_version=version,
        score_part=part,
        rule=name,
        points=points,
        at_most=at_most,
        conditions=len(when.model_fields_set),
    )
    for condition in _conditions(when):
        yield contract.ScoreCondition(agreement_version=version, score_part=part, rule=name, **condition)


def _conditions(when: Part) -> Iterator[dict[str, Any]]:
    """Attribute and pattern, or least and greatest number, of every condition of a rule."""
    for attribute in sorted(when.model_fields_set):
        wanted = getattr(when, attribute)
        if isinstance(wanted, Range):
            yield {"attribute": attribute, "from_number": wanted.from_, "to_number": wanted.to}
        else:
            yield from ({"attribute": attribute, "pattern": like_pattern(text)} for text in wanted)
