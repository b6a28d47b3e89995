"""The formats in which people and programs write times and numbers, as DuckDB expressions of one cell.

Belongs here: regular expressions, and the expression that turns a text of a known format into a value. Does not
belong here: which date order or decimal mark a column has (`formats.py`), and the handling of a cell that is not a
value (`casting.py`). Each function takes and returns SQL.
"""

import csv
from pathlib import Path

from orchestration.lib.warehouse.sql import literal

# The words for true and false, in the languages that exports are in.
with Path(__file__).with_name("cell_words.csv").open(encoding="utf-8", newline="") as table:
    TRUTHS = {row["word"]: row["value"] for row in csv.DictReader(table)}
# In English, Italian, Portuguese, Spanish, German and French, without accents; of each the shortest forms and the name.
MONTHS = (
    "jan january gen gennaio janeiro ene enero janner januar janv janvier",
    "feb february febbraio fev fevereiro febrero februar fevr fevrier",
    "mar march marzo marco marz mars mrz",
    "apr april aprile abr abril avr avril",
    "may mag maggio mai maio mayo",
    "jun june giu giugno junho junio juni juin",
    "jul july lug luglio julho julio juli juil juillet",
    "aug august ago agosto aou aout",
    "sep sept september set sett settembre setembro septiembre septembre",
    "oct october ott ottobre out outubro octubre okt oktober octobre",
    "nov november novembre novembro noviembre",
    "dec december dic dicembre dez dezembro diciembre dezember decembre",
)
MONTH_NUMBERS = "".join(f" {name}:{number}" for number, names in enumerate(MONTHS, 1) for name in names.split()) + " "
# Letters of any language: the class of all of them is dear to compile.
LETTER = r"[^\d\s.,:/-]"
MONTH = rf"({LETTER}{{3,10}})\.?"
WEEKDAYS = (
    "mon tue wed thu fri sat sun lun mar mer gio ven sab dom mie jue seg ter qua qui sex mo di mi do fr sa so jeu dim"
)
WEEKDAY = rf"(?:(?:{WEEKDAYS.replace(' ', '|')})[^\d\s.,]*\.?,? +)?"
# A time may follow a day.
REST = r"(?:[ T,]+(\d{1,2}:.*))?$"

YEAR_FIRST = rf"^(\d{{4}})[-/. ](\d{{1,2}})[-/. ](\d{{1,2}}){REST}"
DIGITS_ONLY = r"^(\d{4})(\d\d)(\d\d)()$"
DAY_OR_MONTH_FIRST = rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){REST}"
DAY_AND_NAME = (
    rf"(?i)^{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er|[oº°])?[-/. ]+(?:de )?{MONTH}[-/., ]+(?:de )?(\d{{4}}){REST}"
)
NAME_AND_DAY = rf"(?i)^{WEEKDAY}{MONTH}[-/. ]+(\d{{1,2}})(?:st|nd|rd|th)?[-/, ]+(\d{{4}}){REST}"
SHORT_YEAR = (
    rf"^(\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/. ]+(de )?{LETTER}{{3,10}}|{LETTER}{{3,10}}[-/. ]+\d{{1,2}})"
    r"[-/., ]+(de )?'?\d\d(\D|$)"
)
SERIAL_DAY = r"^[2-6]\d{4}(?:[.,]\d+)?$"
ZONE_LETTERS = r":\d\d ?(?:[AaPp]\.?[Mm]\.? ?)?\(?[A-Z]{2,5}\)?$"
# A day in the place of the month, for each order.
OTHER_ORDER = {
    "dmy": r"^(0?\d|1[0-2])[-/.](1[3-9]|2\d|3[01])[-/.]\d{4}",
    "mdy": r"^(1[3-9]|2\d|3[01])[-/.](0?\d|1[0-2])[-/.]\d{4}",
}
MILLISECONDS = r"\d{13}"
# Seconds from 2001 to 2030; 19... and 20... could also be a day and its hour.
SECONDS = r"1[0-8]\d{8}"
# No place is more than 14 hours from UTC.
ZONED = r":\d\d(?:\.\d+)? ?(?:[zZ]|UTC|GMT|[+-](?:0\d|1[0-3])(?::?[0-5]\d)?|[+-]14(?::?00)?)$"
OFFSET = r":.*[-+]"
# With a sign or a letter, DuckDB drops a zone that it does not know, or reads the next cells in one that it knows.
ZONED_OR_ODD = r":.*[-+A-Za-z]"
LONG_YEAR = r"^\d{5,}[-/]|[-/.]\d{5,}(?:\D|$)"
# Of Arabic, Persian and Hindi, and the wide ones of Chinese and Japanese.
OTHER_DIGITS = r"[\x{660}-\x{669}\x{6f0}-\x{6f9}\x{966}-\x{96f}\x{ff10}-\x{ff19}]"
ISO = tuple(f"____-__-__T__:__:__{fraction}Z" for fraction in ("", ".___", ".______"))
MIDNIGHT = (
    r"(?i)(?:^|[ T,])(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?A\.?M\.?)(?: ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$"
)
HALF_DAY = r" ?([AP])\.?M\.?$"
HALF_DAY_FORMATS = "['%Y-%m-%d %I:%M%p', '%Y-%m-%d %I:%M:%S%p', '%Y-%m-%d %I:%M:%S.%f%p']"

