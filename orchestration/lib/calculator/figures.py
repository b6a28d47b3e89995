"""The calculator that a manager uses: what was typed, reversed into leads, and what a little more or less would do.

Belongs here: reading typed numbers, and what follows from them for one lead type. The reversal itself is quota.py; how
it looks in a terminal is text.py. The page computes in the browser, by pages/templates/calculator.js, which a test
compares with this module figure by figure.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from pydantic import ValidationError

from orchestration.lib.agreement.quotas import MONTHS_OF
from orchestration.lib.agreement.streams import LeadType, RevenueStream
from orchestration.lib.calculator.wording import PROBLEMS
from orchestration.lib.language import gettext
from orchestration.lib.quota import QuotaPlan, Rate, plan_quota, share_of

POINTS = Fraction(2, 100)
FIELDS = ("quota", "per", "deal_size", "share", "reps", "leads_per_rep")


class InputError(ValueError):
    """What was typed cannot be computed; `problems` has for each field the reason, and what to write instead."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("\n".join(f"{field}: {problem}" for field, problem in problems.items()))
        self.problems = problems


@dataclass(frozen=True)
class Inputs:
    """One quota and one lead type. Money in one currency; rates, share from 0 to 1; leads_per_rep in a month."""

    quota: Fraction
    per: str
    deal_size: Fraction
    rates: tuple[Rate, ...]
    share: Fraction
    reps: int | None
    leads_per_rep: Fraction | None

    @cached_property
    def plan(self) -> QuotaPlan:
        """The quota reversed up the funnel."""
        return plan_quota(self.quota, self.deal_size, self.rates)

    @property
    def target_leads(self) -> int:
        """The leads that this lead type must bring in the quota's period."""
        return share_of(self.plan.targets[0].needed, self.share)


@dataclass(frozen=True)
class Change:
    """A rate that is some points lower or higher, and by how many leads it changes the target."""

    step: Rate
    rate: Fraction
    leads: int


@dataclass(frozen=True)
class Calculation:
    """What follows from the inputs. `capacity` is the leads that sales can serve in a month, None if not given."""

    inputs: Inputs
    plan: QuotaPlan
    target_leads: int
    leads_per_month: Fraction
    capacity: Fraction | None
    changes: tuple[Change, ...]


def calculate(inputs: Inputs) -> Calculation:
    """The plan, its month, and how it moves with each rate."""
    leads = inputs.target_leads
    capacity = None
    if inputs.reps is not None and inputs.leads_per_rep is not None:
        capacity = inputs.reps * inputs.leads_per_rep
    changes = tuple(change for step in reversed(inputs.rates) for change in changes_of(inputs, step, POINTS))
    return Calculation(inputs, inputs.plan, leads, Fraction(leads, months_in(inputs.per)), capacity, changes)


def changes_of(inputs: Inputs, step: Rate, points: Fraction) -> Iterator[Change]:
    """What a rate that is so much lower, and higher, does to the target; a rate is above 0 and at most 1."""
    for rate in (step.rate - points, step.rate + points):
        if 0 < rate <= 1:
            yield Change(step, rate, _with(inputs, step, rate).target_leads - inputs.target_leads)


def months_in(per: str) -> int:
    """How many months a period has: month, quarter, year, or 6 months; 0 if it is none of these."""
    match = re.fullmatch(r"([1-9][0-9]{0,2}) months", per)
    return int(match[1]) if match else MONTHS_OF.get(per, 0)


def _with(inputs: Inputs, step: Rate, rate: Fraction) -> Inputs:
    rates = tuple(replace(each, rate=rate) if each == step else each for each in inputs.rates)
    return replace(inputs, rates=rates)


def agreed_fields(stream: RevenueStream, lead_type: LeadType) -> tuple[dict[str, str], dict[str, str]]:
    """The fields and the rates as the agreement has them, as somebody would type them."""
    fields = {
        "quota": _typed(stream.quota.amount),
        "per": stream.quota.per,
        "deal_size": _typed(stream.deal_size),
        "share": str(lead_type.share_of_quota),
    }
    if stream.sales_capacity:
        fields["reps"] = str(stream.sales_capacity.reps)
        fields["leads_per_rep"] = _typed(stream.sales_capacity.leads_per_rep)
    return fields, {name: str(rate.rate) for name, rate in lead_type.rates.items()}


