"""A comparison as lines for a terminal: what differs, aligned; what does not is counted.

Belongs here: text. The page shows every figure (lib/pages/comparison.py).
"""

from collections.abc import Sequence

from orchestration.lib.comparison.clauses import Clause
from orchestration.lib.comparison.comparing import Comparison
from orchestration.lib.comparison.figures import Compared, by_section
from orchestration.lib.comparison.names import Names
from orchestration.lib.formats import count, difference, figure, label, words
from orchestration.lib.language import gettext, translated

Cells = tuple[str, ...]


def comparison_text(comparison: Comparison) -> str:
    """The clauses that differ, the figures that follow, and how many leads change stage."""
    names = (comparison.first.version, comparison.second.version)
    values = {"period": comparison.period.name, "first": names[0], "second": names[1]}
    parts = [gettext("%(period)s under %(first)s and under %(second)s", **values)]
    parts.append(clauses_text(comparison.clauses, names))
    for section, figures in by_section(comparison.figures).items():
        moved = [each for each in figures if each.first != each.second]
        same = len(figures) - len(moved)
        if moved:
            heads = ("", *names, gettext("change"))
            parts.append(_table(translated(section), heads, [_cells(each, comparison.names) for each in moved]))
            rest = gettext("%(number)s more are the same under both", number=count(same))
            parts[-1] += f"\n  {rest}" if same else ""
        else:
            values = {"section": translated(section), "number": count(same)}
            parts.append(gettext("%(section)s: all %(number)s figures are the same under both", **values))
    stages = [
        (translated(label(each.stage)), count(each.both), count(each.first_only), count(each.second_only))
        for each in comparison.leads.stages
    ]
    only = [gettext("only %(version)s", version=name) for name in names]
    changed = gettext("%(number)s lead(s) change stage", number=count(comparison.leads.number))
    if stages:
        parts.append(_table(changed, (gettext("entered in the period"), gettext("under both"), *only), stages))
    else:
        parts.append(f"{changed}.")
    return "\n\n".join(parts)


def clauses_text(clauses: Sequence[Clause], names: tuple[str, str]) -> str:
    """The clauses that differ, with the value of each version."""
    rows = [(translated(each.field), each.first or "–", each.second or "–") for each in clauses]
    if not rows:
        return gettext("The two versions agree on the same.")
    return _table(gettext("How the two differ"), ("", *names), rows)


def _cells(each: Compared, names: Names) -> Cells:
    name = f"{', '.join(names.spoken(each.section, each.subject))}: {translated(words(each.figure))}"
    return (
        name[:1].upper() + name[1:],
        figure(each.first, each.unit),
        figure(each.second, each.unit),
        difference(each.difference, each.unit),
    )


def _table(title: str, heads: Cells, rows: Sequence[Cells]) -> str:
    """Rows under their heads: the first column to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
    lines = [title]
    for first, *others in (heads, *rows):
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n  ".join(lines)
