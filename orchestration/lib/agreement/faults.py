"""What pydantic finds wrong with a field, and what to do, in the language that is spoken.

Belongs here: the sentences of its types of errors, in its own English words. What document.py and its parts refuse
themselves has its sentence there.
"""

from typing import Any

from orchestration.lib.formats import either
from orchestration.lib.language import gettext, later, ngettext

# What to do, by pydantic's type of error; what document.py and its parts raise themselves has it already.
REMEDIES = {
    "missing": later("add the field"),
    "extra_forbidden": later("remove it, or correct its spelling"),
    "string_type": later('write a text, in quotes if it looks like a number: "2026"'),
    "string_pattern_mismatch": later("write it in the form that docs/agreement.md shows"),
    "float_type": later("write a number, such as 0.25, without quotes"),
    "int_type": later("write a whole number"),
    "bool_type": later("write true or false"),
    "list_type": later("write a list: [first, second]"),
    "dict_type": later("write fields under it, one a line"),
    "model_type": later("write fields under it, one a line"),
    "literal_error": later("write one of these"),
    "finite_number": later("write a number that can be counted to"),
    "too_short": later("add one"),
    "greater_than": later("write a greater number"),
    "greater_than_equal": later("write a greater number"),
    "less_than": later("write a smaller number"),
    "less_than_equal": later("write a smaller number"),
    "union_tag_invalid": later("write one of these kinds"),
    "union_tag_not_found": later("add the field"),
}
CORRECT = later("correct it as docs/agreement.md shows")
WORDS = {
    "missing": later("Field required"),
    "extra_forbidden": later("Extra inputs are not permitted"),
    "string_type": later("Input should be a valid string"),
    "float_type": later("Input should be a valid number"),
    "int_type": later("Input should be a valid integer"),
    "bool_type": later("Input should be a valid boolean"),
    "list_type": later("Input should be a valid list"),
    "greater_than": later("Input should be greater than %(limit)s"),
    "greater_than_equal": later("Input should be greater than or equal to %(limit)s"),
    "less_than": later("Input should be less than %(limit)s"),
    "less_than_equal": later("Input should be less than or equal to %(limit)s"),
    "literal_error": later("Input should be %(expected)s"),
    "union_tag_invalid": later(
        "Input tag '%(tag)s' found using %(discriminator)s does not match any of the expected tags: %(expected_tags)s"
    ),
    "model_type": later("Input should be fields with their values"),
    "dict_type": later("Input should be fields with their values"),
    "finite_number": later("Input should be a finite number"),
    "string_pattern_mismatch": later("Input does not have the form of this field"),
    "union_tag_not_found": later("Field required"),
}


def mistake(detail: Any) -> str:
    """What is wrong, in pydantic's words or, where those are not of an agreement, in ours."""
    kind, text, values = detail["type"], detail["msg"], detail.get("ctx", {})
    if kind == "too_short" and values["field_type"] == "Dictionary":
        return ngettext(
            "Dictionary should have at least %(min_length)s item after validation, not %(actual_length)s",
            "Dictionary should have at least %(min_length)s items after validation, not %(actual_length)s",
            values["min_length"],
            **values,
        )
    if kind == "too_short":
        return ngettext(
            "List should have at least %(min_length)s item after validation, not %(actual_length)s",
            "List should have at least %(min_length)s items after validation, not %(actual_length)s",
            values["min_length"],
            **values,
        )
    if kind == "literal_error":
        others, _, last = values["expected"].rpartition(" or ")
        return gettext(WORDS[kind], expected=either(*filter(None, (others, last))))
    # The limit is 100.0 among the values, and 100 in the text.
    return (
        gettext(WORDS[kind], **values, limit=text.rpartition(" ")[2])
        if kind in WORDS
        else text.removeprefix("Value error, ")
    )


def remedy(kind: str) -> str:
    """What to do about this type of error."""
    return gettext(REMEDIES.get(kind, CORRECT))
