"""The hard cases that are planted in the demo company's exports: records with keys of their own, so that each can be
looked up again. seeds/README.md lists them, and says where to see what became of each.

Belongs here: rows that are there for one case alone. Does not belong here: what the year's story brings by itself
(people, journeys, deals), and how a program writes its files (hubspot, salesforce and their like).
"""

from dataclasses import replace

from seeds.generator.hard_cases import clocks, files, fit, funnel, identity, money, outcomes, sources
from seeds.generator.sheets import Sheet


def plant(told: dict[str, Sheet]) -> dict[str, Sheet]:
    """The story's files with the hard cases behind their rows, and the files that are hard cases themselves."""
    planted = dict(told)
    for part in (identity, funnel, clocks, sources, money, files, fit, outcomes):
        for path, rows in part.rows().items():
            planted[path] = replace(planted[path], rows=[*planted[path].rows, *rows])
    return planted | files.sheets() | outcomes.sheets()
