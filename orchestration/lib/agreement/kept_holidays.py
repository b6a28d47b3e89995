"""The public holidays that a version had when it was signed: signed/<version>.holidays.csv, beside its copy.

Belongs here: writing that file and reading it again. A signed version means these days whatever a later package has:
they are part of its seal (canonical.py), so that a changed file is found like a changed clause.
"""

import csv
from datetime import date
from pathlib import Path

from orchestration.lib.agreement.public_holidays import Days, KnownDays, Region, public_days
from orchestration.lib.agreement.version_files import SIGNED
from orchestration.lib.agreement.yaml_document import AgreementError, Written
from orchestration.lib.csv_files import csv_text
from orchestration.lib.language import gettext

COLUMNS = ("country", "subdivision", "holiday_date", "holiday")


def holidays_of(folder: Path, version: str) -> Path:
    """Where the public holidays of a signed version are kept."""
    return folder / SIGNED / f"{version}.holidays.csv"


def holidays_csv(known: KnownDays) -> str:
    """The days and their names, as they are signed."""
    rows = [(*region, day, name) for region, days in known.items() for day, name in days.items()]
    return csv_text(COLUMNS, [dict(zip(COLUMNS, row, strict=True)) for row in rows])


def kept_holidays(written: Written) -> KnownDays:
    """The days that were kept with a version as it is written; none if nobody has signed it, or none were kept."""
    signatures = written.content.get("signatures")
    is_signed = isinstance(signatures, list) and any(isinstance(each, dict) and each.get("seal") for each in signatures)
    parent = written.path.parent
    path = holidays_of(parent.parent if parent.name == SIGNED else parent, str(written.content.get("version")))
    if not is_signed or not path.is_file():
        return {}
    known: dict[Region, dict[date, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                day = date.fromisoformat(row["holiday_date"])
                known.setdefault((row["country"], row["subdivision"] or None), {})[day] = row["holiday"]
            except (KeyError, TypeError, ValueError):
                raise AgreementError(
                    gettext(
                        "%(path)s line %(line)s: %(row)s is not a holiday as it was kept when version %(version)s was "
                        "signed; put the file back",
                        path=path,
                        line=line,
                        row=dict(row),
                        version=written.content.get("version"),
                    )
                ) from None
    return known


def differing_holidays(kept: KnownDays) -> dict[Region, tuple[Days, Days]]:
    """By country and part: the days that only the signed version has, and those that only the package has now."""
    both = {region: (days, public_days(*region)) for region, days in kept.items()}
    return {
        region: (_without(days, present), _without(present, days))
        for region, (days, present) in both.items()
        if days.keys() != present.keys()
    }


def _without(days: Days, others: Days) -> Days:
    return {day: name for day, name in days.items() if day not in others}
