"""`smarketing check`: agreement, reference files and the headers of exports, without a build.

Belongs here: what is checked in which order, and how it reads. Finding out is lib/inspection/.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import end, print_line
from orchestration.commands.preparing import Inputs, place_of, read_inputs
from orchestration.lib.agreement.seals import broken_seals, doubtful_seals
from orchestration.lib.agreement.version_files import unread_versions
from orchestration.lib.agreement.versions import standings
from orchestration.lib.company.company_file import read_company_file
from orchestration.lib.company.folder import REFERENCE
from orchestration.lib.ingestion.files import has_file
from orchestration.lib.review.kept_files import read_kept_reviews
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.publishing import current_copy
from orchestration.mistakes import Mistake

# A line begins with one of these.
WRONG, LOOK, NOTE, GOOD = "x", "!", "-", "+"
Lines = Iterator[tuple[str, str]]


def check(
    company: CompanyOption = None,
    home: HomeOption = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Add a row to the reference files for each word that they do not explain.")
    ] = False,
) -> None:
    """Check agreement, reference files and exports in seconds, without a build.

    Lists what a build would refuse (x), what needs a look (!), and what is missing without harm (-): unread
    files, optional columns and what they would show. Ends with 0, or with 2 if a build would refuse something. Values
    of exports are checked by the build only; the words that the reference files do not explain, and the campaigns of
    which touches and costs do not meet, are those that the last build found.
    """
    inputs = read_inputs(company)
    print_line(f"{inputs.company.folder.name}: {inputs.company.folder}")
    wrong = 0
    copy = current_copy(place_of(inputs.company.folder, home).published)
    for part in (_agreement(inputs), _reference(inputs, copy, draft), _exports(inputs), _systems(inputs)):
        for sign, text in part:
            wrong += sign == WRONG
            lines = text.splitlines()
            print_line("\n".join([f"  {sign} {lines[0]}", *(f"      {line}" for line in lines[1:])]))
    if wrong:
        end(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong; a build would stop at the lines with x", 2)


def _agreement(inputs: Inputs) -> Lines:
    """The versions and their seals, company.yml, and the kept reviews."""
    try:
        for standing in standings(inputs.agreements):
            since = f" from {standing.effective_from}" if standing.effective_from else ""
            signed = ", ".join(each.name for each in standing.agreement.valid_signatures) or "nobody"
            yield GOOD, f"agreement, version {standing.agreement.version}: {standing.status}{since}, signed by {signed}"
        for text in broken_seals(inputs.company.agreements):
            yield WRONG, text
        for text in (*doubtful_seals(inputs.company.agreements), *unread_versions(inputs.company.agreements)):
            yield LOOK, text
    except Mistake as mistake:
        yield WRONG, str(mistake)
    for read in (read_company_file, read_kept_reviews):
        try:
            read(inputs.company.folder)
        except Mistake as mistake:
            yield WRONG, str(mistake)


def _reference(inputs: Inputs, copy: Path, draft: bool) -> Lines:
    """The company's own words, and those of the last build that its files do not explain."""
    print_line("  checking the reference files ...")
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
        yield GOOD, f"reference: {len(files)} files, {sum(file.rows_loaded for file in files):,} rows"
    for text in unread_references(tables, inputs.company.reference):
        yield LOOK, text
    if reference.empty_files:
        yield NOTE, f"reference: no row yet in {', '.join(reference.empty_files)}"
    for report in reference.reports:
        if not report.files:
            name = report.table.removeprefix(f"{REFERENCE}__")
            yield NOTE, f"reference: there is no {name}.csv; a company that does not need it may omit it"
    if copy.exists():
        yield from _words(inputs.company.reference, copy, reference.words, draft)
        yield from _campaigns(copy)
    elif draft:
        yield LOOK, "reference: no build has read the words of the exports yet; `smarketing run` first, then --draft"


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
        yield LOOK, f"reference: the words of the last build cannot be read: {mistake}"
        return
    listed, others = parted([word for word in words if not word.meaning])
    for word in listed:
        near = "".join(f'; did you mean "{each}"?' for each in near_words(word, explained))
        rows = "row" if word.rows == 1 else "rows"
        yield LOOK, f"{word.reference_file}: {word.system} has {word.text} in {word.rows:,} {rows}, unexplained{near}"
    for system in sorted({word.system for word in others}):
        rest = [word for word in others if word.system == system]
        their_rows = sum(word.rows for word in rest)
        yield LOOK, f"content: {system} has {len(rest):,} other names in {their_rows:,} rows, unexplained"
    if any(word.reference_file not in COLUMNS for word in words):
        yield LOOK, "content: write a row with a pattern into reference/content.csv; `*` matches any text"
    words = [word for word in words if word.reference_file in COLUMNS]
    if draft and words:
        drafts = draft_rows(words, explained)
        added = {
            folder / f"{name}.csv": with_rows(folder / f"{name}.csv", rows, key_of(name))
            for name, rows in drafts.items()
        }
        for path in Writes(added=added).perform(force=False):
            yield GOOD, f"drafted {REFERENCE}/{path.name}: write the meanings that are empty, and look at the others"
        yield (
            LOOK,
            f"{lines_to_fill(drafts)} drafted rows have no meaning: a build refuses them until somebody writes it",
        )
    elif any(not word.meaning for word in words):
        yield LOOK, "reference: --draft adds a row for each of these words to the reference files"


