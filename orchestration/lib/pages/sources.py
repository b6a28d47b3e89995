"""The page of sources: what each source brings, and whom marketing attracts against who buys.

Belongs here: the sections of the page. The board has the sources of the channels with most leads (attribution.py), the
page of attribution the channels by every model (channels.py).
"""

from itertools import groupby
from operator import itemgetter

import duckdb

from orchestration.lib.pages.attribution import read_every_source
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row, read_rows

PERSONAS = "select * from reports.rpt_personas order by persona_number nulls last"
TARGETS = """select * from reports.rpt_persona_targets
    order by target, meant_for, persona = 'unknown', persons desc, persona"""
PROFILE = "select * from reports.rpt_measured_profile where place <= 10 order by attribute, place"
SUMMED = ("touches", "touched_persons", "leads", "mqls", "answered", "accepted", "opportunities", "customers")


def render_sources(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as one HTML document. ValueError if the warehouse was never built."""
    personas = read_rows(connection, PERSONAS)
    return render(
        "sources.html.j2",
        "sources.html",
        header=read_header(connection),
        closed_loop=read_every_source(connection),
        personas=personas,
        total={name: sum(row[name] for row in personas) for name in (*SUMMED, "won_amount")},
        names={row["persona"]: row["persona_name"] for row in personas},
        targets=_targets(read_rows(connection, TARGETS)),
        profile=[(name, list(rows)) for name, rows in groupby(read_rows(connection, PROFILE), itemgetter("attribute"))],
    )


def _targets(rows: list[Row]) -> list[Row]:
    """One line per kind of target and persona that it is meant for: those who are it, and who else came."""
    lines = []
    for (target, meant_for), group in groupby(rows, itemgetter("target", "meant_for")):
        reached = list(group)
        lines.append(
            {
                "target": target,
                "meant_for": meant_for,
                "persons": sum(row["persons"] for row in reached),
                "meant": next((row for row in reached if row["is_meant"]), None),
                "known": sum(row["persons"] for row in reached if row["persona"] != "unknown"),
                "others": [row for row in reached if not row["is_meant"] and row["persona"] != "unknown"],
            }
        )
    return lines
