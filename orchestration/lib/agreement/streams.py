"""What is sold, what it must bring, and how many of each stage become one of the next.

Belongs here: shares, rates, the time to close, capacity. The forms of a quota are quotas.py, the arithmetic is
lib/quota.py.
"""

import itertools
import math
import re
from typing import Annotated, Any

from pydantic import ConfigDict, Field, field_validator, model_validator

from orchestration.lib.agreement.parts import STAGES, Key, Money, Part, Share, Team, Text, renamed, with_earlier_names
from orchestration.lib.agreement.quotas import AnyQuota
from orchestration.lib.language import gettext

# More than there are people; above it a table of targets could not hold the number.
MOST_LEADS = 1e12
DAYS = r"^[1-9]\d{0,3}d$"
STEP = f"^({'|'.join(STAGES)})_to_({'|'.join(STAGES)})$"


def _or_a_number(schema: dict[str, Any]) -> None:
    """The JSON Schema of a rate: the short form is a number."""
    parts = {key: schema.pop(key) for key in list(schema)}
    number = {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "description": "An assumed rate."}
    with_earlier_names(owner_team="owed_by")(parts)
    schema |= {"title": parts["title"], "description": parts["description"], "anyOf": [number, parts]}


class AgreedRate(Part):
    """The share of a stage that reaches the next: where it comes from, and the improvement that a team must achieve."""

    model_config = ConfigDict(json_schema_extra=_or_a_number)

    assumed: Share | None = None
    """The rate that both teams take for now; a bare number means this."""
    measured: Share | None = None
    """The rate that a review measured."""
    agreed: Share | None = None
    """The improvement: the rate that must be reached; targets are computed with it."""
    owed_by: Annotated[Team | None, renamed("owner_team", "owed_by")] = None
    """The team that must achieve the improvement."""

    @model_validator(mode="before")
    @classmethod
    def _bare_number(cls, rate: Any) -> Any:
        return {"assumed": rate} if isinstance(rate, int | float | str | None) else rate

    @model_validator(mode="after")
    def _one_base(self) -> "AgreedRate":
        base = [rate for rate in (self.assumed, self.measured) if rate is not None]
        if len(base) != 1:
            raise ValueError(gettext("it is unclear where the rate comes from; write either 'assumed' or 'measured'"))
        if (self.agreed is None) != (self.owed_by is None):
            raise ValueError(gettext("an improvement needs a rate and a team; write both 'agreed' and 'owner_team'"))
        if self.agreed is not None and self.agreed <= base[0]:
            raise ValueError(
                gettext(
                    "'agreed' (%(agreed)s) is not an improvement; write a rate above %(base)s, or remove it",
                    agreed=f"{self.agreed:g}",
                    base=f"{base[0]:g}",
                )
            )
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
    """The share of the stream's quota that this lead type must bring."""
    rates: Annotated[dict[str, AgreedRate], Field(json_schema_extra={"propertyNames": {"pattern": STEP}})]
    """<stage>_to_<stage>: the share that gets there; a chain from the stage of the handoff to customer."""

    @field_validator("rates")
    @classmethod
    def _chain(cls, rates: dict[str, AgreedRate]) -> dict[str, AgreedRate]:
        steps = [name.split("_to_") for name in rates]
        for name, step in zip(rates, steps, strict=True):
            if len(step) != 2 or not set(step) <= set(STAGES):
                raise ValueError(
                    gettext(
                        "'%(name)s' is not a step; write <stage>_to_<stage> with %(stages)s",
                        name=name,
                        stages=", ".join(STAGES),
                    )
                )
        if not steps or steps[-1][1] != "customer":
            raise ValueError(gettext("the last rate must lead to customer; add the missing steps"))
        for before, after in itertools.pairwise(steps):
            if before[1] != after[0]:
                raise ValueError(
                    gettext(
                        "after %(before)s comes %(after)s_to_%(after_stage)s, which leaves a gap; write "
                        "%(before)s_to_...",
                        before=before[1],
                        after=after[0],
                        after_stage=after[1],
                    )
                )
        for from_stage, to_stage in steps:
            if STAGES.index(from_stage) >= STAGES.index(to_stage):
                raise ValueError(
                    gettext(
                        "%(from_stage)s_to_%(to_stage)s goes back; write the stages in their order: %(stages)s",
                        from_stage=from_stage,
                        to_stage=to_stage,
                        stages=", ".join(STAGES),
                    )
                )
        return rates

    @property
    def first_stage(self) -> str:
        """The stage at which the chain starts: what is handed over."""
        return next(iter(self.rates)).split("_to_")[0]


