"""Why one of two exports was refused: which is newer, whether they are about one campaign, what its rows are of.

Belongs here: OF_TWO_FILES, whole refusals, and SHARED_DAYS, which only occur within one. All others are refusals.py.
"""

from orchestration.lib.language.spoken import later

OF_TWO_FILES: tuple[str, ...] = (
    later(
        "line %(line_number)s: %(record)s is also in %(other_origin)s, with %(columns_difference)s; nothing tells "
        "which of the two exports is newer: give both names the date of their export, such as %(example_quoted)s, or "
        "move the older file out of the folder; a column that states when a record was last changed tells it too"
    ),
    later(
        "%(days_shared)s, and nothing tells which of the two exports is newer; give both names the date of their "
        "export, or move the older file out of the folder"
    ),
    later(
        "%(days_shared)s or other ids, and nothing tells whether it is one campaign; add the column %(columns_word)s "
        "to both reports and export them again, or, if one is a later export of the same report, give both the same "
        "name with the date of their export"
    ),
    later(
        "%(days_shared)s, and nothing tells whether it was renamed; add the column %(columns_word)s to both reports "
        "and export them again, or, if it was, move the older file out of the folder, or write one name in both"
    ),
    later(
        "line %(line_number)s: the title of the report has its days until %(last_day)s, and its rows have "
        "%(days_number)s different day(s) from %(first_day)s on: each row is of more than one day; export the report "
        "with one row per day"
    ),
    later(
        "line %(line_number)s: campaign %(one_quoted)s has %(amount_number)s on %(first_day)s, and %(other_file)s "
        "has %(total_number)s of it on %(days_number)s days until %(last_day)s: the row is of more than one day, and "
        "would count beside them; export the report with one row per day, or move the file out of the folder"
    ),
)

SHARED_DAYS: tuple[str, ...] = (
    later("campaign %(one_quoted)s on %(first_day)s: %(file)s has another amount"),
    later(
        "campaign %(one_quoted)s on %(first_day)s and %(days_number)s more day(s) of campaigns: %(file)s has "
        "another amount"
    ),
    later("campaign %(one_quoted)s on %(first_day)s: %(file)s has the same figures for %(other_quoted)s"),
    later(
        "campaign %(one_quoted)s on %(first_day)s and %(days_number)s more day(s): %(file)s has the same figures "
        "for %(other_quoted)s"
    ),
)
