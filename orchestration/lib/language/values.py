"""Words that tables have and pages show: names of statuses, reasons, kinds. English in the tables, in every language.

Belongs here: a word or a name of a value. A sentence with values in it is sentences.py; what a company named itself
(its stages, lead types, sources) is never translated.
"""

from orchestration.lib.language.spoken import later

VALUES: tuple[str, ...] = (
    later("overdue"),
    # scorecard: teams and stages
    *(later("Sales"), later("Marketing"), later("sales"), later("marketing"), later("Lead"), later("Opportunity")),
    *(later("Customer"), later("lead"), later("opportunity"), later("customer")),
    # scorecard: what a promise, a period or a case came to
    *(later("met"), later("missed"), later("running"), later("not evaluated"), later("withheld"), later("over")),
    *(later("under"), later("on track"), later("kept"), later("early"), later("open"), later("excused")),
    *(later("reached"), later("not reached"), later("too few cases"), later("no cases"), later("part of a period")),
    *(later("not yet due"), later("no target of its own"), later("not known yet"), later("not in the data")),
    *(later("in time"), later("late"), later("no contact"), later("no answer"), later("already in contact")),
    *(later("already there"), later("too few attempts"), later("date without a time")),
    # scorecard: what excused a promise
    *(later("Won forward"), later("Moved back"), later("Replied"), later("Reply"), later("Meeting")),
    *(later("Opt out"), later("Rejected"), later("Recycled"), later("Disqualified"), later("Lost")),
    *(later("Stage exit"), later("Not known")),
    # scorecard: what came later of a closed month
    *(later("month changed"), later("arrived late"), later("forgotten"), later("gone"), later("value changed")),
    *(later("status changed"), later("tier changed"), later("owner changed"), later("closed before it was due")),
    # scorecard: late answers
    *(later("Attempt late"), later("Contact late"), later("Conversation late"), later("Came at the weekend")),
    *(later("Within 1 h"), later("1 to 4 h"), later("4 to 24 h"), later("24 to 48 h"), later("After 48 h")),
    *(later("Not answered"), later("Before the start")),
    # scorecard: bottlenecks, reasons, recycled leads
    *(later("agreement"), later("definitional"), later("clerical"), later("procedural"), later("up to 30 days")),
    *(later("31 to 90 days"), later("91 to 180 days"), later("over 180 days")),
    # scorecard: where there is no name
    *(later("(missing)"), later("(no owner)"), later("(team)"), later("(no reason)"), later("(not explained)")),
    *(later("(none)"), later("Unclassified"), later("unknown"), later("Unknown"), later("Unmapped")),
    # meeting
    *(later("missed three months running"), later("money at stake"), later("Disputes without a decision")),
    *(later("accepted"), later("changed"), later("refused")),
    # minutes: terms of a stream
    *(later("closes within"), later("deal size"), later("margin"), later("season")),
    # minutes: findings of a review
    *(later("Bottleneck, below agreed"), later("Improvement, reached"), later("Improvement, not reached")),
    *(later("Improvement, not shown"), later("Improvement, too early"), later("Breach, not kept")),
    *(later("Drift, more"), later("Drift, fewer"), later("Delivery, over"), later("Delivery, under")),
    *(later("Source, grow"), later("Source, stop"), later("Promise, missed running"), later("Promise, always kept")),
    *(later("Promise, kept by nobody"), later("Forecast, more came"), later("Forecast, less came")),
    *(later("Rejected as not qualified"), later("Excused"), later("Leads of unknown origin")),
    *(later("late assignment"), later("absence"), later("never touched"), later("after hours"), later("overload")),
)
