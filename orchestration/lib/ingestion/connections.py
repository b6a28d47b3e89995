"""`connection.yml` among the exports: the database whose tables a connector fills.

Belongs here: what the file may state, and the variables of the environment that it names. Does not belong here: any
contact with the database (`servers.py`). A password is never in the file and in no message.
"""

import os.path
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import Node, ScalarNode, SequenceNode

from orchestration.lib.agreement.yaml_document import AgreementError, decode, parse
from orchestration.lib.ingestion.refusal import Refused
from orchestration.lib.language import ENGLISH, speaking

FILES = ("connection.yml", "connection.yaml")
VARIABLE = re.compile(r"\$\{(\w+)\}")
# Each key, and the keys without which a connection of the type cannot be opened.
KEYS = {
    "postgres": ("type", "host", "port", "database", "user", "password", "sslmode", "schemas", "tables", "synced_by"),
    "duckdb": ("type", "file", "schemas", "tables", "synced_by"),
}
NEEDED = {"postgres": ("host", "database", "user", "schemas"), "duckdb": ("file", "schemas")}
LISTS = ("schemas", "tables")


@dataclass(frozen=True)
class Connection:
    """One database. `lines` are the lines of the keys, `variable` names what has the password."""

    kind: str
    lines: dict[str, int]
    schemas: tuple[str, ...]
    tables: tuple[str, ...] = ("*",)
    synced_by: str = ""
    host: str = ""
    port: str = "5432"
    database: str = ""
    user: str = ""
    sslmode: str = ""
    file: Path = Path()
    variable: str = ""
    password: str = field(default="", repr=False)

    def wrong(self, key: str, text: str) -> Refused:
        """Return the refusal of what the file states under a key."""
        return _wrong(self.lines, key, text)


def read_connection(path: Path) -> Connection:
    """Read the file. Raises Refused for what it cannot mean, or for a variable that is not set."""
    try:
        with speaking(ENGLISH):  # as every refusal is kept
            document = parse(path, decode(path), "a connection is", "type: postgres").root
    except AgreementError as error:
        raise Refused(str(error).removeprefix(f"{path}").lstrip(": ")) from None
    nodes = {str(key.value): value for key, value in document.value}
    lines = {str(key.value): key.start_mark.line + 1 for key, _ in document.value}
    kind = str(nodes["type"].value) if "type" in nodes else ""
    if kind not in KEYS:
        raise _wrong(lines, "type", f"it must be postgres or duckdb, found {kind!r}")
    for key in nodes:
        if key not in KEYS[kind]:
            raise _wrong(lines, key, f"this key is not known; known are {', '.join(KEYS[kind])}")
    for key in NEEDED[kind]:
        if key not in nodes:
            raise _wrong(lines, key, f"it is missing; add `{key}: ...`")
    values = {key: _texts(key, node, lines) for key, node in nodes.items()}
    variable = _password_variable(values, lines)
    known = {key: _filled(key, texts, lines) for key, texts in values.items()}
    return _connection(path, kind, lines, variable, known)


def _connection(
    path: Path, kind: str, lines: dict[str, int], variable: str, known: dict[str, tuple[str, ...]]
) -> Connection:
    single = {key: texts[0] for key, texts in known.items() if key not in ("type", "file", *LISTS)}
    file = path.parent / known.get("file", ("",))[0]
    tables = known.get("tables", ("*",))
    found = Connection(kind, lines, known["schemas"], tables, file=file, variable=variable, **single)
    if not re.fullmatch(r"\d{1,5}", found.port):
        raise found.wrong("port", f"it must be a number, found {found.port!r}")
    if "://" in found.host or "@" in found.host:
        raise found.wrong("host", "it is the name of the machine only; user, database and port have keys of their own")
    return found


def _texts(key: str, node: Node, lines: Mapping[str, int]) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, SequenceNode) and key in LISTS else [node]
    if not nodes or not all(isinstance(each, ScalarNode) and each.value for each in nodes):
        text = "it must be a list such as [hubspot]" if key in LISTS else "it must be one value"
        raise _wrong(lines, key, text)
    return tuple(str(each.value) for each in nodes)


def _password_variable(values: dict[str, tuple[str, ...]], lines: dict[str, int]) -> str:
    if "password" not in values:
        return ""
    found = VARIABLE.fullmatch(values["password"][0])
    if not found:
        text = (
            "a password in a file is read by everybody who has the file; write ${NAME} instead, set the variable NAME "
            "where smarketing runs, and change the password"
        )
        raise _wrong(lines, "password", text)
    return found[1]


def _filled(key: str, texts: tuple[str, ...], lines: Mapping[str, int]) -> tuple[str, ...]:
    """Return the texts with the values of the variables that they name."""
    filled = tuple(os.path.expandvars(text) if VARIABLE.search(text) else text for text in texts)
    if missing := [name for text in filled for name in VARIABLE.findall(text)] if key != "password" else []:
        raise _unset(key, missing[0], lines)
    if key == "password" and (filled[0] == texts[0] or not filled[0]):
        raise _unset(key, texts[0][2:-1], lines)
    return filled


def _unset(key: str, name: str, lines: Mapping[str, int]) -> Refused:
    return _wrong(lines, key, f"the variable {name} is not set; set it where smarketing runs (export {name}=...)")


def _wrong(lines: Mapping[str, int], key: str, text: str) -> Refused:
    return Refused(f"line {lines.get(key, 1)}, {key}: {text}")
