"""A calculation as a table for the terminal.

Belongs here: words and columns. The figures are calculator.py's; the page is pages/calculator.py.
"""

from fractions import Fraction

from orchestration.lib.calculator.figures import Calculation, Change
from orchestration.lib.quota import in_writing, share_of


def share_in_words(share: Fraction) -> str:
    """65 % or 12.5 %."""
    return f"{in_writing(share * 100)} %"


def change_in_words(change: Change) -> str:
    """At 21 % instead of 23 %: 371 leads more."""
    moved = "no lead more or less"
    if change.leads:
        moved = f"{abs(change.leads):,} leads {'more' if change.leads > 0 else 'fewer'}"
    return f"at {share_in_words(change.rate)} instead of {share_in_words(change.step.rate)}: {moved}"


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
    over = "; that is more than sales can serve well" if used > 1 else ""
    return f"Sales can serve {in_writing(capacity)} per month; this takes {float(used) * 100:,.0f} % of it{over}."
