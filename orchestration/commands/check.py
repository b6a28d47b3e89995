"""`smarketing check`: agreement, reference files and exports, without a build.

Belongs here: what is checked in which order, and how it reads. The reference files are check_reference.py;
finding out is lib/inspection/.
"""

from typing import Annotated

import typer

from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.check_reference import reference_lines
from orchestration.commands.endings import GOOD, LOOK, NOTE, WRONG, Lines, end, print_line
from orchestration.commands.preparing import Inputs, place_of, read_inputs
from orchestration.lib.agreement.seals import broken_seals, doubtful_seals
from orchestration.lib.agreement.version_files import unread_versions
from orchestration.lib.agreement.versions import Standing, standings
from orchestration.lib.company.company_file import read_company_file
from orchestration.lib.ingestion.files import has_file
from orchestration.lib.language import gettext, ngettext, translated
from orchestration.lib.review.kept_files import read_kept_reviews
from orchestration.lib.warehouse.publishing import current_copy
from orchestration.mistakes import Mistake


def check(
    company: CompanyOption = None,
    home: HomeOption = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Add a row to the reference files for each word that they do not explain.")
    ] = False,
) -> None:
    """Check agreement, reference files and exports, without a build.

    Lists what a build would refuse (x), what needs a look (!), and what is missing without harm (-): unread
    files, optional columns and what they would show. Ends with 0, or with 2 if a build would refuse something. All
    exports are read once, without those of a database. What only models find (guards, dbt's tests) the build finds; the
    words that the reference files do not explain, and the campaigns of which touches and costs do not meet, are those
    that the last build found.
    """
    inputs = read_inputs(company)
    print_line(f"{inputs.company.folder.name}: {inputs.company.folder}")
    wrong = 0
    copy = current_copy(place_of(inputs.company.folder, home).published)
    refused: set[str] = set()
    parts = (_exports(inputs, refused), _arrivals(inputs, refused), _systems(inputs))
    for part in (_agreement(inputs), reference_lines(inputs, copy, draft), *parts):
        for sign, text in part:
            wrong += sign == WRONG
            lines = text.splitlines()
            print_line("\n".join([f"  {sign} {lines[0]}", *(f"      {line}" for line in lines[1:])]))
    if wrong:
        end(
            ngettext(
                "%(things)s thing is wrong; a build would stop at the lines with x",
                "%(things)s things are wrong; a build would stop at the lines with x",
                wrong,
                things=wrong,
            ),
            2,
        )


def _agreement(inputs: Inputs) -> Lines:
    """The versions and their seals, company.yml, and the kept reviews."""
    try:
        for standing in standings(inputs.agreements):
            yield GOOD, _standing(standing)
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


def _standing(standing: Standing) -> str:
    values = {
        "version": standing.agreement.version,
        "status": translated(standing.status),
        "signed": ", ".join(each.name for each in standing.agreement.valid_signatures) or gettext("nobody"),
    }
    if not standing.effective_from:
        return gettext("agreement, version %(version)s: %(status)s, signed by %(signed)s", **values)
    since = standing.effective_from
    return gettext(
        "agreement, version %(version)s: %(status)s from %(since)s, signed by %(signed)s", since=since, **values
    )


def _exports(inputs: Inputs, all_refused: set[str]) -> Lines:
    """The headers of the files of each system; the names of those that would be refused are added to `all_refused`."""
    from orchestration.lib.inspection.headers import read_headers, unread_sheets
    from orchestration.lib.inspection.openings import find_openings

    for system in inputs.systems:
        folder = inputs.company.folder_of(system.name)
        read = list(read_headers(system.tables, folder))
        files = [file for table in read for file in table.files]
        refused: set[tuple[str, str]] = set()
        if files:
            tables = ", ".join(table.table.name for table in read)
            yield (
                GOOD,
                gettext(
                    "%(system)s: %(files)s files for %(tables)s", system=system.name, files=len(files), tables=tables
                ),
            )
        for path, sheets in unread_sheets(files).items():
            name = f"exports/{system.name}/{path.relative_to(folder).as_posix()}"
            yield NOTE, gettext("%(file)s: not read: %(sheets)s", file=name, sheets=", ".join(sheets))
        for file in files:
            name = f"exports/{system.name}/{file.path.relative_to(folder).as_posix()}"
            if file.refusal and (name, file.refusal) not in refused:  # a container is refused by each table
                refused.add((name, file.refusal))
                all_refused.add(file.path.name)
                reason = translated(file.refusal)
                yield WRONG, gettext("%(file)s: it would be refused: %(reason)s", file=name, reason=reason)
            if file.undeclared:
                columns = ", ".join(file.undeclared)
                yield (
                    NOTE,
                    gettext(
                        "%(file)s: columns that no declaration names, kept in _extra: %(columns)s",
                        file=name,
                        columns=columns,
                    ),
                )
        absent = {(system.name, table.table.name): table.absent for table in read if table.absent}
        for opening in find_openings(system.tables, absent):
            yield NOTE, opening.text
        for table in read:
            if missing := table.missing:
                names = ", ".join(column.name for column in missing if not column.description)
                described = [f"{column.name}: {column.description}" for column in missing if column.description]
                lines = [*([names] if names else []), *described]
                without = gettext("%(table)s has no column for", table=f"{system.name}.{table.table.name}")
                yield NOTE, "\n".join([without, *lines])


def _arrivals(inputs: Inputs, refused: set[str]) -> Lines:
    """What the arrival checks of a build find in the exports, in its own sentences."""
    from orchestration.lib.inspection.arrivals import refusals  # seconds, which a mistake need not wait for

    print_line("  " + gettext("reading the exports ..."))
    systems = [system.name for system in inputs.systems]
    for table, reason in refusals(inputs.company, inputs.tables, systems, refused):
        if not table:
            yield LOOK, reason
            continue
        values = {"table": table, "check": "arrival", "reason": reason}
        yield WRONG, gettext("%(table)s, check %(check)s: %(reason)s", **values)


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
        yield (
            NOTE,
            gettext(
                "exports: there is no file yet, and a run needs one; put those that you have into exports/<system>/"
            ),
        )
