"""What prose names exists: files, modules, models, columns, verbs, options, requirements.

Belongs here: one function for each kind of name, and an example in which it finds one that is gone. What is prose and
what is code is prose.py. A release of the changelog is prose while it is the newest, and without what was there before.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import PurePosixPath

import pytest
import typer

from orchestration.cli import app
from tests.conventions.markdown import read_page
from tests.conventions.prose import code_words, committed, prose
from tests.conventions.test_models import MODELS, PUBLISHED, properties

# Written by a run, so that no file of the repository is one; and what how-tos call a company and its system.
MADE = {"published", "store", "warehouse", "logs", "project", "replay", "tasks", "signed"}
EXAMPLES = re.compile(r"velo|shop|acme|draft|<[^>]+>")
# What a company may have and no company of the repository has.
OPTIONAL = {
    f"reference/{name}.csv" for name in ("absences", "answer_labels", "campaign_rules", "costs", "disputes", "owners")
} | {"agreements/2026-01-01.yml"}
# Words of another program, or of a file that a user writes.
FOREIGN = {"hs_lead_disqualification_reason", "not_our_market", "joined_at", "persist_docs"}
# A group of Dagster is a layer and a folder: marts_funnel.
LAYERS = {"raw", "marts", "reports"}


@cache
def folders() -> set[str]:
    return {part for name in committed() for part in PurePosixPath(name).parts[:-1]} - MADE


@cache
def exists(path: str) -> bool:
    """Whether a path, from the root or from any folder on, is one of the repository.

    The name of an example is any name, and a decision is known by its number.
    """
    name = re.sub(r"^(docs/decisions/\d{4})$", r"\1-*.md", EXAMPLES.sub("*", path).strip("/"))
    name = re.escape(name).replace(r"\*", "[^/]*")
    form = re.compile(rf"(?:^|.*/){name}(?:/.*)?$")
    return any(form.match(each) for each in committed())


def files(text: str) -> set[str]:
    """A path from a folder of the repository on, or a file's name, that no file has and no code writes."""
    longer = re.findall(r"(?<![\w/.:<>-])(?:[\w.*<>-]+/)+[\w.*<>-]*[\w*>/]", text)
    names = re.findall(r"(?<![\w/.<>*-])\w+\.(?:py|sql|yml|j2|md|toml|html)\b", text)
    known = {path for path in longer if path.split("/")[0] in folders() and not MADE & set(path.split("/"))}
    written = {name for name in names if name.split(".")[0] in code_words() and not name.endswith((".py", ".sql"))}
    return {path for path in known | set(names) - written - OPTIONAL if not exists(path)} - OPTIONAL


def modules(text: str) -> set[str]:
    """A package, a module, or a name of a module."""
    gone = set()
    for name in re.findall(r"\b(?:orchestration|seeds\.generator|tests)(?:\.[a-z_]\w*)+", text):
        module, _, inner = name.rpartition(".")
        places = [name, f"{name}.py", *[f"{module}.py"] * (inner in code_words())]
        gone |= set() if any(exists(re.sub(r"\.(?!py$)", "/", place)) for place in places) else {name}
    return gone


def models(text: str) -> set[str]:
    """Models, and columns of those that are published."""
    found = re.findall(r"\b((?:stg|int|dim|fct|rpt)_\w*\w)(?![\w*<])(?:\.(?!sql|yml|csv|parquet)([a-z]\w*))?", text)
    gone = {name for name, _ in found if name not in MODELS and not EXAMPLES.search(name)}
    return gone | {
        f"{name}.{column}" for name, column in found if column and column not in columns().get(name, {column})
    }


@cache
def columns() -> dict[str, set[str]]:
    return {name: {column["name"] for column in properties()[name]["columns"]} for name in PUBLISHED}


def words(text: str) -> set[str]:
    """Names with an underscore (columns, functions, macros, keys) and calls that no code has."""
    found = re.findall(r"(?<![\w/-])[a-z]+[0-9]*(?:_+[a-z0-9]+)+\b(?![\w*<]|/)|(?<=`)\w+(?=\()", text)
    gone = {word for word in found if not EXAMPLES.search(word)} - code_words() - FOREIGN
    return {word for word in gone if not (word.split("_")[0] in LAYERS and word.split("_", 1)[1] in folders())}


