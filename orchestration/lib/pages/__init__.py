"""The pages that managers open, as one site: HTML that needs no server, no network and no web font.

    site.py         all pages, in one pass         listings.py      the pages that list others
    sections.py     the bar of every page          moved.py         where pages were before
    today.py        the morning's page              review.py       the page of one ended period
    yesterday.py    deliveries, changes, disputes   backlog.py      overdue for long, never touched
    table_script.py a table that sorts and filters  lists.py        the same rows as CSV
    briefing.py     the page of one lead            lead_pages.py   all of them, by two processes
    scorecard.py    the monthly meeting's page, by month
    scorecard_lines.py, scorecard_months.py         its lines, and the list of months
    promises.py     every promise by month          person.py       the page of each owner, and of all
    comparison.py   two versions side by side       calculator.py   the form of the calculator
    data.py         the page of files, rejected and excluded rows, and identity resolution
    definitions.py  the page of definitions: guards, labels against criteria, the score against who buys
    glossary.py     docs/glossary.md as a page
    agreement.py    the page of each version of the agreement, as both teams read and sign it
    channels.py     the page of attribution: every channel by every model
    customers.py    the page of customers: recurring revenue, and who of each cohort stays
    sources.py      the page of sources: what each brings, and whom marketing attracts
    meeting.py      the agenda of a month           minutes.py      what a meeting or review has decided
    kpis.py         the key figures of each team and of both
    outstanding.py  the open commitments            untouched.py    delivered and never touched
    workload.py     who is over capacity            changes.py      what changed since yesterday
    commitments.py  what both teams kept            people.py       what each person kept, examples
    excuses.py      what ended a promise            responses.py    attempt, contact, conversation
    funnel.py       the page of the funnel          funnel_chart.py stages -> SVG
    arrival_times.py  arrivals by weekday and hour  attribution.py  closed loop, credit of channels
    pacing.py       yesterday, and its month        plan.py         the page of the plan
    arrivals.py     files, rows rejected, excluded  guards.py       what breaks a definition
    clock_time.py   owner, cover, absent, system    wording.py      clauses -> sentences
    charts.py       rows -> SVG                     sparklines.py   figures -> a line in a row
    reading.py      query -> rows; the header       rendering.py    templates -> HTML -> a file

A section's SQL is in the section's module. Pages read reports and marts, and evaluate nothing that a model has
evaluated already. Rendering is pure: the same data gives the same bytes. Does not belong here: measuring
(dbt_project), the proposal of a review (lib/review/), when and where a page is written (defs/).
"""

from orchestration.lib.pages.agreement import render_agreements
from orchestration.lib.pages.backlog import render_backlog
from orchestration.lib.pages.briefing import render_briefings
from orchestration.lib.pages.calculator import render_calculator
from orchestration.lib.pages.channels import render_attribution
from orchestration.lib.pages.comparison import render_comparison
from orchestration.lib.pages.customers import render_customers
from orchestration.lib.pages.data import render_data
from orchestration.lib.pages.definitions import render_definitions
from orchestration.lib.pages.funnel import render_funnel
from orchestration.lib.pages.listings import write_listings
from orchestration.lib.pages.minutes import render_minutes
from orchestration.lib.pages.moved import lead_on
from orchestration.lib.pages.person import render_people
from orchestration.lib.pages.plan import render_plan
from orchestration.lib.pages.promises import render_promises
from orchestration.lib.pages.rendering import write_page
from orchestration.lib.pages.review import render_review
from orchestration.lib.pages.scorecard import render_scorecards
from orchestration.lib.pages.site import write_site
from orchestration.lib.pages.sources import render_sources
from orchestration.lib.pages.today import render_today
from orchestration.lib.pages.yesterday import render_yesterday

__all__ = [
    "lead_on",
    "render_agreements",
    "render_attribution",
    "render_backlog",
    "render_briefings",
    "render_calculator",
    "render_comparison",
    "render_customers",
    "render_data",
    "render_definitions",
    "render_funnel",
    "render_minutes",
    "render_people",
    "render_plan",
    "render_promises",
    "render_review",
    "render_scorecards",
    "render_sources",
    "render_today",
    "render_yesterday",
    "write_listings",
    "write_page",
    "write_site",
]
