"""The promises of sales and marketing in Streamlit, over the published Parquet files (examples/bi/README.md).

streamlit run examples/bi/app.py -- <home>/published/current/parquet
"""

import sys
from pathlib import Path

import altair as alt
import duckdb
import streamlit as st

# A name may change with a version of the agreement: the newest one is shown.
PROMISES = """
    select
        strftime(period_date, '%Y-%m') as month, upper(team[1]) || team[2:] as team, has_ended, kind,
        coalesce(names.commitment_name, commitment) as promise, kept, missed, early + open as not_due,
        if(kind = 'measure', coalesce(cases, due), if(kind = 'lead_value', null, due)) as counted,
        if(kind in ('clock', 'cadence') or (kind = 'measure' and cases is null), kept, null) as kept_shown,
        if(unit = 'share', 100, 1) as factor, if(unit = 'share', '{:,.1f}', '{:,.0f}') as form,
        if(unit = 'share', ' %', '') as sign,
        format(form, attainment * factor) as figure,
        case
            when attainment is null and attainment_low is null then '-'
            when is_final then figure || sign
            when attainment_low < attainment_high
            then format(form, attainment_low * factor) || ' to ' || format(form, attainment_high * factor) || sign
            else figure || sign || if(has_ended, '', ' so far')
        end as result,
        format('{:,.0f}', target * factor) || sign as target, replace(status, '_', ' ') as status,
        target_amount, actual_amount, counted_amount
    from rpt_team_compliance
    left join (
        select commitment, arg_max(commitment_name, coalesce(effective_from, date '0001-01-01')) as commitment_name
        from dim_commitment group by 1
    ) as names using (commitment)
    order by month desc, team, promise
"""
OVERDUE = """
    select owner_name as owner, count(*) as overdue, cast(min(due_local_at) as date) as oldest
    from rpt_open_clocks where urgency = 'overdue' and (? = 'Both' or team = lower(?)) group by 1 order by 2 desc, 1
"""
COLORS = {"Kept": "#5AC189", "Missed": "#E04355", "Not yet due": "#B2B2B2"}


@st.cache_resource(max_entries=2)
def connect(parquet: Path) -> duckdb.DuckDBPyConnection:
    """A database whose views are the files of one build."""
    connection = duckdb.connect()
    for path in parquet.glob("*.parquet"):
        name = path.name.split(".")[1]
        connection.read_parquet(str(path)).create_view(name)
    return connection


def main() -> None:
    """One page."""
    st.set_page_config("SLA by team", layout="wide")
    # `current` is a link to the newest build: followed once, so that all figures of a page are of one build.
    connection = connect(Path(sys.argv[1]).resolve()).cursor()
    [(company, as_of)] = connection.execute("select company_name, as_of_date from rpt_page_header").fetchall()
    promises = connection.sql(PROMISES).df()
    st.title(f"{company}: SLA by team")
    st.caption(f"As of {as_of:%d %B %Y}. While some promises of a month are not due, its result is between two bounds.")
    left, right = st.columns(2)
    team = left.segmented_control("Team", ["Both", "Sales", "Marketing"], default="Both", required=True)
    month = right.selectbox("Month", promises[promises.has_ended].month.unique())

    shown = promises[(promises.month == month) & ((team == "Both") | (promises.team == team))]
    met, missed = ((shown.status == status).sum() for status in ("met", "missed"))
    overdue = connection.execute(OVERDUE, [team, team]).df()
    for place, label, value in zip(
        st.columns(3), ("Met", "Missed", "Overdue now"), (met, missed, overdue.overdue.sum()), strict=True
    ):
        place.metric(label, f"{value:,}", border=True)
    names = {"team": "Team", "promise": "Promise", "counted": "Counted", "kept_shown": "Kept", "result": "Result"}
    table = shown.rename(columns=names | {"target": "Target", "status": "Status"})
    st.dataframe(table[[*names.values(), "Target", "Status"]], hide_index=True, height="content", placeholder="")

    left, right = st.columns(2)
    left.subheader("Promises to leads, by the month in which they began")
    counts = promises[promises.kind.isin(["clock", "cadence"]) & ((team == "Both") | (promises.team == team))]
    sums = counts.groupby("month", as_index=False)[["kept", "missed", "not_due"]].sum()
    sums = sums.rename(columns=dict(zip(("kept", "missed", "not_due"), COLORS, strict=True)))
    color = alt.Color("state", title=None, scale=alt.Scale(domain=list(COLORS), range=list(COLORS.values())))
    bars = alt.Chart(sums.melt("month", var_name="state", value_name="number").reset_index()).mark_bar()
    left.altair_chart(
        bars.encode(x=alt.X("month", title=None), y=alt.Y("number", title=None), color=color, order="index")
    )
    right.subheader("Overdue now, by owner")
    right.dataframe(overdue.rename(columns=str.title), hide_index=True, height="content", placeholder="")


main()
