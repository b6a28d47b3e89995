"""The figures that `smarketing compare` must report, counted from the rebuilt published copy by other SQL or none."""

import itertools

from tests.end_to_end.conftest import Built

# The second quarter of 2026 in Rome, in UTC.
IN_PERIOD = "{0} >= '2026-03-31 22:00' and {0} < '2026-06-30 22:00'"
FUNNEL = ["lead", "mql", "sal", "sql", "opportunity", "customer", "rejected", "recycled", "disqualified", "lost"]
STATUS_FIGURES = {
    "both": "labelled with the evidence",
    "label_only": "labelled without",
    "rule_only": "evidence without label",
}
ENTRIES = "select person_id, journey_id, journey_number, stage, entered_at from marts.fct_stage_transitions"
STATUSES = ("kept", "missed", "early", "open", "excused", "not_evaluated")

Figures = dict[tuple[str, str, str], float]


def rebuilt(built: Built) -> Figures:
    """Every figure of the comparison from a rebuilt company's published copy, by other SQL or none."""
    figures: Figures = {}
    entries = built.query(ENTRIES)
    inside = [(row[3], row[1]) for row in built.query(f"{ENTRIES} where {IN_PERIOD.format('entered_at')}")]
    end = built.query("select timestamp '2026-06-30 22:00'")[0][0]
    last: dict[str, str] = {}
    for person, _, _, stage, entered_at in sorted(entries, key=lambda row: (row[2], row[4], FUNNEL.index(row[3]))):
        if entered_at < end:
            last[person] = stage
    for stage in FUNNEL:
        figures["Leads by stage", stage, "entered in the period"] = len({row for row in inside if row[0] == stage})
        figures["Leads by stage", stage, "there at its end"] = list(last.values()).count(stage)

    evaluated = f"select stage, status from marts.fct_definition_drift where {IN_PERIOD.format('evaluated_at')}"
    statuses = built.query(evaluated)
    for stage, status in itertools.product({stage for stage, _ in statuses}, STATUS_FIGURES):
        figures["Labels and the agreed evidence", stage, STATUS_FIGURES[status]] = statuses.count((stage, status))

    promises = built.query(
        "select team, commitment, status, kind <> 'lead_value', revenue_stream, lead_type, actual, target, "
        "target_rate, month_date "
        "from marts.fct_commitments where month_date between '2026-04-01' and '2026-06-30' "
        "and (kind <> 'measure' or (owner_id is null and lead_type is null))"
    )
    measured = {
        row[0]: row[1:]
        for row in built.query(
            "select commitment, measure, actual, actual_low, actual_high, target from marts.fct_measures "
            "where period = 'quarter' and period_date = '2026-04-01' and owner_id is null and lead_type is null"
        )
    }
    kept = "What each team kept"
    for team, commitment, agreed in {(row[0], row[1], row[8]) for row in promises}:
        subject, statuses = f"{team}, {commitment}", [row[2] for row in promises if row[1] == commitment]
        for status in STATUSES:
            figures[kept, subject, status] = statuses.count(status)
        if commitment in measured:
            measure, actual, low, high, target = measured[commitment]
            if measure == "sales_cycle_days":
                figures |= {(kept, subject, "measured"): actual, (kept, subject, "agreed in days"): target}
            elif measure == "net_promoter_score":
                figures |= {(kept, subject, "measured in points"): actual, (kept, subject, "agreed in points"): target}
            else:
                figures |= {(kept, subject, "attainment"): actual, (kept, subject, "agreed"): target}
                figures |= {(kept, subject, "at least"): low, (kept, subject, "at most"): high}
            continue
        figures[kept, subject, "agreed"] = 1 if agreed is None else agreed
        if commitment == "lead_value":
            continue
        open_or_early = sum(statuses.count(status) for status in ("open", "early", "not_evaluated"))
        if due := statuses.count("kept") + statuses.count("missed"):
            figures[kept, subject, "attainment"] = statuses.count("kept") / due
        if due + open_or_early:
            low = (statuses.count("kept") + statuses.count("early")) / (due + open_or_early)
            high = (statuses.count("kept") + open_or_early) / (due + open_or_early)
            figures |= {(kept, subject, "at least"): low, (kept, subject, "at most"): high}
    values = [row for row in promises if not row[3]]
    for name, column in (("delivered", 6), ("target", 7)):
        figures[kept, "marketing, lead_value", name] = sum(row[column] for row in values)
        for stream, lead_type in {row[4:6] for row in values}:
            figures["Lead value by stream and lead type", f"{stream}, {lead_type}", name] = sum(
                row[column] for row in values if row[4:6] == (stream, lead_type)
            )
    # What is over in one month, stream or lead type pays for no other.
    figures[kept, "marketing, lead_value", "counted"] = sum(
        min(sum(row[column] for row in values if (row[9], *row[4:6]) == part) for column in (6, 7))
        for part in {(row[9], *row[4:6]) for row in values}
    )
    for section, subject, name in list(figures):
        if name == ("counted" if section == kept else "delivered"):
            rate = figures[section, subject, name] / figures[section, subject, "target"]
            figures[section, subject, "attainment"] = rate

    scores: dict[str, tuple] = {}
    for person, scored_at, score, grade in built.query(
        "select person_id, scored_at, score, grade from marts.fct_person_scores order by scored_at"
    ):
        if scored_at < end:
            scores[person] = (float(score), grade)
    for letter, digit in itertools.product("ABC", "123"):
        figures["Persons by grade", letter + digit, "persons"] = sum(
            grade == letter + digit for _, grade in scores.values()
        )
    for lowest in range(0, 100, 20):
        figures["Persons by score", f"{lowest} to {lowest + 20}", "persons"] = sum(
            lowest <= score < lowest + 20 or score == lowest + 20 == 100 for score, _ in scores.values()
        )

    ((scope, model),) = built.query("select shown_path_scope, shown_model from marts.dim_agreement")
    for channel, credit, amount in built.query(
        "select channel, credit, attributed_amount from marts.fct_attribution "
        f"where conversion = 'won' and {IN_PERIOD.format('converted_at')} and path_scope = '{scope}' "
        f"and attribution_model = '{model}'"
    ):
        for name, value in (("won", float(credit)), ("attributed", float(amount))):
            key = ("Deals won by channel", channel, name)
            figures[key] = figures.get(key, 0) + value

    for stream, lead_type, stage, step, needed, rate, value in built.query(
        "select revenue_stream, lead_type, stage, step_number, needed, agreed_rate, lead_value from marts.dim_target"
    ):
        subject = f"{stream}, {lead_type}, {stage}"
        figures["What the quota needs", subject, "needed for the quota"] = needed
        if rate is not None:
            figures["What the quota needs", subject, "agreed to go on"] = rate
        if step == 1:
            figures["What the quota needs", subject, "value of one"] = value
    return figures
