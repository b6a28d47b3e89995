"""The pictures: rows into SVG inside the page.

Belongs here: marks, scales and colours. A picture shows nothing that the table beside it does not have. Altair is
imported where it is used, because that takes a second.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from orchestration.lib.formats import count, difference, label, percent, short_month, words
from orchestration.lib.language import gettext, translated
from orchestration.lib.language.places import separated
from orchestration.lib.warehouse.rows import Row

if TYPE_CHECKING:
    import altair

SALES, MARKETING, RUNNING, BAND, INK = "#2b5f8f", "#7a4a86", "#b9c0c7", "#e4e1d8", "#1d2329"
FIRST, SECOND = "#9aa2aa", "#b0602a"
GRID, AXIS = "#ececec", "#8a9199"
# Vega draws in colours of its own; on the page each is a variable of site.css, which a dark screen sets otherwise.
VARIABLES = {SALES: "sales", MARKETING: "marketing", RUNNING: "running", BAND: "band", INK: "ink"}
VARIABLES |= {FIRST: "first", SECOND: "second", GRID: "grid", AXIS: "axis"}
FONT = "Helvetica Neue, Helvetica, Arial, sans-serif"
WIDTH, HEIGHT = 500, 250
COLOUR = re.compile('#[0-9a-f]{6}(?=")')


def attainment_chart(months: Sequence[Row], title: str) -> Markup:
    """Kept of those due by month: a bar per final month; of one that runs the span in which it ends, grey.

    A tick is at the agreed share.
    """
    import altair as alt

    values = [
        {
            "month": short_month(row["month_date"]),
            "rate": row["attainment"] if row["is_final"] else row["attainment_high"],
            "from": 0 if row["is_final"] else row["attainment_low"],
            "target": row["target"],
            "text": percent(row["attainment"], row["target"]) if row["is_final"] else "",
            "colour": SALES if row["is_final"] else RUNNING,
        }
        for row in months
        if row["attainment_high"] is not None
    ]
    base = alt.Chart(alt.Data(values=values)).encode(x=_months_axis(values))
    scale = alt.Scale(domain=[0, 1])
    rate = alt.Y("rate:Q", title=gettext("kept, of those due"), scale=scale, axis=alt.Axis(format=".0%", tickCount=5))
    bars = base.mark_bar(width={"band": 0.7}).encode(y=rate, y2="from:Q", color=alt.Color("colour:N", scale=None))
    texts = base.mark_text(dy=-6, fontSize=9.5).encode(y=rate, text="text:N")
    ticks = base.mark_tick(color=INK, thickness=2, opacity=1, width={"band": 1})
    return _svg(bars + texts + ticks.encode(y=alt.Y("target:Q", scale=scale)), title)


def value_chart(months: Sequence[Row], currency: str, title: str) -> Markup:
    """Lead value by month: a bar for what was delivered, dark for what counts, a tick for the target, its band."""
    import altair as alt

    # A month without an agreed quota has no target, and so neither tick nor band.
    targets = [None if row["target_amount"] is None else float(row["target_amount"]) for row in months]
    values = [
        {
            "month": short_month(row["month_date"]),
            "delivered": float(row["actual_amount"]),
            "counted": float(row["actual_amount" if target is None else "counted_amount"]),
            "target": target,
            "low": None if target is None else target * (1 - (row["tolerance_rate"] or 0)),
            "high": None if target is None else target * (1 + (row["tolerance_rate"] or 0)),
            "colour": MARKETING if row["has_ended"] else RUNNING,
        }
        for row, target in zip(months, targets, strict=True)
    ]
    base = alt.Chart(alt.Data(values=values)).encode(x=_months_axis(values))
    amount = alt.Y(
        "low:Q", title=gettext("lead value, %(currency)s", currency=currency), axis=alt.Axis(format="~s", tickCount=5)
    )
    band = base.mark_bar(color=BAND, width={"band": 1}).encode(y=amount, y2="high:Q")
    colour = alt.Color("colour:N", scale=None)
    delivered = base.mark_bar(width={"band": 0.6}, opacity=0.4).encode(y="delivered:Q", color=colour)
    counted = base.mark_bar(width={"band": 0.6}).encode(y="counted:Q", color=colour)
    ticks = base.mark_tick(color=INK, thickness=2, opacity=1, width={"band": 1}).encode(y="target:Q")
    return _svg(band + delivered + counted + ticks, title)


def sparkline(periods: Sequence[Row], title: str) -> Markup:
    """The last periods in a line of a table: a bar per final one (the last dark), a span per running one, a tick where
    the promise is."""
    bounds = ("attainment", "attainment_low", "attainment_high", "target")
    values = [0.0, *(float(row[name]) for row in periods for name in bounds if row[name] is not None)]
    lowest, extent = min(values), max(values) - min(values) or 1.0
    finals = [place for place, row in enumerate(periods) if row["is_final"] and row["attainment"] is not None]
    step, height = 11, 24
    drawn = Markup("")
    for place, row in enumerate(periods):
        left = place * step
        low, high = (0.0, row["attainment"]) if row["is_final"] else (row["attainment_low"], row["attainment_high"])
        if high is not None:
            low, high = sorted((float(low), float(high)))
            top, tall = (high - lowest) / extent * height, max((high - low) / extent * height, 0.5)
            colour = SALES if finals and place == finals[-1] else RUNNING
            drawn += Markup('<rect x="{}" y="{:.1f}" width="8" height="{:.1f}" fill="{}"{}/>').format(
                left, height - top, tall, _variable(colour), Markup("" if row["is_final"] else ' opacity="0.6"')
            )
        level = height - (float(row["target"]) - lowest) / extent * height
        drawn += Markup('<path d="M{} {:.1f}h10" stroke="{}" stroke-width="1.5"/>').format(
            left - 1, level, _variable(INK)
        )
    size = Markup('viewBox="-1 -1 {0} {1}" width="{0}" height="{1}"').format(len(periods) * step + 1, height + 2)
    return Markup('<svg class="spark" role="img" aria-label="{0}" {1}><title>{0}</title>{2}</svg>').format(
        title, size, drawn
    )


def rates_chart(rows: Sequence[Row], title: str) -> Markup:
    """Agreed against measured: a row per step, the measured rate with its 90 % interval, a tick where it was agreed."""
    import altair as alt

    values = [
        {
            "step": _step(row),
            "group": f"{label(row['revenue_stream'])}, {words(row['lead_type'])}",
            **{name: row[name] for name in ("agreed", "measured", "low", "high")},
        }
        for row in rows
    ]
    steps = list(dict.fromkeys(value["step"] for value in values))
    groups = list(dict.fromkeys(value["group"] for value in values))
    base = alt.Chart().encode(
        y=alt.Y("step:N", sort=steps, title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8))
    )
    rate = alt.X(
        "low:Q",
        title=gettext("share that reached the next stage"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", grid=True, tickCount=5),
    )
    intervals = base.mark_rule(color=SALES, strokeWidth=3, opacity=0.45).encode(x=rate, x2="high:Q")
    points = base.mark_point(color=SALES, filled=True, size=55, opacity=1).encode(x="measured:Q")
    ticks = base.mark_tick(color=INK, thickness=2.5, opacity=1, size=15).encode(x="agreed:Q")
    layers = alt.layer(intervals, ticks, points, data=alt.Data(values=values)).properties(
        width=WIDTH + 110, height={"step": 22}
    )
    heads = alt.Header(title=None, labelOrient="top", labelAnchor="start", labelFontSize=12, labelFontWeight="bold")
    groups_down = alt.Row("group:N", sort=groups, header=heads)
    return _svg(layers.facet(row=groups_down, spacing=14).resolve_scale(y="independent"), title)


def versions_chart(rows: Sequence[Row], names: tuple[str, str], title: str) -> Markup:
    """Two versions of the agreement: two bars a subject, with their counts."""
    import altair as alt

    values = [
        {"subject": row["subject"], "version": name, "count": row[side] or 0, "text": count(row[side])}
        for row in rows
        for name, side in zip(names, ("first", "second"), strict=True)
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("subject:N", sort=[row["subject"] for row in rows], title=None, axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("version:N", sort=list(names)),
        y=alt.Y("count:Q", title=None, axis=alt.Axis(tickCount=5)),
    )
    colour = alt.Color(
        "version:N",
        sort=list(names),
        scale=alt.Scale(domain=list(names), range=[FIRST, SECOND]),
        legend=alt.Legend(title=None, orient="top"),
    )
    bars = base.mark_bar().encode(color=colour)
    texts = base.mark_text(dy=-6, fontSize=9.5).encode(text="text:N")
    return _svg((bars + texts).properties(width=WIDTH + 300), title)


def waterfall_chart(old: Row, causes: Sequence[Row], new: Row, title: str) -> Markup:
    """From one count to another: a bar for each, and between them what each cause adds or takes away."""
    import altair as alt

    values, level = [], 0.0
    for row in (old, *causes, new):
        is_total = row is old or row is new
        before, level = (0.0, row["leads"]) if is_total else (level, level + row["leads"])
        text = count(level) if is_total else difference(row["leads"], "days")
        colour = INK if is_total else SECOND if row["leads"] > 0 else SALES
        bar = {"from": before, "to": level, "end": max(before, level), "text": text, "colour": colour}
        values.append({"name": row["name"]} | bar)
    names = [value["name"] for value in values]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=260))
    )
    across = alt.X("from:Q", title=gettext("leads needed"), axis=alt.Axis(tickCount=5))
    bars = base.mark_bar(height={"band": 0.65}).encode(x=across, x2="to:Q", color=alt.Color("colour:N", scale=None))
    texts = base.mark_text(align="left", dx=5, fontSize=10.5).encode(x="end:Q", text="text:N")
    return _svg((bars + texts).properties(width=WIDTH, height={"step": 22}), title)


def _step(row: Row) -> str:
    earlier, later = translated(label(row["from_stage"])), translated(words(row["to_stage"]))
    return gettext("%(earlier)s to %(later)s", earlier=earlier, later=later)


def _months_axis(values: list[Row]) -> "altair.X":
    import altair as alt

    return alt.X(
        "month:N",
        sort=[value["month"] for value in values],
        title=None,
        scale=alt.Scale(padding=0),
        axis=alt.Axis(labelAngle=-45),
    )


def _svg(chart: "altair.TopLevelMixin", title: str) -> Markup:
    import vl_convert

    specification = chart.to_dict()
    specification["config"] = {
        "font": FONT,
        # The <title> names the picture and the table beside it reads it out; names on every mark would only repeat.
        "aria": False,
        "background": None,
        # The reader's font may be wider than the one that the drawing was measured with.
        "padding": {"left": 24, "right": 12, "top": 6, "bottom": 6},
        "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": HEIGHT, "discreteWidth": WIDTH},
        "axis": {"labelColor": INK, "titleColor": INK, "titleFontWeight": "normal", "labelFontSize": 11}
        | {"titleFontSize": 11, "gridColor": GRID, "domainColor": AXIS, "tickColor": AXIS},
        "axisX": {"grid": False},
    }
    # Of the axes; all other figures come as they are written.
    figures = {"decimal": separated("."), "thousands": separated(","), "grouping": [3], "currency": ["", ""]}
    drawn = vl_convert.vegalite_to_svg(specification, format_locale=figures)
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
    if size is None:
        raise ValueError("the chart's SVG does not state its size")
    opening = Markup(
        '<svg class="chart" role="img" aria-label="{0}" viewBox="0 0 {1} {2}" width="{1}"><title>{0}</title>'
    )
    # The whole picture has a role and a name; its parts have none.
    inside = re.sub(r'^<svg[^>]*>| role="graphics-[a-z]+"| aria-[a-z]+="[^"]*"', "", drawn)
    return opening.format(title, *size.groups()) + Markup(COLOUR.sub(lambda found: _variable(found[0]), inside))


def _variable(colour: str) -> str:
    """The variable of site.css that a colour is, with the colour for a page without that file."""
    return f"var(--{VARIABLES[colour]}, {colour})" if colour in VARIABLES else colour