class SalesCapacity(Part):
    """How many leads sales can serve well in a month."""

    reps: Annotated[int, Field(gt=0, le=1_000_000)]
    """How many reps work the leads of this stream."""
    leads_per_rep: Annotated[float, Field(gt=0, le=1_000_000)]
    """How many leads a rep can serve well in a month."""


class RevenueStream(Part):
    """What is sold, and to whom."""

    name: Text
    """The name for readers."""
    quota: AnyQuota
    """What this stream must bring: an amount per period, or an amount for each month or quarter."""
    deal_size: Money
    """The average deal, in the company's currency."""
    margin: Share | None = None
    """The share of the revenue that is margin."""
    share_from_marketing: Share = 1.0
    """The share of the quota that marketing's leads must bring; the lead types add up to it."""
    closes_within: Annotated[dict[str, Share], Field(json_schema_extra={"propertyNames": {"pattern": DAYS}})] | None = (
        None
    )
    """The share of the won deals that have closed N days after the handoff: {30d: 0.5, 180d: 1.0}."""
    sales_capacity: SalesCapacity | None = None
    """How many leads sales can serve well."""
    lead_types: Annotated[dict[Key, LeadType], Field(min_length=1)]
    """How leads come; reference/channel_rules.csv maps to these keys."""

    @field_validator("closes_within")
    @classmethod
    def _cumulative(cls, shares: dict[str, float] | None) -> dict[str, float] | None:
        if shares is None:
            return None
        for text in shares:
            if not re.match(DAYS, text):
                raise ValueError(gettext("'%(text)s' is not a number of days; write, for example, 30d", text=text))
        pairs = [(int(text[:-1]), share) for text, share in shares.items()]
        for before, after in itertools.pairwise(pairs):
            if before[0] >= after[0] or before[1] >= after[1]:
                raise ValueError(
                    gettext(
                        "days and shares must both grow from line to line; write them as {30d: 0.5, "
                        "90d: 0.9, 180d: 1.0}"
                    )
                )
        if not pairs or abs(pairs[-1][1] - 1) > 1e-9:
            raise ValueError(gettext("by the last day all that will close have closed; write 1.0 for it"))
        return shares

    @model_validator(mode="after")
    def _shares(self) -> "RevenueStream":
        total = sum(lead_type.share_of_quota for lead_type in self.lead_types.values())
        if abs(total - self.share_from_marketing) > 1e-9:
            raise ValueError(
                gettext(
                    "share_of_quota of all lead types must add up to %(share_from_marketing)s%(of_marketing)s; "
                    "they add up to %(total)s; correct the shares",
                    share_from_marketing=f"{self.share_from_marketing:g}",
                    of_marketing=" (share_from_marketing)" if self.share_from_marketing != 1 else "",
                    total=f"{total:g}",
                )
            )
        for name, lead_type in self.lead_types.items():
            needed = self.quota.amount / self.deal_size / math.prod(rate.rate for rate in lead_type.rates.values())
            if needed > MOST_LEADS:
                raise ValueError(
                    gettext(
                        "the quota asks for %(needed)s leads of %(name)s; correct amount, deal_size or rates",
                        needed=f"{needed:.0e}",
                        name=name,
                    )
                )
        return self
