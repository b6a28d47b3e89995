"""A zone is an area and a place, or UTC; for any other name the message offers what is probably meant."""

from zoneinfo import available_timezones

import pytest

from orchestration.lib.time_zones import zone_fault


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("EST", "America/New_York"),
        ("EST5EDT", "America/New_York"),
        ("HST", "Pacific/Honolulu"),
        ("Milan", "Europe/Rome"),
        ("München", "Europe/Berlin"),
        ("Lisbon", "Europe/Lisbon"),
        ("europe/rome", "Europe/Rome"),
        ("Europe/Rom", "Europe/Rome"),
        ("IST", "Asia/Kolkata, Europe/Dublin or Asia/Jerusalem"),
        ("Etc/GMT+1", "such as Europe/Rome"),
        ("UTC+1", "such as Europe/Rome"),
        ("here", "such as Europe/Rome"),
    ],
)
def test_another_name_is_refused_and_the_likely_zone_is_offered(name: str, offered: str) -> None:
    fault = zone_fault(name)
    assert fault is not None
    assert fault.startswith(f"'{name}' is ")
    assert fault.partition("; write ")[2].endswith(offered)


def test_of_the_known_names_those_with_a_place_are_accepted_and_utc() -> None:
    for name in available_timezones():
        is_accepted = name in ("UTC", "Etc/UTC") or ("/" in name and not name.startswith("Etc/"))
        assert (zone_fault(name) is None) == is_accepted, name
