"""Which two versions are compared: those of the company by name, drafts by file.

Belongs here: finding them, and laying one out as if it had always been in force. What a version may contain is
lib/agreement/.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from orchestration.lib.agreement.document import Agreement, Reviews
from orchestration.lib.agreement.reading import read_agreement
from orchestration.lib.agreement.rows import review_date
from orchestration.lib.comparison import ComparisonError

# Before the first lead of any company; not so long ago that a zone's midnight has no year.
ALWAYS = date(1900, 1, 1)


def find_version(name: str, agreements: Sequence[Agreement]) -> Agreement:
    """The version of that name, else the draft in the file of that name.

    ComparisonError if there is neither, AgreementError if the file is wrong.
    """
    for agreement in agreements:
        if agreement.version == name:
            return agreement
    path = Path(name)
    if not path.is_file():
        known = ", ".join(agreement.version for agreement in agreements)
        raise ComparisonError(
            f"'{name}' is neither a version of agreements/ (there is {known}) nor a file; name a version, or give the "
            "path of a draft"
        )
    return read_agreement(path)


def check_comparable(first: Agreement, second: Agreement) -> None:
    """ComparisonError if the two are one, bear one name, or count in different money."""
    if first == second:
        raise ComparisonError(f"both are version '{first.version}'; name two that differ")
    if first.version == second.version:
        raise ComparisonError(
            f"two different texts are called version '{first.version}'; give the draft a version of its own"
        )
    if first.company.currency != second.company.currency:
        raise ComparisonError(
            f"version {first.version} counts in {first.company.currency}, version {second.version} in "
            f"{second.company.currency}: their amounts cannot stand side by side; compare versions of one currency"
        )


def as_if_always(agreement: Agreement) -> Agreement:
    """The same version, in force from before the first lead, without an end; its next review stays where it was."""
    reviews = (agreement.reviews or Reviews()).model_copy(update={"next": review_date(agreement)})
    return agreement.model_copy(update={"effective_from": ALWAYS, "effective_to": None, "reviews": reviews})
