"""Real files cut short and corrupted in the ways in which files get corrupted, the same ways for the same seed.

Belongs here: where the files come from, and what is done to their bytes. What ingestion must do about it is
test_mutated_files.py.
"""

import csv
import gzip
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from orchestration.lib.ingestion.header import column_of
from orchestration.lib.source_tables import Column, SourceTable
from tests.end_to_end.conftest import SHARED_DATA
from tests.systems import TABLES

LINES_KEPT = 200


@dataclass(frozen=True)
class Spoilt:
    """A file: its rows, how they are written, and what was done to it."""

    rows: list[list[str]]
    delimiter: str = ","
    line_end: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL
    before: str = ""
    after: str = ""
    encoding: str = "utf-8"
    done: tuple[str, ...] = ()

    def written(self) -> bytes:
        written = io.StringIO(newline="")
        writer = csv.writer(written, delimiter=self.delimiter, lineterminator=self.line_end, quoting=self.quoting)
        writer.writerows(self.rows)
        return (self.before + written.getvalue() + self.after).encode(self.encoding, errors="replace")


def bases() -> list[tuple[SourceTable, list[list[str]]]]:
    """The tables whose files are corrupted: declared by the project, or here; cut to LINES_KEPT rows."""
    declared = {f"{table.system}.{table.name}": table for table in TABLES}
    files = {
        "olist.marketing_qualified_leads": "olist/olist_marketing_qualified_leads_dataset.csv",
        "olist.closed_deals": "olist/olist_closed_deals_dataset.csv",
        "olist.order_items": "olist/olist_order_items_funnel_sellers.csv",
        "bpi2012.events": "bpi2012_loan_leads_2011q4/events.csv.gz",
        "ravenstack.subscriptions": "ravenstack/ravenstack_subscriptions.csv",
        "ravenstack.support_tickets": "ravenstack/ravenstack_support_tickets.csv",
        "hubspot.contacts": "crm_export_headers/hubspot_contacts_2019_portal.header.csv",
        "hubspot.deals": "crm_export_headers/hubspot_deals_stage_dates.header.csv",
        "salesforce.leads": "crm_export_headers/salesforce_dataexport_Lead.header.csv",
    }
    zoho = {
        "leads": ("zoho_crm/Leads.csv", {"LEADID": "bigint", "Created Time": "timestamp", "CONVERTED": "boolean"}),
        "deals": ("zoho_crm/Potentials.csv", {"Closing Date": "timestamp", "Amount": "decimal(18, 2)"}),
        "campaigns": (
            "zoho_crm/Campaigns.csv",
            {"CAMPAIGNID": "bigint", "Start Date": "date", "Actual Cost": "double"},
        ),
    }
    found = [(declared[name], SHARED_DATA / path) for name, path in files.items()]
    for name, (path, types) in zoho.items():
        columns = tuple(Column(label, kind, required=label.endswith("ID")) for label, kind in types.items())
        table = SourceTable("zoho", name, (), (), columns, ("utf-8", "cp1252"), footers=("^Total",))
        found.append((table, SHARED_DATA / path))
    # Whatever a copy is called, its table reads it.
    return [(replace(table, files=("*",), utc_files=()), _rows(table, path)) for table, path in found]


def _rows(table: SourceTable, path: Path) -> list[list[str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))[: LINES_KEPT + 1]
    if len(rows) > 1:
        return rows
    # A header without records gets some, each cell of its column's type.
    kinds = {column.name: column.value_type for column in table.columns}
    types = [kinds.get(column_of(label, table), "TIMESTAMP" if "Date" in label else "VARCHAR") for label in rows[0]]
    return rows + [[_cell(kind, number) for kind in types] for number in range(1, LINES_KEPT + 1)]


def _cell(kind: str, number: int) -> str:
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return f"2024-{number % 12 + 1:02}-{number % 28 + 1:02} 00:00:00"
    return {"VARCHAR": f"Zoë, {number}", "BOOLEAN": str(number % 2)}.get(kind, str(number))


def _truncated(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) // 3, len(data))]


def _shuffled(file: Spoilt, chance: Random) -> Spoilt:
    order = chance.sample(range(len(file.rows[0])), len(file.rows[0]))
    return replace(file, rows=[[row[place] for place in order if place < len(row)] for row in file.rows])


def _in_a_cell(text: str) -> Callable[[Spoilt, Random], Spoilt]:
    def spoil(file: Spoilt, chance: Random) -> Spoilt:
        rows = [list(row) for row in file.rows]
        row = chance.randrange(1, len(rows))
        rows[row][chance.randrange(len(rows[row]))] = text
        return replace(file, rows=rows)

    return spoil


def _bytes(inserted: bytes) -> Callable[[bytes, Random], bytes]:
    def spoil(data: bytes, chance: Random) -> bytes:
        place = chance.randrange(len(data))
        return data[:place] + inserted + data[place:]

    return spoil


