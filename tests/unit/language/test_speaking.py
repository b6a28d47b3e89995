"""What a language does to a figure, a date and a text."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from orchestration.lib import formats
from orchestration.lib.language import gettext, language, speaking

DAY = date(2026, 2, 9)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("en", ["1,234,568", "−1,234.50", "12.3\u00a0%", "+1,234.5", "9 February 2026", "Mon 9 Feb 2026, 17:05"]),
        ("it", ["1.234.568", "−1.234,50", "12,3\u00a0%", "+1.234,5", "9 febbraio 2026", "lun 9 feb 2026, 17:05"]),
        (
            "pt_BR",
            ["1.234.568", "−1.234,50", "12,3\u00a0%", "+1.234,5", "9 de fevereiro de 2026", "seg 9 fev 2026, 17:05"],
        ),
    ],
)
def test_figures_and_dates_are_written_as_in_the_language(spoken: str, written: list[str]) -> None:
    with speaking(spoken):
        assert [
            formats.count(1234567.8),
            formats.cents(Decimal("-1234.5")),
            formats.percent(0.1234),
            formats.difference(1234.5, "days"),
            formats.long_date(DAY),
            formats.moment(datetime(2026, 2, 9, 17, 5)),
        ] == written
    assert language() == "en"


def test_a_text_without_a_translation_is_english() -> None:
    with speaking("it"):
        assert gettext("nobody has written %(this)s before", this="sentence") == "nobody has written sentence before"
