"""Words that tables have and pages show: names of statuses, reasons, kinds. English in the tables, in every language.

Belongs here: a word or a name of a value. A sentence with values in it is sentences.py; what a company named itself
(its stages, lead types, sources) is never translated.
"""

from orchestration.lib.language.spoken import later

VALUES: tuple[str, ...] = (
    later("overdue"),
    # funnel:
    *(later("final"), later("running")),
    *(later("Lead"), later("MQL"), later("SAL"), later("SQL"), later("Opportunity"), later("Customer")),
    *(later("lead"), later("opportunity"), later("customer")),
)
