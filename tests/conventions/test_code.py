"""The rules of CONTRIBUTING.md that Python and the repository can be checked against."""

import ast
import re
import subprocess
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
CODE = sorted((PROJECT / "orchestration").rglob("*.py"))
PYTHON = [*CODE, *sorted((PROJECT / "tests").rglob("*.py"))]

MOST_LINES = 250

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


def room(module: str) -> str:
    """The package of a module of lib, or the module itself on the ground floor; what is outside of lib by its name."""
    names = module.split(".")[1:]
    return "/".join(names[:2] if names[:1] == ["lib"] else names[:1])


def test_no_import_runs_back_up() -> None:
    """The rooms have an order: none imports what imports it, directly or through others."""
    reads: dict[str, set[str]] = {}
    for path in CODE:
        module = path.relative_to(PROJECT).with_suffix("").as_posix().replace("/", ".")
        read = {room(name) for name in imports(path) if re.match(r"orchestration\.\w", name)}
        reads.setdefault(room(module), set()).update(read - {room(module)})
    try:
        list(TopologicalSorter(reads).static_order())
    except CycleError as error:
        pytest.fail(f"these rooms import each other: {' <- '.join(error.args[1])}")


def test_settings_alone_reads_the_environment() -> None:
    reading = {
        name_of(path)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv", "putenv", "expandvars"))
        or (isinstance(node, ast.ImportFrom) and node.module == "os")
    }
    # The variables that a company names in connection.yml are not those of the project.
    assert reading == {"orchestration/settings.py", "orchestration/lib/ingestion/connections.py"}


def test_the_parts_of_defs_do_not_reach_into_pages_or_commands() -> None:
    for path in (PROJECT / "orchestration" / "defs").rglob("*.py"):
        assert not {"orchestration.cli", "typer", "altair", "jinja2"} & imports(path), name_of(path)


def test_no_file_is_too_long() -> None:
    lines = {name_of(path): len(path.read_text().splitlines()) for path in PYTHON}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_a_module_opens_with_what_belongs_there() -> None:
    docstrings = {
        name_of(path): ast.get_docstring(ast.parse(path.read_text())) or "" for path in CODE if path.stat().st_size
    }
    assert [name for name, text in docstrings.items() if not 0 < len(text.partition("\n")[0]) <= 120] == []


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
