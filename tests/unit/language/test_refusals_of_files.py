"""Refusals of broken files and reasons of rows leave no English sentence in another language, whatever a file has."""

import re
import time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.lib.language import speaking, translated
from orchestration.lib.language.sentences import MOST_READINGS, _found, _patterns
from orchestration.lib.language.spoken import catalogue
from tests.unit.language.broken_files import CASES, reasons_of

ENGLISH = re.compile(
    r"\b(the|is|are|not|of|with|this|that|which|has|its|be|them|cannot|line|row|column|found|missing|been|and|it)\b"
)
# What the files have in such words themselves.
WRITTEN = ("is not a date; its year", "required column b", "Ñu; found")


@pytest.fixture(scope="module")
def reasons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """By case what the ledger has, written while Italian is spoken."""
    folder = tmp_path_factory.mktemp("broken")
    with speaking("it"):
        return {case: list(reasons_of(case, folder / str(number))) for number, case in enumerate(CASES)}


def test_there_are_many_kinds_and_the_ledger_is_english(reasons: dict[str, list[str]]) -> None:
    assert [case for case, found in reasons.items() if not found] == []
    found = {text for texts in reasons.values() for text in texts}
    assert len(found) >= 60
    assert [text for text in found if re.search(r"\b(riga|colonna|non|della|deve)\b", text)] == []


@pytest.mark.parametrize("language", ["it", "pt_BR"])
@pytest.mark.parametrize("case", CASES)
def test_no_english_sentence_is_left(case: str, language: str, reasons: dict[str, list[str]]) -> None:
    for text in reasons[case]:
        with speaking(language):
            found = translated(text)
        assert found != text
        for own in WRITTEN:
            found = found.replace(own, "")
        assert ENGLISH.findall(found) == [], found


@pytest.mark.parametrize("case", CASES)
def test_each_reading_makes_the_very_text(case: str, reasons: dict[str, list[str]]) -> None:
    for text in reasons[case]:
        readings = [
            (each, values) for _, each in _patterns("") for values in islice(each.readings(text), MOST_READINGS)
        ]
        assert readings or catalogue("it").gettext(text) != text
        assert {each.sentence % values for each, values in readings} <= {text}


@given(st.text(min_size=1, max_size=60))
def test_whatever_a_cell_has_stays(cell: str) -> None:
    with speaking("it"):
        assert translated(f"column day: '{cell}' is not a date") == f"colonna day: '{cell}' non è del tipo date"
        assert f"'{cell}'" in translated(f"sheet {cell}, row 3: column day: '{cell}' is required and empty")


def test_a_thousand_texts_take_less_than_a_tenth_of_a_second(reasons: dict[str, list[str]]) -> None:
    texts = [f"sheet {number}, row 7: {text}" for number in range(20) for each in reasons.values() for text in each]
    assert len(texts) > 1000
    with speaking("pt_BR"):
        for text in texts:
            translated(text)
        taken = []
        for _ in range(3):
            _found.cache_clear()
            begun = time.process_time()
            for text in texts[:1000]:
                translated(text)
            taken.append(time.process_time() - begun)
    assert min(taken) < 0.1
