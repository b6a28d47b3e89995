"""The public holidays of a country, from the package `holidays`: what may be named, and the days.

Belongs here: names of countries and their parts, and the days that the installed package knows. Which calendar has
them is calendars.py; which days a signed version keeps, whatever the package has later, is kept_holidays.py.
"""

import difflib
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import ModuleType

from orchestration.lib.formats import either
from orchestration.lib.language import gettext

# A fixed span, so that what a version means does not depend on the day on which it is read.
YEARS = range(2000, 2051)
LANGUAGE = "en_US"
# What the letters and names of a country are not.
MEANT = {"uk": "GB", "england": "GB", "great britain": "GB", "usa": "US"}
Days = Mapping[date, str]
Region = tuple[str, str | None]
KnownDays = Mapping[Region, Days]


@cache
def public_days(country: str, subdivision: str | None) -> Days:
    """Each public holiday with its name; half days and those of banks, schools or one religion are none."""
    package = _package()
    language = LANGUAGE if LANGUAGE in package.country_holidays(country).supported_languages else None
    found = package.country_holidays(country, subdiv=subdivision, years=YEARS, language=language)
    return dict(sorted(found.items()))


@cache
def names_in(language: str, country: str, subdivision: str | None) -> Days:
    """The names of the days for readers of a language; none where the package does not have the country in it."""
    package = _package()
    known = package.country_holidays(country).supported_languages
    matching = sorted(each for each in known if each.partition("_")[0] == language.partition("_")[0])
    if not matching:
        return {}
    return dict(package.country_holidays(country, subdiv=subdivision, years=YEARS, language=matching[0]))


def country_fault(country: str) -> str | None:
    """What is wrong with the code of a country, and what to write; None if nothing is."""
    if country in _countries():
        return None
    names = {text.casefold(): code for code, several in _countries().items() for text in (code, *several)}
    near = _nearest(country, names | MEANT)
    remedy = either(*(f"{code} ({_countries()[code][0]})" for code in near))
    remedy = remedy or gettext("its two letters, such as IT, or a list of days: [2026-04-06, 2026-12-25]")
    return gettext(
        "'%(country)s' is not the code of a country whose holidays are known; write %(remedy)s",
        country=country,
        remedy=remedy,
    )


def subdivision_fault(country: str, subdivision: str) -> str | None:
    """What is wrong with the part of a country, and what to write; None if nothing is."""
    known = _package().country_holidays(country)
    if subdivision in known.subdivisions:
        return None
    names = {str(code).casefold(): str(code) for code in known.subdivisions}
    names |= {str(name).casefold(): str(code) for name, code in known.subdivisions_aliases.items()}
    near = _nearest(subdivision, names)
    if not names:
        return gettext(
            "'%(subdivision)s': no part of %(country)s has days of its own; remove it",
            subdivision=subdivision,
            country=country,
        )
    known_codes = (
        either(*near)
        if near
        else gettext("one of %(subdivisions)s", subdivisions=", ".join(map(str, known.subdivisions)))
    )
    return gettext(
        "'%(subdivision)s' is not a part of %(country)s whose holidays are known; write %(known_codes)s, or remove it",
        subdivision=subdivision,
        country=country,
        known_codes=known_codes,
    )


def _nearest(text: str, names: Mapping[str, str]) -> list[str]:
    sought = text.casefold()
    close = [sought] if sought in names else difflib.get_close_matches(sought, names, n=2, cutoff=0.75)
    return list(dict.fromkeys(names[name] for name in close))


@cache
def _countries() -> dict[str, tuple[str, str]]:
    """Two letters of each country -> its name, and its three letters."""
    listed = _package().registry.COUNTRIES.items()
    return {codes[1]: (module.replace("_", " ").title(), codes[2]) for module, codes in listed}


@cache
def _package() -> ModuleType:
    """The package; every command reads agreements, and few name a country: imported only where it is needed."""
    import holidays

    return holidays
