"""What is written about the code, file by file, and all names that the code has.

Belongs here: collecting both. Prose is pages, docstrings and comments of Python, descriptions and comments of YAML,
comments of SQL; everything else of these files is code. Which names prose must not have is test_prose.py.
"""

import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from tests.conventions.test_code import committed as committed_files
from tests.conventions.test_code import name_of

SQL_COMMENT = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)
YAML_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)
# A block that is a file, its path beside the language: what a recipe makes does not exist yet.
MARKDOWN_FILE = re.compile(r"^ *```\w+ \S+\n.*?^ *```$", re.MULTILINE | re.DOTALL)
# What is not released yet, and the newest release below it.
NEWEST_RELEASE = re.compile(r"^## (?:[^\n]*\(unreleased\)\n.*?^## )?.*?(?=^## )", re.MULTILINE | re.DOTALL)


@cache
def committed() -> dict[str, str]:
    """Every file that is or will be tracked: its path in the repository, and its text; of an export the beginning.

    test_prose.py is excluded: its examples name what is gone.
    """
    texts = {
        name_of(path): path.open(encoding="utf-8", errors="ignore").read(1000 if "exports" in path.parts else -1)
        for path in sorted(committed_files())
    }
    return texts | {"tests/conventions/test_prose.py": ""}


def split_python(text: str) -> tuple[str, str]:
    """Prose and code: a docstring is a statement that is nothing but a text."""
    prose, code, before = [], [], tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        alone = token.type == tokenize.STRING and before in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
        (prose if alone or token.type == tokenize.COMMENT else code).append(token.string)
        if token.type not in (tokenize.COMMENT, tokenize.NL):
            before = token.type
    return "\n".join(prose), " ".join(code)


def texts(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Key and text of everything in a YAML document; a key is a text too."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield "", str(name)
            yield from texts(each, str(name))
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, key)
    else:
        yield key, str(value)


def split(name: str, text: str) -> tuple[str, str]:
    """Prose and code of a file."""
    match Path(name).suffix:
        case ".md" if name.startswith("orchestration/"):
            return "", text  # of a company's folder
        case ".md":
            return MARKDOWN_FILE.sub("", text), ""
        case ".py":
            return split_python(text)
        case ".sql":
            return "\n".join(SQL_COMMENT.findall(text)), SQL_COMMENT.sub(" ", text)
        case ".yml" | ".yaml":
            found = list(texts(yaml.load(text, yaml.CSafeLoader)))
            described = [each for key, each in found if key == "description"]
            return "\n".join([*YAML_COMMENT.findall(text), *described]), " ".join(
                each for key, each in found if key != "description"
            )
        case ".toml" | "":
            return "\n".join(YAML_COMMENT.findall(text)), YAML_COMMENT.sub(" ", text)
        case _:
            return "", text


@cache
def prose() -> dict[str, str]:
    """The prose of each file; of the changelog the last column of its newest rows: what there is now."""
    found = {name: split(name, text)[0] for name, text in committed().items()}
    newest = NEWEST_RELEASE.search(found["CHANGELOG.md"])
    found["CHANGELOG.md"] = "\n".join(re.findall(r"([^|]*)\|$", newest[0] if newest else "", re.MULTILINE))
    return found


@cache
def code_words() -> set[str]:
    """Every word of the code: identifiers, keys, columns, words in its texts, names of files."""
    code = " ".join(split(name, text)[1] for name, text in committed().items())
    return set(re.findall(r"\w+", code)) | {Path(name).stem for name in committed()}
