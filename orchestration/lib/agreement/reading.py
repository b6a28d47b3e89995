"""Reads the versions of a company's agreement; every mistake names file, line, field, what was found and what to do.

Belongs here: the message of a mistake, and how several versions must fit together. YAML and its lines are
yaml_document.py, what one version may contain is document.py, which version is in force is versions.py.
"""

import difflib
import itertools
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import Node, ScalarNode, SequenceNode

from orchestration.lib.agreement.calendars import LISTED, OF_COUNTRY
from orchestration.lib.agreement.commitments import ALL, EACH, LIST
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.faults import mistake, remedy
from orchestration.lib.agreement.kept_holidays import kept_holidays
from orchestration.lib.agreement.quotas import AMOUNT, PERIODS
from orchestration.lib.agreement.version_files import version_paths
from orchestration.lib.agreement.yaml_document import AgreementError, Location, Written, at_line, read_written
from orchestration.lib.language import gettext

__all__ = ["AgreementError", "read_agreement", "read_agreements", "read_version"]

# What pydantic puts into a location that the file does not have.
MARKS = {"[key]", LIST, EACH, ALL, LISTED, OF_COUNTRY, AMOUNT, PERIODS}
SAYS_WHAT_WAS_FOUND = {"missing", "value_error", "contradiction", "too_short", "union_tag_not_found"}


def _location(detail: Any) -> Location:
    """The field as the file has it: pydantic puts the kind of a commitment after its name, and marks of its own."""
    location: Location = detail.get("ctx", {}).get("path") or detail["loc"]
    if location[:1] == ("commitments",) and detail["type"] != "contradiction":
        location = location[:2] + location[3:]
    if detail["type"] == "union_tag_invalid" or detail["type"] == "union_tag_not_found":
        location = (*location, "kind")
    return tuple(key for key in location if key not in MARKS)


def _explain(written: Written, error: ValidationError) -> list[str]:
    lines = []
    details = error.errors(include_url=False)
    # A required field that is misspelt is one mistake: it is not missing as well.
    undeclared = [_location(each) for each in details if each["type"] == "extra_forbidden"]
    misspelt = {(*location[:-1], _nearest(location)) for location in undeclared}
    for detail in details:
        if detail["type"] == "missing" and _location(detail) in misspelt:
            continue
        line, location, node = written.find(_location(detail))
        kind = detail["type"]
        parts = [mistake(detail)]
        if kind not in SAYS_WHAT_WAS_FOUND:
            parts.append(gettext("found %(found)s", found=_found(node, detail)))
        if kind not in ("value_error", "contradiction"):
            parts.append(_remedy(kind, location))
        field = ".".join(map(str, location)) or gettext("the version")
        lines.append(at_line(written.path, line, f"{field}: {'; '.join(parts)}"))
    return lines


def _remedy(kind: str, location: Location) -> str:
    """What to do; for a field that no clause has, the nearest one of any clause."""
    if kind == "extra_forbidden" and (near := _nearest(location)):
        return gettext("remove it, or correct its spelling to %(near)s", near=near)
    return remedy(kind)


def _nearest(location: Location) -> str | None:
    known = {name for each in _clauses() for name in each.get("properties", {})}
    near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.7) if location else []
    return near[0] if near else None


def _clauses() -> list[dict[str, Any]]:
    schema = Agreement.model_json_schema()
    return [schema, *schema.get("$defs", {}).values()]


def _found(node: Node, detail: Any) -> str:
    """The value, as it is written; of a list or of fields, what it is."""
    if detail["loc"][-1:] == ("[key]",) or detail["type"] == "extra_forbidden":
        return repr(detail["loc"][-2] if detail["loc"][-1] == "[key]" else detail["loc"][-1])
    if isinstance(node, ScalarNode):
        return repr(node.value) if node.value or node.style else gettext("nothing")
    return gettext("a list") if isinstance(node, SequenceNode) else gettext("fields")


def read_version(path: Path) -> tuple[Written, Agreement]:
    """One version from its YAML file, as it is written and its content. AgreementError if it is not valid."""
    written = read_written(path)
    return written, version_of(written)


def version_of(written: Written) -> Agreement:
    """The version that a text means. AgreementError if it is not valid."""
    try:
        return Agreement.model_validate(written.content, context=kept_holidays(written))
    except ValidationError as error:
        raise AgreementError("\n".join(_explain(written, error))) from error


def read_agreement(path: Path) -> Agreement:
    """One version from its YAML file. AgreementError if it is not readable or not valid."""
    return read_version(path)[1]


def read_agreements(folder: Path) -> list[Agreement]:
    """All versions of a company in order of effect, without gap or overlap; one without an end ends at the next.

    AgreementError names every file that is wrong, or the two versions that do not fit each other.
    """
    agreements, mistakes = [], []
    for path in version_paths(folder):
        try:
            agreements.append((read_agreement(path), path))
        except AgreementError as error:
            mistakes.append(str(error))
    if mistakes:
        raise AgreementError("\n".join(mistakes))
    agreements.sort(key=lambda pair: pair[0].effective_from)
    first_paths: dict[str, Path] = {}
    for agreement, path in agreements:
        # Case does not matter: some file systems would keep both in one signed copy.
        name = agreement.version.casefold()
        if name in first_paths:
            mistakes.append(
                gettext(
                    "%(place)s: version '%(version)s' is also in %(first_paths)s; give each its own",
                    place=_line(path, "version"),
                    version=agreement.version,
                    first_paths=first_paths[name],
                )
            )
        first_paths.setdefault(name, path)
    for (before, before_path), (after, after_path) in itertools.pairwise(agreements):
        if before.effective_from == after.effective_from:
            mistakes.append(
                gettext(
                    "%(place)s: effective_from %(effective_from)s is also that of version %(version)s "
                    "(%(before_path)s); give it another day",
                    place=_line(after_path, "effective_from"),
                    effective_from=after.effective_from,
                    version=before.version,
                    before_path=before_path,
                )
            )
            continue
        last_day = after.effective_from - timedelta(days=1)
        ends = before.effective_to or last_day
        if ends != last_day:
            values = {
                "place": _line(before_path, "effective_to"),
                "ends": ends,
                "version": after.version,
                "starts": after.effective_from,
                "other_path": after_path,
                "last_day": last_day,
            }
            if ends >= after.effective_from:
                text = gettext(
                    "%(place)s: effective_to %(ends)s overlaps with version %(version)s (from %(starts)s, "
                    "%(other_path)s); set effective_to to %(last_day)s or leave it out",
                    **values,
                )
            else:
                text = gettext(
                    "%(place)s: effective_to %(ends)s leaves a gap before version %(version)s (from %(starts)s, "
                    "%(other_path)s); set effective_to to %(last_day)s or leave it out",
                    **values,
                )
            mistakes.append(text)
    if mistakes:
        raise AgreementError("\n".join(mistakes))
    return [agreement for agreement, _ in agreements]


def _line(path: Path, field: str) -> str:
    return gettext("%(path)s line %(line)s", path=path, line=read_written(path).find((field,))[0])
