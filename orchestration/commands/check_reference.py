"""What `smarketing check` reads of the reference files, and of the words of the last build that they do not explain.

Belongs here: how it reads, and drafting rows. Finding out is lib/inspection/.
"""

from contextlib import suppress
from datetime import date
from pathlib import Path

from orchestration import settings
from orchestration.commands.endings import GOOD, LOOK, NOTE, WRONG, Lines, print_line
from orchestration.commands.preparing import Inputs
from orchestration.lib.company.folder import REFERENCE
from orchestration.lib.formats import count
from orchestration.lib.language import gettext, ngettext, translated
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.mistakes import Mistake


def reference_lines(inputs: Inputs, copy: Path, draft: bool) -> Lines:
    """The company's own words, and those of the last build that its files do not explain."""
    print_line("  " + gettext("checking the reference files ..."))
    from orchestration.lib.inspection.content_lines import persona_faults
    from orchestration.lib.inspection.owner_lines import absence_faults, calendar_faults
    from orchestration.lib.inspection.reference import read_reference  # seconds, which a mistake need not wait for
    from orchestration.lib.inspection.unread import unread_references

    tables = [table for table in inputs.tables if table.system == REFERENCE]
    reference = read_reference(tables, inputs.company.reference, settings.DBT_PROJECT)
    for problem in reference.problems:
        yield WRONG, problem
    for fault in absence_faults(reference.absences):
        yield LOOK, fault
    with suppress(Mistake):  # of the agreement, which is listed above
        for fault in calendar_faults(reference.calendars, inputs.agreements, date.today()):
            yield LOOK, fault
        for fault in persona_faults(reference.personas, inputs.agreements):
            yield LOOK, fault
    files = [file for report in reference.reports for file in report.files if file.status == "loaded"]
    if files:
        rows = count(sum(file.rows_loaded for file in files))
        yield GOOD, gettext("reference: %(files)s files, %(rows)s rows", files=len(files), rows=rows)
    for text in unread_references(tables, inputs.company.reference):
        yield LOOK, text
    if reference.empty_files:
        yield NOTE, gettext("reference: no row yet in %(files)s", files=", ".join(reference.empty_files))
    for report in reference.reports:
        if not report.files:
            name = f"{report.table.removeprefix(f'{REFERENCE}__')}.csv"
            yield (
                NOTE,
                gettext("reference: there is no %(file)s; a company that does not need it may omit it", file=name),
            )
    if copy.exists():
        yield from _words(inputs.company.reference, copy, reference.words, draft)
        yield from _campaigns(copy)
    elif draft:
        yield (
            LOOK,
            gettext("reference: no build has read the words of the exports yet; `smarketing run` first, then --draft"),
        )


def _words(folder: Path, copy: Path, explained: dict[str, list[dict[str, str]]], draft: bool) -> Lines:
    """The words of the published copy that nobody has explained, and the rows drafted for them."""
    from orchestration.lib.inspection.words import (
        COLUMNS,
        draft_rows,
        key_of,
        lines_to_fill,
        near_words,
        parted,
        read_words,
    )
    from orchestration.lib.onboarding.writing import Writes, with_rows

    try:
        with open_warehouse(copy, read_only=True) as connection:
            words = read_words(connection)
    except Mistake as mistake:
        yield LOOK, gettext("reference: the words of the last build cannot be read: %(reason)s", reason=mistake)
        return
    listed, others = parted([word for word in words if not word.meaning])
    for word in listed:
        near = "".join(gettext('; did you mean "%(word)s"?', word=each) for each in near_words(word, explained))
        unexplained = ngettext(
            "%(file)s: %(system)s has %(word)s in %(rows)s row, unexplained",
            "%(file)s: %(system)s has %(word)s in %(rows)s rows, unexplained",
            word.rows,
            file=word.reference_file,
            system=word.system,
            word=word.text,
            rows=count(word.rows),
        )
        yield LOOK, unexplained + near
    for system in sorted({word.system for word in others}):
        rest = [word for word in others if word.system == system]
        names, rows = count(len(rest)), count(sum(word.rows for word in rest))
        yield (
            LOOK,
            gettext(
                "content: %(system)s has %(names)s other names in %(rows)s rows, unexplained",
                system=system,
                names=names,
                rows=rows,
            ),
        )
    if any(word.reference_file not in COLUMNS for word in words):
        yield LOOK, gettext("content: write a row with a pattern into reference/content.csv; `*` matches any text")
    words = [word for word in words if word.reference_file in COLUMNS]
    if draft and words:
        drafts = draft_rows(words, explained)
        added = {
            folder / f"{name}.csv": with_rows(folder / f"{name}.csv", rows, key_of(name))
            for name, rows in drafts.items()
        }
        for path in Writes(added=added).perform(force=False):
            file = f"{REFERENCE}/{path.name}"
            yield (
                GOOD,
                gettext("drafted %(file)s: write the meanings that are empty, and look at the others", file=file),
            )
        yield (
            LOOK,
            gettext(
                "%(rows)s drafted rows have no meaning: a build refuses them until somebody writes it",
                rows=lines_to_fill(drafts),
            ),
        )
    elif any(not word.meaning for word in words):
        yield LOOK, gettext("reference: --draft adds a row for each of these words to the reference files")


def _campaigns(copy: Path) -> Lines:
    """The campaigns of the published copy of which touches and costs do not meet."""
    from orchestration.lib.inspection.campaigns import campaign_texts

    with suppress(Mistake), open_warehouse(copy, read_only=True) as connection:
        for text in campaign_texts(connection):
            yield NOTE, gettext("campaigns: %(text)s", text=translated(text))
