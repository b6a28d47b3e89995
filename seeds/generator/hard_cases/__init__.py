"""The edge cases that are seeded in the demo company's exports: records with keys of their own, so that each can be
looked up again. seeds/README.md lists them, and names the table that shows the result of each.

Belongs here: rows that are there for one case alone. Does not belong here: what the year's story brings by itself
(people, journeys, deals), and how a program writes its files (hubspot, salesforce and their like).
"""

from dataclasses import replace

from seeds.generator.hard_cases import clocks, files, fit, funnel, identity, money, outcomes, sources
from seeds.generator.sheets import Sheet


def add_edge_cases(story: dict[str, Sheet]) -> dict[str, Sheet]:
    """The story's files with the edge cases behind their rows, and the files that are edge cases themselves."""
    sheets = dict(story)
    for part in (identity, funnel, clocks, sources, money, files, fit, outcomes):
        for path, rows in part.rows().items():
            sheets[path] = replace(sheets[path], rows=[*sheets[path].rows, *rows])
    return sheets | files.sheets() | outcomes.sheets()
