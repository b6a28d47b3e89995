"""The text of a version with some of its fields changed, and every other character as it is.

Belongs here: where a field is in the text, and how its new value is written. Which fields change is decided by the
caller (lib/review/next_version.py). As a signature, a change goes in where the library found the field, because a
document that it writes again has other blanks and breaks (docs/decisions/0028).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import MappingNode, Node

from orchestration.lib.agreement.yaml_document import AgreementError, Location, Written, end_of, parse
from orchestration.lib.language import gettext

# Words that need no quotes: names, days, and numbers of days.
PLAIN = re.compile(r"[a-z][a-z_]*|\d{4}-\d\d-\d\d|\d+d")
WORDS_OF_YAML = {"true", "false", "null"}
COMMENT = re.compile(r"(?:^|[ \t])(#.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Edit:
    """A field and its new value; None removes the field.

    `why` is written as a comment above it, in place of the lines of comment there that the pattern `replaces` fits.
    """

    location: Location
    value: Any
    why: tuple[str, ...] = ()
    replaces: str = ""


@dataclass(frozen=True)
class _Splice:
    """Characters of a text, and what comes in their place."""

    start: int
    end: int
    text: str


def edited(written: Written, edits: Sequence[Edit]) -> Written:
    """The version with these fields changed. AgreementError if its text is too unusual to be changed."""
    if written.root.flow_style:
        raise AgreementError(
            gettext(
                "%(path)s line 1: write the fields one a line, without braces, to have it changed", path=written.path
            )
        )
    splices = sorted(
        (splice for edit in edits for splice in _splices(written, edit)), key=lambda each: (each.start, each.end)
    )
    text, last = [], 0
    for splice in splices:
        text += [written.text[last : splice.start], splice.text]
        last = max(last, splice.end)
    after = parse(written.path, "".join([*text, written.text[last:]]))
    if after.content != _expected(written.content, edits):
        raise AgreementError(
            gettext("%(path)s: its fields were not found; write each on a line of its own", path=written.path)
        )
    return after


def _splices(written: Written, edit: Edit) -> Iterator[_Splice]:
    key, node = _pair(written, edit.location)
    start, end = node.start_mark.index, end_of(node)
    line = written.text.rfind("\n", 0, key.start_mark.index) + 1
    if edit.value is None:
        after = written.text.find("\n", end)
        yield _Splice(line, len(written.text) if after < 0 else after + 1, "")
        return
    # A list in lines begins below its name: the brackets go beside it.
    if edit.value == []:
        yield _Splice(key.end_mark.index, end, ": []")
    else:
        yield _Splice(start, end, _in_one_line(edit.value))
    kept = COMMENT.findall(written.text[start:end]) if isinstance(node, MappingNode) else []
    yield from _comments(written.text, line, [*kept, *(f"# {each}" for each in edit.why)], edit.replaces)


def _comments(text: str, line: int, comments: list[str], replaces: str) -> Iterator[_Splice]:
    """Lines of comment above a line, in place of those of an earlier change."""
    above = line
    while replaces and above:
        start = text.rfind("\n", 0, above - 1) + 1
        comment = text[start:above].strip()
        if not comment.startswith("#"):
            break
        if re.match(f"# {replaces}", comment):
            yield _Splice(start, above, "")
        above = start
    if comments:
        end = "\r\n" if "\r\n" in text else "\n"
        indent = re.match(r"[ \t]*", text[line:])
        yield _Splice(line, line, "".join(f"{indent[0] if indent else ''}{each}{end}" for each in comments))


def _pair(written: Written, location: Location) -> tuple[Node, Node]:
    node: Node = written.root
    key = node
    for name in location:
        pairs = node.value if isinstance(node, MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value == str(name)), None)
        if found is None:
            field = ".".join(map(str, location))
            raise AgreementError(
                gettext("%(path)s: it has no %(field)s; add it to have it changed", path=written.path, field=field)
            )
        key, node = found
    return key, node


def _in_one_line(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_in_one_line(each)}" for key, each in value.items()) + "}"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, str) and PLAIN.fullmatch(value) and value not in WORDS_OF_YAML:
        return value
    return json.dumps(value, ensure_ascii=False)


def _expected(content: dict[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """The content with these fields changed."""
    after: dict[str, Any] = dict(content)
    for edit in edits:
        *path, name = map(str, edit.location)
        place = after
        for key in path:
            place[key] = dict(place[key])
            place = place[key]
        if edit.value is None:
            del place[name]
        else:
            place[name] = edit.value
    return after
