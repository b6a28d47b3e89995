"""A version as it is written: its text, where each field stands in it, and its content.

Belongs here: YAML. Words are read as YAML 1.2 reads them, as editors do: `no` is the country and not false, a day and
10:30 are texts. What is no part of a document that is read aloud (anchors, tags, several documents) is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from orchestration.mistakes import Mistake

Location = tuple[str | int, ...]
MOST_BYTES = 1_000_000


class AgreementError(Mistake):
    """The agreements of a company cannot be used; the text has one line a mistake."""


class _Loader(yaml.SafeLoader):
    """Scalars as YAML 1.2 has them; keys are texts."""

    yaml_implicit_resolvers: dict = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse("anchors (&) and aliases (*) cannot be read aloud; write the lines out", event.start_mark)
        if getattr(event, "tag", None):
            _refuse("tags (!) are not known; remove the tag", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict:
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


def _resolve(kind: str, pattern: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), None)


_resolve("null", r"~|null|Null|NULL|")
_resolve("bool", r"true|True|TRUE|false|False|FALSE")
_resolve("int", r"[-+]?(?:0|[1-9][0-9]{0,17})")
_resolve("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_mapping)
_Loader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: float(re.sub(r"^([-+]?)\.(?=[iInN])", r"\1", node.value))
)


def _refuse(text: str, mark: Any) -> NoReturn:
    raise yaml.MarkedYAMLError(problem=text, problem_mark=mark)


@dataclass(frozen=True)
class Written:
    """The text of a version, the tree of its fields with their places, and its content."""

    path: Path
    text: str
    root: yaml.MappingNode
    content: dict[str, Any]

    def find(self, location: Location) -> tuple[int, Location, yaml.Node]:
        """The line (from 1) of a field, the field as far as the text has it, and its node.

        A field that is missing is named, with the line of what it is missing in.
        """
        line, node, found = 1, self.root, []
        for key in location:
            if isinstance(node, yaml.MappingNode):
                found.append(key)
                pair = next((pair for pair in node.value if pair[0].value == str(key)), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                found.append(key)
                node = node.value[key]
                line = node.start_mark.line + 1
            else:
                break
        return line, tuple(found), node


def _check_keys(path: Path, node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            place = f"{path} line {key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode):
                yield f"{place}: the name of a field is a word; write it as 'name: value'"
                continue
            if key.value in seen:
                yield f"{place}: {key.value}: the field stands twice; remove one"
            seen.add(key.value)
            yield from _check_keys(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _check_keys(path, value)


def decode(path: Path) -> str:
    """The text of a file with its ends of lines as they are. AgreementError if it cannot be read as UTF-8."""
    try:
        data = path.read_bytes()
        if len(data) > MOST_BYTES:
            raise AgreementError(f"{path}: {len(data):,} bytes are no agreement; give the file of one version")
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = f"the text is not UTF-8 ({error.reason}); save the file as UTF-8"
        raise AgreementError(f"{path} line {line}: {text}") from error
    except OSError as error:
        raise AgreementError(f"{path}: it cannot be read ({error.strerror}); correct the file") from error


def parse(path: Path, text: str) -> Written:
    """The version that a text is. AgreementError names the line that is not YAML, or that says a thing twice."""
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            found = f"; found {root.value!r}" if isinstance(root, yaml.ScalarNode) and root.value else ""
            raise AgreementError(
                f"{path} line 1: an agreement is a list of fields{found}; write fields such as 'version: \"2026-01\"'"
            )
        wrong = list(_check_keys(path, root))
        if wrong:
            raise AgreementError("\n".join(wrong))
        return Written(path, text, root, loader.construct_document(root))
    except RecursionError:
        raise AgreementError(f"{path} line 1: it is nested too deep to be read; remove brackets") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        remedy = "" if mark and str(problem).rpartition("; ")[0] else "; correct this line or the one before it"
        raise AgreementError(f"{path} line {line}: this is not YAML: {problem}{remedy}") from error


def read_written(path: Path) -> Written:
    """A version from its file, as far as YAML goes. AgreementError if it is none."""
    return parse(path, decode(path))
