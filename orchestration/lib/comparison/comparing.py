"""One replay after the other, in one private copy, and the figures of both.

Belongs here: the order of the steps. Each step is the module of its name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.comparison import ComparisonError
from orchestration.lib.comparison.clauses import Clause, differing_clauses
from orchestration.lib.comparison.figures import READ, Compared, read_figures, side_by_side
from orchestration.lib.comparison.leads import ChangedLeads, read_changed_leads, remember_leads
from orchestration.lib.comparison.names import READ_NAMES, Names, read_names
from orchestration.lib.comparison.replay import Dbt, private_copy, replay
from orchestration.lib.csv_files import replace_csv
from orchestration.lib.periods import Period
from orchestration.lib.warehouse.connection import open_warehouse

LEADS_SHOWN = 50

# The columns of the file of figures, with their types.
FIGURES = dict.fromkeys(("section", "subject", "subject_name", "figure", "unit"), "varchar")
FIGURES |= dict.fromkeys(("first_value", "second_value", "difference"), "double")


@dataclass(frozen=True)
class Comparison:
    """What a period shows under two versions."""

    period: Period
    first: Agreement
    second: Agreement
    clauses: tuple[Clause, ...]
    figures: tuple[Compared, ...]
    leads: ChangedLeads
    leads_file: str
    names: Names


def check_period(published: duckdb.DuckDBPyConnection, period: Period) -> None:
    """ComparisonError if the published copy knows nothing of the period."""
    data_from, until = published.execute("select data_from_date, as_of_date from marts.dim_build").fetchall()[0]
    if period.ends <= data_from or period.starts > until:
        raise ComparisonError(f"--period: there is no data of {period.name}; give one between {data_from} and {until}")


def compare(
    warehouse: Path,
    versions: tuple[Agreement, Agreement],
    period: Period,
    dbt: Dbt,
    to: Path,
    report: Callable[[str], None],
) -> Comparison:
    """Replay the period under both and write all figures and all leads that change beside the page `to`, as CSV.

    `report` gets what takes long. ComparisonError, or WarehouseLockedError while a build writes.
    """
    first, second = versions
    leads_file = f"{to.stem}-leads.csv"
    with private_copy(warehouse, warehouse.parent / "replay") as copy:
        dbt.assemble()
        figures, names = [], Names()
        for which, version, before in (("first", first, None), ("second", second, first)):
            report(f"replaying {period.name} under {version.version} ...")
            replay(copy, version, (*READ, *READ_NAMES), dbt, before)
            with open_warehouse(copy) as connection:
                figures.append(read_figures(connection, period))
                remember_leads(connection, which, period)
                names = read_names(connection).over(names)
        compared = side_by_side(*figures)
        with open_warehouse(copy) as connection:
            leads = read_changed_leads(connection, to.with_name(leads_file), LEADS_SHOWN)
            _write_figures(connection, compared, names, to.with_name(f"{to.stem}.csv"))
    clauses = tuple(differing_clauses(first, second))
    return Comparison(period, first, second, clauses, tuple(compared), leads, leads_file, names)


def _write_figures(connection: duckdb.DuckDBPyConnection, figures: list[Compared], names: Names, to: Path) -> None:
    rows = [
        (
            *(each.section, ", ".join(each.subject), ", ".join(names.subject(each.section, each.subject))),
            *(each.figure, each.unit, each.first, each.second, each.difference),
        )
        for each in figures
    ]
    columns = ", ".join(f"unnest(?::{kind}[]) as {name}" for name, kind in FIGURES.items())
    values = [[row[place] for row in rows] for place in range(len(FIGURES))]
    replace_csv(connection.sql(f"select {columns}", params=values), to)
