"""Fields changed in the text of a version: comments, blanks, order and ends of lines stay."""

from pathlib import Path

import pytest

from orchestration.lib.agreement.editing import Edit, edited
from orchestration.lib.agreement.yaml_document import AgreementError, parse

HERE = Path("x.yml")
TEXT = """\
# the first
a:   1   # one
b:
    c: {d: 0.5,   e: "two words"}   # kept
    f:
        g: 0.25 # of the year
        h: 0.75
list:
  # by hand
  - {x: 1}
  - {x: 2} # last
end: 2026-12-31
"""


def changed(text: str, *edits: Edit) -> str:
    return edited(parse(HERE, text), edits).text


def test_only_the_fields_change() -> None:
    assert changed(TEXT, Edit(("a",), "2"), Edit(("b", "c", "d"), 0.125)) == TEXT.replace(
        "a:   1   #", 'a:   "2"   #'
    ).replace("d: 0.5,", "d: 0.125,")


def test_the_reason_is_a_comment_above_and_comments_inside_move_there() -> None:
    text = changed(TEXT, Edit(("b", "f"), {"g": 0.5, "h": 1.0}, ("measured",)))
    assert "    # of the year\n    # measured\n    f:\n        {g: 0.5, h: 1}\nlist:" in text
    again = changed(text, Edit(("b", "f"), {"g": 0.25, "h": 1.0}, ("measured again",), "measured"))
    assert "    # of the year\n    # measured again\n    f:\n        {g: 0.25, h: 1}\nlist:" in again


def test_two_fields_of_a_line_have_their_reasons_in_order() -> None:
    text = changed(TEXT, Edit(("b", "c", "e"), "x y", ("of e",)), Edit(("b", "c", "d"), 1, ("of d",)))
    assert '    # of e\n    # of d\n    c: {d: 1,   e: "x y"}   # kept' in text


def test_a_list_becomes_empty_and_a_field_goes() -> None:
    text = changed(TEXT, Edit(("list",), []), Edit(("end",), None))
    assert text.endswith("        h: 0.75\nlist: [] # last\n")


def test_line_ends_of_windows_stay() -> None:
    text = changed(TEXT.replace("\n", "\r\n"), Edit(("b", "c", "d"), 0.25, ("why",)))
    assert text == TEXT.replace("    c: {d: 0.5", "    # why\n    c: {d: 0.25").replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "edit", "message"),
    [
        ("{a: 1}\n", Edit(("a",), 2), "x.yml line 1: write the fields one a line"),
        ("a: 1\n", Edit(("b", "c"), 2), "x.yml: it has no b.c"),
        # The reason would become a part of the text above.
        ('a: {b: "one\n  two", c: 1}\n', Edit(("a", "c"), 2, ("why",)), "x.yml: its fields were not found"),
    ],
)
def test_a_text_that_is_too_unusual_is_refused(text: str, edit: Edit, message: str) -> None:
    with pytest.raises(AgreementError, match=message.replace(".", r"\.")):
        changed(text, edit)