@cache
def verbs() -> dict[str, set[str]]:
    """Each verb of the smarketing command, and its options."""
    group = typer.main.get_command(app)
    context = typer.Context(group)
    known = {name: group.resolve_command(context, [name])[1] for name in group.list_commands(context)}
    return {name: {option for each in verb.params for option in each.opts} for name, verb in known.items() if verb}


def commands(text: str) -> set[str]:
    """Verbs of smarketing and of make, and options, that the command or the Makefile does not have."""
    makes = set(re.findall(r"^([a-z-]+):", committed()["Makefile"], re.MULTILINE))
    gone = {
        f"make {verb}" for verb in re.findall(r"(?:`|^)make ([a-z][a-z-]*)", text, re.MULTILINE) if verb not in makes
    }
    every_option = {"--help", "--version", "--language"}.union(*verbs().values())
    gone |= {option for option in re.findall(r"`(--[a-z-]+)", text) if option not in every_option}
    for verb, rest in re.findall(r"(?:`|^|bin/|: )smarketing ([a-z]+)([^`\n]*)", text, re.MULTILINE):
        known = verbs().get(verb, set())
        gone |= {verb} - verbs().keys() | {
            f"{verb} {option}" for option in re.findall(r" (--[a-z-]+)", rest) if option not in known
        }
    return gone


def requirements(text: str) -> set[str]:
    """Numbers that docs/requirements.md does not have."""
    [table] = read_page(committed()["docs/requirements.md"]).tables
    return set(re.findall(r"\bR\d{1,2}\b", text)) - {row[0] for row in table}


STALE: dict[Callable[[str], set[str]], tuple[str, set[str]]] = {
    files: (
        "`lib/demo/clock.py`, `macros/old/`, review.py, `gone.sql`, DESIGN.md; `systems/shop/system.yml`, company.yml",
        {"lib/demo/clock.py", "macros/old/", "gone.sql", "DESIGN.md"},
    ),
    modules: (
        "orchestration.lib.demo, orchestration.lib.quota.gone_name, orchestration.settings.home_of, seeds.generator",
        {"orchestration.lib.demo", "orchestration.lib.quota.gone_name"},
    ),
    models: (
        "fct_gone, `fct_journeys.gone`, fct_journeys.person_id, fct_journeys.sql, rpt_sla_*",
        {"fct_gone", "fct_journeys.gone"},
    ),
    words: (
        "`union_gone()`, gone_at, `unbuildable(x)`, person_id, `union_systems()`",
        {"union_gone", "gone_at", "unbuildable"},
    ),
    commands: (
        "`make gone`, `smarketing gone`, `smarketing run --gone`, `--vanished`, `--home`, `make test-all`",
        {"make gone", "gone", "run --gone", "--vanished"},
    ),
    requirements: ("R1, R99", {"R99"}),
}


@pytest.mark.parametrize("kind", STALE, ids=lambda kind: kind.__name__)
def test_what_prose_names_exists(kind: Callable[[str], set[str]]) -> None:
    example, gone = STALE[kind]
    assert kind(example) == gone
    # A message is code, and names verbs too.
    texts = committed() if kind is commands else prose()
    assert {name: sorted(stale) for name, text in texts.items() if (stale := kind(text))} == {}


def test_a_package_lists_its_own_modules() -> None:
    """Names in the columns of its docstring: a module of that name elsewhere is another one."""
    packages = {name: text for name, text in prose().items() if name.endswith("__init__.py")}
    listed = {
        f"{PurePosixPath(name).parent}/{module}"
        for name, text in packages.items()
        for module in re.findall(r"(?:^| ) +(\w+\.py)  +", text, re.MULTILINE)
    }
    assert "orchestration/lib/pages/today.py" in listed
    assert listed - committed().keys() == set()
