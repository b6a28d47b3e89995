"""What tables have in English is found in the catalogues: the words of key figures, and sentences with their values."""

from collections.abc import Iterator

import pytest

from orchestration.lib.agreement.measures import FIGURES
from orchestration.lib.csv_files import seed_rows
from orchestration.lib.formats import label
from orchestration.lib.language import kpis, sentences, speaking, spoken, translated

SHOWN = ("label", "numerator", "denominator", "cases_of", "period_of", "unknown")
FIGURES_OF_A_MEETING = {
    "94,707 of 141,667 EUR": "⟦94.707 of 141.667 EUR⟧",
    "207 of 283 kept, agreed 90.0 %": "⟦207 of 283 kept, agreed 90,0 %⟧",
    "84.9 % of 1,357, agreed 90.0 %": "⟦84,9 % of 1.357, agreed 90,0 %⟧",
    "41.5 days of 20, agreed 30.0 days": "⟦⟦41,5 days⟧ of 20, agreed ⟦30,0 days⟧⟧",
    "20, agreed 25": "⟦20, agreed 25⟧",
    "3 open, the oldest since 2026-09-02": "⟦3 open, the oldest since 2026-09-02⟧",
    "59 entered x (42.00 % agreed - 42.37 % measured) x 82.00 % x 2,000 = -87 in the quarter": (
        "⟦⟦59 entered x (42,00 % agreed - 42,37 % measured) x 82,00 % x 2.000 = -87⟧ in the quarter⟧"
    ),
    "MQL to SQL": "⟦MQL to SQL⟧",
    "Agreed improvement: mql to sql": "⟦Agreed improvement: mql to sql⟧",
}


class Marked:
    """A catalogue that has every text, between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message in sentences.SENTENCES else message


@pytest.fixture
def italian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in (spoken, sentences):
        monkeypatch.setattr(module, "catalogue", lambda language: Marked())
    sentences._found.cache_clear()
    with speaking("it"):
        yield
    sentences._found.cache_clear()


def test_every_word_of_a_key_figure_is_in_the_catalogue() -> None:
    rows = seed_rows("known_kpis")
    assert set(kpis.KPIS) == {row[column] for row in rows for column in SHOWN if row[column]}
    assert set(kpis.MEASURES) == {label(name) for name in FIGURES}


@pytest.mark.parametrize(("english", "shown"), FIGURES_OF_A_MEETING.items())
def test_the_figures_of_a_question_are_written_as_the_language_does(italian: None, english: str, shown: str) -> None:
    assert translated(english) == shown


@pytest.mark.parametrize("own", ["Prices of the market", "Too many have to agree", "Case, agreed by phone"])
def test_what_a_company_wrote_is_no_sentence_of_a_table(italian: None, own: str) -> None:
    assert translated(own) == own
