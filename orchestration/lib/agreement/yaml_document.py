"""The YAML document of a version: its text, the line and column of each field, and its content.

Belongs here: YAML, read by ruamel.yaml. Words have the meaning of YAML 1.2, as in editors: `no` is the country and not
false, a day and 10:30 are texts. Anchors, tags and several documents in one file are refused.
"""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML, CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import DuplicateKeyError, SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

from orchestration.lib.language import gettext, later, translated
from orchestration.mistakes import Mistake

Location = tuple[str | int, ...]
MOST_BYTES = 1_000_000
# The core schema of YAML 1.2: what a word without quotes is. The library adds days, `1_000` and octals of its own.
CORE_SCHEMA = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?(?:0|[1-9][0-9]{0,17})",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
}


def at_line(path: Path, line: int, text: str) -> str:
    """A sentence about a line of a file."""
    return gettext("%(path)s line %(line)s: %(text)s", path=path, line=line, text=text)


class AgreementError(Mistake):
    """The agreements of a company cannot be used; the text has one line per mistake."""


class _Resolver(VersionedResolver):
    """Scalars of the core schema, also in a file that asks for YAML 1.1."""

    processing_version = (1, 2)
    versioned_resolver = {
        None: [(f"tag:yaml.org,2002:{kind}", re.compile(f"(?:{words})$")) for kind, words in CORE_SCHEMA.items()]
    }


class _Composer(Composer):
    """Refuses what a manager cannot read."""

    def compose_node(self, parent: Any, index: Any) -> Node:
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            _refuse(gettext("anchors (&) and aliases (*) are not allowed; write the lines out"), event)
        if getattr(event, "tag", None):
            _refuse(gettext("tags (!) are not known; remove the tag"), event)
        return super().compose_node(parent, index)


class _Constructor(SafeConstructor):
    """Names of fields are texts: `2026:` is the field "2026"."""

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict:
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                _refuse(gettext("the name of a field is a word; write it as 'name: value'"), key)
            key.ctag = Tag(suffix="tag:yaml.org,2002:str")
        return super().construct_mapping(node, deep=True)


def _refuse(text: str, found: Any) -> NoReturn:
    raise MarkedYAMLError(problem=text, problem_mark=found.start_mark)


def _reader() -> YAML:
    reader = YAML(typ="safe", pure=True)
    reader.Resolver, reader.Composer, reader.Constructor = _Resolver, _Composer, _Constructor
    return reader


@lru_cache(maxsize=64)
def _compose(text: str) -> Node:
    """The tree of a text, with its positions: the slow part, once for each text in a process."""
    return _reader().compose(text)


@dataclass(frozen=True)
class Written:
    """The text of a version, the tree of its fields with their positions, and its content."""

    path: Path
    text: str
    root: MappingNode
    content: dict[str, Any]

    def find(self, location: Location) -> tuple[int, Location, Node]:
        """The line (from 1) of a field, the field as far as the text has it, and its node.

        A field that is missing is named, with the line of what it is missing in.
        """
        line, node, found = 1, self.root, []
        for key in location:
            if isinstance(node, MappingNode):
                found.append(key)
                pair = next((pair for pair in node.value if pair[0].value == str(key)), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
                found.append(key)
                node = node.value[key]
                line = node.start_mark.line + 1
            else:
                break
        return line, tuple(found), node


def decode(path: Path) -> str:
    """The text of a file with its ends of lines as they are. AgreementError if it cannot be read as UTF-8."""
    try:
        data = path.read_bytes()
        if len(data) > MOST_BYTES:
            raise AgreementError(
                gettext(
                    "%(path)s: %(data)s bytes are no agreement; give the file of one version",
                    path=path,
                    data=f"{len(data):,}",
                )
            )
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = gettext("the text is not UTF-8 (%(reason)s); save the file as UTF-8", reason=error.reason)
        raise AgreementError(at_line(path, line, text)) from error
    except OSError as error:
        raise AgreementError(
            gettext(
                "%(path)s: it cannot be read (%(strerror)s); correct the file",
                path=path,
                strerror=translated(error.strerror),
            )
        ) from error


def parse(path: Path, text: str, what: str = later("an agreement is"), example: str = 'version: "2026-01"') -> Written:
    """The version in a text. AgreementError names the line that is not YAML, or that defines a field twice.

    `what` and `example` name another file of fields that a person writes.
    """
    try:
        root = _compose(text)
        if not isinstance(root, MappingNode):
            parts = [gettext("%(what)s a list of fields", what=gettext(what))]
            if isinstance(root, ScalarNode) and root.value:
                parts.append(gettext("found %(found)s", found=repr(root.value)))
            parts.append(gettext("write fields such as '%(example)s'", example=example))
            raise AgreementError(at_line(path, 1, "; ".join(parts)))
        return Written(path, text, root, _reader().constructor.construct_document(root))
    except RecursionError:
        raise AgreementError(at_line(path, 1, gettext("it is nested too deep to be read; remove brackets"))) from None
    except DuplicateKeyError as error:
        line, name = error.problem_mark.line + 1, error.problem.split('"')[1]
        text = gettext("%(name)s: the field is defined twice; remove one", name=name)
        raise AgreementError(at_line(path, line, text)) from error
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        text = gettext("this is not YAML: %(problem)s", problem=problem)
        if not mark or not str(problem).rpartition("; ")[0]:
            text += "; " + gettext("correct this line or the one before it")
        raise AgreementError(at_line(path, line, text)) from error


def read_written(path: Path) -> Written:
    """The YAML of a version from its file. AgreementError if it is not YAML."""
    return parse(path, decode(path))


def end_of(node: Node) -> int:
    """The index after the last character of a node; to YAML the end of a block is the start of the next thing."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(node, MappingNode) else last)
    return node.end_mark.index


def document(content: dict[str, Any]) -> str:
    """The content as a YAML document, one field per line."""
    text = io.StringIO()
    YAML().dump(content, text)
    return text.getvalue()
