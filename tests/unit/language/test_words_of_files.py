"""What the reading of files writes is what the catalogues have: a sentence that is new or has changed is found here."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from orchestration.lib import ingestion, quality, time_zones
from orchestration.lib.agreement import yaml_document
from orchestration.lib.inspection import build, headers, unread
from orchestration.lib.language.data_words import DATA_WORDS
from orchestration.lib.language.refusals import REFUSAL_PARTS, REFUSALS
from orchestration.lib.language.sentences import PLACE, TEXTS
from orchestration.lib.warehouse import postgres

ROOM = sorted(Path(ingestion.__file__).parent.glob("*.py"))
# What remarks upon files, and keeps nothing.
BESIDE = [
    *sorted(Path(quality.__file__).parent.glob("*.py")),
    *(Path(str(module.__file__)) for module in (build, headers, unread)),
]
# Whose sentences are refusals of connection.yml and of its server, and reasons of a zone.
CALLED = [Path(str(module.__file__)) for module in (time_zones, yaml_document, postgres)]
ANY = "…"
REGISTERED = [
    re.sub(f"{ANY}+", ANY, PLACE.sub(ANY, message)).replace("%%", "%")
    for message in [*chain(*TEXTS.values()), *DATA_WORDS]
]
# Refusals, which are registered whatever their text looks like.
REFUSING = {"Refused", "wrong", "_wrong", "_too_big"}
SPOKEN = {"gettext", "ngettext", "later"}
# Two words, or a word and a value.
PROSE = re.compile(rf"[A-Za-z]{{2,}}[,:;]? [a-z(]|{ANY}[,:;]? [a-z]{{2}}|[a-z]{{2}}:? {ANY}")
SQL = re.compile(
    r"\b(select|case|cast|try_cast|coalesce|nullif|varchar|bigint|boolean|lower|sum|list_distinct|isfinite)\b|::|\|\||"
    rf"\b(is|is not) (null|distinct)\b|\bin \(|\bin {ANY}$|_with\(|contains\(|substr\(|regexp_full_match\(|"
    rf"^\({ANY} |_intersect\(|_ws\(|^\(from |"
    rf"[<>=] ['?{ANY}]|^when {ANY}|\blike '|^,? ?{ANY} as \w*{ANY}$|^\(?not {ANY}|"
    rf"^ ?(copy|attach|use|drop|delete|insert|update|set|alter|create|from|limit|where|and|at time zone)\b|"
    rf"^{ANY} order by|^ ?, "
)
QUOTED = re.compile(r"'((?:[^']|'')*)'")
NOT_SHOWN = {
    "permission denied": "compared with an answer",
    "with time zone": "compared with a type",
    "timestamp with time zone": "a type",
    "(no owner)": "compared with an owner",
    f"guards.{ANY}: no version of the agreement has a result of it": "an error of the program",
    f"'{ANY}' could not be checked: {ANY}": "an error of the program",
    # Kinds of problems, which no page and no line shows.
    **dict.fromkeys(["two currencies", "required value missing", "error of a spreadsheet"], "a kind"),
    **dict.fromkeys(["time without a zone", "rounded id", "bad quoting", "bad JSON"], "a kind"),
    **dict.fromkeys(["wrong number of cells", "corrects no row", "more than one day", "not a date"], "a kind"),
}
# Names of months, days and currencies, and patterns of names of files.
LISTS = {"cell_formats.py": range(15, 40), "currencies.py": range(50, 75), "passed_over.py": range(20, 35)}


def text_of(node: ast.AST) -> str | None:
    """The text of a literal, with ANY for each value in it."""
    if isinstance(node, ast.Constant):
        return re.sub(r"(?<!\$)\{\w+\}", ANY, node.value) if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else ANY for part in node.values)
    return None


def called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "attr", getattr(function, "id", ""))


def literals(code: str) -> Iterator[tuple[int, str, bool]]:
    """Line and text of each literal that is neither a description nor spoken, and whether it is of a refusal."""
    tree = ast.parse(code)
    left, refusing = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            left.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            left.update(node.values)
        elif called(node) in SPOKEN:
            left.update(node.args)  # type: ignore[attr-defined]
        if called(node) in REFUSING:
            refusing.update(ast.walk(node))
    for node in ast.walk(tree):
        if node not in left and (text := text_of(node)):
            yield node.lineno, text, node in refusing  # type: ignore[attr-defined]


def sentences(code: str) -> Iterator[tuple[int, str]]:
    """What people may read: of SQL the texts in quotes, all else that has words."""
    for line, text, is_refusal in literals(code):
        found = [text]
        if not is_refusal and SQL.search(text):
            found = [quoted for quoted in QUOTED.findall(text) if not SQL.search(quoted)]
        yield from ((line, each) for each in found if PROSE.search(each) and each not in NOT_SHOWN)


def is_registered(text: str) -> bool:
    """Whether one registered sentence has its words, with a value or other words for each of its values."""
    plain = text.replace("{{}}", ANY).replace("{}", ANY).removeprefix(f"line {ANY}").strip(f" ,;:{ANY}")
    pattern = re.compile(".*?".join(map(re.escape, plain.split(ANY))))
    return any(map(pattern.search, REGISTERED))


@pytest.mark.parametrize("path", [*ROOM, *BESIDE], ids=lambda path: path.stem)
def test_every_sentence_of_the_room_is_registered(path: Path) -> None:
    lines = LISTS.get(path.name, range(0))
    found = [text for line, text in sentences(path.read_text("utf-8")) if line not in lines and not is_registered(text)]
    assert not found, f"write them into lib/language/refusals.py or reasons.py, or speak them by gettext: {found}"


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('raise Refused(f"line {line}: it is not nice; change it")', ["line …: it is not nice; change it"]),
        ('raise found.wrong("port", f"select {port} in a list")', ["select … in a list"]),
        ("query = \"select line, 'a new reason' as reason from lines where id = ?\"", ["a new reason"]),
        ('TEXT = "it is a {what} of its own; export it again"', ["it is a … of its own; export it again"]),
        ('reason = gettext("it is a backup; rename it")', []),
        ('def found():\n    """What a person reads."""', []),
        ('query = f"select count(*) from raw.{table} where file = ?"', []),
    ],
)
def test_a_sentence_is_found_where_it_is_written(code: str, texts: list[str]) -> None:
    assert [text for _, text in sentences(code)] == texts
    assert not any(map(is_registered, texts))


def test_a_sentence_that_is_registered_has_the_words_around_its_values() -> None:
    assert is_registered("line …: the header cannot be read; export the file again")
    assert not is_registered("line …: the header cannot be found; export the file again")


@pytest.fixture(scope="module")
def written() -> str:
    """All texts of the room and of what it calls."""
    found = [text for path in [*ROOM, *CALLED] for _, text, _ in literals(path.read_text("utf-8"))]
    return "\n".join(found)


# Composed of two texts by a replacement, or answered by others.
COMPOSED = {"no visible sheet has a cell: the workbook is empty": "the file is", "a connection is a list of fields": ""}


@pytest.mark.parametrize(
    "sentence", [*REFUSALS, *chain(*(texts for kind, texts in REFUSAL_PARTS.items() if kind not in ("spot", "word")))]
)
def test_a_refusal_is_one_that_the_reading_of_files_writes(sentence: str, written: str) -> None:
    parts = [part for piece in PLACE.split(sentence)[::2] for part in re.split("[;:] ", piece)]
    pieces = [part.strip() for part in parts if len(part) > 12]
    assert not [piece for piece in pieces if piece not in written and COMPOSED.get(piece, "-") not in written]
