"""What is sold, what it must bring, and how many of each stage become one of the next.

Belongs here: quotas, shares, rates, the time to close, capacity. The arithmetic is lib/quota.py.
"""

import itertools
import re
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from orchestration.lib.agreement.parts import STAGES, Key, Money, Part, Share, Team, Text


class Quota(Part):
    """Money to be won in one period."""

    amount: Money
    per: Literal["month", "quarter", "year"]


class AgreedRate(Part):
    """The share of a stage that reaches the next: where it comes from, and the improvement that a team owes."""

    assumed: Share | None = None
    measured: Share | None = None
    agreed: Share | None = None
    owed_by: Team | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_number(cls, rate: Any) -> Any:
        return {"assumed": rate} if isinstance(rate, int | float | str) and not isinstance(rate, bool) else rate

    @model_validator(mode="after")
    def _one_base(self) -> "AgreedRate":
        base = [rate for rate in (self.assumed, self.measured) if rate is not None]
        if len(base) != 1:
            raise ValueError("say where the rate comes from: either 'assumed' or 'measured'")
        if (self.agreed is None) != (self.owed_by is None):
            raise ValueError("an improvement needs both: 'agreed' (the rate) and 'owed_by' (the team)")
        if self.agreed is not None and self.agreed <= base[0]:
            raise ValueError(f"'agreed' is an improvement: it must be above {base[0]:g}, and is {self.agreed:g}")
        return self

    @property
    def rate(self) -> float:
        """The rate that targets are made of: the agreed one, else the measured or assumed one."""
        return next(rate for rate in (self.agreed, self.measured, self.assumed) if rate is not None)

    @property
    def base(self) -> float:
        """The rate before any improvement."""
        return next(rate for rate in (self.measured, self.assumed) if rate is not None)

    @property
    def basis(self) -> str:
        """Where the rate comes from: measured or assumed."""
        return "assumed" if self.measured is None else "measured"


class LeadType(Part):
    """How a kind of lead came: its share of the quota and its rates from stage to stage, in funnel order."""

    share_of_quota: Share
    rates: dict[str, AgreedRate]

    @field_validator("rates")
    @classmethod
    def _chain(cls, rates: dict[str, AgreedRate]) -> dict[str, AgreedRate]:
        steps = [name.split("_to_") for name in rates]
        for name, step in zip(rates, steps, strict=True):
            if len(step) != 2 or not set(step) <= set(STAGES):
                raise ValueError(f"'{name}' is no step: write <stage>_to_<stage> with {', '.join(STAGES)}")
        if not steps or steps[-1][1] != "customer":
            raise ValueError("the last rate must lead to customer")
        for before, after in itertools.pairwise(steps):
            if before[1] != after[0]:
                raise ValueError(f"the rates must follow each other: after {before[1]} comes {after[0]}_to_{after[1]}")
        for from_stage, to_stage in steps:
            if STAGES.index(from_stage) >= STAGES.index(to_stage):
                raise ValueError(f"{from_stage}_to_{to_stage} goes back: the funnel runs {', '.join(STAGES)}")
        return rates

    @property
    def first_stage(self) -> str:
        """The stage at which the chain starts: what is handed over."""
        return next(iter(self.rates)).split("_to_")[0]


class SalesCapacity(Part):
    """How many leads sales can serve well in a month."""

    reps: Annotated[int, Field(gt=0)]
    leads_per_rep: Annotated[float, Field(gt=0)]


class RevenueStream(Part):
    """What is sold, and to whom."""

    name: Text
    quota: Quota
    deal_size: Money
    margin: Share | None = None
    share_from_marketing: Share = 1.0
    closes_within: dict[str, Share] | None = None
    sales_capacity: SalesCapacity | None = None
    lead_types: Annotated[dict[Key, LeadType], Field(min_length=1)]

    @field_validator("closes_within")
    @classmethod
    def _cumulative(cls, shares: dict[str, float] | None) -> dict[str, float] | None:
        if shares is None:
            return None
        for text in shares:
            if not re.fullmatch(r"[1-9]\d{0,3}d", text):
                raise ValueError(f"'{text}' are no days: write, say, 30d")
        pairs = [(int(text[:-1]), share) for text, share in shares.items()]
        for before, after in itertools.pairwise(pairs):
            if before[0] >= after[0] or before[1] >= after[1]:
                raise ValueError("days and shares must both grow from line to line: {30d: 0.5, 90d: 0.9, 180d: 1.0}")
        if not pairs or abs(pairs[-1][1] - 1) > 1e-9:
            raise ValueError("the last share must be 1: by then all that will close have closed")
        return shares

    @model_validator(mode="after")
    def _shares(self) -> "RevenueStream":
        total = sum(lead_type.share_of_quota for lead_type in self.lead_types.values())
        if abs(total - self.share_from_marketing) > 1e-9:
            raise ValueError(
                f"share_of_quota of all lead types must add up to {self.share_from_marketing:g}"
                f"{' (share_from_marketing)' if self.share_from_marketing != 1 else ''}; they add up to {total:g}"
            )
        return self
