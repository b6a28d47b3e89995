"""The clauses of an agreement about a measured figure of a period, in sentences.

Belongs here: one sentence for each measure, with its limit in between; a KPI is worded by its own definition. The
other clauses are wording.py.
"""

from collections.abc import Iterator

from orchestration.lib.agreement.measures import KPIS, Measure
from orchestration.lib.formats import percent, words
from orchestration.lib.language import gettext, later, ngettext, translated
from orchestration.lib.language.places import separated
from orchestration.lib.pages.conditions import a_period, listed_all, time

MEASURES = {
    "win_rate": later("Of the deals of new business closed in %(period)s, at least %(limit)s are won."),
    "sales_cycle_days": later("The deals won in %(period)s took at most %(limit)s from the handoff, in the median."),
    "acceptance_rate": later(
        "Of the leads handed over in %(period)s that sales has answered or sent away, at least %(limit)s are accepted."
    ),
    "data_completeness": later("Of the leads handed over in %(period)s, at least %(limit)s come with %(fields)s."),
    "outcome_logging": later("Of the calls and meetings of %(period)s, at least %(limit)s have a logged outcome."),
    "attempts": later("At least %(limit)s calls, e-mails, meetings and other activities are made in %(period)s."),
    "contacts": later("At least %(limit)s activities of %(period)s reach somebody or leave a message."),
    "conversations": later("At least %(limit)s activities of %(period)s are conversations."),
    "new_leads": later("At least %(limit)s new leads come in %(period)s."),
    "leads_decided": later(
        "At least %(limit)s leads of %(period)s are handed over, or rejected, recycled or disqualified before."
    ),
    "website_visits": later("The sites have at least %(limit)s visits in %(period)s."),
    "form_submissions": later("The sites have at least %(limit)s forms sent in %(period)s."),
    "net_promoter_score": later("The net promoter score of the answers of %(period)s is at least %(limit)s."),
    "customers_contacted": later(
        "Of the customers at the beginning of %(period)s, at least %(limit)s are contacted in it."
    ),
    "customer_retention": later(
        "Of the customers who pay at the beginning of %(period)s, at least %(limit)s still pay at its end."
    ),
    "tickets_answered": later("Of the tickets opened in %(period)s, at least %(limit)s are answered within %(time)s."),
}


def measured(measure: Measure) -> Iterator[str]:
    """What is promised of the figure, in sentences."""
    if measure.measures in KPIS:
        yield _of_kpi(measure)
    else:
        fields = [translated(each) for each in measure.requires or ()]
        yield gettext(
            MEASURES[measure.measures],
            period=a_period(measure.per),
            limit=_limit(measure),
            fields=listed_all(fields) if fields else "",
            time=time(measure.within or "1d"),
        )
    if measure.revenue_streams:
        streams = listed_all([words(each) for each in measure.revenue_streams])
        yield gettext("It is about %(streams)s only.", streams=streams)
    if measure.least_cases > 1:
        yield gettext("With fewer than %(cases)s cases nobody is evaluated.", cases=measure.least_cases)


def _of_kpi(measure: Measure) -> str:
    kpi = KPIS[measure.measures]
    sentence = {
        (False, False): later("In %(period)s, “%(kpi)s” is at least %(limit)s: %(numerator)s."),
        (False, True): later(
            "In %(period)s, “%(kpi)s” is at least %(limit)s: %(numerator)s divided by %(denominator)s."
        ),
        (True, False): later("In %(period)s, “%(kpi)s” is at most %(limit)s: %(numerator)s."),
        (True, True): later("In %(period)s, “%(kpi)s” is at most %(limit)s: %(numerator)s divided by %(denominator)s."),
    }[measure.figure.is_best_low, bool(kpi["denominator"])]
    return gettext(
        sentence,
        period=a_period(measure.per),
        kpi=translated(kpi["label"]),
        limit=_limit(measure),
        numerator=translated(kpi["numerator"]),
        denominator=translated(kpi["denominator"]),
    )


def _limit(measure: Measure) -> str:
    limit = measure.at_most if measure.figure.is_best_low else measure.at_least
    if measure.figure.unit == "days":
        return ngettext("%(days)s day", "%(days)s days", 1 if limit == 1 else 2, days=separated(f"{limit:g}"))
    if measure.figure.unit == "share":
        return percent(limit)
    if measure.figure.unit == "points":
        return gettext("%(points)s points", points=separated(f"{limit:,g}"))
    return separated(f"{limit:,g}")
