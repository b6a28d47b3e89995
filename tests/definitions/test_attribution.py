"""The models of attribution in SQL against fractions computed by hand (attribution_cases.yml)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from orchestration import settings
from tests.systems import build_models
from tests.tables import create, fill

CASES = yaml.safe_load(Path(__file__).with_name("attribution_cases.yml").read_text())
MODELS = "known_attribution_models int_attribution_milestones int_attribution_credits"
PARENTS = {
    "intermediate.int_attribution_conversions": """conversion_id varchar, conversion varchar, counts_until timestamp,
        lead_until timestamp, opportunity_until timestamp, half_life_days integer, first_weight double,
        middle_weight double, last_weight double""",
    "intermediate.int_attribution_touches": """path_id varchar, path_scope varchar, conversion varchar,
        path_status varchar, touch_number integer, touches integer, touchpoint_id varchar, touched_at timestamp,
        channel varchar, is_direct boolean""",
    "intermediate.int_channel_shares": """conversion varchar, path_scope varchar, attribution_model varchar,
        channel varchar, share double""",
}
WON_AT = datetime(2026, 6, 30, 12)
RULES = {"half_life_days": 7, "first_weight": 0.4, "middle_weight": 0.2, "last_weight": 0.4}


def laid_out() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each path with a name that begins with its case: converted or ended, and its conversion."""
    for case, given in CASES["paths"].items():
        copies = [path for path, conversions in given["converting"].items() for _ in range(conversions)]
        for status, paths in (("converted", copies), ("ended", given.get("ended", []))):
            for number, path in enumerate(paths):
                yield f"{case}|{status}{number}", status, {"path": path}
    for case, given in (CASES["decay"] | CASES["milestones"]).items():
        yield f"{case}|", "converted", given


@pytest.fixture(scope="module")
def credits(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], float]:
    """The credit of each channel by case and model."""
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("attribution"))
    touches, conversions = [], []
    for name, status, given in laid_out():
        channels = given["path"].split()
        days = given.get("days", range(len(channels) - 1, -1, -1))
        at = [WON_AT - timedelta(days=day, hours=1) for day in days]
        begun = {key: at[given[each] - 1] + timedelta(seconds=1) for key, each in MILESTONES.items() if each in given}
        conversion = {"conversion_id": f"won:{name}", "conversion": "won", "counts_until": WON_AT} | RULES | begun
        conversions += [conversion] if status == "converted" else []
        path = {"path_id": f"account:won:{name}", "path_scope": "account", "conversion": "won", "path_status": status}
        for number, (channel, touched_at) in enumerate(zip(channels, at, strict=True), start=1):
            touch = {"touch_number": number, "touches": len(channels), "touchpoint_id": f"{name}-{number}"}
            touch |= {"touched_at": touched_at, "channel": channel, "is_direct": False}
            touches.append(path | touch)
    with duckdb.connect(place.warehouse) as connection:
        for table, types in PARENTS.items():
            create(connection, table, types=types)
        fill(connection, "intermediate.int_attribution_conversions", conversions)
        fill(connection, "intermediate.int_attribution_touches", touches)
    build_models(place, "--select", *MODELS.split(), data_tests=False)
    with duckdb.connect(place.warehouse, read_only=True) as connection:
        rows = connection.sql(
            "select split_part(split_part(path_id, ':', 3), '|', 1), attribution_model, channel, sum(credit)"
            " from intermediate.int_attribution_credits group by all"
        ).fetchall()
    return {(case, model, channel): float(credit) for case, model, channel, credit in rows}


MILESTONES = {"lead_until": "lead", "opportunity_until": "deal"}
EXPECTED = [
    (case, model, shares)
    for section in CASES.values()
    for case, given in section.items()
    for model, shares in given.items()
    if model in {"first_touch", "last_touch", "linear", "position_based", "time_decay", "w_shaped"}
]


@pytest.mark.parametrize(("case", "model", "shares"), EXPECTED, ids=[f"{case}-{model}" for case, model, _ in EXPECTED])
def test_the_credit_of_each_channel_is_the_fraction(
    credits: dict[tuple[str, str, str], float], case: str, model: str, shares: dict[str, Any]
) -> None:
    found = {channel: credit for (of, by, channel), credit in credits.items() if (of, by) == (case, model)}
    assert found == {channel: pytest.approx(float(Fraction(share)), abs=1e-11) for channel, share in shares.items()}


def test_every_model_gives_each_conversion_once(credits: dict[tuple[str, str, str], float]) -> None:
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for (case, model, _), credit in credits.items():
        totals[case, model] += credit
    assert len({model for _, model in totals}) == 9
    for (case, _), total in totals.items():
        given = CASES["paths"].get(case, {"converting": {"": 1}})
        assert total == pytest.approx(sum(given["converting"].values()), abs=1e-10)
