"""The rules of DESIGN.md that Python and the repository can be held to."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
CODE = sorted((PROJECT / "orchestration").rglob("*.py"))
PYTHON = [*CODE, *sorted((PROJECT / "tests").rglob("*.py"))]

MOST_LINES = 250
# Longer today, and not to grow; a file that has become shorter comes off the list.
LONG = {"tests/unit/test_ingestion.py": 322}

MACHINE_PATHS = re.compile(r"""(?<![\w.~-])/(?:work|root|home|Users|usr/local|opt)/\w|[A-Z]:\\Users""")
REGISTRIES = re.compile(r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|jsdelivr|unpkg|anaconda|artifactory|nexus)[\w.-]*")


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def imports(path: Path) -> set[str]:
    """The packages that a file imports, at its head or within a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_lib_is_plain_python() -> None:
    """No Dagster, and nothing of the folders that know it."""
    for path in (PROJECT / "orchestration" / "lib").rglob("*.py"):
        for module in imports(path):
            assert not re.match(r"dagster|orchestration\.(defs|definitions|settings|cli)", module), name_of(path)


def test_settings_alone_reads_the_environment() -> None:
    reading = {
        name_of(path)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv", "putenv"))
        or (isinstance(node, ast.ImportFrom) and node.module == "os")
    }
    assert reading == {"orchestration/settings.py"}


def test_the_parts_of_defs_do_not_reach_into_pages_or_commands() -> None:
    for path in (PROJECT / "orchestration" / "defs").rglob("*.py"):
        assert not {"orchestration.cli", "typer", "altair", "jinja2"} & imports(path), name_of(path)


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_a_file_is_not_too_long(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    if name_of(path) in LONG:
        assert MOST_LINES < lines <= LONG[name_of(path)], "longer than it was, or short enough to come off the list"
    else:
        assert lines <= MOST_LINES


@pytest.mark.parametrize("path", [path for path in CODE if path.stat().st_size], ids=name_of)
def test_a_module_opens_with_what_belongs_there(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text()))
    assert docstring
    assert len(docstring.splitlines()[0]) <= 120


def committed() -> list[Path]:
    """Every file that is or will be tracked, as far as it is text."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [path for name in names if name and (path := PROJECT / name).is_file()]


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRIES], ids=["path of a machine", "registry"])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    found = {}
    for path in committed():
        match = pattern.search(path.read_text(encoding="utf-8", errors="ignore"))
        if match:
            found[name_of(path)] = match[0]
    assert found == {}
