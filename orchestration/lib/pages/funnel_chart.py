"""The picture of a funnel: the stages from top to bottom, a bar as wide as the share that has reached it.

Belongs here: the marks. Colours are those of site.css, so that they follow the colours of the page.
"""

from collections.abc import Sequence

from markupsafe import Markup

from orchestration.lib.formats import count, label, percent
from orchestration.lib.language import gettext, translated
from orchestration.lib.warehouse.rows import Row

WIDTH, STEP, HEIGHT, NAMES, SHARES = 480, 46, 30, 100, 76
MIDDLE = NAMES + (WIDTH - NAMES - SHARES) / 2
# A narrower bar has its number beside it.
NARROW = 56


def funnel_chart(reached: Sequence[Row], counted: str, cohort: str) -> Markup:
    """A bar for those who entered, and one for each later stage with its number (the column `counted`) and share."""
    entered = reached[0]["entered"]
    stages = [(reached[0]["from_stage"], entered), *((row["to_stage"], row[counted]) for row in reached)]
    widest = WIDTH - NAMES - SHARES
    drawn, below = Markup(""), None
    for place, (stage, number) in enumerate(stages):
        wide, top = max(widest * number / entered, 1.0), place * STEP
        if below is not None:
            drawn += Markup('<path class="fall" d="M{:.1f} {}H{:.1f}L{:.1f} {}H{:.1f}Z"/>').format(
                MIDDLE - below / 2, top - STEP + HEIGHT, MIDDLE + below / 2, MIDDLE + wide / 2, top, MIDDLE - wide / 2
            )
        below = wide
        inside = wide >= NARROW
        drawn += Markup(
            '<text class="stage" x="0" y="{0}">{1}</text><rect x="{2:.1f}" y="{3}" width="{4:.1f}" height="{5}"/>'
            '<text class="{6}" x="{7:.1f}" y="{0}">{8}</text><text class="share" x="{9}" y="{0}">{10}</text>'
        ).format(
            top + HEIGHT / 2 + 4.5,
            translated(label(stage)),
            MIDDLE - wide / 2,
            top,
            wide,
            HEIGHT,
            "inside" if inside else "beside",
            MIDDLE if inside else MIDDLE + wide / 2 + 5,
            count(number),
            WIDTH,
            percent(number / entered),
        )
    title = gettext(
        "%(cohort)s: how many of the %(entered)s have reached each stage", cohort=cohort, entered=count(entered)
    )
    return Markup(
        '<svg class="funnel" role="img" aria-label="{0}" viewBox="0 0 {1} {2}"><title>{0}</title>{3}</svg>'
    ).format(title, WIDTH, (len(stages) - 1) * STEP + HEIGHT, drawn)
