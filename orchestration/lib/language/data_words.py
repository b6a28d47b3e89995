"""Words of the pages of the data and of the definitions: kinds, reasons without values, what an export would open.

Belongs here: what the SQL and the declarations behind these pages write, as it is shown. What has a value in it is
reasons.py.
"""

from orchestration.lib.language.spoken import later

DATA_WORDS: tuple[str, ...] = (
    # The state of a definition, of a file and of a deal.
    *(later("passed"), later("tolerated"), later("failed"), later("not evaluated"), later("refused"), later("open")),
    *(later("won"), later("lost"), later("closed")),
    # Kinds of records, also within a sentence.
    *(later("stage entry"), later("record"), later("journey"), later("person"), later("opportunity")),
    *(later("account"), later("activity"), later("revenue"), later("ad spend"), later("cost"), later("subscription")),
    *(later("commitment"), later("label"), later("owner"), later("absence"), later("calendar"), later("dispute")),
    *(later("link"), later("file"), later("source"), later("system")),
    # Entities.
    *(later("activities"), later("ad_spend"), later("costs"), later("documents"), later("feedback")),
    *(later("line_items"), later("opportunities"), later("other_activities"), later("owner_changes")),
    *(later("persons"), later("stage_changes")),
    *(later("subscriptions"), later("survey_invitations"), later("tickets"), later("touchpoints")),
    *(later("Activities"), later("Ad spend"), later("Costs"), later("Documents"), later("Feedback")),
    *(later("Line items"), later("Opportunities"), later("Other activities"), later("Owner changes")),
    *(later("Persons"), later("Revenue")),
    *(later("Stage changes"), later("Subscriptions"), later("Survey invitations"), later("Tickets")),
    later("Touchpoints"),
    # Why a record is excluded.
    *(later("Competitor"), later("Duplicate"), later("Internal"), later("Spam"), later("Test"), later("competitor")),
    *(later("duplicate"), later("internal"), later("spam"), later("test"), later("no date")),
    later("opt-out, not known since when"),
    *(later("after the as-of"), later("person unknown"), later("deleted"), later("label not in activity_labels")),
    *(later("label not in stage_labels"), later("state not in billing_states"), later("the same event again")),
    *(later("not a stage"), later("stage is decided by rule"), later("left again, and no other stage is known")),
    *(later("the same stage again"), later("of no deal or invoice"), later("its deal or invoice is in no figure")),
    *(later("feedback type unknown"), later("no score"), later("score outside its scale")),
    *(later("survey not delivered"), later("invoice draft or void"), later("invoice uncollectible")),
    *(later("invoice refunded"), later("never paid for"), later("paused or unpaid"), later("no id and no e-mail")),
    *(later("another row of the same e-mail"), later("ended at an unknown time")),
    *(later("another row of the same deal"), later("perhaps renamed in a later report")),
    later("its ad platform states the cost of the campaign"),
    *(later("costs by month state the cost of the campaign"), later("costs.csv states the cost of the campaign")),
    later("another system states a higher cost of the campaign"),
    # Why a row is rejected.
    later("a quote or a carriage return is in the middle of a cell"),
    later("not one JSON object with each key once"),
    # Rules that tie records, and why one is not followed.
    *(later("Own record"), later("Merge"), later("External id"), later("Normalised email"), later("Conversion")),
    later("records with different e-mails bear the same id"),
    *(later("a shared mailbox with several names behind it"), later("one visitor gave e-mails of several persons")),
    # Events in their order.
    *(later("person created"), later("opportunity opened"), later("opportunity closed"), later("contact")),
    *(later("activity begun"), later("activity ended"), later("document sent"), later("document opened")),
    *(later("ticket opened"), later("ticket answered"), later("ticket closed")),
    # Within a sentence of reasons.py.
    *(later("the day of the as-of"), later("unknown"), later("no record that counts")),
    later(
        "export the owners (crm/v3/owners of the API, or the connector's table owner) as "
        "exports/hubspot/owners.csv; Settings > Users exports the ids of users, which are others"
    ),
    later("export the object User (Setup > Data Export) as exports/salesforce/User.csv, with the users who left"),
    # Faults of lines of absences.csv, owners.csv and disputes.csv.
    later("owner names nobody whom the data know as an owner; write the name, e-mail or id that they have"),
    *(later("owner may mean two owners; write the e-mail or the id"), later("owner names a queue; write a person")),
    later("covered_by names nobody whom the data know as an owner; write the name, e-mail or id that they have"),
    later("covered_by may mean two owners; write the e-mail or the id"),
    later("covered_by names a queue; write a person"),
    later("covered_by names the absent owner; name another one, or nobody"),
    later("a queue has no working hours; remove the calendar"),
    later("no record has this owner; write as alias the id, e-mail or name that a system has for them"),
    later("lead names nobody whom the data know; write its id as pages show it, <system>:<id>"),
    later(
        "the lead was not handed over until opened_on, so nothing is in dispute; correct lead or opened_on, "
        "or remove the row"
    ),
    later("decision, decided_on and decided_by belong together; fill in all three, or none while the dispute is open"),
    later("decided_by is who opened the dispute; somebody else decides it"),
    later(
        "a dispute about the same lead, in another row, was open on that day; decide that one first, or "
        "remove one of the two"
    ),
    # The definitions of known_guards.csv.
    later("No stage label that stage labels does not know"),
    later("No activity that activity labels does not know"),
    later("No call, e-mail or meeting whose outcome has no class in activity labels"),
    later("No deal whose type and pipeline are in no list of deal kinds"),
    later("No invoice or subscription in a state that is in no list"),
    later("No decline reason that is in no class of the agreement"),
    *(later("No deal whose closed flag contradicts its stage"), later("No amount without a rate in currency rates")),
    later("No amount in an unknown currency or with two values that contradict each other"),
    *(later("No first contact before the start of its clock"), later("No lead whose source nobody knows")),
    later("No type of activity that a commitment counts and no file has"),
    *(later("No lead without an agreed lead type"), later("No source that channel rules does not know")),
    *(later("No journey that begins under no version"), later("No MQL without the agreed evidence")),
    later("No system whose files end longer before the as-of than agreed"),
    *(later("No source table whose files are all gone"), later("No SQL without acceptance or its exception")),
    *(later("No other stage without the evidence that it asks for"), later("No owner that is in no list of users")),
    later("No absence that contradicts itself or names an owner whom the data do not know"),
    later("No calendar of an owner that the agreement does not have or that contradicts another line"),
    later("No dispute that contradicts itself or names a lead that was not handed over"),
    later("No record that names a person, an opportunity or an account that is in no file"),
    later("No opportunity without an agreed stream"),
    later("No export with fewer than half of the rows of the one before"),
    later("No record of a full export that is in no later one"),
    later("No deal whose end is undated or has two dates that contradict each other"),
    # What exports would open: of openings.py, and `opens` of the declarations.
    *(later("leads or contacts"), later("leads, and all that follows from them"), later("deals or opportunities")),
    later("pipeline, won value, win rates and who became a customer"),
    *(later("activities: calls, e-mails, meetings"), later("first contacts, attempts and the clocks that they stop")),
)
