"""The CTEs and the joins that expressions need, by name: a join's name begins with `join `.

Belongs here: putting them together. Does not belong here: which an expression needs (expressions.py).
"""

JOIN = "join "


def with_ctes(ctes: list[str], select: str) -> str:
    """Return a query of CTEs and its last select, with this project's blank lines."""
    return "with\n" + ",\n\n".join(ctes) + f"\n\n{select}"


def without_joins(own: dict[str, str]) -> dict[str, str]:
    """Return the CTEs alone."""
    return {name: text for name, text in own.items() if not name.startswith(JOIN)}


def joins_of(own: dict[str, str]) -> str:
    """Return the joins alone, as one text behind the table that is read."""
    return " ".join(text for name, text in own.items() if name.startswith(JOIN))
