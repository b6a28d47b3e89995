"""Onboarding: a company's own files become a declared system: sources YAML, staging models, reference files.

    fields.yml, words.yml  synonyms of columns, words in labels     fields.py, words.py     reading those two
    profile.py      files -> tables of text, counts per column      reading.py              columns read as a type
    entities.py     tables -> entities                              parts.py                several entities in one file
    matching.py     columns -> fields                               listing.py              all fields on a page
    keys.py         what identifies a record                        links.py                references between tables
    column_types.py the type of each column                         doubts.py               amounts counted too often
    deciding.py     columns beside a stage or state                 signs.py                one of them
    units.py        time zone, currencies, platforms                texts.py                comparing and quoting names
    expressions.py  the SQL of single fields                        staging.py, derived.py  the SQL of models
    declaration.py  the two YAML files of the staging folder        starter.py              a first agreement
    owners.py       who had a record before                         summary.py              what was found, for people
    reference.py    labels -> rows of the reference files           company_files.py        files of a first company
    questions.py    questions and answers                           remembering.py          the answers of earlier calls
    mixed.py        a column that points to several kinds           amounts.py              in cents, micros or whole
    conversions.py  leads that became contacts                      writing.py              files on disk
    ctes.py         CTEs and joins, put together                    plan.py                 all steps in order

Does not belong here: reading files (ingestion/), what a declaration may contain (source_tables.py), and validating the
result: the files written here are a draft that a person reviews, under the same checks as a manually written folder.
"""

from orchestration.lib.onboarding.plan import Plan, make_plan
from orchestration.lib.onboarding.questions import OnboardingError, read_answers, sentences

__all__ = ["OnboardingError", "Plan", "make_plan", "read_answers", "sentences"]
