"""`smarketing forget`: a person is taken out of everything that the home has, and does not come back.

Belongs here: its arguments, the order, and what the user reads. Finding and removing is lib/forgetting/.
"""

from typing import Annotated

import typer

from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import end, print_line
from orchestration.commands.jobs import execute
from orchestration.commands.preparing import TIMEOUT_SECONDS, Prepared, prepare, prepare_project
from orchestration.lib.closing.carried import FOLDER
from orchestration.lib.forgetting.cleaning import (
    Cleaned,
    Places,
    clean_after_build,
    clean_before_build,
    is_unfinished,
    rehearse,
)
from orchestration.lib.forgetting.persons import PersonError, resolve
from orchestration.lib.forgotten.kept import add_to_list, is_pending, read_forgotten
from orchestration.lib.store.database import attached
from orchestration.lib.warehouse.connection import open_warehouse


def forget(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="An e-mail address, or an id as pages show it: hubspot:123.")
    ],
    company: CompanyOption = None,
    home: HomeOption = None,
    is_sure: Annotated[
        bool, typer.Option("--yes", help="Remove it; without this option the counts are shown, and nothing else.")
    ] = False,
) -> None:
    """Remove a person from the warehouse, its copies, pages, messages and logs; then build and publish again.

    Exports are never changed: their rows of the person are counted and not loaded, now and in later runs.
    """
    prepared = prepare(company, home, holder="forget")
    places = places_of(prepared)
    place = prepared.place
    with (
        open_warehouse(place.warehouse, timeout_seconds=TIMEOUT_SECONDS) as connection,
        attached(connection, place.store),
    ):
        found = resolve(connection, prepared.tables, person)
        before = read_forgotten(connection)
        cleaned = rehearse(connection, places, prepared.tables, before.with_values(found.values))
        is_listed = any(before.hash_of(*each) in before.hashes for each in found.values)
        if not cleaned and not is_listed:
            raise PersonError("nothing of this person is in the home; nothing was changed")
        if not cleaned and not is_pending(connection):
            print_line("This person is forgotten already; nothing is left to remove.")
            return
        print_line("\n".join(["What the home has of this person:", *_lines(cleaned)]))
        if not is_sure:
            print_line("\nNothing is removed yet. The same command with --yes removes it, builds and publishes again.")
            return
        add_to_list(connection, found.values)
    clean_before_build(places, prepared.tables)
    print_line("Removed. What is built is built again without the person:")
    prepare_project(prepared, starts_build=True)
    is_published = execute(prepared, "build")
    finish(prepared, is_published)
    print_line("\n".join(["", "Forgotten.", *_remaining(prepared, cleaned)]))


def places_of(prepared: Prepared) -> Places:
    """Where the home has something of persons."""
    place = prepared.place
    return Places(place.home, place.warehouse, place.store, place.published, place.outbox, place.tasks, place.lake)


def begin_unfinished(prepared: Prepared) -> bool:
    """Do again what a killed `forget` had begun, before a build; return whether there was any."""
    if not prepared.place.warehouse.is_file() or not is_unfinished(places_of(prepared)):
        return False
    print_line("completing a `smarketing forget` that was interrupted ...")
    clean_before_build(places_of(prepared), prepared.tables)
    return True


def finish(prepared: Prepared, is_published: bool) -> None:
    """After the build; ends the verb where it failed, since the copies before have the person."""
    clean_after_build(places_of(prepared), is_published)
    if not is_published:
        end(
            "The person is removed, but the build failed, for the reason above. Readers have no copy and no page: "
            "those before had the person in them. The next `smarketing run` that ends well publishes again",
            1,
        )


def _lines(cleaned: Cleaned) -> list[str]:
    """The counts by place."""
    tables = [*cleaned.swept.deleted.items()]
    emptied = [(table, rows) for table, rows in cleaned.swept.emptied.items()]
    counts = [(f"{table.replace('__', '.')}, rows that go", rows) for table, rows in tables]
    counts += [(f"{table.replace('__', '.')}, rows that stay without the person", rows) for table, rows in emptied]
    counts += [
        ("rejected rows that go", cleaned.swept.rejected),
        ("commitments of closed months, which keep their figures under another id", cleaned.closed),
        ("messages, removed if they wait and emptied if they were sent", cleaned.messages),
        ("pages, logs and other files", len(cleaned.files)),
    ]
    return [f"  {count:>6,}  {what}" for what, count in counts if count]


def _remaining(prepared: Prepared, cleaned: Cleaned) -> list[str]:
    """What is not the project's to change: exports, and what the user has written elsewhere."""
    company = prepared.place.company
    files = [
        f"  {prepared.company.folder_of(system) / file}: {count} line(s)"
        for (system, file), count in sorted(cleaned.swept.lines.items())
        if (prepared.company.folder_of(system) / file).exists()
    ]
    lines = ["Files of yours that still have the person, and that nothing here changes:", *files] if files else []
    if cleaned.closed and (company / FOLDER).is_dir():
        lines.append(f"  {company / FOLDER}: `smarketing closings` writes it again without the person")
    lines.append(
        "Not known here: files that `smarketing rejected` wrote, backups, and other homes. A new home does "
        "not have the list of the forgotten: take the person out of the exports, or restore store/ into it."
    )
    return lines
