"""Which versions are in force, and from when to when.

Belongs here: the one rule of it. A version that both teams signed is in force from its effective_from. One that is not
signed never ends a signed one: it waits, and the signed one goes on. Where no signed version is in force, one that is
not signed is used as a draft. Whether a signature is valid is document.py and seals.py.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.periods import Cycle

Status = Literal["signed", "draft", "waiting"]


@dataclass(frozen=True)
class Standing:
    """A version with its status, and the first and last local day in force (both None while it waits)."""

    agreement: Agreement
    status: Status
    effective_from: date | None
    effective_to: date | None

    @property
    def is_in_force(self) -> bool:
        """True when facts are evaluated by it: signed, or a draft because there is no signed one."""
        return self.status != "waiting"


def standings(agreements: Sequence[Agreement]) -> list[Standing]:
    """The status of each version; `agreements` in order of effect, without gap or overlap as they are written."""
    status: list[Status] = []
    signed_goes_on = False
    for agreement in agreements:
        if agreement.is_signed:
            status.append("signed")
            signed_goes_on = agreement.effective_to is None
        else:
            status.append("waiting" if signed_goes_on else "draft")
    starts = [each.effective_from for each, its in zip(agreements, status, strict=True) if its != "waiting"]
    following = dict(itertools.pairwise(starts))
    return [_standing(*pair, following) for pair in zip(agreements, status, strict=True)]


def _standing(agreement: Agreement, status: Status, following: dict[date, date]) -> Standing:
    if status == "waiting":
        return Standing(agreement, status, None, None)
    starts, next_start = agreement.effective_from, following.get(agreement.effective_from)
    ends = agreement.effective_to or (next_start - timedelta(days=1) if next_start else None)
    return Standing(agreement, status, starts, ends)


def latest_in_force(agreements: Sequence[Agreement]) -> Agreement:
    """The last version that is in force or will be: its company, currency and zone are those of all figures."""
    return next(each.agreement for each in reversed(standings(agreements)) if each.is_in_force)


def fiscal_month(agreements: Sequence[Agreement]) -> int:
    """The month in which the fiscal year starts, by the last version that is in force; January while there is none."""
    last = _last_in_force(agreements)
    return last.company.fiscal_month if last else 1


def review_cycle_of(agreements: Sequence[Agreement]) -> Cycle | None:
    """The periods that are reviewed, by the last version that is in force; None while there is none."""
    last = _last_in_force(agreements)
    return last.review_cycle if last else None


def _last_in_force(agreements: Sequence[Agreement]) -> Agreement | None:
    return next((each.agreement for each in reversed(standings(agreements)) if each.is_in_force), None)


def in_force_on(agreements: Sequence[Agreement], day: date) -> Agreement:
    """The version in force on a local day; before the first one, that."""
    standing = [each for each in standings(agreements) if each.is_in_force]
    begun = [each for each in standing if each.effective_from and each.effective_from <= day]
    return (begun or standing[:1])[-1].agreement
