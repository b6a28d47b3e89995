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
    # channels, as the product names them:
    *(later("Affiliates"), later("AI Assistants"), later("Audio"), later("Direct"), later("Display"), later("Email")),
    *(later("Event"), later("Mobile Push Notifications"), later("Offline"), later("Organic Search")),
    *(later("Organic Shopping"), later("Organic Social"), later("Organic Video"), later("Outbound")),
    *(later("Paid Other"), later("Paid Search"), later("Paid Shopping"), later("Paid Social"), later("Paid Video")),
    *(later("Referral"), later("SMS"), later("Unknown"), later("Unmapped"), later("unattributed")),
    # sources:
    *(later("ad spend"), later("agency"), later("campaign"), later("event"), later("other"), later("salary")),
    *(later("tool"), later("Campaign"), later("Content"), later("None of them, or unknown")),
    *(later("1 to 9"), later("10 to 49"), later("50 to 249"), later("250 or more"), later("(unknown)")),
    *(later("too few cases"), later("no difference found"), later("is accepted less often")),
    *(later("is accepted more often"), later("attracts more than it wins"), later("wins more than it attracts")),
    *(later("leaves more often"), later("stays more often")),
)
