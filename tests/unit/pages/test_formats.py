"""How figures, spans of time and names are printed, on the pages and in the terminal."""

from datetime import date

from orchestration.lib.formats import change, count, difference, duration, figure, label, percent, quarter


def test_a_missed_target_never_reads_as_reached() -> None:
    assert [percent(rate) for rate in (0.9996, 1, 1.0004, 0.0004, 0, -0.0004, 0.8996)] == [
        *("99.96\u00a0%", "100.0\u00a0%", "100.04\u00a0%", "0.04\u00a0%", "0.0\u00a0%", "−0.04\u00a0%", "90.0\u00a0%"),
    ]
    assert [percent(0.8996, 0.9), percent(0.9, 0.8996), percent(0.9, 0.9)] == [
        "89.96\u00a0%",
        "90.00\u00a0%",
        "90.0\u00a0%",
    ]
    assert [percent(0.33331, 1 / 3), percent(1 / 3, 0.33331)] == ["33.331\u00a0%", "33.333\u00a0%"]
    assert [figure(45.04, "days", 45), figure(45, "days", 45.04)] == ["45.04\u00a0d", "45.00\u00a0d"]
    assert [figure(29.96, "points", 30), figure(0.0009, "ratio", 0.5)] == ["29.96\u00a0points", "0.1\u00a0%"]


def test_an_amount_that_misses_its_target_is_not_printed_as_the_target() -> None:
    assert [count(99_999.6, 100_000), count(100_000.4, 100_000), count(99_998.9, 100_000)] == [
        "99,999.6",
        "100,000.4",
        "99,999",
    ]
    assert [count(100_000, 100_000), count(0.3, 0), count(7, None), count(None, 7)] == ["100,000", "0.3", "7", "–"]
    assert [figure(19.96, "count", 20), figure(19.96, "count")] == ["19.96", "20"]


def test_figures_are_printed_alike() -> None:
    assert [count(1234567), count(-3), count(None)] == ["1,234,567", "−3", "–"]
    assert [percent(0.6), percent(None)] == ["60.0\u00a0%", "–"]
    assert [figure(-12.3, "points"), difference(-7, "points")] == ["−12.3\u00a0points", "−7.0\u00a0points"]
    assert [duration(0.5), duration(-3.25), duration(72)] == ["30\u00a0min", "3.2\u00a0h", "3\u00a0d"]
    assert [change(100, 100), change(100, 85)] == ["no change", "−15.0\u00a0%"]
    assert [label("mql"), label("website_form"), quarter(date(2026, 6, 30))] == ["MQL", "Website form", "2026 Q2"]
    assert [quarter(date(2027, 1, 1), 4), quarter(date(2026, 4, 1), 4)] == ["2026 Q4", "2026 Q1"]
