"""The figures on the axes of the pictures, as they are written in the language that is spoken."""

import re
from datetime import date

import pytest

from orchestration.lib.language import speaking
from orchestration.lib.pages.charts import value_chart, waterfall_chart

MONTH = {"has_ended": True, "tolerance_rate": 0.1, "target_amount": 1000, "actual_amount": 1900, "counted_amount": 1000}


def texts(drawn: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", drawn)


@pytest.mark.parametrize(
    ("language", "axis", "bar"),
    [("en", "2,000", "−1,200.0"), ("it", "2.000", "−1.200,0"), ("pt_BR", "2.000", "−1.200,0")],
)
def test_an_axis_has_the_separators_of_its_bars(language: str, axis: str, bar: str) -> None:
    old, cause, new = ({"name": name, "leads": leads} for name, leads in (("a", 4000.0), ("b", -1200.0), ("c", 2800.0)))
    with speaking(language):
        drawn = texts(waterfall_chart(old, [cause], new, "from a to c"))
    assert axis in drawn
    assert bar in drawn


@pytest.mark.parametrize(
    ("language", "axis", "month"),
    [("en", "0.5k", "May 2026"), ("it", "0,5k", "mag 2026"), ("pt_BR", "0,5k", "mai 2026")],
)
def test_thousands_and_months_are_those_of_the_language(language: str, axis: str, month: str) -> None:
    with speaking(language):
        drawn = texts(value_chart([MONTH | {"month_date": date(2026, 5, 1)}], "EUR", "lead value"))
    assert axis in drawn
    assert month in drawn
