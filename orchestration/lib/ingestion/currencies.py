"""A currency beside an amount in its cell against the currency column of the row.

Belongs here: which currencies a sign can mean. Does not belong here: finding the sign (`cell_formats.py`), and the
currency where only one of the two states it (`casting.py`).
"""

from orchestration.lib.ingestion.cell_formats import is_all
from orchestration.lib.warehouse.sql import literal

COLUMNS = ("currency", "currency_code", "currency_iso_code")
CODES = {
    "€": "EUR",
    "£": "GBP EGP FKP GIP LBP SHP SYP",
    "$": "ARS AUD BBD BMD BND BSD BZD CAD CLP COP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SGD TTD TWD USD UYU XCD",
    "¥": "JPY CNY",
    "₹": "INR",
    "₺": "TRY",
    "₽": "RUB",
    "₪": "ILS",
    "₩": "KRW KPW",
    "kr": "DKK ISK NOK SEK",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "Fr.": "CHF",
}


def differs(code: str, mark: str) -> str:
    """Whether a mark in a cell and the code in the currency column cannot mean one currency, as SQL."""
    branches = " ".join(
        f"when {mark} = {literal(sign)} then {code} not in ({', '.join(map(literal, codes.split()))})"
        for sign, codes in CODES.items()
    )
    is_code = f"{is_all(code, '[A-Z]{3}')} and {mark} <> ''"
    return f"{is_code} and case {branches} when {is_all(mark, '[A-Z]{3}')} then {mark} <> {code} else false end"
