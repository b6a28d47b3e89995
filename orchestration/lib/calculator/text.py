"""A calculation as a table for the terminal.

Belongs here: columns. The figures are figures.py's, the sentences wording.py's; the page is pages/calculator.py.
"""

from collections.abc import Iterator
from fractions import Fraction

from orchestration.lib.calculator.figures import Calculation, Change
from orchestration.lib.calculator.wording import CHANGE, SENTENCES, arithmetic, period_in_words
from orchestration.lib.language import gettext, later
from orchestration.lib.language.places import separated
from orchestration.lib.quota import in_writing, share_of


def share_in_words(share: Fraction) -> str:
    """65 % or 12.5 %."""
    return f"{_number(share * 100)} %"


def change_in_words(change: Change) -> str:
    """At 21 % instead of 23 %: 371 leads more."""
    moved = SENTENCES["same" if not change.leads else "more" if change.leads > 0 else "fewer"]
    new, old = share_in_words(change.rate), share_in_words(change.step.rate)
    return gettext(moved, new=new, old=old, leads=_count(abs(change.leads)))


def as_text(calculation: Calculation, currency: str = "") -> str:
    """The whole calculation, with its arithmetic."""
    inputs, plan = calculation.inputs, calculation.plan
    money = f"{currency} " if currency else ""
    head = (
        gettext("stage"),
        gettext("arithmetic"),
        gettext("needed"),
        gettext("target (%(share)s)", share=share_in_words(inputs.share)),
    )
    rows = [
        (
            target.stage,
            arithmetic(target.arithmetic),
            _count(target.needed),
            _count(share_of(target.needed, inputs.share)),
        )
        for target in reversed(plan.targets)
    ]
    first, second, third, last = (max(map(len, column)) for column in zip(head, *rows, strict=True))
    table = [f"{a:<{first}}  {b:<{second}}  {c:>{third}}  {d:>{last}}" for a, b, c, d in (head, *rows)]
    lines = [
        gettext(
            "Quota %(amount)s per %(period)s, deals of %(deal)s",
            amount=money + _number(inputs.quota),
            period=period_in_words(inputs.per),
            deal=money + _number(inputs.deal_size),
        ),
        "",
        *table,
        "",
        *_worth(calculation, money),
    ]
    if calculation.capacity is not None:
        lines.append(capacity_in_words(calculation, calculation.capacity))
    changes = [
        "  "
        + gettext(
            CHANGE, **{"from": change.step.from_stage, "to": change.step.to_stage, "change": change_in_words(change)}
        )
        for change in calculation.changes
    ]
    return "\n".join([*lines, "", gettext("If a rate is two points lower or higher:"), *changes])


def _worth(calculation: Calculation, money: str) -> Iterator[str]:
    """What one lead is worth, and how many of them are the target."""
    inputs, plan = calculation.inputs, calculation.plan
    stage, needed = plan.targets[0].stage, plan.targets[0].needed
    yield gettext(
        "One %(stage)s is worth %(value)s: %(quota)s / %(needed)s.",
        stage=stage,
        value=money + separated(f"{float(plan.lead_value):,.2f}"),
        quota=_number(inputs.quota),
        needed=_count(needed),
    )
    target = {"leads": _count(calculation.target_leads), "stage": stage, "period": period_in_words(inputs.per)}
    if inputs.per == "month":
        yield gettext("Target: %(leads)s %(stage)s per %(period)s.", **target)
    else:
        monthly = separated(f"{float(calculation.leads_per_month):,.1f}")
        sentence = later("Target: %(leads)s %(stage)s per %(period)s, %(monthly)s per month.")
        yield gettext(sentence, **target, monthly=monthly)


def capacity_in_words(calculation: Calculation, capacity: Fraction) -> str:
    """What sales can serve in a month, and whether this lead type alone is more than that."""
    used = calculation.leads_per_month / capacity
    sentence = SENTENCES["over" if used > 1 else "capacity"]
    return gettext(sentence, capacity=_number(capacity), used=separated(f"{float(used) * 100:,.0f}"))


def _number(number: Fraction) -> str:
    return separated(in_writing(number))


def _count(number: int) -> str:
    return separated(f"{number:,}")
