"""From the cell of a field to its value, in steps: what DuckDB casts by itself, the parts of the rest, the value.

Belongs here: which expression defines which column of a step. Does not belong here: the formats in them
(`cell_formats.py`), the format of a field (`formats.py`), and the reason for a cell without a value (`casting.py`).
Each step is a separate query, so that nothing is computed twice, and slow expressions run only where they are needed.
"""

from dataclasses import dataclass

from orchestration.lib.ingestion import cell_formats, identifiers
from orchestration.lib.ingestion.fields import Field
from orchestration.lib.ingestion.formats import ColumnFormat, is_local


@dataclass(frozen=True)
class Cast:
    """One field, its format, and whether other times of its file have a zone that the declaration does not define."""

    field: Field
    column_format: ColumnFormat
    has_zones: bool

    @property
    def part(self) -> str:
        """Name of the column with the parts of a cell that DuckDB does not cast by itself."""
        return f"part_{self.field.number}"

    @property
    def value(self) -> str:
        """Name of the column with the value."""
        return f"value_{self.field.number}"

    @property
    def is_wall_clock(self) -> bool:
        """Whether its values are local times in the zone of the file."""
        return is_local(self.field)


def direct(cast: Cast) -> list[str]:
    """The columns of the first step: DuckDB's own cast, null where it would guess, and the plain cell."""
    if not cast.column_format.is_shaped:
        return []
    field, cell, number = cast.field, cast.field.cell, cast.field.number
    own = f"try_cast({cell} as {field.kind})"
    if field.family == "time" and "ZONE" in field.kind:
        own = f"case when {cell} < ':' and not {cell_formats.is_odd_zone(cell)} then {own} end"
    elif field.family == "time":
        has_no_zone = f"not {cell_formats.matches(cell, cell_formats.ZONED_OR_ODD)}"
        own = f"when {cell} < ':' and {has_no_zone} then try_cast({cell} as timestamp)"
        iso = f"when {cell_formats.is_iso(cell)} then {cell_formats.iso_time(cell)}" if cast.is_wall_clock else ""
        own = f"case {iso} {own} end"
    elif field.family == "integer":
        own = f"case when {cell_formats.is_all(cell, cell_formats.PLAIN_INTEGER)} then {own} end"
    elif cast.column_format.decimal_mark == ",":
        own = f"cast(null as {field.kind})"
    return [f"{own} as direct_{number}", f"{cell_formats.plain(cell)} as plain_{number}"]


def part(cast: Cast) -> list[str]:
    """The column of the second step: a time with its year in front, or the parts of a number."""
    if not cast.column_format.is_shaped:
        return []
    number = cast.field.number
    plain = f"plain_{number}"
    is_time = cast.field.family == "time"
    found = (
        cell_formats.year_first(plain, cast.column_format.date_order) if is_time else cell_formats.money_parts(plain)
    )
    return [f"case when direct_{number} is null then {found} end as {cast.part}"]


def value(cast: Cast) -> str:
    """The column of the last step."""
    field = cast.field
    if cast.column_format.ids:
        found = identifiers.restored(field.cell, cast.column_format.ids)
    elif not cast.column_format.is_shaped:
        strict = f"try_cast({field.cell} as timestamp)" if field.kind == "DATE" else field.cell
        found = cell_formats.truth_of(field.cell) if field.kind == "BOOLEAN" else f"try_cast({strict} as {field.kind})"
    else:
        rest = _time(cast) if field.family == "time" else _number(cast)
        found = f"coalesce(cast(direct_{field.number} as {field.kind}), {rest})"
    if field.is_in_micros:
        found = f"cast({found} / 1000000 as {field.kind})"
    return f"{found} as {cast.value}"


def loaded(cast: Cast) -> str:
    """The value as it is loaded: a time that was given as midnight is a microsecond later, a bare date is not."""
    if not (cast.is_wall_clock and cast.column_format.has_times):
        return cast.value
    cell, value = cast.field.cell, cast.value
    is_given = f"(contains({cell}, ':') or {cell_formats.is_epoch(cell)})"
    return f"{value} + to_microseconds(case when {value} = date_trunc('day', {value}) and {is_given} then 1 else 0 end)"


def _time(cast: Cast) -> str:
    time = cell_formats.time_of(cast.part)
    if "ZONE" in cast.field.kind:
        return f"timezone('UTC', {time})"
    if cast.field.kind == "DATE":
        # The date of an instant within a day depends on the zone.
        is_date = f"not {cell_formats.is_instant(cast.part)} or {time} = date_trunc('day', {time})"
        return f"case when {is_date} then cast({time} as date) end"
    if cast.is_wall_clock and not cast.column_format.has_times:
        # Nothing but midnights, of whatever zone: days.
        day = f"try_cast(split_part({cast.part}, ' ', 1) as timestamp)"
        time = f"case when {cell_formats.is_epoch(cast.part)} then {time} else {day} + ({time} - {time}) end"
    return f"cast({time} as {cast.field.kind})"


def _number(cast: Cast) -> str:
    text = cell_formats.number_of(cast.part, cast.column_format.decimal_mark)
    if cast.field.family == "integer":
        exact = f"try_cast({text} as decimal(38, 6))"
        return f"case when {exact} % 1 = 0 then try_cast({exact} as {cast.field.kind}) end"
    return f"try_cast({text} as {cast.field.kind})"
