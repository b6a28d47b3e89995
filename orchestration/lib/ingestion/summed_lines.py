"""Lines of totals among the rows of a report, known by their figures: no list of words has all languages.

Belongs here: rows that are rejected anyway, before or after all others, and have the sum of these. Does not belong
here: lines that a declaration describes (`boundaries.py`).
"""

import duckdb

from orchestration.lib.ingestion.raw_tables import amount_in
from orchestration.lib.ingestion.report import FRAME
from orchestration.lib.source_tables import SourceTable
from orchestration.lib.warehouse.sql import columns_of

REASON = f"{FRAME}: a total"
# Of one row the sum is that row.
FEWEST = 2


def mark_totals(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> None:
    """Give `problems` of totals their reason: what lacks its day or campaign and has the sum of an amount of all rows.

    So have its neighbours with the same first word (`Total: Search`, `Total: Account`). Reads `typed` and `parsed`.
    """
    sums = [amount_in(column) for column in table.columns if column.value_type.startswith("DECIMAL")]
    if not sums or not connection.execute("select 1 from problems limit 1").fetchall():
        return  # Of a clean file no sum is asked for.
    matches = " or ".join(
        f"coalesce(amount_{place} <> 0 and abs(amount_{place} - sum_{place}) <= "
        f"greatest(0.01, abs(sum_{place}) / 2000), false)"
        for place in range(len(sums))
    )
    amounts = ", ".join(f"{each} as amount_{place}" for place, each in enumerate(sums))
    totals = ", ".join(f"sum(amount_{place}) as sum_{place}" for place in range(len(sums)))
    cells = ", ".join(name for name, _ in columns_of(connection, "from parsed") if name != "_line")
    connection.execute(
        f"""
        update problems
        set problem = '{FRAME}', reason = '{REASON}', column_name = null
        where line in (
            with
                amounts as (select _line, _fault, {amounts} from typed),
                loaded as (
                    select min(_line) as first_line, max(_line) as last_line, count(*) as row_count, {totals}
                    from amounts
                    where _fault is null
                ),
                edges as (
                    select
                        amounts._line, {matches} as is_total,
                        lower(trim(split_part(coalesce({cells}), ':', 1))) as word
                    from amounts
                    cross join loaded
                    inner join parsed on amounts._line = parsed._line
                    where
                        _fault is not null and (amounts._line < first_line or amounts._line > last_line)
                        and row_count >= {FEWEST}
                        and _fault.problem in ('required value missing', 'not a date', 'not a timestamp')
                )
            select _line
            from edges
            where is_total or word in (select word from edges where is_total and word is not null)
        )
        """
    )