def _campaigns(copy: Path) -> Lines:
    """The campaigns of the published copy of which touches and costs do not meet."""
    from orchestration.lib.inspection.campaigns import campaign_texts

    with suppress(Mistake), open_warehouse(copy, read_only=True) as connection:
        for text in campaign_texts(connection):
            yield NOTE, f"campaigns: {text}"


def _exports(inputs: Inputs) -> Lines:
    """The headers of the files of each system."""
    from orchestration.lib.inspection.headers import read_headers, unread_sheets
    from orchestration.lib.inspection.openings import find_openings

    for system in inputs.systems:
        folder = inputs.company.folder_of(system.name)
        read = list(read_headers(system.tables, folder))
        files = [file for table in read for file in table.files]
        refused: set[tuple[str, str]] = set()
        if files:
            yield GOOD, f"{system.name}: {len(files)} files for {', '.join(table.table.name for table in read)}"
        for path, sheets in unread_sheets(files).items():
            yield NOTE, f"exports/{system.name}/{path.relative_to(folder).as_posix()}: not read: {', '.join(sheets)}"
        for file in files:
            name = f"exports/{system.name}/{file.path.relative_to(folder).as_posix()}"
            if file.refusal and (name, file.refusal) not in refused:  # a container is refused by each table
                refused.add((name, file.refusal))
                yield WRONG, f"{name}: it would be refused: {file.refusal}"
            if file.undeclared:
                yield NOTE, f"{name}: columns that no declaration names, kept in _extra: {', '.join(file.undeclared)}"
        absent = {(system.name, table.table.name): table.absent for table in read if table.absent}
        for opening in find_openings(system.tables, absent):
            yield NOTE, opening.text
        for table in read:
            if missing := table.missing:
                names = ", ".join(column.name for column in missing if not column.description)
                described = [f"{column.name}: {column.description}" for column in missing if column.description]
                lines = [*([names] if names else []), *described]
                yield NOTE, "\n".join([f"{system.name}.{table.table.name} has no column for", *lines])


def _systems(inputs: Inputs) -> Lines:
    """Unread files, and whether there is any file at all."""
    from orchestration.lib.inspection.headers import unread_texts

    try:
        for text in unread_texts(inputs.company.unread_files(inputs.tables), inputs.tables):
            yield LOOK, text
        for text in inputs.company.passed_over(inputs.tables):
            yield LOOK, text
    except Mistake as mistake:
        yield WRONG, str(mistake)
    if not any(has_file(system.tables, inputs.company.folder_of(system.name)) for system in inputs.systems):
        yield NOTE, "exports: there is no file yet, and a run needs one; put those that you have into exports/<system>/"
