"""Pictures the size of a word, that stand in a row of a table.

Belongs here: a line of figures as SVG. The pictures of a section, with axes, are charts.py.
"""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT, EDGE = 96, 20, 2


def sparkline(
    values: Sequence[float | None], title: str, against: Sequence[float | None] = (), high: float | None = None
) -> Markup:
    """The values from left to right, a dot at the last one; `against` is drawn grey behind. Empty without a value.

    The scale holds zero, all values and `high`, so that the same high makes rows comparable.
    """
    known = [float(value) for value in (*values, *against, high, 0.0) if value is not None]
    if not any(value is not None for value in values):
        return Markup("")
    low, top = min(known), max(known)
    span = (top - low) or 1.0
    steps = max(len(values), len(against)) - 1

    def point(place: int, value: float) -> tuple[float, float]:
        x = WIDTH / 2 if not steps else EDGE + place * (WIDTH - 2 * EDGE) / steps
        return x, HEIGHT - EDGE - (float(value) - low) / span * (HEIGHT - 2 * EDGE)

    def line(series: Sequence[float | None]) -> str:
        points = [point(place, value) for place, value in enumerate(series) if value is not None]
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)

    last = max(place for place, value in enumerate(values) if value is not None)
    x, y = point(last, values[last] or 0.0)
    behind = Markup('<polyline class="against" points="{}"/>').format(line(against)) if against else Markup("")
    return Markup(
        '<svg class="spark" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}'
        '<polyline points="{}"/><circle cx="{:.1f}" cy="{:.1f}" r="2"/></svg>'
    ).format(title, WIDTH, HEIGHT, WIDTH, HEIGHT, behind, line(values), x, y)
