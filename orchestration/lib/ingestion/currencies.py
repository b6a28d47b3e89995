"""What a currency sign or code beside an amount means, and whether another statement contradicts it.

Belongs here: which currencies a sign can mean. Does not belong here: finding the sign (`cell_formats.py`), and the
currency where only one of the two states it (`casting.py`).
"""

import re

from orchestration.lib.ingestion.cell_formats import CURRENCY_CODES, is_all
from orchestration.lib.source_tables import Column
from orchestration.lib.warehouse.sql import literal

COLUMNS = ("currency", "currency_code", "currency_iso_code")
# What a sign can mean: the one that it names where nothing else is stated first.
CODES = {
    "€": "EUR",
    "£": "GBP EGP FKP GIP LBP SHP SYP",
    "₹": "INR",
    "₺": "TRY",
    "₽": "RUB",
    "₪": "ILS",
    "₩": "KRW KPW",
    "₫": "VND",
    "₴": "UAH",
    "₦": "NGN",
    "฿": "THB",
    "R$": "BRL",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "SG$": "SGD",
    "MX$": "MXN",
    "NT$": "TWD",
    "CN¥": "CNY",
    "JP¥": "JPY",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "Fr.": "CHF",
}
# Signs of several currencies, none of which they name.
SHARED = {
    "$": "ARS AUD BBD BMD BND BSD BZD CAD CLP COP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SGD TTD TWD USD UYU XCD",
    "¥": "JPY CNY",
    "kr": "DKK ISK NOK SEK",
}
# What a column of currencies can have instead of a code.
NAMES = {
    "euro": "EUR",
    "us dollar": "USD",
    "u.s. dollar": "USD",
    "united states dollar": "USD",
    "pound sterling": "GBP",
    "british pound": "GBP",
    "british pound sterling": "GBP",
    "swiss franc": "CHF",
    "brazilian real": "BRL",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "japanese yen": "JPY",
    "danish krone": "DKK",
    "norwegian krone": "NOK",
    "swedish krona": "SEK",
    "polish zloty": "PLN",
    "indian rupee": "INR",
    "mexican peso": "MXN",
}
# A code before a sign: USD$.
CODE_AND_SIGN = rf"({CURRENCY_CODES})\p{{Sc}}"


def is_of_currencies(column: Column) -> bool:
    """Whether a declared column contains the currency of the row's amounts."""
    return column.name in COLUMNS or bool(column.currency_of)


def named_by(mark: str) -> str | None:
    """The code of the currency that a mark or a word names; None for a sign of several currencies."""
    if mark.lower() in NAMES:
        return NAMES[mark.lower()]
    if mark in CODES:
        return CODES[mark].split()[0]
    found = re.match(rf"({CURRENCY_CODES})", mark)
    return found[1] if found else None


def code_of(mark: str) -> str:
    """The code of the currency that a mark in a cell names, as SQL; a sign of several currencies stays as it is."""
    signs = " ".join(f"when {literal(sign)} then {literal(codes.split()[0])}" for sign, codes in CODES.items())
    return f"case {mark} {signs} else if({is_all(mark, CODE_AND_SIGN)}, left({mark}, 3), {mark}) end"


def stated_in(cell: str) -> str:
    """The code of the currency in a cell of a column of currencies: a code, a sign or a name of it."""
    names = " ".join(f"when {literal(name)} then {literal(code)}" for name, code in NAMES.items())
    return f"case lower({cell}) {names} else {code_of(cell)} end"


def differs(code: str, mark: str) -> str:
    """Whether a mark in a cell and another statement of the currency cannot mean one currency, as SQL."""
    branches = " ".join(
        f"when {mark} = {literal(sign)} then {code} not in ({', '.join(map(literal, codes.split()))})"
        for sign, codes in (CODES | SHARED).items()
    )
    is_code = f"{is_all(code, '[A-Z]{3}')} and {mark} <> ''"
    named = code_of(mark)
    return f"{is_code} and case {branches} when {is_all(named, '[A-Z]{3}')} then {named} <> {code} else false end"


def is_shared(mark: str) -> str:
    """Whether a mark is a sign of several currencies, as SQL."""
    return f"{mark} in ({', '.join(map(literal, SHARED))})"