def _extra_cells(file: Spoilt, chance: Random) -> Spoilt:
    rows = [[*row, "x"] if number and chance.random() < 0.05 else row for number, row in enumerate(file.rows)]
    return replace(file, rows=rows)


def _missing_cells(file: Spoilt, chance: Random) -> Spoilt:
    rows = [row[:-1] if number and chance.random() < 0.05 else row for number, row in enumerate(file.rows)]
    return replace(file, rows=rows)


def _swapped_dates(file: Spoilt, chance: Random) -> Spoilt:
    order = chance.choice([r"\3/\2/\1", r"\2/\3/\1", r"\3.\2.\1"])
    share = chance.choice([0.1, 1.0])
    rows = [
        [re.sub(r"^(\d{4})-(\d\d)-(\d\d)", order, cell) if chance.random() < share else cell for cell in row]
        for row in file.rows
    ]
    return replace(file, rows=rows)


def _header_again(file: Spoilt, chance: Random) -> Spoilt:
    place = chance.randrange(1, len(file.rows))
    return replace(file, rows=[*file.rows[:place], file.rows[0], *file.rows[place:]])


def _label_twice(file: Spoilt, chance: Random) -> Spoilt:
    place = chance.randrange(len(file.rows[0]))
    return replace(file, rows=[[*row, row[place] if place < len(row) else ""] for row in file.rows])


def _mixed_encodings(data: bytes, chance: Random) -> bytes:
    return _bytes("é".encode("latin-1"))(_bytes("ü".encode())(data, chance), chance)


def _written(**how: Any) -> Callable[[Spoilt, Random], Spoilt]:
    return lambda file, _: replace(file, **how)


OF_ROWS: dict[str, Callable[[Spoilt, Random], Spoilt]] = {
    "shuffled columns": _shuffled,
    "swapped dates": _swapped_dates,
    "money text": _in_a_cell("$1,117.10K"),
    "a formula": _in_a_cell("=cmd|' /C calc'!A0"),
    "a quote in a cell": _in_a_cell('5" pipe'),
    "a line end in a cell": _in_a_cell("two\r\nlines"),
    "a million letters": _in_a_cell("x" * 1_000_000),
    "extra cells": _extra_cells,
    "missing cells": _missing_cells,
    "header again": _header_again,
    "label twice": _label_twice,
    "blank columns": lambda file, _: replace(file, rows=[[*row, "", ""] for row in file.rows]),
    "blank lines": lambda file, _: replace(file, rows=[line for row in file.rows for line in (row, [])]),
    "header only": lambda file, _: replace(file, rows=file.rows[:1]),
    "latin-1": _written(encoding="latin-1"),
    "utf-16": _written(encoding="utf-16"),
    "utf-16 without mark": _written(encoding="utf-16-le"),
    "byte order mark": _written(encoding="utf-8-sig"),
    "windows line ends": _written(line_end="\r\n"),
    "macintosh line ends": _written(line_end="\r"),
    "all cells quoted": _written(quoting=csv.QUOTE_ALL),
    "semicolons": _written(delimiter=";"),
    "tabs": _written(delimiter="\t"),
    "title lines": _written(before="Report\nJan 2024\n\n"),
    "sep line": lambda file, _: replace(file, before=f"sep={file.delimiter}\n"),
    "closing lines": _written(after="\nTotal 200\nCopyright\n"),
}
OF_BYTES: dict[str, Callable[[bytes, Random], bytes]] = {
    "truncated": _truncated,
    "a quote": _bytes(b'"'),
    "a carriage return": _bytes(b"\r"),
    "a line end": _bytes(b"\n"),
    "NUL bytes": _bytes(b"\x00\x00"),
    "mixed encodings": _mixed_encodings,
    "gzip": lambda data, _: gzip.compress(data),
    "half a gzip": lambda data, _: (packed := gzip.compress(data))[: len(packed) // 2],
    "empty": lambda _, __: b" \n",
}
MUTATIONS = [*OF_ROWS, *OF_BYTES]


def spoil(rows: list[list[str]], seed: int) -> tuple[Spoilt, bytes]:
    """The rows with one to three things done to them, and the bytes that come of it."""
    chance = Random(seed)
    # Each has its turn, and the others come by chance.
    done = {MUTATIONS[seed % len(MUTATIONS)], *chance.sample(MUTATIONS, chance.randrange(3))}
    file = Spoilt(rows, done=tuple(name for name in MUTATIONS if name in done))
    for name in file.done:
        if name in OF_ROWS and (len(file.rows) > 1 or name == "header only"):
            file = OF_ROWS[name](file, chance)
    data = file.written()
    for name in file.done:
        if name in OF_BYTES:
            data = OF_BYTES[name](data, chance)
    return file, data
