"""What late answers cost in the loan applications, from the reference by case and in Python.

Belongs here: bands, strata and conversions of test_bpi2012.py. Strata are sizes of the loan and quarters of the day.
"""

from pathlib import Path
from typing import Any

import pandas
import pytest

from tests.stratified import difference

# What the report has of these.
ANSWERS = """
    select comparison, band, leads, converted, difference_rate, difference_rate_low, difference_rate_high
    from reports.rpt_late_answers where activity_class = 'attempt' and within_days = 30 and censored = 0
"""
EDGES = {"within 1 h": 60, "1 to 4 h": 240, "4 to 24 h": 1440, "24 to 48 h": 2880, "after 48 h": float("inf")}
FASTEST = {"response time": "within 1 h", "agreed time": "in time", "arrival": "weekday"}
# Those that the reference by month counts too.
MONTHLY_BANDS = [
    *(("response time", "within 1 h"), ("response time", "not answered"), ("agreed time", "in time")),
    ("agreed time", "late"),
]
FEWEST = 30


def bands_of_cases(folder: Path) -> dict[tuple[str, str], Any]:
    """Of each comparison and band: cases, those approved within 30 days, and the difference with its bounds."""
    cases = pandas.read_csv(folder / "reference_per_case.csv.gz", parse_dates=["submitted", "approved"])
    cases["is_approved"] = cases["approved"] - cases["submitted"] <= pandas.Timedelta(days=30)
    size = pandas.cut(cases["amount_req"], [-1, 7500, 15000, float("inf")]).astype(str)
    cases["stratum"] = size + (cases["submitted"].dt.tz_convert("Europe/Amsterdam").dt.hour // 6).astype(str)
    found = {}
    for comparison, bands in _bands(cases).items():
        for band, members in cases.groupby(bands):
            figures: tuple[float | None, ...] = (None, None, None)
            if band not in (FASTEST[comparison], "not answered") and len(members) >= FEWEST:
                strata = _counted(cases[bands == FASTEST[comparison]]).join(_counted(members).add_suffix("_slower"))
                figures = difference(strata.fillna(0).itertuples(index=False, name=None))
            found[comparison, str(band)] = pytest.approx((len(members), members["is_approved"].sum(), *figures))
    return found


def monthly_bands(folder: Path) -> list[int]:
    """The counts of MONTHLY_BANDS in the reference by month, all months together."""
    months = pandas.read_csv(folder / "reference_speed_to_first_touch_all_by_month.csv").sum()
    within_day = int(months["within_24h"])
    late = int(months["touched"]) - within_day
    return [int(months["within_1h"]), int(months["never_touched"]), within_day, late]


def _bands(cases: pandas.DataFrame) -> dict[str, pandas.Series]:
    speed = cases["speed_min"]
    of_time = pandas.cut(speed, [-1, *EDGES.values()], labels=list(EDGES)).astype(object)
    of_day = speed.map(lambda minutes: "in time" if minutes <= 1440 else "late")
    weekend = cases["week_day"].isin(["Saturday", "Sunday"])
    return {
        "response time": of_time.where(speed.notna(), "not answered"),
        "agreed time": of_day.where(speed.notna(), "not answered"),
        "arrival": weekend.map({True: "weekend", False: "weekday"}),
    }


def _counted(members: pandas.DataFrame) -> pandas.DataFrame:
    return members.groupby("stratum")["is_approved"].agg(["size", "sum"])
