"""How credit for a conversion is given to the touches before it.

Belongs here: what an agreement may choose. The models and their words are a seed of dbt
(dbt_project/seeds/known_attribution_models.csv), finding the touches of a path and giving the credit is SQL
(int_attribution_touches, fct_attribution).
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from orchestration.lib.agreement import contract
from orchestration.lib.agreement.parts import Part
from orchestration.lib.csv_files import seed_rows
from orchestration.lib.language import gettext
from orchestration.lib.warehouse.own_tables import Row

MODELS = tuple(row["attribution_model"] for row in seed_rows("known_attribution_models"))
Conversion = Literal["mql", "sql", "opportunity", "won"]
Days = Annotated[str, Field(pattern=r"^[1-9]\d{0,2}d$")]
Weight = Annotated[float, Field(ge=0, le=1)]


class PositionWeights(Part):
    """What the first touch, all touches between and the last touch get; a path of two touches gives half to each."""

    first: Weight
    """The share of the first touch."""
    middle: Weight
    """The share that all touches between get, in equal parts."""
    last: Weight
    """The share of the last touch."""

    @model_validator(mode="after")
    def _add_up(self) -> "PositionWeights":
        total = self.first + self.middle + self.last
        if abs(total - 1) > 1e-9:
            raise ValueError(
                gettext(
                    "first, middle and last must add up to 1; they add up to %(total)s; correct the weights",
                    total=f"{total:g}",
                )
            )
        return self


class Attribution(Part):
    """How credit for a conversion is given to the touches before it."""

    conversions: Annotated[list[Conversion], Field(min_length=1)] = ["opportunity", "won"]
    """What is a conversion: a person's becoming mql or sql, a deal's being opened (opportunity) or won."""
    path_of: Literal["account", "deal_contacts", "person"] = "account"
    """Whose touches the pages show: of all persons of the account, of the deal's contacts, of one person."""
    look_back: Days = "90d"
    """How many days before the conversion a touch may be."""
    amount: Literal["booked", "margin"] = "booked"
    """What is attributed of a deal: its amount, or the agreed margin of it."""
    half_life: Days = "7d"
    """The days after which a touch has half the weight, in the model time_decay."""
    position_weights: PositionWeights = PositionWeights(first=0.4, middle=0.2, last=0.4)
    """The weights of the model position_based."""
    shown_model: Literal[MODELS] = "first_touch"  # type: ignore[valid-type]
    """The model that the pages show first."""

    @model_validator(mode="after")
    def _names_each_once(self) -> "Attribution":
        twice = sorted({each for each in self.conversions if self.conversions.count(each) > 1})
        if twice:
            raise ValueError(gettext("conversions names %(twice)s twice; remove one of the two", twice=twice[0]))
        return self


def attribution_rows(version: str, rules: Attribution) -> Iterator[Row]:
    """The rules of a version, and its conversions."""
    yield contract.Attribution(
        agreement_version=version,
        look_back_days=int(rules.look_back[:-1]),
        amount_basis=rules.amount,
        half_life_days=int(rules.half_life[:-1]),
        first_weight=rules.position_weights.first,
        middle_weight=rules.position_weights.middle,
        last_weight=rules.position_weights.last,
    )
    for conversion in rules.conversions:
        yield contract.AttributionConversion(agreement_version=version, conversion=conversion)
