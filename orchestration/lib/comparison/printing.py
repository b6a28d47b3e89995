"""A comparison as lines for a terminal: what differs, aligned; what does not is counted.

Belongs here: text. The page shows every figure (lib/pages/comparison.py).
"""

from collections.abc import Sequence

from orchestration.lib.comparison.clauses import Clause
from orchestration.lib.comparison.comparing import Comparison
from orchestration.lib.comparison.figures import Compared, by_section
from orchestration.lib.comparison.names import Names
from orchestration.lib.formats import difference, figure, label

Cells = tuple[str, ...]


def comparison_text(comparison: Comparison) -> str:
    """The clauses that differ, the figures that follow, and how many leads change stage."""
    names = (comparison.first.version, comparison.second.version)
    parts = [f"{comparison.period.name} under {names[0]} and under {names[1]}"]
    parts.append(clauses_text(comparison.clauses, names))
    for section, figures in by_section(comparison.figures).items():
        moved = [each for each in figures if each.first != each.second]
        same = len(figures) - len(moved)
        if moved:
            parts.append(_table(section, ("", *names, "change"), [_cells(each, comparison.names) for each in moved]))
            parts[-1] += f"\n  {same} more are the same under both" if same else ""
        else:
            parts.append(f"{section}: all {same} figures are the same under both")
    stages = [
        (label(each.stage), f"{each.both:,}", f"{each.first_only:,}", f"{each.second_only:,}")
        for each in comparison.leads.stages
    ]
    heads = ("entered in the period", "under both", f"only {names[0]}", f"only {names[1]}")
    parts.append(f"{comparison.leads.number:,} lead(s) change stage" + ("" if stages else "."))
    if stages:
        parts[-1] = _table(parts[-1], heads, stages)
    return "\n\n".join(parts)


def clauses_text(clauses: Sequence[Clause], names: tuple[str, str]) -> str:
    """The clauses that differ, with the value of each version."""
    rows = [(each.field, each.first or "–", each.second or "–") for each in clauses]
    return _table("How the two differ", ("", *names), rows) if rows else "The two versions agree on the same."


def _cells(each: Compared, names: Names) -> Cells:
    name = f"{', '.join(names.subject(each.section, each.subject))}: {each.figure}"
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
