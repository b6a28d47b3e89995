"""Words that tables have and pages show: names of statuses, reasons, kinds. English in the tables, in every language.

Belongs here: a word or a name of a value. A sentence with values in it is sentences.py; what a company named itself
(its stages, lead types, sources) is never translated.
"""

from orchestration.lib.language.spoken import later

VALUES: tuple[str, ...] = (
    later("overdue"),
    # reviews:
    *(later("not held"), later("decided"), later("held"), later("coming"), later("due"), later("missed")),
    later("proposed"),
    *(later("Lead"), later("MQL"), later("SAL"), later("SQL"), later("Opportunity"), later("Customer")),
    *(later("lead"), later("opportunity"), later("customer")),
    *(later("Rejected"), later("Recycled"), later("Disqualified"), later("Lost"), later("rejected")),
    *(later("recycled"), later("disqualified"), later("lost")),
    *(later("marketing"), later("sales"), later("month"), later("quarter"), later("year")),
    *(later("accepted"), later("changed"), later("refused"), later("done"), later("open")),
    *(later("too few"), later("too many undecided"), later("too early"), later("none converted")),
    *(later("too many without a lead type"), later("a tail is not a trend")),
    *(later("no evidence of change"), later("nobody entered")),
    *(later("Bottleneck"), later("Improvement"), later("Breach"), later("Drift"), later("Delivery"), later("Source")),
    *(later("Promise"), later("Forecast")),
    *(later("below agreed"), later("not reached"), later("reached"), later("not shown"), later("not kept")),
    *(later("more"), later("fewer"), later("over"), later("under"), later("grow"), later("stop")),
    *(later("missed running"), later("always kept"), later("kept by nobody"), later("more came"), later("less came")),
    *(later("Rejected as not qualified"), later("Excused"), later("Leads of unknown origin")),
    *(later("late assignment"), later("absence"), later("never touched"), later("no answer"), later("after hours")),
    later("overload"),
    *(later("light"), later("middle"), later("heavy"), later("falls"), later("no evidence that it falls")),
    *(later("January"), later("February"), later("March"), later("April"), later("May"), later("June")),
    *(later("July"), later("August"), later("September"), later("October"), later("November"), later("December")),
    *(later("january"), later("february"), later("march"), later("april"), later("may"), later("june")),
    *(later("july"), later("august"), later("september"), later("october"), later("november"), later("december")),
    # comparisons:
    *(later("entered in the period"), later("there at its end"), later("labelled with the evidence")),
    *(later("labelled without"), later("evidence without label")),
    *(later("kept"), later("early"), later("excused"), later("not evaluated"), later("delivered"), later("counted")),
    *(later("target"), later("attainment"), later("at least"), later("at most"), later("agreed")),
    *(later("measured"), later("agreed in days"), later("agreed number"), later("measured in points")),
    *(later("agreed in points"), later("measured amount")),
    *(later("agreed amount"), later("measured ratio"), later("agreed ratio"), later("measured score")),
    *(later("agreed score"), later("measured months"), later("agreed months")),
    *(later("needed for the quota"), later("agreed to go on"), later("value of one"), later("persons"), later("won")),
    later("attributed"),
    *(later("0 to 20"), later("20 to 40"), later("40 to 60"), later("60 to 80"), later("80 to 100")),
    # help:
    *(later("met"), later("running"), later("safe"), later("due soon")),
)
