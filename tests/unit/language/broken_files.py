"""Files that are refused, or whose rows are rejected, each for another reason, with contents that no sentence expects.

Belongs here: making and reading them. What becomes of their reasons in a language is test_refusals_of_files.py.
"""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from orchestration.lib.ingestion import FormatHints, ingest_table
from orchestration.lib.source_tables import Column, SourceTable
from tests.workbooks import Error, write_workbook

# Of cells, labels and names of files: markup, marks of formats, braces, quotes, the words between places.
ODD = "Ñu <b>%(x)s</b> {0} 50 %; 'é'"
TABLE = SourceTable(
    system="crm",
    name="deals",
    files=("*deals*",),
    key=(),
    columns=(
        Column("id", "varchar", labels=("Record ID",), required=True),
        Column("moment", "timestamp"),
        Column("day", "date"),
        Column("amount", "decimal(18, 2)"),
        Column("seats", "ubigint"),
        Column("zone", "varchar", zone=True),
        Column("currency", "varchar", currency_of="amount"),
    ),
    encodings=("utf-8", "cp1252"),
    footers=("^Totale",),
)
KEYED = replace(TABLE, key=("id",))
TWICE = replace(
    TABLE,
    columns=(
        *(replace(column, required=True) for column in TABLE.columns[:3]),
        Column("a_rate", "double", required=True),
    ),
)
SPEND = SourceTable(
    system="ads",
    name="deals",
    files=("*deals*",),
    key=(),
    columns=(
        Column("day", "date", required=True),
        Column("last_day", "date"),
        Column("campaign", "varchar", required=True),
        Column("campaign_id", "varchar", labels=("Campaign ID",)),
        Column("account", "varchar", labels=("Account",)),
        Column("cost", "decimal(18, 2)"),
    ),
    spend="cost",
)
Files = Mapping[str, str | bytes | Callable[[Path], object]]


def zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


def book(rows: list, **more: object) -> Callable[[Path], object]:
    return lambda path: write_workbook(path, {ODD.replace("/", ""): rows}, **more)  # type: ignore[arg-type]


def connection(**lines: str) -> dict[str, str]:
    return {"connection.yml": "".join(f"{key}: {value}\n" for key, value in lines.items())}


def csv(header: str, *rows: str) -> dict[str, str]:
    return {"deals.csv": "\n".join([header, *rows]) + "\n"}


