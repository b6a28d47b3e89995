"""The sentences of the calculator, once for the command and for the page, which computes in the browser.

Belongs here: whole sentences, with the places of their figures. The words of the page alone are in its template.
"""

# Why what was typed cannot be read, and what to write instead.
PROBLEMS = {
    "missing_amount": "is missing: write a number such as 500000",
    "thousands": "'{text}' could have thousands or decimals: write {together}, without separators",
    "no_amount": "'{text}' is not a number: write digits, such as 500000 or 2000.50",
    "not_positive": "must be above 0",
    "missing_share": "is missing: write 0.34 or 34%",
    "no_share": "'{text}' is not a share: write 0.34 or 34%",
    "above_1": "'{text}' is above 1: write {share}% if you mean a percentage",
    "no_part": "'{text}' must be above 0 and at most 1 (100%)",
    "not_whole": "'{text}': reps are a whole number",
    "no_pair": "is missing: the capacity of sales is reps times leads per rep in a month",
    "no_period": "'{text}' is not a period: write month, quarter, year, or a number such as 6 months",
}

# What a rate that is lower or higher does, and what sales can serve.
SENTENCES = {
    "more": "at {new} instead of {old}: {leads} leads more",
    "fewer": "at {new} instead of {old}: {leads} leads fewer",
    "same": "at {new} instead of {old}: no lead more or less",
    "capacity": "Sales can serve {capacity} per month; this takes {used} % of it.",
    "over": "Sales can serve {capacity} per month; this takes {used} % of it; that is more than sales can serve well.",
}
