"""A calculation as a table for the terminal.

Belongs here: columns. The figures are figures.py's, the sentences wording.py's; the page is pages/calculator.py.
"""

from fractions import Fraction

from orchestration.lib.calculator.figures import Calculation, Change
from orchestration.lib.calculator.wording import SENTENCES
from orchestration.lib.quota import in_writing, share_of


def share_in_words(share: Fraction) -> str:
    """65 % or 12.5 %."""
    return f"{in_writing(share * 100)} %"


def change_in_words(change: Change) -> str:
    """At 21 % instead of 23 %: 371 leads more."""
    moved = SENTENCES["same" if not change.leads else "more" if change.leads > 0 else "fewer"]
    new, old = share_in_words(change.rate), share_in_words(change.step.rate)
    return moved.format(new=new, old=old, leads=f"{abs(change.leads):,}")


def as_text(calculation: Calculation, currency: str = "") -> str:
    """The whole calculation, with its arithmetic."""
    inputs, plan = calculation.inputs, calculation.plan
    money = f"{currency} " if currency else ""
    share = share_in_words(inputs.share)
    head = ("stage", "arithmetic", "needed", f"target ({share})")
    rows = [
        (target.stage, target.arithmetic, f"{target.needed:,}", f"{share_of(target.needed, inputs.share):,}")
        for target in reversed(plan.targets)
    ]
    first, second, third, last = (max(map(len, column)) for column in zip(head, *rows, strict=True))
    table = [f"{a:<{first}}  {b:<{second}}  {c:>{third}}  {d:>{last}}" for a, b, c, d in (head, *rows)]
    stage, needed = plan.targets[0].stage, plan.targets[0].needed
    lines = [
        f"Quota {money}{in_writing(inputs.quota)} per {inputs.per}, deals of {money}{in_writing(inputs.deal_size)}",
        "",
        *table,
        "",
        f"One {stage} is worth {money}{float(plan.lead_value):,.2f}: {in_writing(inputs.quota)} / {needed:,}.",
        f"Target: {calculation.target_leads:,} {stage} per {inputs.per}"
        + ("." if inputs.per == "month" else f", {float(calculation.leads_per_month):,.1f} per month."),
    ]
    if calculation.capacity is not None:
        lines.append(capacity_in_words(calculation, calculation.capacity))
    changes = [
        f"  {change.step.from_stage} to {change.step.to_stage} {change_in_words(change)}"
        for change in calculation.changes
    ]
    return "\n".join([*lines, "", "If a rate is two points lower or higher:", *changes])


def capacity_in_words(calculation: Calculation, capacity: Fraction) -> str:
    """What sales can serve in a month, and whether this lead type alone is more than that."""
    used = calculation.leads_per_month / capacity
    sentence = SENTENCES["over" if used > 1 else "capacity"]
    return sentence.format(capacity=in_writing(capacity), used=f"{float(used) * 100:,.0f}")
