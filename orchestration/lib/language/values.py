"""Words that tables have and pages show: names of statuses, reasons, kinds. English in the tables, in every language.

Belongs here: a word or a name of a value. A sentence with values in it is sentences.py; what a company named itself
(its stages, lead types, sources) is never translated.
"""

from orchestration.lib.language.spoken import later

VALUES: tuple[str, ...] = (
    # parts: teams, who has not signed, stages and what became of a lead
    *(later("Marketing"), later("Sales"), later("marketing"), later("sales"), later("marketing and sales")),
    *(later("(no owner)"), later("(team)"), later("(missing)"), later("Unknown"), later("Lead"), later("lead")),
    *(later("Opportunity"), later("Customer"), later("customer"), later("Recycled"), later("recycled")),
    *(later("Disqualified"), later("disqualified"), later("Rejected"), later("rejected"), later("Lost")),
    later("Open"),
    # parts: statuses, and why there is none
    *(later("met"), later("missed"), later("over"), later("under"), later("on track"), later("running")),
    *(later("final"), later("settled"), later("withheld"), later("due soon"), later("overdue"), later("safe")),
    later("Not known yet"),
    *(later("Safe"), later("Due soon"), later("Overdue"), later("overdue for long"), later("backlog")),
    *(later("rework"), later("too many without an owner"), later("no quota is agreed for a part of it")),
    later("no lead was handed over, or nobody recorded when"),
    *(later("the files with leads end before it does"), later("dates without a time leave it undecided")),
    # parts: untouched leads
    *(later("accepted by default"), later("recycled by default"), later("up to 7 days"), later("8 to 30 days")),
    *(later("31 to 90 days"), later("over 90 days")),
    # person:
    *(later("due later"), later("Due later"), later("for marketing to rework"), later("For marketing to rework")),
    *(later("Backlog"), later("attempt"), later("conversation")),
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
    # funnel:
    *(later("MQL"), later("SAL"), later("SQL")),
    # channels, as the product names them:
    *(later("Affiliates"), later("AI Assistants"), later("Audio"), later("Direct"), later("Display"), later("Event")),
    *(later("Mobile Push Notifications"), later("Offline"), later("Organic Search"), later("Organic Shopping")),
    *(later("Organic Social"), later("Organic Video"), later("Outbound"), later("Paid Other"), later("Paid Search")),
    *(later("Paid Shopping"), later("Paid Social"), later("Paid Video"), later("Referral"), later("SMS")),
    *(later("Unmapped"), later("unattributed")),
    # sources:
    *(later("agency"), later("campaign"), later("event"), later("other"), later("salary"), later("tool")),
    *(later("Campaign"), later("Content"), later("None of them, or unknown"), later("1 to 9"), later("10 to 49")),
    *(later("50 to 249"), later("250 or more"), later("(unknown)"), later("no difference found")),
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
    # agreement: teams, stages, statuses of a version
    *(later("signed"), later("draft"), later("waiting")),
    # agreement: bases of a rate, classes of reasons, answers by silence
    *(later("assumed"), later("measured"), later("procedural"), later("clerical"), later("definitional")),
    # agreement: fields of conditions, and what a person does
    *(later("lead type"), later("revenue stream"), later("persona"), later("grade"), later("score at least")),
    *(later("country"), later("segment"), later("job title"), later("channel"), later("email domain")),
    *(later("employees"), later("touch"), later("direction"), later("content"), later("inbound"), later("outbound")),
    *(later("e-mail"), later("document"), later("note"), later("task")),
    # agreement: notifications, conversions, models
    *(later("became SQL"), later("came back"), later("offer opened"), later("key touch"), later("grade rose")),
    *(later("warmed up"), later("breached"), later("escalated"), later("weekly digest"), later("review due")),
    *(later("first touch"), later("last touch"), later("last non direct"), later("linear"), later("u shaped")),
    *(later("w shaped"), later("full path"), later("position based"), later("time decay"), later("markov 1")),
    *(later("markov 2"), later("shapley count"), later("shapley rate")),
    # agreement: days, months, periods
    *(later("January"), later("February"), later("March"), later("April"), later("May"), later("June")),
    *(later("July"), later("August"), later("September"), later("October"), later("November"), later("December")),
    *(later("year"), later("quarter"), later("month")),
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
    later("no type of activity that a commitment counts and no file has"),
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
    # plan: times to close, loads of reps, statuses
    *(later("measured: lead type"), later("measured: revenue stream"), later("agreed")),
    *(later("unknown: taken as none"), later("light"), later("middle"), later("heavy"), later("falls")),
    *(later("no evidence that it falls"), later("unknown: too few months")),
    # forecast:
    later("fewer than 30 deals had closed in the year before"),
    later("no deal with an amount had been won in the year before"),
    # next version:
    *(later("Quota"), later("Share"), later("Deal size")),
    # reviews:
    *(later("not held"), later("decided"), later("held"), later("coming"), later("due"), later("proposed")),
    *(later("accepted"), later("changed"), later("done"), later("too few"), later("too many undecided")),
    *(later("too early"), later("none converted"), later("too many without a lead type")),
    *(later("a tail is not a trend"), later("no evidence of change"), later("nobody entered"), later("Bottleneck")),
    *(later("Improvement"), later("Breach"), later("Drift"), later("Delivery"), later("Source"), later("Promise")),
    *(later("Forecast"), later("below agreed"), later("not shown"), later("not kept"), later("more"), later("fewer")),
    *(later("grow"), later("stop"), later("missed running"), later("always kept"), later("kept by nobody")),
    *(later("more came"), later("less came"), later("Rejected as not qualified"), later("Excused")),
    *(later("Leads of unknown origin"), later("late assignment"), later("never touched"), later("after hours")),
    *(later("overload"), later("january"), later("february"), later("march"), later("april"), later("may")),
    *(later("june"), later("july"), later("august"), later("september"), later("october"), later("november")),
    later("december"),
    # comparisons:
    *(later("entered in the period"), later("there at its end"), later("labelled with the evidence")),
    *(later("labelled without"), later("evidence without label"), later("kept"), later("early"), later("excused")),
    *(later("delivered"), later("counted"), later("target"), later("attainment"), later("at least")),
    *(later("at most"), later("agreed in days"), later("agreed number"), later("measured in points")),
    *(later("agreed in points"), later("measured amount"), later("agreed amount"), later("measured ratio")),
    *(later("agreed ratio"), later("measured score"), later("agreed score"), later("measured months")),
    *(later("agreed months"), later("needed for the quota"), later("agreed to go on"), later("value of one")),
    *(later("attributed"), later("0 to 20"), later("20 to 40"), later("40 to 60"), later("60 to 80")),
    later("80 to 100"),
    # scorecard: what excused a promise
    *(later("Won forward"), later("Moved back"), later("Replied"), later("Reply"), later("Opt out")),
    *(later("Stage exit"), later("Not known")),
    # scorecard: what came later of a closed month
    *(later("month changed"), later("arrived late"), later("forgotten"), later("gone"), later("value changed")),
    *(later("status changed"), later("tier changed"), later("owner changed"), later("closed before it was due")),
    # scorecard: late answers
    *(later("Attempt late"), later("Contact late"), later("Conversation late"), later("Came at the weekend")),
    *(later("Within 1 h"), later("1 to 4 h"), later("4 to 24 h"), later("24 to 48 h"), later("After 48 h")),
    *(later("Not answered"), later("Before the start")),
    # scorecard: bottlenecks, reasons, recycled leads
    *(later("agreement"), later("up to 30 days"), later("91 to 180 days"), later("over 180 days")),
    # scorecard: where there is no name
    *(later("(no reason)"), later("(not explained)"), later("(none)"), later("Unclassified")),
    # meeting
    *(later("missed three months running"), later("money at stake"), later("Disputes without a decision")),
    # minutes: terms of a stream
    *(later("closes within"), later("deal size"), later("margin"), later("season")),
    # minutes: findings of a review
    *(later("Bottleneck, below agreed"), later("Improvement, reached"), later("Improvement, not reached")),
    *(later("Improvement, not shown"), later("Improvement, too early"), later("Breach, not kept")),
    *(later("Drift, more"), later("Drift, fewer"), later("Delivery, over"), later("Delivery, under")),
    *(later("Source, grow"), later("Source, stop"), later("Promise, missed running"), later("Promise, always kept")),
    *(later("Promise, kept by nobody"), later("Forecast, more came"), later("Forecast, less came")),
)
