"""What a verb reads before it works: the company, its agreements, its systems, and the home of its warehouse.

Belongs here: checking what the user gave, once, before anything heavy is imported. What the verbs then do is in their
modules.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from orchestration import settings
from orchestration.commands.endings import end, print_line
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.company.company_file import language_of, read_company_file
from orchestration.lib.company.folder import Company, open_company
from orchestration.lib.company.privacy import email_key
from orchestration.lib.ingestion.files import has_file
from orchestration.lib.language import gettext, speak
from orchestration.lib.machine import is_full
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.store.moving import make_ready
from orchestration.lib.systems.assembling import assemble
from orchestration.lib.systems.finding import System, known_systems, tables_of
from orchestration.lib.systems.joining import joined_systems, systems_of_last_run
from orchestration.lib.warehouse.holding import hold
from orchestration.lib.warehouse.manifest import refresh_manifest
from orchestration.lib.warehouse.publishing import current_copy
from orchestration.lib.whole_files import write_whole
from orchestration.mistakes import Mistake

# A build holds the warehouse for minutes: a verb that needs it ends at once with a sentence.
TIMEOUT_SECONDS = 5.0
# No lead is earlier or later; beyond them the calendar of days would be endless.
FIRST_YEAR, LAST_YEAR = 1970, 2199


@dataclass(frozen=True)
class Inputs:
    """A company folder with all systems that it can have."""

    systems: list[System]
    company: Company

    @cached_property
    def tables(self) -> list[SourceTable]:
        """Every source table that files of the company can feed."""
        return tables_of(settings.DBT_PROJECT, self.systems)

    @cached_property
    def agreements(self) -> list[Agreement]:
        """The versions of its agreement. AgreementError if they cannot be used."""
        return read_agreements(self.company.agreements)


@dataclass(frozen=True)
class Prepared(Inputs):
    """The same, checked, and the places of its warehouse."""

    place: settings.Settings

    @property
    def copy(self) -> Path:
        """The published copy; it may not exist yet."""
        return current_copy(self.place.published)

    def published_copy(self) -> Path:
        """The published copy; ends the verb where there is none."""
        if not self.copy.exists():
            end(gettext("%(home)s: nothing has been published yet; run `smarketing run`", home=self.place.home), 1)
        return self.copy


def read_inputs(company: Path | None) -> Inputs:
    """The company of a folder; the demo company where none is given. A Mistake if it is none."""
    folder = (company or settings.DEMO_COMPANY).resolve()
    speak(language_of(folder, settings.read_language()))
    systems = known_systems(settings.SYSTEMS, settings.EXAMPLES, folder)
    return Inputs(systems, open_company(folder, tables_of(settings.DBT_PROJECT, systems), settings.EXAMPLES))


def prepare(
    company: Path | None,
    home: Path | None,
    as_of: str = "",
    makes_home: bool = False,
    needs_files: bool = False,
    holder: str = "",
    is_waiting: bool = False,
) -> Prepared:
    """Check what the user gave and set the variables of this process. A Mistake if something is wrong.

    `holder` is the verb that has the home for itself until it ends, because it opens the warehouse.

    A verb that makes no home ends where there is none; one that needs files ends, and makes none, without any.
    """
    inputs = read_inputs(company)
    place = place_of(inputs.company.folder, home, as_of)
    prepared = Prepared(inputs.systems, inputs.company, place)
    _ = prepared.agreements
    read_company_file(inputs.company.folder)
    if makes_home:
        inputs.company.unread_files(inputs.tables)  # a Mistake where two tables claim one file
        if needs_files:
            _require_files(inputs)
    elif not place.warehouse.is_file():
        end(gettext("%(home)s: nothing has been built yet; run `smarketing run` first", home=place.home), 1)
    try:
        settings.apply(place)
        if holder:
            hold(place.home, holder, is_waiting)
        _keep_private(place)
        make_ready(place.home, place.warehouse)
        email_key(place.store, place.email_key)
        write_whole(place.home / "company.txt", f"{place.company}\n", mode=0o644)
    except OSError as error:
        if is_full(error, place.home):
            raise
        raise Mistake(
            gettext(
                "%(path)s: it cannot be written (%(why)s); give --home a folder that can",
                path=error.filename or place.home,
                why=error.strerror,
            )
        ) from error
    return prepared


def _keep_private(place: settings.Settings) -> None:
    """Only the owner of a home reads what is not published, also where an earlier release has made it."""
    for folder in (place.home / "dagster", place.logs, place.project, place.store, place.tasks):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    if place.warehouse.is_file():
        place.warehouse.chmod(0o600)


def _require_files(inputs: Inputs) -> None:
    """Where no system has a file there is nothing to build: a Mistake, which names what is expected."""
    company, systems = inputs.company, inputs.systems
    if any(has_file(system.tables, company.folder_of(system.name)) for system in systems):
        return
    expected = [
        f"exports/{each.name}/{each.tables[0].files[0]}" for each in systems if each.tables and each.tables[0].files
    ]
    unread = [str(path.relative_to(company.folder)) for path in company.unread_files(inputs.tables)]
    text = gettext(
        "%(folder)s: there is no file that a system reads, so nothing is built or published", folder=company.folder
    )
    if unread:
        text += "; " + gettext("found, and read by no system: %(files)s", files=", ".join(unread[:5]))
    remedy = gettext(
        "put exports where they are read, such as %(files)s (smarketing check names all), or draft a system for files "
        "of your own: smarketing source",
        files=", ".join(expected[:4]),
    )
    raise Mistake(f"{text}; {remedy}")


def place_of(folder: Path, home: Path | None, as_of: str = "", is_moved: bool = False) -> settings.Settings:
    """The places of a company's warehouse. A Mistake if another company is in them.

    `is_moved` accepts the home of a folder that does not exist any more.
    """
    place = settings.Settings(
        folder, (home or settings.home_of(folder)).resolve(), as_of and _utc(as_of), language=settings.read_language()
    )
    if place.home.is_file():
        raise Mistake(
            gettext("%(home)s is a file; give --home a folder, or a path where one can be made", home=place.home)
        )
    if "?" in str(place.home):  # DuckDB takes what follows it for options, and looks for its log elsewhere
        raise Mistake(gettext("%(home)s: the path of a home has no `?`; give --home another folder", home=place.home))
    owner = place.home / "company.txt"
    # An empty one is what an earlier release left when it was killed.
    found = owner.read_text(encoding="utf-8", errors="replace").strip() if owner.is_file() else ""
    if found not in ("", str(folder)) and not (is_moved and not Path(found).exists()):
        text = gettext(
            "%(home)s is the home of %(found)s; give --home another folder for %(folder)s",
            home=place.home,
            found=found,
            folder=folder,
        )
        moved = gettext("If it is the same company, moved: `smarketing doctor --repair`")
        raise Mistake(text if Path(found).exists() else f"{text}. {moved}")
    return place


def prepare_project(prepared: Prepared, starts_build: bool) -> None:
    """Assemble the company's dbt project and have dbt read it if it is new.

    Systems join where a build starts, which ingests their files; for other verbs the project stays that of the last.
    """
    place, systems = prepared.place, prepared.systems
    if starts_build:
        systems = joined_systems(systems, prepared.company, place.warehouse, place.project)
    else:
        systems = systems_of_last_run(systems, place.warehouse, place.project)
    assemble(place.project, settings.DBT_PROJECT, systems)
    refresh_manifest(place.project, settings.PARSED, print_line)


def _utc(as_of: str) -> str:
    """An ISO instant as UTC without zone; one without a zone is UTC already."""
    remedy = gettext("write 2026-03-31T22:00:00 (UTC) or 2026-04-01T00:00:00+02:00")
    try:
        moment = datetime.fromisoformat(as_of)
        moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):  # 0001-01-01T00:00:00+14:00 is before the first instant in UTC
        text = gettext("--as-of: '%(as_of)s' is not a valid instant", as_of=as_of)
        raise Mistake(f"{text}; {remedy}") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        text = gettext(
            "--as-of: the year of '%(as_of)s' is not between %(first)s and %(last)s",
            as_of=as_of,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
        raise Mistake(f"{text}; {remedy}")
    return moment.isoformat(" ")