# No-break, narrow no-break, thin and figure space, tab; minus; apostrophe.
ODD, EVEN = "\u00a0\u202f\u2009\u2007\t\u2212\u2019", "     -'"

CURRENCY_CODES = (
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HRK HUF IDR ILS INR ISK JPY KES KRW KWD MAD "
    "MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU VND ZAR"
).replace(" ", "|")
# Behind a number the letters before a sign must be known: the M of 1.50 MX$ does not mean a million.
COUNTRY = rf"(?:R|US|AU?|CA?|NZ|HK|SG?|MX|NT|CN|JP|{CURRENCY_CODES})?"
BEFORE, AFTER = (rf"((?:{letters}\p{{Sc}}|{CURRENCY_CODES}|kr|zł|Kč|Ft|Fr\.)?)" for letters in ("[A-Z]{0,3}", COUNTRY))
MONEY = rf"^([-+]?) ?{BEFORE} ?([-+]?) ?(\d[0-9.,' ]*|[.,]\d+)(?: ?([kKmMbB])n?)? ?{AFTER}$"
MONEY_PARTS = "['sign', 'before', 'inner', 'digits', 'scale', 'after']"
PLAIN_INTEGER = r"[+-]?[0-9]+(\.0{0,2})?"
# Digits with valid groups, by decimal mark.
GROUPED = {
    ".": r"\d{1,3}(?:[ ']\d{3})+(?:\.\d*)?|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?|\d*(?:\.\d*)?",
    ",": r"\d{1,3}(?:[ ']\d{3})+(?:,\d*)?|\d{1,3}(?:\.\d{2,3})*\.\d{3}(?:,\d*)?|\d*(?:,\d*)?",
}
# What a spreadsheet writes instead of a value in English, Italian, Spanish, Portuguese, French and German; the last one
# is a formula of a workbook without a result.
SPREADSHEET_ERRORS = """
    #N/A #N/D #NV #REF! #RIF! #¡REF! #BEZUG! #VALUE! #VALORE! #¡VALOR! #VALOR! #VALEUR! #WERT! #DIV/0! #¡DIV/0! #NAME?
    #NOME? #¿NOMBRE? #NOM? #NUM! #¡NUM! #NÚM! #NOMBRE! #ZAHL! #NULL! #NULLO! #¡NULO! #NULO! #NUL! #SPILL! #CALC!
    #BLOCKED! #FIELD! #GETTING_DATA #FORMULA!
"""
UNGROUP = {".": (", '", ""), ",": (",. '", ".")}


def matches(cell: str, pattern: str) -> str:
    """Whether the pattern matches a part of the cell."""
    return f"regexp_matches({cell}, {literal(pattern)})"


def is_all(cell: str, pattern: str) -> str:
    """Whether the pattern matches the whole cell."""
    return f"regexp_full_match({cell}, {literal(pattern)})"


def is_spreadsheet_error(cell: str) -> str:
    """Whether the cell is an error of a spreadsheet."""
    errors = ", ".join(map(literal, SPREADSHEET_ERRORS.split()))
    # Of two conditions DuckDB computes both for every cell, of a case the second where the first is met.
    return f"case when starts_with({cell}, '#') then {cell} in ({errors}) else false end"


def has_given_time(cell: str) -> str:
    """Whether the cell has a time other than midnight; the usual forms need no regular expression."""
    iso = (
        f"substr({cell}, 12, 5) not in ('', '00:00') or substr({cell}, 17, 1) = ':' and substr({cell}, 17, 3) <> ':00'"
    )
    other = f"contains({cell}, ':') and not {matches(cell, MIDNIGHT)}"
    epoch = f"{is_epoch(cell)} and try_cast(rpad({cell}, 13, '0') as bigint) % 86400000 <> 0"
    return f"""
        case
            when {cell} like '____-__-__%' then {iso}
            when contains({cell}, ':') then {other}
            else {epoch}
        end
    """


def plain(cell: str) -> str:
    """The cell with plain blanks, minus signs and apostrophes."""
    return f"trim(translate({cell}, {literal(ODD)}, {literal(EVEN)}))"


def is_epoch(cell: str) -> str:
    """Whether the cell is milliseconds or seconds since 1970."""
    return is_all(cell, f"{MILLISECONDS}|{SECONDS}")


def is_instant(cell: str) -> str:
    """Whether the plain cell is an instant, not a local time without a zone; its offset may be an impossible one."""
    return f"({matches(cell, f'{ZONED}|{OFFSET}')} or {is_epoch(cell)})"


