"""Compare versions: one period, replayed under two versions of the agreement.

    versions.py  which two, and each as if it had been in force all the time
    replay.py    a private copy of the warehouse, and the same models again under one version
    figures.py   what each replay shows of the period, figure beside figure
    units.py     what of a promise is compared, by its unit
    leads.py     the leads that end up elsewhere
    clauses.py   in what the two texts differ
    comparing.py all of it, one replay after the other
    printing.py  the comparison as lines for a terminal

A replay has no definition of its own: dbt builds the models that it builds on every other day, and what is here
reads them. Does not belong here: the page (lib/pages/comparison.py), the verb (cli.py).
"""

from orchestration.mistakes import Mistake


class ComparisonError(Mistake):
    """The two versions cannot be compared; the text gives the reason and what to do."""
