"""What a visitor of the repository meets: the workflow, forms, hooks, devcontainer and editor settings.

Belongs here: that they follow their schemas and call nothing but the Makefile, .ci/run and the pinned tools.
"""

import configparser
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conventions.markdown import recipe_blocks
from tests.conventions.prose import committed

PROJECT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def is_ours(command: str) -> bool:
    """Whether a command is .ci/run or a verb of the Makefile, and nothing else."""
    return command == ".ci/run" or (
        command.startswith("make ") and f"\n{command.removeprefix('make ')}:" in committed()["Makefile"]
    )


def runs(workflow: str) -> list[str]:
    """The commands of a workflow, a line each."""
    steps = [step for job in yaml.safe_load(workflow)["jobs"].values() for step in job["steps"]]
    return [line for step in steps if "run" in step for line in step["run"].splitlines()]


def test_the_workflow_calls_our_own_verbs() -> None:
    commands = runs(committed()[".github/workflows/ci.yml"])
    assert ".ci/run" in commands
    assert [command for command in commands if not is_ours(command)] == []
    assert [each for each in ("pip install x", "make gone", ".ci/run; id", "make check\nid") if is_ours(each)] == []
    assert is_ours(json.loads(committed()[".devcontainer/devcontainer.json"])["postCreateCommand"])


@pytest.mark.parametrize(
    ("schema", "pattern"), [("workflows", "workflows/*.yml"), ("issue-forms", "ISSUE_TEMPLATE/*.yml")]
)
def test_what_github_reads_follows_its_schema(schema: str, pattern: str, tmp_path: Path) -> None:
    check = [BIN / "check-jsonschema", "--builtin-schema", f"vendor.github-{schema}"]
    files = sorted((PROJECT / ".github").glob(pattern))
    assert files
    result = subprocess.run([*check, *files], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout
    (broken := tmp_path / "broken.yml").write_text(files[0].read_text().replace("name:", "nam:"))
    assert subprocess.run([*check, broken], capture_output=True).returncode == 1


def test_hooks_call_the_pinned_tools() -> None:
    [repository] = yaml.safe_load(committed()[".pre-commit-config.yaml"])["repos"]
    tools = {hook["entry"].split()[0] for hook in repository["hooks"] if hook["language"] == "system"}
    locked = re.findall(r"^([\w-]+)==", committed()["requirements.lock"], re.MULTILINE)
    packages = {"sqlfmt": "shandy-sqlfmt"}
    names = {tool.removeprefix(".venv/bin/") for tool in tools}
    assert len(tools) > 3
    assert {packages.get(name, name) for name in names} <= set(locked)
    assert repository["repo"] == "local"


def test_the_editor_and_the_formatters_agree() -> None:
    editor = configparser.ConfigParser()
    editor.read_string("[top]\n" + committed()[".editorconfig"])
    tools = tomllib.loads(committed()["pyproject.toml"])["tool"]
    assert int(editor["*.py"]["max_line_length"]) == tools["ruff"]["line-length"]
    assert int(editor["*.sql"]["max_line_length"]) == tools["sqlfmt"]["line_length"]
    kinds = (".py", ".sql", ".yml", ".yaml", ".md", ".json", ".toml", ".j2", ".css", "Makefile", ".editorconfig")
    texts = {name: text for name, text in committed().items() if name.endswith(kinds) and text}
    assert [name for name, text in texts.items() if not text.endswith("\n") or re.search(r"[ \t]\n", text)] == []
    tabs = {name for name, text in texts.items() if re.search(r"^ *\t", text, re.MULTILINE)}
    assert tabs == {"Makefile"}


def lost_anchors(recipes: str) -> list[str]:
    """Lines of other files that a recipe adds something below, and that are not there."""
    shown = [
        (path, line[1:])
        for kind, path, text in recipe_blocks(recipes)
        for line in text.splitlines()
        if kind == "diff" and line.startswith(" ") and path in committed()
    ]
    return [f"{path}: {line}" for path, line in shown if line not in committed()[path].splitlines()]


def test_the_recipes_add_to_lines_that_are_there() -> None:
    """Followed literally they are in `end_to_end/test_recipes.py`, which is slow."""
    recipes = committed()["CONTRIBUTING.md"]
    assert lost_anchors(recipes) == []
    assert lost_anchors("```diff README.md\n gone\n+new\n```\n") == ["README.md: gone"]
    assert "```diff docs/agreement.md\n" in recipes