def _typed(number: float) -> str:
    """So that read_amount cannot take decimals for thousands."""
    return str(int(number)) if number == int(number) else f"{number:.6f}"


def read_inputs(fields: Mapping[str, str], rates: Mapping[str, str]) -> Inputs:
    """What was typed, as numbers; `rates` by step (mql_to_sql). InputError names every field that cannot be read."""
    problems: dict[str, str] = {}
    texts = {name: fields.get(name, "").strip() for name in FIELDS}

    def number(name: str, must: bool = False) -> Fraction | None:
        if texts[name] or must:
            try:
                return read_amount(texts[name])
            except ValueError as error:
                problems[name] = str(error)
        return None

    quota, deal_size = number("quota", must=True), number("deal_size", must=True)
    reps, leads_per_rep = number("reps"), number("leads_per_rep")
    if reps is not None and reps.denominator != 1:
        problems["reps"] = _problem("not_whole", text=texts["reps"])
    for given, missing in (("reps", "leads_per_rep"), ("leads_per_rep", "reps")):
        if texts[given] and not texts[missing]:
            problems[missing] = _problem("no_pair")
    if months_in(texts["per"] or "year") == 0:
        problems["per"] = _problem("no_period", text=texts["per"])
    share = _share("share", texts["share"] or "1", problems)
    steps = {name: _share(name, text, problems) for name, text in rates.items()}
    if not problems:
        problems |= _chain_problems(rates)
    if problems:
        raise InputError(problems)
    chain = [(name.split("_to_"), rate) for name, rate in steps.items()]
    return Inputs(
        quota or Fraction(),
        texts["per"] or "year",
        deal_size or Fraction(),
        tuple(Rate(from_stage, to_stage, rate) for (from_stage, to_stage), rate in chain),
        share,
        None if reps is None else int(reps),
        leads_per_rep,
    )


def read_amount(text: str) -> Fraction:
    """A positive number: 500000, 500 000 or 2000.50. ValueError where thousands and decimals could be confused."""
    plain = re.sub(r"[\s'’_]", "", text)
    if not plain:
        raise ValueError(_problem("missing_amount"))
    if re.fullmatch(r"[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*", plain):
        together = re.sub("[.,]", "", plain)
        raise ValueError(_problem("thousands", text=text, together=together))
    if not re.fullmatch(r"[0-9]{1,15}([.,][0-9]{1,6})?", plain):
        raise ValueError(_problem("no_amount", text=text))
    amount = Fraction(plain.replace(",", "."))
    if amount <= 0:
        raise ValueError(_problem("not_positive"))
    return amount


def read_share(text: str) -> Fraction:
    """A share above 0 and at most 1, written 0.34 or 34%. ValueError else."""
    match = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]{1,9})?|[.,][0-9]{1,9})\s*(%?)", text.strip())
    if not match:
        raise ValueError(_problem("no_share", text=text) if text.strip() else _problem("missing_share"))
    share = Fraction(match[1].replace(",", ".")) / (100 if match[2] else 1)
    if share > 1 and not match[2] and share <= 100:
        raise ValueError(_problem("above_1", text=text, share=text.strip()))
    if not 0 < share <= 1:
        raise ValueError(_problem("no_part", text=text))
    return share


def _share(name: str, text: str, problems: dict[str, str]) -> Fraction:
    try:
        return read_share(text)
    except ValueError as error:
        problems[name] = str(error)
        return Fraction(1)


def _chain_problems(rates: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the order of the steps: the same rules as in the agreement."""
    try:
        LeadType.model_validate({"share_of_quota": 1, "rates": dict.fromkeys(rates, 1)})
    except ValidationError as error:
        return {"rate": error.errors()[0]["msg"].removeprefix("Value error, ")}
    return {}


def _problem(name: str, **values: str) -> str:
    return gettext(PROBLEMS[name], **values)
