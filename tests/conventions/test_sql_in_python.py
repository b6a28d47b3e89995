"""SQL inside Python projects and filters; what a figure or a status is, a model decides.

Belongs here: which words such SQL must not contain, and how much of it pages and comparisons may have.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LIB = PROJECT / "orchestration" / "lib"
# These read files as they came, before there is a model; or write cells for a spreadsheet.
EXEMPT = {
    LIB / "ingestion": "types and faults of the cells of a file",
    LIB / "onboarding": "what the columns of an unknown file hold, and staging models as text",
    LIB / "quality" / "arrival.py": "what may arrive, from the declaration",
    LIB / "csv_files.py": "a text that a spreadsheet would run",
}
SQL = re.compile(r"(?i)\b(select|from|where|order by|group by|qualify)\b")
JUDGEMENT = re.compile(
    r"(?i)\bcase\s+(\w+\s+)?when\b|\bnullif\(|\bif\(|\btimezone\(|\bat time zone\b|\bdate_trunc\(|\binterval\s+'"
)
MOST_LINES = 350


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Each text of a file, but for docstrings, with its line."""
    tree = ast.parse(path.read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def judges(text: str) -> bool:
    return bool(SQL.search(text) and JUDGEMENT.search(text))


def sql_lines(text: str) -> int:
    return text.count("\n") if text.count("\n") > 2 and re.search(r"(?im)^\s*(select|with)\b", text) else 0


def test_no_figure_is_defined_in_python() -> None:
    files = [
        path
        for path in (PROJECT / "orchestration").rglob("*.py")
        if not any(path.is_relative_to(exempt) for exempt in EXEMPT)
    ]
    assert [f"{path.relative_to(PROJECT)}:{line}" for path in files for line, text in texts(path) if judges(text)] == []


def test_the_rule_finds_what_it_is_for() -> None:
    assert judges("select case when is_signed then 1 end from marts.dim_agreement")
    assert judges("select a / nullif(b, 0)\nfrom t")
    assert judges("select if(kind = 'x', 1, 2) from t")
    assert judges("select timezone('UTC', as_of) from marts.dim_build")
    assert not judges("select count(*) filter (where is_counted) as leads from marts.fct_handoffs")


def test_pages_and_comparisons_hold_little_sql() -> None:
    files = [path for room in ("pages", "comparison") for path in (LIB / room).rglob("*.py")]
    lines = {path.name: sum(map(sql_lines, (text for _, text in texts(path)))) for path in files}
    assert sum(lines.values()) < MOST_LINES, sorted(lines.items(), key=lambda item: -item[1])[:5]
