"""Words are compared in one form, the same one in SQL models and in Python."""

import ast
import re
from pathlib import Path

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from orchestration.lib.warehouse.sql import APART, folded

MACRO = Path(__file__).parents[3] / "dbt_project" / "macros" / "text" / "folded_word.sql"
WORDS = st.text(st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0xFF), min_size=1, max_size=12)


def test_python_and_the_models_compare_words_in_one_form() -> None:
    text = MACRO.read_text()
    written = re.search(r"lower\(\{\{ value \}\}\), '([^']*)'", text)
    blanks = re.search(r"set blanks = (\[[^]]*\])", text)
    assert written
    assert blanks
    assert written[1] + "".join(map(chr, ast.literal_eval(blanks[1]))) == APART


@given(WORDS, st.lists(st.sampled_from(APART), max_size=8), st.randoms(use_true_random=False))
def test_what_lies_between_the_letters_changes_no_word(word: str, added: list[str], random) -> None:
    letters = [random.choice((letter, letter.lower())) for letter in word]
    for sign in added:
        letters.insert(random.randint(0, len(letters)), sign)
    query = f"select {folded('$1')}, {folded('$2')}, {folded(folded('$1'))}"
    with duckdb.connect() as connection:
        once, other, twice = connection.execute(query, [word, "".join(letters)]).fetchall()[0]
    assert once == other == twice
    assert once
