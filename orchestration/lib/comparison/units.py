"""The figures of a promise by its unit, as a comparison prints them.

Belongs here: the columns of rpt_team_compliance by unit, each with its name and, after a comma, how it is printed.
"""

# Of every promise, where it has them.
AMOUNTS = {
    "actual_amount": "delivered, amount",
    "counted_amount": "counted, amount",
    "target_amount": "target, amount",
}
BY_UNIT = {
    "share": {
        "attainment": "attainment, rate",
        "attainment_low": "at least, rate",
        "attainment_high": "at most, rate",
        "target": "agreed, rate",
    },
    "days": {"attainment": "measured, days", "target": "agreed in days, days"},
    "count": {"attainment": "counted", "target": "agreed number"},
    "points": {"attainment": "measured in points, points", "target": "agreed in points, points"},
    "amount": {"attainment": "measured amount, amount", "target": "agreed amount, amount"},
    "ratio": {"attainment": "measured ratio, rate", "target": "agreed ratio, rate"},
    "score": {"attainment": "measured score, price", "target": "agreed score, price"},
    "months": {"attainment": "measured months, price", "target": "agreed months, price"},
}
