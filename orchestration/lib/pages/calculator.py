"""The page of the calculator: a form, and what follows from it.

Belongs here: what the form holds and where its errors stand. Reading and computing is lib/calculator/figures.py;
serving the page is lib/pages/server.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.parts import STAGES
from orchestration.lib.calculator.figures import FIELDS, Calculation, InputError, calculate, read_inputs
from orchestration.lib.calculator.text import capacity_in_words, change_in_words, share_in_words
from orchestration.lib.pages.rendering import render
from orchestration.lib.quota import in_writing, share_of

# A field for each stage that can lead on; one left empty is not in the chain.
CHAIN = STAGES[:-1]


def rates_of(form: Mapping[str, str]) -> dict[str, str]:
    """The steps of the form: from each stage that is filled in to the next one that is, the last to customer."""
    filled = [stage for stage in CHAIN if form.get(stage, "").strip()]
    nexts = [*filled[1:], "customer"] if filled else []
    return {f"{stage}_to_{after}": form[stage] for stage, after in zip(filled, nexts, strict=True)}


def render_calculator(form: Mapping[str, str], agreement: Agreement) -> str:
    """The page with what was typed in the form; computed when it can be, else with each error at its field."""
    values = {name: form.get(name, "") for name in (*FIELDS, *CHAIN)}
    problems: dict[str, str] = {}
    calculation = None
    if any(values[name] for name in values if name != "per"):
        rates = rates_of(values)
        try:
            if not rates:
                raise InputError(
                    {"rate": "no rate is given: write, for example, 34% at the stage that marketing hands over"}
                )
            calculation = calculate(read_inputs(values, rates))
        except InputError as error:
            problems = {name.split("_to_")[0] if name in rates else name: text for name, text in error.problems.items()}
    return render(
        "calculator.html.j2",
        "calculator",
        company_name=agreement.company.name,
        version=agreement.version,
        currency=agreement.company.currency,
        values=values,
        problems=dict.fromkeys([*values, "rate"], "") | problems,
        has_problems=bool(problems),
        chain=CHAIN,
        starts=_starts(agreement),
        result=_result(calculation) if calculation else None,
    )


def _starts(agreement: Agreement) -> Sequence[tuple[str, str, str, str]]:
    """Stream, lead type and their names: what the form can be filled with."""
    return [
        (stream_id, lead_type, stream.name, lead_type)
        for stream_id, stream in agreement.revenue_streams.items()
        for lead_type in stream.lead_types
    ]


def _result(calculation: Calculation) -> dict[str, Any]:
    inputs, plan = calculation.inputs, calculation.plan
    return {
        "stage": plan.targets[0].stage,
        "needed": plan.targets[0].needed,
        "lead_value": float(plan.lead_value),
        "target_leads": calculation.target_leads,
        "leads_a_month": float(calculation.leads_per_month),
        "per": inputs.per,
        "quota": in_writing(inputs.quota),
        "share": share_in_words(inputs.share),
        "targets": [(target, share_of(target.needed, inputs.share)) for target in reversed(plan.targets)],
        "capacity": capacity_in_words(calculation, calculation.capacity) if calculation.capacity is not None else "",
        "changes": [(change.step, change_in_words(change)) for change in calculation.changes],
    }
