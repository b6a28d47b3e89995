"""Words that tables have and pages show: names of statuses, reasons, kinds. English in the tables, in every language.

Belongs here: a word or a name of a value. A sentence with values in it is sentences.py; what a company named itself
(its stages, lead types, sources) is never translated.
"""

from orchestration.lib.language.spoken import later

VALUES: tuple[str, ...] = (
    # parts: teams, who has not signed, stages and what became of a lead
    *(later("Marketing"), later("Sales"), later("marketing"), later("sales"), later("marketing and sales")),
    *(later("(no owner)"), later("(team)"), later("(missing)"), later("unknown"), later("Unknown"), later("Lead")),
    *(later("lead"), later("Opportunity"), later("opportunity"), later("Customer"), later("customer")),
    *(later("Recycled"), later("recycled"), later("Disqualified"), later("disqualified"), later("Rejected")),
    *(later("rejected"), later("Lost"), later("lost"), later("Open"), later("open")),
    # parts: statuses, and why there is none
    *(later("met"), later("missed"), later("over"), later("under"), later("on track"), later("running")),
    *(later("final"), later("settled"), later("not evaluated"), later("withheld"), later("due soon")),
    *(later("overdue"), later("safe"), later("Safe"), later("Due soon"), later("Overdue"), later("overdue for long")),
    *(later("backlog"), later("rework"), later("too many without an owner")),
    *(later("no quota is agreed for a part of it"), later("the files with leads end before it does")),
    later("dates without a time leave it undecided"),
    # parts: untouched leads
    *(later("accepted by default"), later("recycled by default"), later("up to 7 days"), later("8 to 30 days")),
    *(later("31 to 90 days"), later("over 90 days")),
    # person:
    *(later("due later"), later("Due later"), later("for marketing to rework"), later("For marketing to rework")),
    *(later("Backlog"), later("attempt"), later("contact"), later("conversation")),
    # reasons of a status
    *(later("date without a time"), later("not known yet"), later("not yet due"), later("in time")),
    *(later("already in contact"), later("already there"), later("late"), later("no contact"), later("no answer")),
    *(later("too few attempts"), later("no quota agreed"), later("no target of its own"), later("not in the data")),
    *(later("reached"), later("part of a period"), later("not reached"), later("no cases"), later("too few cases")),
    # yesterday:
    *(later("Came back"), later("Missed"), later("Document opened"), later("Stage entered"), later("Kept")),
    # briefing:
    *(later("Budget"), later("Authority"), later("Need"), later("Timing"), later("Fit"), later("Engagement")),
    *(later("Touch"), later("Activity"), later("Document sent"), later("Stage"), later("left again"), later("call")),
    *(later("email"), later("meeting"), later("Call"), later("Email"), later("Meeting"), later("event attended")),
    *(later("event registered"), later("e-mail open"), later("e-mail click"), later("machine open"), later("form")),
    *(later("first form"), later("visit"), later("first visit"), later("latest visit"), later("chat")),
    later("(no status)"),
    # funnel: days of the week
    *(later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday"), later("Saturday")),
    later("Sunday"),
    # what an export opens (the systems' tables.yml)
    *(later("NPS and CSAT"), later("amounts in other currencies")),
    later("answers of leads apart from e-mails to them"),
    later("answers to tickets, which only the closing of a case shows"),
    *(later("answers to tickets; without it only their closing shows one"), later("calls by owner")),
    later("calls of leads apart from calls to them"),
    *(later("channels, lead types and what marketing delivers of each"), later("deals by owner")),
    *(later("deals, and how long they took"), later("documents by owner"), later("e-mails by campaign")),
    *(later("first contacts, attempts and the clocks that they stop"), later("for whom tasks were done")),
    *(later("how often documents were opened"), later("invoices that are late")),
    *(later("leads, and all that follows from them"), later("leads, and the month in which each came in")),
    *(later("lost customers and lost recurring revenue by month"), later("margins by the cost of what was sold")),
    *(later("new business apart from renewals"), later("on whom notes were written")),
    *(later("opens by persons apart from those by mail programs"), later("opportunities by owner")),
    later("opportunities in any figure: without the day on which they were opened they are only counted"),
    *(later("paid invoices apart from drafts, refunds and bad debt"), later("paid visits apart from unpaid ones")),
    *(later("pipeline and won value"), later("pipeline, won value, win rates and who became a customer")),
    *(later("recurring revenue"), later("revenue by product"), later("revenue without tax")),
    later("subscriptions that run, apart from trials, paused and unpaid ones"),
    *(later("the accounts of customers by name"), later("the campaign of each visit and form")),
    *(later("the channel of each visit and form"), later("the company of each contact")),
    *(later("the company of each lead"), later("the cost of a click"), later("the day of each visit")),
    *(later("the day on which a deal was won or lost"), later("the day on which an opportunity was won or lost")),
    *(later("the deals of documents"), later("the month from which each subscription is paid")),
    *(later("the month of each answer"), later("the month of each invoice")),
    *(later("the month of each reason to leave"), later("the persons of customers")),
    later("the persons of deals: who became a customer, and through which channel"),
    later("the persons of opportunities: who became a customer, and through which channel"),
    *(later("the present stage of each lead"), later("the present status of each lead")),
    *(later("the reasons of answers"), later("the same company in other systems")),
    later("the same opportunity in a later report"),
    later("the same person in other systems (mailing, web, billing)"),
    *(later("the share of surveys that are answered"), later("the stages between opening and end of a deal")),
    later("the stages between opening and end of an opportunity"),
    later("the time at which each lead entered a stage, and the clocks that start there"),
    later("the time at which each lead entered a status, and the clocks that start there"),
    *(later("the touches of campaigns"), later("the visits of a lead before its chat")),
    *(later("the visits of a lead before its form"), later("the visits of one visitor as one history")),
    *(later("tickets by owner"), later("tickets, and how long customers wait for an answer")),
    *(later("to whom a survey was sent"), later("when campaigns touched somebody")),
    *(later("when each record came in"), later("where reference/currency_rates.csv has none")),
    *(later("which calls were conversations, and which attempts"), later("which deals are open, won and lost")),
    *(later("which documents were opened, and when"), later("which leads were converted")),
    *(later("which meetings were held"), later("which tasks were done, and which calls were made")),
    *(later("who began each chat"), later("who sent each form"), later("who was met")),
    later("whom activities reached: attempts and first contacts"),
    *(later("whom calls reached: attempts and first contacts"), later("whom campaigns touched")),
    *(later("whom e-mails of sales reached"), later("whose answer it is"), later("why customers leave")),
    *(later("why deals are lost"), later("work, clocks and hand-overs by owner")),
    # funnel:
    *(later("MQL"), later("SAL"), later("SQL")),
    # channels, as the product names them:
    *(later("Affiliates"), later("AI Assistants"), later("Audio"), later("Direct"), later("Display"), later("Event")),
    *(later("Mobile Push Notifications"), later("Offline"), later("Organic Search"), later("Organic Shopping")),
    *(later("Organic Social"), later("Organic Video"), later("Outbound"), later("Paid Other"), later("Paid Search")),
    *(later("Paid Shopping"), later("Paid Social"), later("Paid Video"), later("Referral"), later("SMS")),
    *(later("Unmapped"), later("unattributed")),
    # sources:
    *(later("ad spend"), later("agency"), later("campaign"), later("event"), later("other"), later("salary")),
    *(later("tool"), later("Campaign"), later("Content"), later("None of them, or unknown"), later("1 to 9")),
    *(later("10 to 49"), later("50 to 249"), later("250 or more"), later("(unknown)"), later("no difference found")),
    *(later("is accepted less often"), later("is accepted more often"), later("attracts more than it wins")),
    *(later("wins more than it attracts"), later("leaves more often"), later("stays more often")),
    # attribution: the models, what they answer, and what they cannot see.
    *(later("First touch"), later("Which channel is met first?"), later("Everything that follows the first touch.")),
    *(later("Last touch"), later("Which channel is met last before the conversion?")),
    later("What brought the person and kept their interest; the touch that comes last takes all."),
    *(later("Last non-direct touch"), later("Which channel is met last by those who did not come by themselves?")),
    *(later("What comes before it; a path of direct touches only goes to the last of them."), later("Linear")),
    later("Which channels take part in a path?"),
    later("That one touch can matter more than another; many touches of a channel count as often."),
    later("U-shaped"),
    later("Which channels begin a path and make a lead of it? 40 % each; 20 % to the other touches."),
    *(later("What wins the deal after the lead is known."), later("W-shaped")),
    later(
        "Which channels begin a path, make a lead and make an opportunity of it? 30 % each; 10 % to the other touches."
    ),
    *(later("What closes the deal."), later("Full path")),
    later(
        "Which channels begin a path, make a lead and an opportunity of it, and close it? 22.5 % each; 10 % "
        "to the other touches."
    ),
    *(later("Whether the touch at a milestone caused it; it is the nearest one."), later("Position-based")),
    later("Which channels begin and end a path, with the weights that are agreed?"),
    *(later("The milestones between; the weights are agreed and not measured."), later("Time decay")),
    later(
        "Which channels are met shortly before the conversion? The weight halves with each half-life that is agreed."
    ),
    *(later("What begins a path that takes long."), later("Markov, by the touch before")),
    later("How many conversions would be lost without a channel, if each step depends on the channel before?"),
    later("Paths of one touch only; cause: a channel that meets those who would buy anyway gets their credit."),
    *(later("Markov, by two touches before"), later("The same, if each step depends on the two channels before?")),
    *(later("Rare pairs of channels: few cases decide; cause as before."), later("Shapley, of conversions")),
    later("Which channels does a conversion need? Each different channel of a path gets an equal part."),
    *(later("Order and repetition; paths that do not convert."), later("Shapley, of rates")),
    later("How much does a channel add to the rate at which a combination of channels converts?"),
    later("Order and repetition; combinations that nobody met."),
    # attribution:
    *(later("touches and costs"), later("costs only"), later("touches only"), later("ambiguous")),
    *(later("no campaign"), later("the same"), later("the deal has no journey"), later("the deal names no person")),
    later("no touch in the look-back before the deal, or none since the one before"),
    *(later("other channels have a part"), later("the first touch is older than the journey")),
    later("the source of the lead is not the channel of its touches"),
)
