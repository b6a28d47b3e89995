"""The sentences of the calculator, once for the command and for the page, which computes in the browser.

Belongs here: whole sentences, with the places of their figures. The words of the page alone are in its template.
"""

import re

from orchestration.lib.language import gettext, later, translated
from orchestration.lib.language.places import separated

# A number as Python and SQL write it: 1,325.6.
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d*)?")

# Why what was typed cannot be read, and what to write instead.
PROBLEMS = {
    "missing_amount": later("is missing: write a number such as 500000"),
    "thousands": later("'%(text)s' could have thousands or decimals: write %(together)s, without separators"),
    "no_amount": later("'%(text)s' is not a number: write digits, such as 500000 or 2000.50"),
    "not_positive": later("must be above 0"),
    "missing_share": later("is missing: write 0.34 or 34%%"),
    "no_share": later("'%(text)s' is not a share: write 0.34 or 34%%"),
    "above_1": later("'%(text)s' is above 1: write %(share)s%% if you mean a percentage"),
    "no_part": later("'%(text)s' must be above 0 and at most 1 (100%%)"),
    "not_whole": later("'%(text)s': reps are a whole number"),
    "no_pair": later("is missing: the capacity of sales is reps times leads per rep in a month"),
    "no_period": later("'%(text)s' is not a period: write month, quarter, year, or a number such as 6 months"),
}

# What a rate that is lower or higher does, and what sales can serve.
SENTENCES = {
    "more": later("at %(new)s instead of %(old)s: %(leads)s leads more"),
    "fewer": later("at %(new)s instead of %(old)s: %(leads)s leads fewer"),
    "same": later("at %(new)s instead of %(old)s: no lead more or less"),
    "capacity": later("Sales can serve %(capacity)s per month; this takes %(used)s %% of it."),
    "over": later(
        "Sales can serve %(capacity)s per month; this takes %(used)s %% of it; that is more than sales can serve well."
    ),
}
CHANGE = later("%(from)s to %(to)s %(change)s")
ROUNDED = later("%(division)s, rounded up")
A_LITTLE_OVER = later("%(division)s = a little over %(below)s, rounded up")
PERIODS = {"month": later("month"), "quarter": later("quarter"), "year": later("year")}
MONTHS = later("%(months)s months")


def period_in_words(per: str) -> str:
    """The period of a quota: year, or 6 months."""
    number, _, is_of_months = per.partition(" ")
    return gettext(MONTHS, months=number) if is_of_months else translated(per)


def arithmetic(division: str) -> str:
    """A division that Python or SQL has written, 1,087 / 0.82 = 1,325.6, rounded up, as it is written here."""
    found = translated(division)
    return NUMBER.sub(lambda number: separated(number[0]), division) if found == division else found
