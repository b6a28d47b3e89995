"""Every sentence that the SQL behind the pages of the data and of the definitions writes is in the catalogues."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pytest
import yaml

from orchestration.lib.formats import label
from orchestration.lib.inspection.openings import WHOLE_EXPORTS
from orchestration.lib.language.collecting import collected
from orchestration.lib.language.data_words import DATA_WORDS
from orchestration.lib.language.reasons import PARTS, REASONS
from orchestration.lib.language.sentences import PLACE

PROJECT = Path(__file__).resolve().parents[3]
DBT = PROJECT / "dbt_project"
REGISTERED = {*REASONS, *chain(*PARTS.values()), *DATA_WORDS}
ANY = "…"
# Where reasons are written; of the rest what writes one of these columns.
ALWAYS = ("models/guards/", "models/intermediate/excluded/", "marts/core/fct_excluded_rows", "fct_negative_durations")
COLUMNS = re.compile(r"\bas (fault|ambiguity|exclusion_reason|gap)\b|_fault\(|\bmacro not_money")
# Shown nowhere, or a name of a company: it is compared, is part of a key, or what staging made of two columns.
NOT_SHOWN = {
    "label not in …": "compared with a reason",
    "(no owner)": "a page writes it itself",
    "owner …": "the column, and a fault of it: FAULTS_OF",
    "covered_by …": "the same",
}
FAULTS_OF = ("owner", "covered_by")
TOKEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|'(?:[^']|'')*'|\|\||[A-Za-z_][\w.]*|\d+|\S", re.DOTALL)
COMMENT = re.compile(r"--[^\n]*|\{#.*?#\}", re.DOTALL)


@dataclass
class Parser:
    """What a query composes with ||, each value as ANY; what is within a function or a branch is found by itself."""

    tokens: Sequence[str]
    found: list[tuple[str, bool]] = field(default_factory=list)
    """The text, and whether it is a piece of one that another branch completes."""

    def chain(self, at: int, is_piece: bool) -> int:
        """Reads operands and their ||; returns the next token."""
        pieces, has_branches = [], False
        while True:
            token = self.tokens[at]
            if token.startswith("'"):
                pieces.append(re.sub(r"\{\{.*?\}\}", ANY, token[1:-1].replace("''", "'")))
                at += 1
            elif token == "case":
                pieces.append(ANY)
                has_branches = True
                at = self.until(at + 1, "end", bool(pieces[:-1]) or is_piece)
            elif at + 1 < len(self.tokens) and self.tokens[at + 1] == "(" and re.match(r"\w", token):
                pieces.append(ANY)
                at = self.until(at + 2, ")", False)
            else:
                pieces.append(ANY)
                at += 1
            if at >= len(self.tokens) or self.tokens[at] != "||":
                break
            at += 1
        text = re.sub(f"{ANY}+", ANY, "".join(pieces))
        if has_branches and len(pieces) > 1:
            self.found += [(piece, True) for piece in text.split(ANY)]
        else:
            self.found.append((text, is_piece))
        return at

    def until(self, at: int, end: str, is_piece: bool) -> int:
        while at < len(self.tokens) and self.tokens[at] != end:
            at = self.until(at + 1, ")", False) if self.tokens[at] == "(" else self.chain(at, is_piece)
        return at + 1


def composed(sql: str) -> Iterator[tuple[str, bool]]:
    """The texts of a query with a word and a blank."""
    parser = Parser(TOKEN.findall(COMMENT.sub("", sql)))
    parser.until(0, "", False)
    for text, is_piece in parser.found:
        words = text.replace(ANY, "").strip()
        if re.search(r"[A-Za-z]{2} |[A-Za-z]{2}…| [A-Za-z]{2}|…[A-Za-z]{2}", text) and re.search("[a-z]{2}", words):
            yield text, is_piece


def is_registered(text: str, is_piece: bool) -> bool:
    if all(f"{column} {text}" in REGISTERED for column in FAULTS_OF):
        return True
    if is_piece:
        messages = [message.replace("%%", "%") for message in REGISTERED]
        return all(any(piece in message for message in messages) for piece in text.split(ANY))
    return text in {re.sub(f"{ANY}+", ANY, PLACE.sub(ANY, message)).replace("%%", "%") for message in REGISTERED}


def sources() -> list[Path]:
    files = [*DBT.glob("models/**/*.sql"), *DBT.glob("macros/entities/*.sql"), *PROJECT.glob("systems/**/*.sql")]
    return [
        path
        for path in sorted(files)
        if any(part in str(path.relative_to(PROJECT)) for part in ALWAYS) or COLUMNS.search(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_every_sentence_of_the_sql_is_registered(path: Path) -> None:
    texts = composed(path.read_text(encoding="utf-8"))
    missing = [text for text, is_piece in texts if not is_registered(text, is_piece) and text not in NOT_SHOWN]
    assert not missing, f"write them into lib/language/reasons.py or data_words.py: {missing}"


@pytest.mark.parametrize(
    ("sql", "texts"),
    [
        ("select case when a then 'it is ' || b || ' now' end as reason", [("it is … now", False)]),
        ("select 'one text ' || 'of two' as reason", [("one text of two", False)]),
        ("select 'rows of ' || case when c then ' or d' else '' end", [(" or d", True), ("rows of ", True)]),
        ("select coalesce(a, 'no value') || ' is there'", [("no value", False), ("… is there", False)]),
        ("-- 'no text'\nselect {{ f('x y') }} as \"z\"", []),
    ],
)
def test_a_sentence_of_sql_is_found(sql: str, texts: list[tuple[str, bool]]) -> None:
    assert list(composed(sql)) == texts


def test_every_definition_is_registered() -> None:
    with (DBT / "seeds" / "known_guards.csv").open(encoding="utf-8", newline="") as file:
        definitions = {label(row["definition"]) for row in csv.DictReader(file)}
    assert definitions <= REGISTERED


def test_every_rule_and_advice_of_a_seed_is_registered() -> None:
    with (DBT / "seeds" / "link_rules.csv").open(encoding="utf-8", newline="") as file:
        rules = {label(row["rule"]) for row in csv.DictReader(file)}
    with (DBT / "seeds" / "owner_lists.csv").open(encoding="utf-8", newline="") as file:
        advice = {row["advice"] for row in csv.DictReader(file)}
    assert rules | advice <= REGISTERED


def test_what_an_export_would_open_is_in_the_catalogues() -> None:
    texts = {message.id for message in collected()}
    assert "amounts in other currencies, where reference/currency_rates.csv has none" in texts
    assert {text for pair in WHOLE_EXPORTS.values() for text in pair} <= texts


def test_every_reason_of_the_list_of_exclusions_is_registered() -> None:
    text = (DBT / "models" / "staging" / "reference" / "_reference__sources.yml").read_text(encoding="utf-8")
    columns = [
        column
        for table in yaml.safe_load(text)["sources"][0]["tables"]
        if table["name"] == "exclusions"
        for column in table["columns"]
        if column["name"] == "reason"
    ]
    [reasons] = [column["config"]["meta"]["accepted"] for column in columns]
    assert {*reasons, *map(label, reasons)} <= REGISTERED
