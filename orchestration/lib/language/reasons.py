"""The sentences of reasons: why a row breaks a definition, was rejected or excluded, or ties two records in two ways.

Belongs here: REASONS, each a whole reason as SQL writes it, and PARTS by kind, which only occur within one. The end of
a place's name states what it can be (sentences.py). A reason without values is in values.py.
"""

from orchestration.lib.language.spoken import later

REASONS: tuple[str, ...] = (
    # int_guarded_amounts
    later(
        "%(amount_number)s has no currency: export its column, or write the currency of %(of_system)s in "
        "reference/systems.csv"
    ),
    later(
        "%(amount_number)s %(currency)s and %(company_number)s in company currency contradict each other",
    ),
    later("%(amount_number)s %(currency)s has no rate on %(day_word)s"),
    # int_guarded_clocks
    later('its first contact comes before the start of the clock "%(clock)s"'),
    later(
        'it counts "%(label)s", and no file has one: leads contacted so are missed; export them, or remove the word '
        "from counts"
    ),
    # int_guarded_exports
    later("%(file)s has it, and no later export, though %(later_file)s is as full"),
    later(
        "%(file)s has it, and no later export, though %(later_file)s is as full; if it was deleted: "
        "vanished_records = deleted in reference/systems.csv"
    ),
    later(
        "%(rows_number)s rows loaded, %(before_number)s before; put the whole export there under this name, or, if "
        "so few are right, write smaller_until = %(until_day)s for %(of_system)s in reference/systems.csv"
    ),
    later(
        "%(rows_number)s rows loaded, %(before_number)s before from %(file)s; put the whole export there under this "
        "name, or, if so few are right, write smaller_until = %(until_day)s for %(of_system)s in reference/systems.csv"
    ),
    # int_guarded_labels
    later('the label "%(label)s" of %(of_system)s is not in %(list_system)s'),
    later(
        'the outcome "%(label)s" of %(of_system)s has no activity_class in activity_labels; until then it counts as '
        "an attempt"
    ),
    # int_guarded_leads
    later("it began on %(began_day)s, when no version was in force"),
    later('nobody knows where it came from: its source is "%(source)s"'),
    later('its lead type is "%(lead_type)s" of the stream "%(stream)s", which is not agreed'),
    later('the source "%(source)s" of %(of_system)s is in no rule of channel_rules'),
    # int_guarded_lines, with a fault of one of the next
    later("reference/%(file)s line %(line_number)s: %(fault_text)s"),
    # int_absences
    later(
        "last_day %(last_day)s is before first_day %(first_day)s; correct one of the two",
    ),
    later("the owner is absent on some of these days in %(place_word)s already; correct the days, or remove one row"),
    later(
        "covered_by names somebody who is absent on some of these days, in %(place_word)s; name another one, or write "
        "those days as a row of their own"
    ),
    # int_owner_calendars
    later(
        "the owner has another calendar on some of these days in %(place_word)s; write the same, or correct the days"
    ),
    later(
        "calendar %(calendar)s is not in version %(version)s of the agreement, whose clocks use the calendar of the "
        "commitment instead; write one of its calendars, or the day on which the line ends"
    ),
    # int_disputes
    later("decided_on %(decided_day)s is before opened_on %(opened_day)s; correct one of the two"),
    # int_guarded_links
    later("it names a %(linked_word)s that is in no file of %(of_system)s"),
    later(
        "%(rows_number)s of this kind name a record that is in no file of %(of_system)s: %(record_word)s > "
        "%(linked_word)s"
    ),
    # int_guarded_opportunities
    later(
        'its flag shows that it has ended, and stage_labels does not show whether "%(label)s" is won or lost: until '
        "then it counts as open"
    ),
    later('its stage "%(label)s" makes it %(stage_word)s, its flag shows %(flag_word)s: stage_labels decides'),
    later('its revenue stream is "%(stream)s", which is not agreed'),
    later("it is %(state_word)s, and nobody wrote down when: it is in the figures of no period"),
    later(
        "it is %(state_word)s, and its close date %(close_day)s is after all that the files record; it counts on "
        "%(counted_day)s"
    ),
    later(
        "it is %(state_word)s, and its close date %(close_day)s is after its record was written; it counts on "
        "%(counted_day)s"
    ),
    later(
        "its close date %(close_day)s and its entry as %(state_word)s on %(entered_day)s are %(days_number)s days "
        "apart; it counts on %(counted_day)s"
    ),
    # int_guarded_owners
    later(
        "owner %(owner)s of %(record_counts)s is in no list of users: %(advice_text)s; or write the name into "
        "reference/owners.csv"
    ),
    # int_guarded_sources
    later(
        "its files end on %(end_day)s, %(days_number)s days before the as-of, and at most %(most_number)s are agreed"
    ),
    later(
        "none of its files is there any more; the last was %(file)s, loaded on %(loaded_day)s, and its rows stay as "
        "they were"
    ),
    # int_guarded_words
    later(
        'the deal type and pipeline "%(kind_word)s" of %(of_system)s are in no list of deal kinds: their deals are in '
        "no figure of new business"
    ),
    later(
        'the deal type and pipeline "%(kind_word)s" of %(of_system)s are in no list of deal kinds: '
        "%(amount_number)s is in no figure of new business"
    ),
    later('the state "%(label)s" of %(of_system)s is not in billing_states: it counts as no money'),
    later(
        'the reason "%(label)s" for %(stage_word)s is in no class of handoff.reasons: it excuses nothing and gives no '
        "value back"
    ),
    # int_stage_evidence: what is missing, in the order of the clauses
    later("no %(stages_word)s came before it"),
    later("the grade was %(grade_word)s, and %(grades_word)s is asked"),
    later("the score was %(score_word)s, and %(asked_number)s is asked"),
    later("no %(stages_word)s came before it; the grade was %(grade_word)s, and %(grades_word)s is asked"),
    later("no %(stages_word)s came before it; the score was %(score_word)s, and %(asked_number)s is asked"),
    later(
        "the grade was %(grade_word)s, and %(grades_word)s is asked; the score was %(score_word)s, and "
        "%(asked_number)s is asked"
    ),
    later(
        "no %(stages_word)s came before it; the grade was %(grade_word)s, and %(grades_word)s is asked; the score was "
        "%(score_word)s, and %(asked_number)s is asked"
    ),
    # fct_excluded_rows
    later("excluded: %(reason_word)s"),
    # int_link_candidates
    later("the id %(id)s differs from it in upper and lower case"),
    # int_lead_alerts
    later("grade %(of_grade)s"),
    # rpt_score_calibration
    later("%(low_figure)s to %(high_figure)s"),
    # The rejected rows: lib/ingestion/casting.py
    later("column %(column)s is required and empty"),
    later(
        "column %(column)s: %(cell)s is after the day %(day_quoted)s; the row is of more than one day: export the "
        "report with one row per day"
    ),
    later(
        "column %(column)s: %(cell)s is an error of the spreadsheet; correct the formula or write the value, and save "
        "again"
    ),
    later("column %(column)s: %(cell)s is not a %(of_type)s"),
    later("column %(column)s: %(cell)s is not an %(of_type)s"),
    later("column %(column)s: %(cell)s is not a whole number from 0 on"),
    later("column %(column)s: %(cell)s is not a %(of_type)s, since the order of the column is %(order)s"),
    later("column %(column)s: %(cell)s is not a %(of_type)s; write its digits as 0 to 9"),
    later("column %(column)s: %(cell)s is not a %(of_type)s; its year has more than four digits"),
    later("column %(column)s: %(cell)s is not a %(of_type)s; its year has two digits, export four"),
    later(
        "column %(column)s: %(cell)s is not a %(of_type)s; it is a number of days, as Excel keeps dates: "
        "format the column as a date there and export again"
    ),
    later(
        "column %(column)s: %(cell)s is not a %(of_type)s; letters of a zone have several meanings: export an"
        " offset such as -05:00, or local times"
    ),
    later("column %(column)s: %(cell)s is not a %(of_type)s; an offset is written as +01:00, and is 14 hours at most"),
    later(
        "column %(column)s: %(cell)s is an id in scientific notation, so digits are lost; export it again, "
        "without opening it in a spreadsheet such as Excel"
    ),
    later(
        "column %(column)s: %(cell)s is an id of which only %(digits_number)s digits are left, so digits are "
        "lost; export it again, without opening it in a spreadsheet such as Excel"
    ),
    later("column %(column)s: %(cell)s has no time zone, but other times of the file have one"),
    later(
        "column %(column)s: %(cell)s, but column %(other_column)s: %(code)s; correct the one that is wrong, or export "
        "amounts without a sign"
    ),
    later("expected %(expected_number)s cells, found %(found_number)s"),
    later(
        "column %(column)s: %(cell)s, but reference/systems.csv: %(code)s; correct it there, or export the column of "
        "the currency"
    ),
    later("column %(column)s: %(what_zone)s"),
    later("sheet %(label)s, row %(line_number)s: %(reason_text)s"),
    # The same: corrections.py, csv_reader.py, other_headers.py, summed_lines.py, totals.py
    later("another row above corrects the same row"),
    later("no such row is rejected in %(table)s: %(file)s, line %(line_number)s"),
    later("no such row is rejected in %(table)s: %(file)s, line (none)"),
    later("no such row is rejected in %(table)s: (no file), line %(line_number)s"),
    later("no such row is rejected in %(table)s: (no file), line (none)"),
    *(later("frame: a line above the header"), later("frame: a closing line of the report")),
    *(later("frame: the header again"), later("frame: a total"), later("frame: an empty row")),
)

PARTS: dict[str, tuple[str, ...]] = {
    "word": (
        later("%(file)s line %(line_number)s"),
        later("%(first_word)s or %(rest_word)s"),
        # int_guarded_words
        later("%(deal_type)s in %(pipeline)s"),
    ),
    # int_guarded_owners
    "counts": (
        *(later("%(number)s person(s)"), later("%(number)s opportunity(ies)"), later("%(number)s activity(ies)")),
        later("%(first_counts)s, %(rest_counts)s"),
    ),
    "text": (later("put the list of users of %(of_system)s beside its exports"),),
    # lib/time_zones.py
    "zone": (
        later("'%(zone)s' is not a time zone"),
        later("'%(zone)s' is not a time zone; write %(likely_word)s"),
        later(
            "'%(zone)s' is not a zone with a place, so it has no summer time or has several meanings; write "
            "%(likely_word)s"
        ),
        later(
            "'%(zone)s' is a fixed offset without summer time, and the sign of Etc/GMT+1 means west of Greenwich; "
            "write %(likely_word)s"
        ),
        later("an IANA name such as Europe/Rome"),
        later("Europe/London, or UTC if there is never summer time"),
        later("America/Denver, or America/Phoenix where there is no summer time"),
    ),
}
