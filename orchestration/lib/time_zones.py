"""Which names of time zones are accepted, and what a person who wrote another one probably means.

Belongs here: names. A zone is an area and a place (Europe/Rome), which has its summer time, or UTC, in which systems
write. Does not belong here: converting times, which DuckDB and zoneinfo do.
"""

import difflib
import re
import unicodedata
from functools import cache
from zoneinfo import available_timezones

# Letters, cities without a zone of their own, and earlier names. Most of the letters mean several zones.
MEANT = {
    "ART": "America/Argentina/Buenos_Aires",
    "AEST AEDT AET": "Australia/Sydney",
    "AKST AKDT": "America/Anchorage",
    "AST": "America/Halifax or Asia/Riyadh",
    "BRT": "America/Sao_Paulo",
    "BST": "Europe/London or Asia/Dhaka",
    "CET CEST MET MEZ MESZ": "Europe/Rome, Europe/Berlin, Europe/Paris or Europe/Madrid",
    "CST": "America/Chicago, America/Mexico_City or Asia/Shanghai",
    "CDT CST6CDT": "America/Chicago",
    "EET EEST": "Europe/Athens, Europe/Helsinki or Europe/Bucharest",
    "EST EDT EST5EDT ET": "America/New_York",
    "GMT": "Europe/London, or UTC if there is never summer time",
    "HST": "Pacific/Honolulu",
    "IST": "Asia/Kolkata, Europe/Dublin or Asia/Jerusalem",
    "JST": "Asia/Tokyo",
    "MSK": "Europe/Moscow",
    "MST": "America/Denver, or America/Phoenix where there is no summer time",
    "MDT MST7MDT": "America/Denver",
    "NZST NZDT NZ": "Pacific/Auckland",
    "PST PDT PST8PDT": "America/Los_Angeles",
    "SGT": "Asia/Singapore",
    "WET WEST": "Europe/Lisbon",
    "Z Zulu": "UTC",
    "Milan Milano Roma Turin Torino Naples Napoli Florence Firenze Bologna Genoa Genova Italy Italia": "Europe/Rome",
    "Munich München Frankfurt Hamburg Cologne Köln Stuttgart Düsseldorf Germany Deutschland": "Europe/Berlin",
    "Lyon Marseille Toulouse Lille France": "Europe/Paris",
    "Barcelona Valencia Sevilla Spain España": "Europe/Madrid",
    "Lisboa Porto Portugal": "Europe/Lisbon",
    "Geneva Genève Basel Bern Switzerland": "Europe/Zurich",
    "Manchester Edinburgh Birmingham Glasgow GB UK": "Europe/London",
    "Rotterdam Utrecht Netherlands": "Europe/Amsterdam",
    "Wien Austria": "Europe/Vienna",
    "Antwerp Belgium": "Europe/Brussels",
    "Cork Ireland Eire": "Europe/Dublin",
    "Krakow Kraków Gdansk Poland": "Europe/Warsaw",
    "Mumbai Bombay Delhi Bangalore Bengaluru Chennai Hyderabad Pune India": "Asia/Kolkata",
    "Beijing Shenzhen China PRC": "Asia/Shanghai",
    "Osaka Japan": "Asia/Tokyo",
    "Israel": "Asia/Jerusalem",
    "Turkey": "Europe/Istanbul",
    "Boston Washington Philadelphia Atlanta Miami Eastern": "America/New_York",
    "Dallas Houston Austin Central": "America/Chicago",
    "Mountain": "America/Denver",
    "Seattle Pacific": "America/Los_Angeles",
    "Montreal Ottawa": "America/Toronto",
    "Brasilia Rio": "America/Sao_Paulo",
    "Melbourne Victoria": "Australia/Melbourne",
    "San_Francisco": "America/Los_Angeles",
    "Rio_de_Janeiro": "America/Sao_Paulo",
}


@cache
def accepted_zones() -> set[str]:
    """All zones of an area and a place, and UTC; they are files, so they are searched for once."""
    areas = ("Etc/", "SystemV/", "posix", "right")
    return {name for name in available_timezones() if "/" in name and not name.startswith(areas)} | {"UTC", "Etc/UTC"}


def zone_fault(name: str) -> str | None:
    """Why a text is not accepted as a time zone, and what to write instead; None for one that is accepted."""
    if name in accepted_zones():
        return None
    if name in available_timezones() or re.fullmatch(r"[A-Z]{2,5}|(Etc/)?(GMT|UTC)[+-]?\d*", name):
        why = "is not a zone with a place, so it has no summer time or has several meanings"
        if re.search(r"[+-]\d", name):
            why = "is a fixed offset without summer time, and the sign of Etc/GMT+1 means west of Greenwich"
    else:
        why = "is not a time zone"
    return f"'{name}' {why}; write {_likely(name) or 'an IANA name such as Europe/Rome'}"


def _likely(name: str) -> str | None:
    """The zone that is probably meant, or several."""
    key = _key(name)
    places = {_key(zone): zone for zone in accepted_zones()}
    places |= {_key(zone.rpartition("/")[2]): zone for zone in sorted(accepted_zones())}
    places |= {_key(word): meant for words, meant in MEANT.items() for word in words.split()}
    if key not in places and re.fullmatch("[a-z/]{6,}", key):
        key = next(iter(difflib.get_close_matches(key, places, n=1, cutoff=0.8)), key)
    return places.get(key)


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9/+-]", "", plain.lower())
