"""The exposures of the dbt project: every page and notification, with the models that its code really reads.

Belongs here: finding those models in the code. `meta.code` of an exposure names the functions that make it; from there
the test follows every function and constant of the project that is named, and collects `<schema>.<table>` from texts.
"""

import ast
import re
from functools import cache
from pathlib import Path

import yaml

from orchestration.lib import pages
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK
from tests.conventions.test_models import DBT, PROJECT

EXPOSURES = {each["name"]: each for each in yaml.safe_load((DBT / "models" / "exposures.yml").read_text())["exposures"]}
TABLE = re.compile(r"\b(?:intermediate|marts|reports)\.(\w+)")


def path_of(module: str) -> Path | None:
    """The file of a module of the project."""
    path = PROJECT / module.replace(".", "/")
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


@cache
def names_of(module: str) -> tuple[dict[str, ast.AST], dict[str, tuple[str, str]]]:
    """What a module defines at its top, and what it imports of the project, both by name."""
    path = path_of(module)
    assert path, module
    defined: dict[str, ast.AST] = {}
    imported: dict[str, tuple[str, str]] = {}
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            defined |= {name.id: node for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("orchestration"):
            imported |= {alias.asname or alias.name: (node.module or "", alias.name) for alias in node.names}
    return defined, imported


def tables_read(function: str) -> set[str]:
    """The tables that a function reads, by itself or through whatever of the project it names."""
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    module, _, name = function.rpartition(".")
    assert name in names_of(module)[0], f"{function} is not there"
    waiting = [(module, name)]
    while waiting:
        module, name = waiting.pop()
        if (module, name) in seen or path_of(module) is None:
            continue
        seen.add((module, name))
        defined, imported = names_of(module)
        if name not in defined:
            waiting += [imported[name]] if name in imported else []
            continue
        for node in ast.walk(defined[name]):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(TABLE.findall(node.value))
            elif isinstance(node, ast.Name):
                waiting.append((module, node.id))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported:
                waiting.append((".".join(imported[node.value.id]), node.attr))
    return found


def test_an_exposure_depends_on_what_its_code_reads() -> None:
    wrong = {}
    for name, exposure in EXPOSURES.items():
        read = set().union(*map(tables_read, exposure["config"]["meta"]["code"]))
        declared = {ref.removeprefix("ref('").removesuffix("')") for ref in exposure["depends_on"]}
        if read != declared:
            wrong[name] = {"read and not declared": read - declared, "declared and not read": declared - read}
    assert wrong == {}


def test_every_page_and_every_notification_is_an_exposure() -> None:
    code = {function.rpartition(".")[2] for each in EXPOSURES.values() for function in each["config"]["meta"]["code"]}
    assert {name for name in pages.__all__ if name.startswith("render_")} <= code
    assert {f"{channel}_notifications" for channel in (MAIL, WEBHOOK, TASKS)} <= set(EXPOSURES)
    for name, exposure in EXPOSURES.items():
        assert {"label", "type", "description", "owner"} <= set(exposure), name


def test_the_code_is_followed_through_other_modules() -> None:
    """Without that every exposure would be right that declares nothing."""
    assert tables_read("orchestration.lib.pages.reading.read_header") >= {"rpt_page_header", "dim_agreement"}
    assert "rpt_open_commitments" in tables_read("orchestration.lib.pages.today.render_today"), "in outstanding.py"
    assert "rpt_owner_months" not in tables_read("orchestration.lib.pages.scorecard.render_scorecards"), "only imported"
