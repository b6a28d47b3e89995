"""The words of the key figures: what the seed known_kpis has of each, as pages show it.

Belongs here: every label, part of a formula, case, period and gap of a KPI, once; a test compares them with the seed.
"""

from orchestration.lib.language.spoken import later

KPIS: tuple[str, ...] = (
    # label
    later("Cost per lead"),
    later("Ad cost per lead"),
    later("Cost per MQL"),
    later("Customers won per lead entered"),
    later("Leads that became customers within 90 days"),
    later("Revenue attributed to marketing"),
    later("Return on marketing"),
    later("Return on ad spend"),
    later("Win rate"),
    later("Average deal"),
    later("From handoff to won, median"),
    later("From handoff to won, nine in ten within"),
    later("Revenue per account"),
    later("Gross margin"),
    later("MQL to SQL"),
    later("SQL to opportunity"),
    later("Opportunity to won"),
    later("Recurring revenue of a month"),
    later("Accounts lost"),
    later("Gross retention"),
    later("Net retention"),
    later("Expansion"),
    later("Net promoter score"),
    later("Satisfaction score"),
    later("Revenue"),
    later("Growth on the period before"),
    later("Growth on the year before"),
    later("Cost per new customer"),
    later("Cost per new customer, by when the lead came"),
    later("Sessions with a form"),
    later("What a customer is worth, until now"),
    later("Worth of new customers per cost"),
    later("Months of margin that a new customer costs"),
    later("SQLs with budget, authority, need and timing known"),
    later("Surveys answered within 14 days"),
    # numerator
    later("all costs"),
    later("ad spend"),
    later("customers won in the period"),
    later("leads that became customers in the period"),
    later("leads of the period that were customers within 90 days"),
    later("revenue of new business won, as far as the agreed model gives it to a named channel"),
    later("margin that the agreed model gives to a named channel - all costs"),
    later("revenue that the agreed model gives to the channels with ad spend"),
    later("deals of new business won"),
    later("amount of the deals of new business won"),
    later("median of the days from the handoff (without one, from when the deal was opened) to the win"),
    later(
        "days from the handoff (without one, from when the deal was opened) to the win within which nine in "
        "ten deals were won"
    ),
    later("revenue of accounts"),
    later("revenue - cost of the line; without one, revenue x the agreed margin of its stream"),
    later("journeys that reached sql"),
    later("journeys that reached opportunity"),
    later("journeys that reached customer"),
    later("recurring revenue of a month at the close of the period"),
    later("accounts that paid at the opening and do not at the close"),
    later("recurring revenue at the close of the accounts that paid at the opening, of each at most what it paid then"),
    later("recurring revenue at the close of the accounts that paid at the opening"),
    later(
        "recurring revenue at the close beyond that at the opening, of the accounts that paid at the opening "
        "and pay more"
    ),
    later("100 x (promoters - detractors)"),
    later("scores given, on the scale of the survey"),
    later("lines of revenue after the sale, such as those of invoices"),
    later("revenue - revenue of the period before"),
    later("revenue - revenue of the same period of the year before"),
    later("sessions in which a form was sent"),
    later("margin that a customer brings within the longest of 6, 12, 24 and 36 months that is measured"),
    later("customers won x what a customer is worth"),
    later("SQLs of whom all four were known when they became one"),
    later("surveys answered within 14 days"),
    # denominator
    later("journeys that became MQL"),
    later("leads entered in the period"),
    later("leads of the period that entered 90 days ago or earlier"),
    later("deals of new business won or lost"),
    later("accounts with revenue"),
    later("revenue of lines with a cost or an agreed margin"),
    later("journeys that entered mql and reached sql or ended"),
    later("journeys that entered sql and reached opportunity or ended"),
    later("journeys that entered opportunity and reached customer or ended"),
    later("accounts that paid at the opening"),
    later("recurring revenue at the opening"),
    later("answers"),
    later("revenue of the period before"),
    later("revenue of the same period of the year before"),
    later("customers that the leads of the period have become so far"),
    later("sessions on the sites, of known and unknown visitors"),
    later("customers won x what a customer is worth in a month"),
    later("SQLs of whom the files show whether all four were"),
    later("surveys that reached a customer, whose 14 days are over"),
    # cases_of
    later("leads"),
    later("MQLs"),
    later("months of channels"),
    later("deals"),
    later("accounts"),
    later("lines"),
    later("journeys"),
    later("monthly sums"),
    later("customers"),
    later("sessions"),
    later("estimate"),
    later("costs"),
    later("SQLs"),
    later("surveys"),
    # period_of
    later("month of the cost; entry of the lead"),
    later("month of the cost; entry into mql"),
    later("entry of the lead; when it became a customer"),
    later("entry of the lead"),
    later("close of the deal"),
    later("close of the deal; month of the cost"),
    later("day of the revenue"),
    later("entry into mql"),
    later("entry into sql"),
    later("entry into opportunity"),
    later("close of the month"),
    later("opening and close of the period"),
    later("answer"),
    later("month of the cost; when the lead became a customer"),
    later("beginning of the session"),
    later("all customers until the as-of"),
    later("sending of the survey; of an answer to none its own day"),
    # unknown
    later("A lead of a month in which no file has a cost; a cost without an exchange rate."),
    later("A lead of a month in which no file has ad spend; a cost without an exchange rate."),
    later("A deal won without a lead."),
    later(
        "A lead that entered less than 90 days ago: until the last one of a month or quarter is old enough, "
        "it has no value."
    ),
    later("Nothing: what no channel gets is not in it."),
    later("A channel's month with a deal without an agreed margin; margin of a month in which no file has a cost."),
    later("Revenue of a month in which no file has ad spend."),
    later("A deal that ended at an unknown time."),
    later("A deal without an amount or an exchange rate."),
    later("A deal that was recorded after its end, or ended at an unknown time."),
    later("An account of which no line has an exchange rate."),
    later(
        "A line without a cost, of no known stream or of one without an agreed margin; a line without an exchange rate."
    ),
    later("A journey that is still open: it may yet arrive, and the interval has both ends."),
    later("Nothing."),
    later("An answer without a score."),
    later("A line without an exchange rate."),
    later("A line without an exchange rate. There is no value while the period or its base is not whole."),
    later(
        "A customer of a month in which no file has a cost; a deal won without a lead; a cost without an exchange rate."
    ),
    later(
        "A lead of a month in which no file has a cost; a cost without an exchange rate. While leads may "
        "still close, the cohort is not mature."
    ),
    later("A session that names no visitor, or of a system that shows no form of a visitor."),
    later("A customer of a stream without an agreed margin; a horizon that fewer than 30 customers have reached."),
    later(
        "An SQL of whom the files do not show what was entered first, a value that no list explains, a "
        "question that no system of the lead asks."
    ),
    later(
        "A survey that names nobody or was sent before the answers in the files begin; an answer to no "
        "survey in the data; a survey whose 14 days are not over: until then its month or quarter has no "
        "value."
    ),
)
# The names of what can be promised, as a scorecard shows them.
MEASURES: tuple[str, ...] = (
    *(later("Win rate"), later("Sales cycle days"), later("Acceptance rate"), later("Data completeness")),
    *(later("Outcome logging"), later("Attempts"), later("Contacts"), later("Conversations"), later("New leads")),
    *(later("Leads decided"), later("Website visits"), later("Form submissions"), later("Net promoter score")),
    *(later("Customers contacted"), later("Customer retention"), later("Tickets answered"), later("Cost per lead")),
    *(later("Ad cost per lead"), later("Cost per MQL"), later("Lead to customer rate")),
    *(later("Lead to customer rate 90d"), later("Attributed revenue"), later("Marketing roi"), later("Roas")),
    *(later("Average deal"), later("Sales cycle p90 days"), later("Revenue per account"), later("Gross margin rate")),
    *(later("MQL to SQL rate"), later("SQL to opportunity rate"), later("Opportunity to won rate")),
    *(later("Recurring revenue"), later("Logo churn rate"), later("Gross retention rate")),
    *(later("Net retention rate"), later("Expansion revenue"), later("Csat"), later("Revenue")),
    *(later("Revenue growth previous"), later("Revenue growth year"), later("Customer acquisition cost")),
    *(later("Customer acquisition cost cohort"), later("Form conversion rate"), later("Clv to cac")),
    *(later("Cac payback months"), later("Bant known rate"), later("Survey response rate")),
)
