"""Reads the versions of a company's agreement; every mistake names file, line, field, what was found and what to do.

Belongs here: YAML, lines, and what several versions must be to each other. What one version may say is document.py.
"""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import yaml
from pydantic import ValidationError

from orchestration.lib.agreement.document import Agreement

REMEDIES = {
    "missing": "add the field",
    "extra_forbidden": "remove it, or correct its spelling",
}


class AgreementError(Exception):
    """The agreements of a company cannot be used; the text has one line a mistake."""


def _locate(node: yaml.Node | None, path: tuple[str | int, ...]) -> int:
    """The line (from 1) of the deepest part of `path` that the document has."""
    line = 1
    for key in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(key)), None)
            if pair is None:
                continue  # a field that is missing
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line + 1
    return line


def _duplicate_fields(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _duplicate_fields(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _duplicate_fields(value)


def _fields(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The fields as the file has them: pydantic puts the kind of a commitment after its name."""
    return location[:2] + location[3:] if location[:1] == ("commitments",) else location


def _explain(path: Path, root: yaml.Node | None, error: ValidationError) -> list[str]:
    lines = []
    for detail in error.errors(include_url=False):
        fields = detail.get("ctx", {}).get("path") or _fields(detail["loc"])
        place = _locate(root, fields)
        field = ".".join(map(str, fields)) or "the version"
        text = detail["msg"].removeprefix("Value error, ")
        found = "" if detail["type"] in ("missing", "value_error", "contradiction") else f"; found {detail['input']!r}"
        remedy = REMEDIES.get(detail["type"])
        lines.append(f"{path} line {place}: {field}: {text}{found}" + (f"; {remedy}" if remedy else ""))
    return lines


def read_agreement(path: Path) -> Agreement:
    """One version from its YAML file. AgreementError if it is not readable or not valid."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except UnicodeDecodeError as error:
        raise AgreementError(f"{path}: the text is not UTF-8 ({error.reason}); save the file as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or error
        raise AgreementError(f"{path}{line}: this is not YAML: {problem}; correct the line") from error
    duplicates = [
        f"{path} line {key.start_mark.line + 1}: {key.value}: the field stands twice; remove one"
        for key in _duplicate_fields(root)
    ]
    if duplicates:
        raise AgreementError("\n".join(duplicates))
    if not isinstance(content, dict):
        raise AgreementError(f"{path} line 1: an agreement is a list of fields such as 'version:'; found {content!r}")
    try:
        return Agreement.model_validate(content)
    except ValidationError as error:
        raise AgreementError("\n".join(_explain(path, root, error))) from error


def read_agreements(folder: Path) -> list[Agreement]:
    """All versions of a company in order of effect, without gap or overlap; one without an end ends at the next.

    AgreementError names every file that is wrong, or the two versions that do not fit each other.
    """
    paths = sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")])
    if not paths:
        raise AgreementError(f"{folder}: no agreement here; write one version as <version>.yml (docs/agreement.md)")
    agreements, mistakes = [], []
    for path in paths:
        try:
            agreements.append((read_agreement(path), path))
        except AgreementError as error:
            mistakes.append(str(error))
    if mistakes:
        raise AgreementError("\n".join(mistakes))
    agreements.sort(key=lambda pair: pair[0].effective_from)
    first_paths: dict[str, Path] = {}
    for agreement, path in agreements:
        if agreement.version in first_paths:
            first_path = first_paths[agreement.version]
            mistakes.append(f"{path}: version '{agreement.version}' is also in {first_path}; give each its own")
        first_paths.setdefault(agreement.version, path)
    for (before, before_path), (after, after_path) in itertools.pairwise(agreements):
        if before.effective_from == after.effective_from:
            mistakes.append(
                f"{after_path}: effective_from {after.effective_from} is also that of version {before.version} "
                f"({before_path}); give it another day"
            )
            continue
        ends = before.effective_to or after.effective_from - timedelta(days=1)
        if ends != after.effective_from - timedelta(days=1):
            kind = "overlaps with" if ends >= after.effective_from else "leaves a gap before"
            mistakes.append(
                f"{before_path}: effective_to {ends} {kind} version {after.version} (from {after.effective_from}, "
                f"{after_path}); set effective_to to {after.effective_from - timedelta(days=1)} or leave it out"
            )
    if mistakes:
        raise AgreementError("\n".join(mistakes))
    return [agreement for agreement, _ in agreements]
