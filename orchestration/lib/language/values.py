"""Words that tables have and pages show: names of statuses, reasons, kinds. English in the tables, in every language.

Belongs here: a word or a name of a value. A sentence with values in it is sentences.py; what a company named itself
(its stages, lead types, sources) is never translated.
"""

from orchestration.lib.language.spoken import later

VALUES: tuple[str, ...] = (
    later("overdue"),
    # agreement: teams, stages, statuses of a version
    *(later("sales"), later("marketing"), later("lead"), later("MQL"), later("SAL"), later("SQL")),
    *(later("opportunity"), later("customer"), later("rejected"), later("recycled"), later("disqualified")),
    *(later("lost"), later("Lead"), later("Opportunity"), later("Customer"), later("Rejected"), later("Recycled")),
    *(later("Disqualified"), later("Lost"), later("signed"), later("draft"), later("waiting")),
    # agreement: bases of a rate, classes of reasons, answers by silence
    *(later("assumed"), later("measured"), later("procedural"), later("clerical"), later("definitional")),
    *(later("accepted by default"), later("recycled by default")),
    # agreement: fields of conditions, and what a person does
    *(later("lead type"), later("revenue stream"), later("source"), later("persona"), later("grade")),
    *(later("score at least"), later("country"), later("segment"), later("job title"), later("channel")),
    *(later("email domain"), later("employees"), later("touch"), later("activity"), later("direction")),
    *(later("campaign"), later("content"), later("account"), later("owner"), later("inbound"), later("outbound")),
    *(later("call"), later("email"), later("e-mail"), later("meeting"), later("document"), later("note")),
    later("task"),
    # agreement: notifications, conversions, models
    *(later("became SQL"), later("came back"), later("offer opened"), later("key touch"), later("grade rose")),
    *(later("warmed up"), later("due soon"), later("breached"), later("escalated"), later("weekly digest")),
    *(later("review due"), later("won"), later("first touch"), later("last touch"), later("last non direct")),
    *(later("linear"), later("u shaped"), later("w shaped"), later("full path"), later("position based")),
    *(later("time decay"), later("markov 1"), later("markov 2"), later("shapley count"), later("shapley rate")),
    # agreement: days, months, periods
    *(later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday"), later("Saturday")),
    *(later("Sunday"), later("January"), later("February"), later("March"), later("April"), later("May")),
    *(later("June"), later("July"), later("August"), later("September"), later("October"), later("November")),
    *(later("December"), later("year"), later("quarter"), later("month")),
    # agreement: definitions that are guarded
    later("no stage label that stage_labels does not know"),
    later("no activity that activity_labels does not know"),
    later("no call, e-mail or meeting whose outcome has no class in activity_labels"),
    later("no deal whose type and pipeline are in no list of deal kinds"),
    later("no invoice or subscription in a state that is in no list"),
    later("no decline reason that is in no class of the agreement"),
    *(later("no deal whose closed flag contradicts its stage"), later("no amount without a rate in currency_rates")),
    later("no amount in an unknown currency or with two values that contradict each other"),
    *(later("no first contact before the start of its clock"), later("no lead whose source nobody knows")),
    *(later("no lead without an agreed lead type"), later("no source that channel_rules does not know")),
    *(later("no journey that begins under no version"), later("no MQL without the agreed evidence")),
    later("no system whose files end longer before the as-of than agreed"),
    *(later("no source table whose files are all gone"), later("no SQL without acceptance or its exception")),
    *(later("no other stage without the evidence that it asks for"), later("no owner that is in no list of users")),
    later("no absence that contradicts itself or names an owner whom the data do not know"),
    later("no calendar of an owner that the agreement does not have or that contradicts another line"),
    later("no dispute that contradicts itself or names a lead that was not handed over"),
    later("no record that names a person, an opportunity or an account that is in no file"),
    later("no opportunity without an agreed stream"),
    later("no export with fewer than half of the rows of the one before"),
    later("no record of a full export that is in no later one"),
    later("no deal whose end is undated or has two dates that contradict each other"),
    # agreement: promised KPIs
    *(later("Cost per lead"), later("all costs"), later("leads: journeys entered"), later("Ad cost per lead")),
    *(later("ad spend"), later("Cost per MQL"), later("journeys that became MQL")),
    *(later("Customers won per lead entered"), later("customers won in the period")),
    *(later("leads entered in the period"), later("Leads that became customers within 90 days")),
    later("leads of the period that were customers within 90 days"),
    *(later("leads of the period that entered 90 days ago or earlier"), later("Revenue attributed to marketing")),
    later("revenue of new business won, as far as the agreed model gives it to a named channel"),
    *(later("Return on marketing"), later("margin that the agreed model gives to a named channel - all costs")),
    *(later("Return on ad spend"), later("revenue that the agreed model gives to the channels with ad spend")),
    *(later("Average deal"), later("amount of the deals of new business won"), later("deals of new business won")),
    later("From handoff to won, nine in ten within"),
    later(
        "days from the handoff (without one, from when the deal was opened) to the win "
        "within which nine in ten deals were won"
    ),
    *(later("Revenue per account"), later("revenue of accounts"), later("accounts with revenue")),
    later("Gross margin"),
    later("revenue - cost of the line; without one, revenue x the agreed margin of its stream"),
    *(later("revenue of lines with a cost or an agreed margin"), later("MQL to SQL")),
    *(later("journeys that reached sql"), later("journeys that entered mql and reached sql or ended")),
    *(later("SQL to opportunity"), later("journeys that reached opportunity")),
    *(later("journeys that entered sql and reached opportunity or ended"), later("Opportunity to won")),
    later("journeys that reached customer"),
    later("journeys that entered opportunity and reached customer or ended"),
    *(later("Recurring revenue of a month"), later("recurring revenue of a month at the close of the period")),
    *(later("Accounts lost"), later("accounts that paid at the opening and do not at the close")),
    *(later("accounts that paid at the opening"), later("Gross retention")),
    later("recurring revenue at the close of the accounts that paid at the opening, of each at most what it paid then"),
    *(later("recurring revenue at the opening"), later("Net retention")),
    *(later("recurring revenue at the close of the accounts that paid at the opening"), later("Expansion")),
    later(
        "recurring revenue at the close beyond that at the opening, "
        "of the accounts that paid at the opening and pay more"
    ),
    *(later("Satisfaction score"), later("scores given, on the scale of the survey"), later("answers")),
    *(later("Revenue"), later("lines of revenue after the sale, such as those of invoices")),
    *(later("Growth on the period before"), later("revenue - revenue of the period before")),
    *(later("revenue of the period before"), later("Growth on the year before")),
    later("revenue - revenue of the same period of the year before"),
    *(later("revenue of the same period of the year before"), later("Cost per new customer")),
    later("Cost per new customer, by when the lead came"),
    *(later("customers that the leads of the period have become so far"), later("Sessions with a form")),
    *(later("sessions in which a form was sent"), later("sessions on the sites, of known and unknown visitors")),
    *(later("Worth of new customers per cost"), later("customers won x what a customer is worth")),
    later("Months of margin that a new customer costs"),
    later("customers won x what a customer is worth in a month"),
    later("SQLs with budget, authority, need and timing known"),
    later("SQLs of whom all four were known when they became one"),
    *(later("SQLs of whom the files show whether all four were"), later("Surveys answered within 14 days")),
    *(later("surveys answered within 14 days"), later("surveys that reached a customer, whose 14 days are over")),
    # plan: times to close, loads of reps, statuses
    *(later("measured: lead type"), later("measured: revenue stream"), later("agreed")),
    *(later("unknown: taken as none"), later("light"), later("middle"), later("heavy"), later("falls")),
    *(later("no evidence that it falls"), later("unknown: too few months"), later("under"), later("over")),
    *(later("on track"), later("not yet due"), later("no quota agreed"), later("withheld")),
    # forecast:
    later("fewer than 30 deals had closed in the year before"),
    later("no deal with an amount had been won in the year before"),
    # next version:
    *(later("Quota"), later("Share"), later("Deal size")),
)
