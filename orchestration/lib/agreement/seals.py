"""Whether what is written is still what was signed; if not, which clauses were changed.

Belongs here: comparing a version with its seals and with the copy that was kept when it was signed (signed/ beside the
versions). Writing signatures and copies is signing.py.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.lib.agreement.canonical import plain
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.kept_holidays import differing_holidays, holidays_of
from orchestration.lib.agreement.public_holidays import Days
from orchestration.lib.agreement.reading import read_version
from orchestration.lib.agreement.version_files import SIGNED, version_paths
from orchestration.lib.agreement.yaml_document import AgreementError, Location, Written, at_line
from orchestration.lib.formats import both
from orchestration.lib.language import gettext

MOST_CHANGES = 20


@dataclass(frozen=True)
class Change:
    """A clause, its value when it was signed and its value now (None: it is not there), as JSON."""

    location: Location
    signed: str | None
    present: str | None

    def sentence(self) -> str:
        """The clause and both values in words."""
        field = ".".join(map(str, self.location))
        if self.signed is None:
            return gettext(
                "%(field)s: it is %(present)s; when it was signed it was not there", field=field, present=self.present
            )
        if self.present is None:
            return gettext(
                "%(field)s: it was %(signed)s when it was signed; now it is gone", field=field, signed=self.signed
            )
        return gettext(
            "%(field)s: it was %(signed)s when it was signed; now it is %(present)s",
            field=field,
            signed=self.signed,
            present=self.present,
        )


def copy_of(folder: Path, version: str) -> Path:
    """Where the text of a version is kept as it was signed."""
    return folder / SIGNED / f"{version}.yml"


def changes(signed: Any, present: Any, location: Location = ()) -> Iterator[Change]:
    """The clauses in which two contents differ, the deepest that can be named."""
    if isinstance(signed, dict) and isinstance(present, dict):
        for key in [*signed, *(key for key in present if key not in signed)]:
            where = (*location, key)
            if key not in present:
                yield Change(where, _short(signed[key]), None)
            elif key not in signed:
                yield Change(where, None, _short(present[key]))
            else:
                yield from changes(signed[key], present[key], where)
    elif isinstance(signed, list) and isinstance(present, list) and len(signed) == len(present):
        for index, pair in enumerate(zip(signed, present, strict=True)):
            yield from changes(*pair, (*location, index))
    elif isinstance(signed, list) and isinstance(present, list):
        removed = [each for each in signed if each not in present]
        added = [each for each in present if each not in signed]
        if not removed and not added:
            removed, added = signed, present
        yield Change(location, _short(removed) if removed else None, _short(added) if added else None)
    elif json.dumps(signed) != json.dumps(present):
        yield Change(location, _short(signed), _short(present))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."


def broken_seals(folder: Path) -> list[str]:
    """One text per version that is not what was signed: its clauses with line, their signed values, and what to do.

    AgreementError if a version cannot be read at all.
    """
    versions = [read_version(path) for path in version_paths(folder)]
    names = {agreement.version for _, agreement in versions}
    gone = [copy for copy in sorted((folder / SIGNED).glob("*.yml")) if copy.stem not in names]
    broken = [_broken(written, agreement) for written, agreement in versions]
    return [text for text in broken if text] + [
        gettext(
            "%(copy)s: version %(stem)s was signed, and no file in %(folder)s has it now; put it back from this copy",
            copy=copy,
            stem=copy.stem,
            folder=folder,
        )
        for copy in gone
    ]


def doubtful_seals(folder: Path) -> list[str]:
    """One text a signature that does not count, or that could not be held to its copy: nothing that stops a build."""
    doubts = []
    for path in version_paths(folder):
        written, agreement = read_version(path)
        copy = copy_of(folder, agreement.version)
        if agreement.valid_signatures and _read_copy(copy) is None:
            doubts.append(
                gettext(
                    "%(path)s: it is what was signed, but %(copy)s is missing or was changed, so that a change could "
                    "not be named; put it back",
                    path=path,
                    copy=copy,
                )
            )
        doubts += [
            gettext(
                "%(path)s line %(line)s: the signature of %(name)s has no seal and does not count; remove it and "
                "run: smarketing sign %(version)s --name %(quoted)s --role %(role)s",
                path=path,
                line=written.find(("signatures", number))[0],
                name=each.name,
                version=agreement.version,
                quoted=json.dumps(each.name),
                role=each.role,
            )
            for number, each in enumerate(agreement.signatures)
            if each.seal is None
        ]
        doubts += _other_holidays(path, agreement) if agreement.valid_signatures else []
    return doubts


def _other_holidays(path: Path, agreement: Agreement) -> Iterator[str]:
    """What the installed package has otherwise of the public holidays that were signed, or that they were not kept."""
    kept = holidays_of(path.parent, agreement.version)
    if agreement.public_days and not kept.is_file():
        yield gettext(
            "%(path)s: the public holidays that were signed were kept in %(kept)s, which is missing; put it back",
            path=path,
            kept=kept,
        )
    for region, (signed, now) in differing_holidays(agreement.public_days).items():
        parts = [
            gettext("without %(days)s", days=_named(now)) if now else "",
            gettext("with %(days)s", days=_named(signed)) if signed else "",
        ]
        yield (
            gettext(
                "%(path)s: version %(version)s was signed %(difference)s, and the public holidays of %(region)s are "
                "known otherwise now; what was signed holds: write a new version if both want the others",
                path=path,
                version=agreement.version,
                difference=both(*filter(None, parts)),
                region=" ".join(filter(None, region)),
            )
        )


def _named(days: Days) -> str:
    first = ", ".join(f"{day} ({name})" for day, name in list(days.items())[:3])
    return first if len(days) <= 3 else gettext("%(first)s and %(days)s more", first=first, days=len(days) - 3)


def _broken(written: Written, agreement: Agreement) -> str | None:
    copy = copy_of(written.path.parent, agreement.version)
    kept, present = _read_copy(copy), _with_sealed_signatures(written.content)
    if kept is None:
        seals = {each.seal for each in agreement.signatures if each.seal}
        if seals <= {agreement.seal} and (seals or not copy.exists()):
            return None
        reason = gettext("was itself changed") if copy.exists() else gettext("is missing")
        holidays = holidays_of(written.path.parent, agreement.version)
        text = gettext(
            "%(path)s: version %(version)s is not what was signed; which clause was changed is not known, "
            "because %(copy)s %(reason)s; put the file back as it was signed",
            path=written.path,
            version=agreement.version,
            copy=copy,
            reason=reason,
        )
        if not agreement.public_days:
            return text
        return text + gettext(", and %(file)s with the public holidays too", file=holidays)
    found = list(changes(kept, present))
    if not found:
        return None
    lines = [at_line(written.path, written.find(each.location)[0], each.sentence()) for each in found[:MOST_CHANGES]]
    if len(found) > MOST_CHANGES:
        lines.append(gettext("... and %(number)s more", number=len(found) - MOST_CHANGES))
    by = both(*(f"{each['name']} ({each['role']})" for each in kept["signatures"]))
    lines.append(
        gettext(
            "Version %(version)s was signed by %(by)s: put it back as it is in %(copy)s, or write the change as "
            "a new version (docs/agreement.md)",
            version=agreement.version,
            by=by,
            copy=copy,
        )
    )
    return "\n".join(lines)


def _with_sealed_signatures(content: dict[str, Any]) -> dict[str, Any]:
    signatures = [each for each in content.get("signatures", []) if each.get("seal")]
    return plain(content) | {"signatures": plain(signatures)}


def _read_copy(copy: Path) -> dict[str, Any] | None:
    """What was signed; None if no copy was kept, or if its own seals do not match it."""
    try:
        written, agreement = read_version(copy)
    except AgreementError:
        return None
    intact = agreement.valid_signatures and len(agreement.valid_signatures) == len(agreement.signatures)
    return _with_sealed_signatures(written.content) if intact and agreement.version == copy.stem else None
