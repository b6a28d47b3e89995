"""From the arguments of `smarketing compare` to a comparison and its page.

Belongs here: settings and paths. Comparing is lib/comparison/, the page lib/pages/comparison.py.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from orchestration import settings
from orchestration.commands.arguments import open_folder, systems_of
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.agreement.versions import fiscal_month
from orchestration.lib.comparison import ComparisonError
from orchestration.lib.comparison.comparing import check_period, compare
from orchestration.lib.comparison.printing import comparison_text
from orchestration.lib.comparison.replay import Dbt
from orchestration.lib.comparison.versions import check_comparable, find_version
from orchestration.lib.pages import render_comparison, write_page
from orchestration.lib.pages.reading import read_header
from orchestration.lib.periods import parse_period
from orchestration.lib.systems.assembling import assemble, assembled_systems
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.manifest import refresh_manifest
from orchestration.lib.warehouse.publishing import current_copy


def compare_versions(
    place: settings.Settings, names: tuple[str, str], period_name: str, say: Callable[[str], None]
) -> tuple[str, Path]:
    """The text of the comparison and the page of it, computed for the as-of of the published copy.

    ComparisonError, AgreementError or WarehouseBusyError say what is wrong with the input or in the way.
    """
    agreements = read_agreements(open_folder(place.company).agreements)
    try:
        period = parse_period(period_name, fiscal_month(agreements))
    except ValueError as error:
        raise ComparisonError(f"--period: {error}") from error
    first, second = (find_version(name, agreements) for name in names)
    check_comparable(first, second)
    published = current_copy(place.published)
    if not published.exists() or not place.warehouse.exists():
        raise ComparisonError(f"{published}: nothing has been published yet; run `smarketing run` first")
    with open_warehouse(published, read_only=True) as connection:
        check_period(connection, period)
        header = read_header(connection)
        as_of = connection.execute("select as_of from marts.dim_build").fetchall()[0][0]
    copied = replace(place, home=place.home / "replay", as_of=as_of.isoformat(" "))
    log = place.logs / "compare.log"

    def assemble_copy() -> None:
        names = assembled_systems(place.project)
        systems = [system for system in systems_of(place.company) if system.name in names]
        assemble(copied.project, settings.DBT_PROJECT, systems)
        refresh_manifest(copied.project, settings.PARSED)

    dbt = Dbt(copied.project, assemble_copy, settings.dbt_executable(), copied.process_environment(), log)
    page = place.published / "comparisons" / f"{first.version}-{second.version}-{period.name}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    comparison = compare(place.warehouse, (first, second), period, dbt, page, say)
    write_page(page, render_comparison(header, comparison))
    return comparison_text(comparison), page
