"""The version that a review proposes, on the page of the review: its clauses, why targets move, what a point does,
whether the quota is within reach.

Belongs here: how it is shown. What is proposed is lib/review/next_version.py, the causes lib/review/decomposition.py,
the chances lib/review/chances.py, and what a point does is lib/calculator/.
"""

from collections.abc import Iterator
from fractions import Fraction

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.calculator.figures import Inputs, changes_of
from orchestration.lib.formats import label, words
from orchestration.lib.language import gettext, translated
from orchestration.lib.pages.charts import waterfall_chart
from orchestration.lib.pages.conditions import step_in_words
from orchestration.lib.review.chances import Chance, busiest_month, stream_chance
from orchestration.lib.review.decomposition import AMOUNTS, STEPS, Cause, decompose, inputs_of
from orchestration.lib.review.measured import Review
from orchestration.lib.review.months import month_causes
from orchestration.lib.review.next_version import NextVersion
from orchestration.lib.review.past import Past
from orchestration.lib.warehouse.rows import Row

POINT = Fraction(1, 100)
# A quarter of a second each, and nobody reads a hundred pictures.
MOST_PICTURES = 12
UNITS = {"quota": "amount", "deal_size": "amount"}


def version_part(proposed: NextVersion, review: Review, past: Past) -> Row:
    """The clauses that differ, each lead type of both versions, and what the past makes of it."""
    return {
        "chances": list(_chances(proposed.agreement, review, past)),
        "reached": list(_reached(proposed.agreement, past)),
        "present": proposed.present,
        "agreement": proposed.agreement,
        "clauses": proposed.clauses,
        "lead_types": _with_pictures(list(_lead_types(proposed))),
    }


def _lead_types(proposed: NextVersion) -> Iterator[Row]:
    for key, stream in proposed.agreement.revenue_streams.items():
        before = proposed.present.revenue_streams[key]
        for name, lead_type in stream.lead_types.items():
            old, new = inputs_of(before, before.lead_types[name]), inputs_of(stream, lead_type)
            causes, leads = decompose(old, new), (old.target_leads, new.target_leads)
            title = f"{stream.name}, {words(name)}"
            yield {
                "title": title,
                "per": new.per,
                "stage": new.rates[0].from_stage,
                "old": old.target_leads,
                "new": new.target_leads,
                "causes": [_cause(cause) for cause in causes],
                "chart": None,
                "ends": [
                    {"name": gettext("Version %(version)s", version=each.version)}
                    for each in (proposed.present, proposed.agreement)
                ],
                "months": list(month_causes((proposed.present, proposed.agreement), key, leads)),
                "points": [_points(new, step) for step in range(len(new.rates))],
            }


def _with_pictures(lead_types: list[Row]) -> list[Row]:
    """With a waterfall for each target that moves, of many for those that move most for their size."""
    moved = sorted(
        (row for row in lead_types if row["causes"]), key=lambda row: abs(row["new"] / row["old"] - 1), reverse=True
    )
    for row in moved[:MOST_PICTURES]:
        old, new = (end | {"leads": float(row[at])} for end, at in zip(row["ends"], ("old", "new"), strict=True))
        title = gettext("Why the target moves: %(lead_type)s", lead_type=row["title"])
        row["chart"] = waterfall_chart(old, row["causes"], new, title)
    return lead_types


def _chances(agreement: Agreement, review: Review, past: Past) -> Iterator[Row]:
    """By stream: what the leads must bring, and how likely they do."""
    for key, stream in agreement.revenue_streams.items():
        found = stream_chance(key, stream, review, past)
        yield {
            "name": stream.name,
            "amount": stream.quota.amount * stream.share_from_marketing,
            "per": stream.quota.per,
            "deals": len(past.amounts.get(key, [])),
            "chance": found if isinstance(found, Chance) else None,
            "unknown": found if isinstance(found, str) else None,
        }


def _reached(agreement: Agreement, past: Past) -> Iterator[Row]:
    """By lead type: the leads of the busiest month beside the best month, and rates above those of the best quarter."""
    for key, stream in agreement.revenue_streams.items():
        for name, lead_type in stream.lead_types.items():
            months = past.leads.get((key, name, lead_type.first_stage), {})
            best = max(months, key=lambda month: (months[month], month), default=None)
            leads = inputs_of(stream, lead_type).target_leads
            needed = busiest_month(stream, leads, agreement.company.fiscal_month)
            rates = [
                (step, rate.rate, past.best_rates.get((key, name, step))) for step, rate in lead_type.rates.items()
            ]
            yield {
                "title": f"{stream.name}, {words(name)}",
                "needed": needed,
                "best": months[best] if best else None,
                "best_month": best,
                "is_beyond": best is not None and needed > months[best],
                "rates": [
                    {"name": step_in_words(step), "rate": rate, "best": highest}
                    for step, rate, highest in rates
                    if highest is not None and rate > highest
                ],
            }


def _cause(cause: Cause) -> Row:
    return {
        "name": _named(cause),
        "unit": UNITS.get(cause.name, "rate"),
        "old": None if cause.old is None else float(cause.old),
        "new": None if cause.new is None else float(cause.new),
        "leads": float(cause.leads),
    }


def _named(cause: Cause) -> str:
    if cause.name in AMOUNTS:
        return translated(label(cause.name))
    if cause.name == STEPS:
        return gettext("Rate steps")
    return gettext("Rate %(step)s", step=step_in_words(cause.name))


def _points(inputs: Inputs, place: int) -> Row:
    """What a rate that is one point lower, and one higher, does to the leads needed; None where it cannot be so."""
    step = inputs.rates[place]
    changes = {change.rate > step.rate: change.leads for change in changes_of(inputs, step, POINT)}
    return {"step": step, "rate": float(step.rate), "lower": changes.get(False), "higher": changes.get(True)}
