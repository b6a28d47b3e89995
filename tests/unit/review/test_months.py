"""The leads of a month: when they are due by the time to close, and why they move."""

from pathlib import Path

import pytest

from orchestration.lib.agreement.company import MONTHS
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import read_version
from orchestration.lib.review.months import due, month_causes
from tests.end_to_end.small_company import AGREEMENT

JUNE = dict.fromkeys(MONTHS, 0.0) | {"june": 1.0}
AUTUMN = dict(zip(MONTHS, (0.08, 0.08, 0.09, 0.09, 0.08, 0.07, 0.06, 0.03, 0.1, 0.11, 0.11, 0.1), strict=True))


def test_leads_are_due_so_many_days_before_their_deals() -> None:
    # Deals of June that close within 30 days, evenly: on the day j of June 31 - j of 30 come from leads of May, in all
    # (30 + 29 + ... + 1) / 900 = 31 / 60.
    shares = due(JUNE, (0.0, *[1 / 30] * 30))
    assert (shares[4], shares[5]) == (pytest.approx(31 / 60), pytest.approx(29 / 60))
    assert due(AUTUMN, (1.0,)) == pytest.approx(list(AUTUMN.values()))
    # A deal of January has its lead in December.
    assert due(dict.fromkeys(MONTHS, 0.0) | {"january": 1.0}, (0.0,) * 31 + (1.0,))[11] == pytest.approx(1)


def version(tmp_path: Path, quota: str, closes: str, due_by: str = "sales_cycle") -> Agreement:
    text = AGREEMENT.replace("{amount: 240000, per: year}", f"{{amount: 240000, per: year{quota}}}")
    text = text.replace("deal_size: 4000", f"deal_size: 4000\n    closes_within: {closes}")
    path = tmp_path / "2025-01.yml"
    path.write_text(text.replace("kind: lead_value, per: month", f"kind: lead_value, per: month, due_by: {due_by}"))
    return read_version(path)[1]


def profile(shares: dict[str, float]) -> str:
    return ", profile: {" + ", ".join(f"{month}: {share:g}" for month, share in shares.items()) + "}"


def test_the_causes_of_a_month_are_its_difference(tmp_path: Path) -> None:
    before = version(tmp_path, "", "{30d: 1.0}")
    after = version(tmp_path, profile(AUTUMN), "{30d: 0.5, 90d: 1.0}")
    months = list(month_causes((before, after), "main", (480, 384)))
    assert [each.month for each in months] == list(MONTHS)
    assert sum(each.old for each in months) == pytest.approx(480)
    assert sum(each.new for each in months) == pytest.approx(384)
    for each in months:
        assert set(each.causes) == {"year", "season", "cycle"}
        assert sum(each.causes.values()) == pytest.approx(each.new - each.old)
    # What is due earlier or in another month is due all the same.
    for cause, leads in (("year", -96), ("season", 0), ("cycle", 0)):
        assert sum(each.causes[cause] for each in months) == pytest.approx(leads, abs=1e-6)


def test_the_time_to_close_alone_by_hand(tmp_path: Path) -> None:
    before = version(tmp_path, profile(JUNE), "{30d: 1.0}")
    after = version(tmp_path, profile(JUNE), "{1d: 1.0}")
    months = {each.month: each for each in month_causes((before, after), "main", (480, 480))}
    # One day before: 1 of 30 days of June is due in May, of 31 of 60 before.
    assert (months["may"].old, months["may"].new) == (pytest.approx(248), pytest.approx(16))
    assert months["may"].causes == {"cycle": pytest.approx(-232)}
    assert months["june"].causes == {"cycle": pytest.approx(232)}


def test_where_only_the_year_differs_or_leads_are_due_with_their_quota_there_is_nothing_to_split(
    tmp_path: Path,
) -> None:
    before = version(tmp_path, "", "{30d: 1.0}", "quota_month")
    after = version(tmp_path, "", "{90d: 1.0}", "quota_month")
    assert list(month_causes((before, after), "main", (480, 384))) == []
