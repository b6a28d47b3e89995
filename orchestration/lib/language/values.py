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
    *(later("Rejected"), later("Recycled"), later("Disqualified"), later("Lost")),
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
    # attribution: the models, what they answer, and what they cannot see.
    later("First touch"),
    later("Which channel is met first?"),
    later("Everything that follows the first touch."),
    later("Last touch"),
    later("Which channel is met last before the conversion?"),
    later("What brought the person and kept their interest; the touch that comes last takes all."),
    later("Last non-direct touch"),
    later("Which channel is met last by those who did not come by themselves?"),
    later("What comes before it; a path of direct touches only goes to the last of them."),
    later("Linear"),
    later("Which channels take part in a path?"),
    later("That one touch can matter more than another; many touches of a channel count as often."),
    later("U-shaped"),
    later("Which channels begin a path and make a lead of it? 40 % each; 20 % to the other touches."),
    later("What wins the deal after the lead is known."),
    later("W-shaped"),
    later(
        "Which channels begin a path, make a lead and make an opportunity of it? 30 % each; 10 % to the other touches."
    ),
    later("What closes the deal."),
    later("Full path"),
    later(
        "Which channels begin a path, make a lead and an opportunity of it, and close it? "
        "22.5 % each; 10 % to the other touches."
    ),
    later("Whether the touch at a milestone caused it; it is the nearest one."),
    later("Position-based"),
    later("Which channels begin and end a path, with the weights that are agreed?"),
    later("The milestones between; the weights are agreed and not measured."),
    later("Time decay"),
    later(
        "Which channels are met shortly before the conversion? The weight halves with each half-life that is agreed."
    ),
    later("What begins a path that takes long."),
    later("Markov, by the touch before"),
    later("How many conversions would be lost without a channel, if each step depends on the channel before?"),
    later("Paths of one touch only; cause: a channel that meets those who would buy anyway gets their credit."),
    later("Markov, by two touches before"),
    later("The same, if each step depends on the two channels before?"),
    later("Rare pairs of channels: few cases decide; cause as before."),
    later("Shapley, of conversions"),
    later("Which channels does a conversion need? Each different channel of a path gets an equal part."),
    later("Order and repetition; paths that do not convert."),
    later("Shapley, of rates"),
    later("How much does a channel add to the rate at which a combination of channels converts?"),
    later("Order and repetition; combinations that nobody met."),
    # attribution:
    *(later("touches and costs"), later("costs only"), later("touches only"), later("ambiguous"), later("no campaign")),
    *(later("the same"), later("the deal has no journey"), later("the deal names no person")),
    later("no touch in the look-back before the deal, or none since the one before"),
    *(later("other channels have a part"), later("the first touch is older than the journey")),
    later("the source of the lead is not the channel of its touches"),
)
