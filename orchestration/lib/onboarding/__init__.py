"""Onboarding: a company's own files become a declared system: sources YAML, staging models, reference files.

    fields.py, words.py  the synonyms: of columns, and words in labels       questions.py     asked and answered
    profile.py      files -> tables of text, what each column holds          column_types.py  which type a column has
    matching.py     tables -> entities, columns -> fields                    links.py         which column points where
    units.py        zone and currencies                                      texts.py         names as they are compared
    expressions.py  the SQL of single fields                                 staging.py, derived.py  the SQL of models
    declaration.py  the two YAML files of the staging folder                 starter.py       a first agreement
    reference.py    labels found -> rows of the company's reference files    writing.py       files on disk
    plan.py         all of it in order

Does not belong here: reading files (ingestion/), what a declaration may say (source_tables.py), and evaluating the
result: what is written here is a draft that a person looks through, and is refused nothing that a hand-written folder
is not.
"""

from orchestration.lib.onboarding.plan import Plan, make_plan
from orchestration.lib.onboarding.questions import OnboardingError, read_answers, sentences, shell_word

__all__ = ["OnboardingError", "Plan", "make_plan", "read_answers", "sentences", "shell_word"]
