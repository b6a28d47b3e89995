"""`smarketing compare`: from its arguments to a comparison and its page.

Belongs here: arguments, settings and paths. Comparing is lib/comparison/, the page lib/pages/comparison.py.
"""

from dataclasses import replace
from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import PERIODS, CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import Prepared, prepare
from orchestration.lib.agreement.versions import fiscal_month
from orchestration.lib.comparison.comparing import check_period
from orchestration.lib.comparison.comparing import compare as compare_versions
from orchestration.lib.comparison.printing import comparison_text
from orchestration.lib.comparison.replay import Dbt
from orchestration.lib.comparison.versions import check_comparable, find_version
from orchestration.lib.pages import render_comparison, write_listings, write_page
from orchestration.lib.pages.reading import read_header
from orchestration.lib.periods import parse_period
from orchestration.lib.systems.assembling import assemble, assembled_systems
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.lib.warehouse.manifest import refresh_manifest


def compare(
    first: Annotated[str, typer.Argument(metavar="FIRST", help="A version of the agreement, or the file of a draft.")],
    second: Annotated[str, typer.Argument(metavar="SECOND", help="The one to compare it with.")],
    period: Annotated[str, typer.Option(metavar="PERIOD", help=f"The period: {PERIODS}.")],
    company: CompanyOption = None,
    home: HomeOption = None,
) -> None:
    """Replay a period under two versions: which leads change stage, and what each team would have kept.

    Works in a copy of the warehouse, which is removed at the end, and takes about as long as a build.
    """
    prepared = prepare(company, home, holder="compare")
    wanted = parse_period(period, fiscal_month(prepared.agreements))
    versions = find_version(first, prepared.agreements), find_version(second, prepared.agreements)
    check_comparable(*versions)
    with open_warehouse(prepared.published_copy(), read_only=True) as connection:
        check_period(connection, wanted)
        header = read_header(connection)
        as_of = connection.execute("select as_of from marts.dim_build").fetchall()[0][0]
    names = "-".join(version.version for version in versions)
    page = prepared.place.site / "comparisons" / f"{names}-{wanted.name}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    dbt = _dbt(prepared, as_of.isoformat(" "))
    comparison = compare_versions(prepared.place.warehouse, versions, wanted, dbt, page, print_line)
    write_page(page, render_comparison(header, comparison))
    with open_warehouse(prepared.published_copy(), read_only=True) as connection:
        write_listings(prepared.place.site, connection)
    print_line(f"\n{comparison_text(comparison)}\n\n{page}")


def _dbt(prepared: Prepared, as_of: str) -> Dbt:
    """How dbt replays: in a home of its own beside the warehouse, for the as-of of the published copy."""
    place = prepared.place
    copied = replace(place, home=place.home / "replay", as_of=as_of)

    def assemble_copy() -> None:
        names = assembled_systems(place.project)
        assemble(copied.project, settings.DBT_PROJECT, [each for each in prepared.systems if each.name in names])
        refresh_manifest(copied.project, settings.PARSED, print_line)

    log = place.logs / "compare.log"
    return Dbt(copied.project, assemble_copy, settings.dbt_executable(), copied.process_environment(), log)
