"""The rules of attribution as rows: those of the section, and the defaults of a version without it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.lib.agreement.reading import AgreementError, read_agreement
from orchestration.lib.agreement.rows import agreement_rows

Write = Callable[..., Path]
SECTION = """attribution:
  conversions: [won, mql]
  path_of: deal_contacts
  look_back: 30d
  amount: margin
  half_life: 3d
  position_weights: {first: 0.5, middle: 0.1, last: 0.4}
  shown_model: markov_1
"""


def found(path: Path) -> tuple[tuple, list[str], tuple[str, str]]:
    """The numbers of the rules, the conversions, and what pages show."""
    tables = agreement_rows([read_agreement(path)])
    ((rules,), conversions, (version,)) = (
        tables[name] for name in ("attribution", "attribution_conversions", "versions")
    )
    numbers = (rules.look_back_days, rules.amount_basis, rules.half_life_days)
    weights = (rules.first_weight, rules.middle_weight, rules.last_weight)
    return (
        (*numbers, *weights),
        [row.conversion for row in conversions],
        (version.shown_path_scope, version.shown_model),
    )


def test_a_version_without_the_section_has_the_defaults(write: Write, valid: str) -> None:
    expected = ((90, "booked", 7, 0.4, 0.2, 0.4), ["opportunity", "won"], ("account", "first_touch"))
    assert found(write(valid)) == expected


def test_the_section_is_laid_out_as_it_is_written(write: Write, valid: str) -> None:
    expected = ((30, "margin", 3, 0.5, 0.1, 0.4), ["won", "mql"], ("deal_contacts", "markov_1"))
    assert found(write(valid + SECTION)) == expected


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("last: 0.4", "last: 0.5", "position_weights: first, middle and last must add up to 1; they add up to 1.1"),
        ("[won, mql]", "[won, won]", "attribution: conversions names won twice; remove one of the two"),
        ("markov_1", "markov_3", "attribution.shown_model"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_line(
    write: Write, valid: str, old: str, new: str, message: str
) -> None:
    path = write(valid + SECTION.replace(old, new))
    with pytest.raises(AgreementError) as caught:
        read_agreement(path)
    assert message in str(caught.value)
    assert f"{path} line " in str(caught.value)