PLAIN = ODD.replace("/", "")
SERVER = {"type": "postgres", "host": "127.0.0.1", "port": "9", "database": "x", "user": "'o''x'", "schemas": "[a]"}
FILE = {"type": "duckdb", "file": "ñ.duckdb"}
DAYS = "day,campaign,{label}cost\n2026-03-01,{odd},{value}{cost}\n2026-03-02,{odd},{value}{cost}\n"
RENAMED = f'day,campaign,cost\n2026-03-01,"{ODD} {{odd}}",10\n2026-03-02,"{ODD} {{odd}}",10\n'.replace("{0}", "")
MARCH = ["day,campaign,cost", *(f'2026-03-{day:02},"{ODD}",1' for day in range(1, 32))]
ONE_ACCOUNT = {"label": "account,", "value": "7,", "odd": f'"{ODD}"'}
NO_ACCOUNT = {"label": "", "value": "", "odd": f'"{ODD}"'}
# By what they are: the table, and its files.
CASES: dict[str, tuple[SourceTable, Files]] = {
    "empty": (TABLE, {"deals.csv": ""}),
    "no cell": (TABLE, {"deals.xlsx": book([])}),
    "gzip": (TABLE, {"deals.csv": gzip.compress(b"id\n1\n" * 99, mtime=0)[:-9]}),
    "packed twice": (TABLE, {"deals.csv.gz": gzip.compress(gzip.compress(b"id\n1\n"))}),
    "pdf": (TABLE, {"deals.csv": b"%PDF-1.7 x"}),
    "page": (TABLE, {"deals.csv": "<!DOCTYPE html>"}),
    "zip in place of a text": (TABLE, {"deals.csv": zipped(x="id\n1\n")}),
    "empty zip": (TABLE, {"deals.zip": zipped()}),
    "broken zip": (TABLE, {"deals.zip": b"PK\x03\x04 and no more"}),
    "old workbook": (TABLE, {"deals.xls": b"\xd0\xcf\x11\xe0\xa1\xb1"}),
    "parquet": (TABLE, {"deals.parquet": b"PAR1 and no more"}),
    "database": (TABLE, {"deals.duckdb": b"no database"}),
    "json array": (TABLE, {"deals.json": '[{"id": 1}]'}),
    "json without a key": (TABLE, {"deals.jsonl": '{"Nuñez": 1}\n'}),
    "nul byte": (TABLE, {"deals.csv": b"id,x\n1,a\x00b\n"}),
    "two encodings fail": (TABLE, {"deals.csv": b"id,x\n1,\x81\n"}),
    "mixed encodings": (TABLE, {"deals.csv": "id,x\n1,è\n".encode() + "2,è\n".encode("latin-1")}),
    "open quote": (TABLE, csv("id,x", "1,a", '2,"b', "3,c")),
    "quotes of the header": (TABLE, csv('id,"x"y', "1,a")),
    "twins": (TABLE, csv('id,"Ñu; nearest, {0}","ñu; nearest, {0}"', "1,2,3")),
    "missing": (TABLE, csv("Record no,Ñandú", "1,2")),
    "missing, odd labels": (TABLE, csv('"Ñu; found \'a\', ""b""","50 %, {x} or\ntwo"', "1,2")),
    "several missing": (TWICE, csv("Record No,Moments,Ñ; required column b", "1,2,3")),
    "header of another": (TABLE, csv("id,amount", "1,2", "amount,id", "3,4")),
    "day or month": (TABLE, csv("id,day", f'"{ODD}",03/04/2026')),
    "thousands": (TABLE, csv("id,amount", "1,1.234")),
    "swapped": (TABLE, csv("id,day", "1,03/13/2026", "2,3/14/2026")),
    "merged": (TABLE, {"deals.xlsx": book([["id", "day"], ["1", ODD], ["2", "x"]], merged={PLAIN: ["A2:A3"]})}),
    "texts beside dates": (TABLE, {"deals.xlsx": book([["id", "day"], ["1", date(2026, 3, 4)], ["2", "13/01/2026"]])}),
    "texts beside numbers": (TABLE, {"deals.xlsx": book([["id", "amount"], ["1", 1.5], ["2", "1.234,50"]])}),
    "sheet without a column": (TABLE, {"deals.xlsx": book([["Ñandú", "x"], ["1", "2"]])}),
    "sheet with bad cells": (TABLE, {"deals.xlsx": book([["id", "seats"], ["1", ODD], ["2", Error("#N/A")]])}),
    "a record": (KEYED, {"deals a.csv": "id,seats\nx1,2\n", f"deals {PLAIN}.csv": "id,seats\nx1,3\n"}),
    "two reports": (SPEND, {f"deals {cost}.csv": DAYS.format(cost=cost, **NO_ACCOUNT) for cost in "12"}),
    "an account": (SPEND, {f"deals {cost}.csv": DAYS.format(cost=cost, **ONE_ACCOUNT) for cost in "12"}),
    "one renamed": (SPEND, {f"deals 2026-03-0{day}.csv": RENAMED.format(odd=day) for day in "34"}),
    "months": (SPEND, {"deals 1.csv": csv(*MARCH)["deals.csv"], "deals 2.csv": f'{MARCH[0]}\n2026-03-01,"{ODD}",31\n'}),
    "a month": (SPEND, csv(f'"{ODD}"', "March 1, 2026 - March 31, 2026", MARCH[0], f'2026-03-01,"{ODD}",31')),
    "last day": (SPEND, csv("day,last_day,campaign,cost", "2026-03-01,2026-03-31,x,31")),
    "days": (TABLE, csv("id,day", f'1,"{ODD}"', '2,"is not a date; its year"', "3,31.12.99")),
    "rows": (TABLE, csv("id,seats", "1,-5", ",5", "1", '2,"a" b')),
    "times": (TABLE, csv("id,moment", "1,2026-03-01 10:00 Ñ", "2,45231", "3,2026-03-01 10:00:00 CST")),
    "orders": (TABLE, csv("id,moment", "1,12026-01-01", "2,13/03/2026", "3,03/14/2026", "4,14/03/2026")),
    "zones": (TABLE, csv("id,zone", "1,Roma", "2,CST", "3,Etc/GMT+1", f'4,"{ODD}"', "5,GMT", f"6,{'Ñu' * 99}")),
    "currencies": (TABLE, csv("id,amount,currency", "1,$5.00,EUR")),
    "ids": (TABLE, csv("id,seats", "1.20213E+17,1")),
    "report": (TABLE, csv("Ñu report", "id,seats", "1,2", "id,seats", "Totale,2")),
    "corrections": (TABLE, csv("_file,_line,_reason,id", "ñ.csv,7,x,1", ",,x,2")),
    "no connection": (TABLE, {"connection.yml": "Ñu <b>\n"}),
    "yaml": (TABLE, {"connection.yml": "type: postgres\ntype: duckdb\n"}),
    "yaml tag": (TABLE, {"connection.yml": "type: postgres\nhost: !x [x]\n"}),
    "kind": (TABLE, connection(type="'Ñu <b>'")),
    "key": (TABLE, connection(type="duckdb", Ñu="x")),
    "needed": (TABLE, connection(**FILE)),
    "list": (TABLE, connection(**FILE, schemas="[]")),
    "port": (TABLE, connection(**SERVER | {"port": "x"})),
    "host": (TABLE, connection(**SERVER | {"host": "a@b"})),
    "password": (TABLE, connection(**SERVER, password="x")),
    "variable": (TABLE, connection(**SERVER, password="${NO_SUCH_NAME}")),
    "no server": (TABLE, connection(**SERVER)),
    "no database": (TABLE, connection(**FILE, schemas="[a]")),
}


def reasons_of(case: str, folder: Path) -> Iterator[str]:
    """What the ledger keeps of the files of a case: refusals of files, and the reasons of rejected rows."""
    table, files = CASES[case]
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        if isinstance(content, bytes | str):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        else:
            content(path)
    with duckdb.connect() as warehouse:
        hints = FormatHints()
        ingest_table(warehouse, table, folder, hints)
        query = "select reason from raw.ingestion__loads where reason is not null"
        query += " union all select reason from raw.ingestion__rejected_rows"
        yield from (reason for (reason,) in warehouse.execute(query).fetchall())