def is_odd_zone(cell: str) -> str:
    """Whether a time has something behind it that is not the offset of a zone."""
    return f"({matches(cell, ZONED_OR_ODD)} and not {matches(cell, ZONED)})"


def is_iso(cell: str) -> str:
    """Whether the cell is an instant as programs write it, 2026-01-31T09:30:00Z, which needs no regular expression."""
    likes = " or ".join(f"{cell} like '{shape}'" for shape in ISO)
    return f"(({likes}) and {iso_time(cell)} is not null)"


def iso_time(cell: str) -> str:
    """The UTC timestamp of an ISO cell: of its Z DuckDB makes no offset, and asks for no time zone."""
    return f"try_cast({cell} as timestamp)"


def year_first(cell: str, date_order: str) -> str:
    """A time in a plain cell as year-month-day and what follows; an epoch unchanged; null for an unknown format."""
    numbers = r"\3-\1-\2 \4" if date_order == "mdy" else r"\3-\2-\1 \4"
    shapes = {YEAR_FIRST: r"\1-\2-\3 \4", DAY_OR_MONTH_FIRST: numbers, DIGITS_ONLY: r"\1-\2-\3"}
    branches = [
        f"when {matches(cell, shape)} then regexp_replace({cell}, {literal(shape)}, {literal(to)})"
        for shape, to in shapes.items()
    ]
    for shape, to, group in ((DAY_AND_NAME, r"\3-#-\1 \4", 2), (NAME_AND_DAY, r"\3-#-\2 \4", 1)):
        name = f"strip_accents(lower(regexp_extract({cell}, {literal(shape)}, {group})))"
        month = f"nullif(split_part(split_part({literal(MONTH_NUMBERS)}, ' ' || {name} || ':', 2), ' ', 1), '')"
        written = f"regexp_replace({cell}, {literal(shape)}, {literal(to)})"
        branches.append(f"when {matches(cell, shape)} then replace({written}, '#', {month})")
    return f"trim(case when {is_epoch(cell)} then {cell} {' '.join(branches)} end)"


def time_of(text: str) -> str:
    """The timestamp of what `year_first` returns: in UTC if it is an instant, else the local time."""
    half_day = f"regexp_replace(upper({text}), {literal(HALF_DAY)}, '\\1M')"
    # DuckDB reads a zone only after seconds, and an offset only without a blank.
    offset = f"regexp_replace({text}, ' ([+-])', '\\1')"
    with_seconds = f"regexp_replace({offset}, '^([^ ]+ [0-9]+:[0-9]+)([ +zZ-])', '\\1:00\\2')"
    return f"""
        case
            when {is_all(text, MILLISECONDS)} then epoch_ms(cast({text} as bigint))
            when {is_all(text, SECONDS)} then epoch_ms(1000 * cast({text} as bigint))
            when {matches(text, ZONED)}
            then timezone('UTC', try_cast({with_seconds} as timestamptz))
            when {matches(f"upper({text})", HALF_DAY)} then try_strptime({half_day}, {HALF_DAY_FORMATS})
            when {matches(text, OFFSET)} then null
            else try_cast({text} as timestamp)
        end
    """


def truth_of(cell: str) -> str:
    """The boolean of a cell, in any language; null for what is none."""
    branches = (
        f"when lower({cell}) in ({', '.join(literal(word) for word in TRUTHS if TRUTHS[word] == value)}) then {value}"
        for value in ("true", "false")
    )
    return f"case {' '.join(branches)} else try_cast({cell} as boolean) end"


def money_parts(cell: str) -> str:
    """The parts of a number in a plain cell: sign, currency, digits, scale; all are empty if there is no number."""
    # Bookkeepers put brackets around negative numbers.
    unbracketed = f"regexp_replace({cell}, '^\\((.*)\\)$', '-\\1')"
    return f"regexp_extract({unbracketed}, {literal(MONEY)}, {MONEY_PARTS})"


def number_of(parts: str, decimal_mark: str) -> str:
    """The text that DuckDB casts to the number of these parts; null when groups and decimal mark do not match."""
    taken, given = UNGROUP[decimal_mark]
    digits = f"trim({parts}.digits)"
    return f"""
        case
            when {parts}.digits = '' or not {is_all(digits, GROUPED[decimal_mark])} then null
            when {parts}.sign != '' and {parts}.inner != '' or {parts}.before != '' and {parts}.after != '' then null
            else
                if('-' in ({parts}.sign, {parts}.inner), '-', '') || translate({digits}, {literal(taken)}, '{given}')
                || case lower({parts}.scale) when 'k' then 'e3' when 'm' then 'e6' when 'b' then 'e9' else '' end
        end
    """


def currency_of(parts: str) -> str:
    """The currency before or after a number, as written in the cell."""
    return f"nullif({parts}.before || {parts}.after, '')"
