"""The models that no single file contains: stages from dates, the first touch from the lead, and opt-outs.

Belongs here: SQL that combines several tables or other staging models. Does not belong here: the entities that a
table contains (staging.py).
"""

from dataclasses import dataclass

from orchestration.lib.onboarding.ctes import with_ctes
from orchestration.lib.onboarding.expressions import Draft, instant, record_id, source_cte
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.opt_outs import OptOut, changed_columns
from orchestration.lib.onboarding.texts import sql_text
from orchestration.lib.onboarding.words import LEADS

PERSON = "person_record_id"
UTM = ("utm_source", "utm_medium", "utm_campaign", "click_id")
GOOGLE = "'google'"
CLOSED = "coalesce(opportunity_records.closing_entered_at, opportunity_records.closed_at)"
EVERYTHING = "everything"
LEAD_CREATED, OPENED = "Lead created", "Opportunity opened"
# The one touch that every list of leads contains: the source of the lead.
FIRST_TOUCH = (
    "select 'created:' || person_record_id as touchpoint_record_id, person_record_id, created_at as touched_at, "
    "source_label, source_detail, campaign_label, cast(null as string) as content_label, 'created' as touch_label "
    "from person_records where source_label is not null or campaign_label is not null"
)


def lead_tables(draft: Draft) -> list[Match]:
    """Return the tables of persons whose creation is a lead: those whose file is named after leads, else all."""
    persons = draft.of("persons")
    return [match for match in persons if match.kind in LEADS] or persons


def person_records(draft: Draft) -> str:
    """Return the CTE of the system's persons."""
    return f'person_records as (select * from {{{{ ref("stg_{draft.system}__persons") }}}})'


def stage_changes(draft: Draft) -> str:
    """Return the model of the stages with a known date: created, dated columns, a deal opened and ended."""
    ctes = {"person_records": person_records(draft)} if draft.of("persons") else {}
    changes = [_created(draft)] if draft.of("persons") else []
    for (table, column), label in draft.stage_columns.items():
        match = next(match for match in draft.of("persons") if match.table.name == table)
        ctes[table] = source_cte(draft, match)
        person = record_id(draft, match, table)
        changed_at = instant(draft, match, column, table)
        change = _Change(f"'{column}:' || {person}", person, sql_text(label), changed_at)
        changes.append(change.select(f"from {table} where {table}.{column} is not null"))
    if draft.of("opportunities"):
        ctes["opportunity_records"] = (
            "-- A renewal does not change the stage of a person.\n"
            f'opportunity_records as (select * from {{{{ ref("stg_{draft.system}__opportunities") }}}} '
            "where is_new_business and person_record_id is not null)"
        )
        opened = _of_deal("opened", sql_text(OPENED), "created_at")
        changes.append(opened.select("from opportunity_records"))
    for match in draft.of("opportunities"):
        table = match.table.name
        ctes[table] = source_cte(draft, match)
        # lost_reason is null unless the deal was lost.
        label, reason = match.decide(table, "stage_label"), "opportunity_records.lost_reason"
        closed = _of_deal("closed", label, CLOSED, reason)
        join = f"inner join {table} on opportunity_records.opportunity_record_id = {record_id(draft, match, table)}"
        changes.append(closed.select(f"from opportunity_records {join} where opportunity_records.is_closed"))
        if moved := _moved(draft, match, ctes):
            changes.append(moved)
    return with_ctes([*ctes.values(), f"changes as ({' union all '.join(changes)})"], "select * from changes")


def _moved(draft: Draft, match: Match, ctes: dict[str, str]) -> str:
    """Return the select of the stages that two exports show a deal to have entered between them, and add its CTE.

    Empty without records that can be compared. When a deal ended is known better than by an export.
    """
    table, stage = match.table.name, match.fields.get("stage_label")
    whole = match.condition in ("", "true") and not match.is_derived
    if not (stage and match.table.key and whole and match.table.column(stage).data_type == "varchar"):
        return ""
    moves, key = f"moves_of_{table}", ", ".join(match.table.key)
    rows = f'{{{{ changes_by_load("{draft.system}", "{match.table.raw}", "{key}", "{stage}") }}}}'
    ctes[moves] = f"-- What two exports show differently was changed between them.\n{moves} as ({rows})"
    now, then = f'{{{{ folded_word("{table}.{stage}") }}}}', f'{{{{ folded_word("{moves}.{stage}") }}}}'
    before = f"{{{{ folded_word(\"coalesce({moves}.value_before, '')\") }}}}"
    of, change = "opportunity_records", "'moved:' || opportunity_records.opportunity_record_id"
    moved = _Change(
        f"{change} || ':' || cast({moves}.changed_at as string)",
        f"{of}.person_record_id",
        f"{moves}.{stage}",
        f"{moves}.changed_at",
        f"{of}.opportunity_record_id",
        f"{of}.owner_record_id",
        after=f"{moves}.changed_after_at",
    )
    record = f"{of}.opportunity_record_id"
    return moved.select(
        f"from {of} inner join {moves} on {record} = {record_id(draft, match, moves)} "
        f"inner join {table} on {record} = {record_id(draft, match, table)} where {then} <> {before} "
        f"and (not {of}.is_closed or ({then} <> {now} and {moves}.changed_at < {CLOSED}))"
    )


def touched_persons(draft: Draft) -> str:
    """Return the model of the persons whom only touches name: each came in with the first of them."""
    from_touch = {"created_at": "touched_at as created_at", "stream_label": f"{sql_text(EVERYTHING)} as stream_label"}
    from_touch |= {name: name for name in (PERSON, "source_label", "source_detail", "campaign_label")}
    fields = ", ".join(
        from_touch.get(name, f"cast(null as {kind}) as {name}") for name, kind in draft.contract["persons"].items()
    )
    touches = f'touches as (select * from {{{{ ref("stg_{draft.system}__touchpoints") }}}})'
    return with_ctes(
        ["-- No file contains persons: each came in with the first touch.\n" + touches],
        f"select {fields} from touches where {PERSON} is not null "
        f"qualify row_number() over (partition by {PERSON} order by touched_at nulls last, touchpoint_record_id) = 1",
    )


def utm_touches(draft: Draft) -> list[tuple[str, dict[str, str], str]]:
    """Return the name, imports and select of the touch that the UTM labels of a lead show, per file of persons."""
    found = []
    for match in draft.of("persons"):
        of, table = match.fields, match.table.name
        names = [name for name in UTM if name in of]
        if not names or "created_at" not in of:
            continue
        cell = {name: f"{table}.{of[name]}" for name in names}
        source, medium, click = cell.get("utm_source"), cell.get("utm_medium"), cell.get("click_id")
        if click:  # A click id is a paid click, whatever the labels are.
            source = f"coalesce({source}, {f'case when {click} is not null then {GOOGLE} end'})" if source else (
                f"case when {click} is not null then {GOOGLE} end"
            )  # fmt: skip
            medium = f"case when {click} is not null then 'cpc' else {medium or 'cast(null as string)'} end"
        null = "cast(null as string)"
        person = record_id(draft, match, table)
        touched_at = instant(draft, match, of["created_at"], table)
        select = (
            f"select 'utm:' || {person} as touchpoint_record_id, {person} as person_record_id, "
            f"{touched_at} as touched_at, {source or null} as source_label, {medium or null} as source_detail, "
            f"{cell.get('utm_campaign', null)} as campaign_label, {null} as content_label, 'utm' as touch_label "
            f"from {table} where coalesce({', '.join(cell.values())}) is not null"
        )
        found.append((f"utm_of_{table}", {table: source_cte(draft, match)}, select))
    return found


def opt_outs(draft: Draft) -> list[tuple[str, dict[str, str], str]]:
    """Return the name, imports and select of the opt-outs of each list of persons, as activities of the person."""
    found = []
    for match in (each for each in draft.of("persons") if each.table.name in draft.opt_outs):
        table, columns = match.table.name, draft.opt_outs[match.table.name]
        name, person, ctes = f"opt_outs_of_{table}", record_id(draft, match, table), {table: source_cte(draft, match)}
        times = [instant(draft, match, each.column.name, table) for each in columns if each.is_day]
        joins = []
        for each in columns:
            if match.table.key and match.condition in ("", "true") and not each.is_day:
                shown = f"{each.column.name}_of_{table}"
                ctes[shown] = _shown(draft, match, each, shown)
                on = " and ".join(f"{table}.{key} = {shown}.{key}" for key in match.table.key)
                joins.append(f"left join {shown} on {on}")
                times.append(f"{shown}.shown_at")
        times += [instant(draft, match, each.name, table) for each in changed_columns(match)]
        if created := match.fields.get("created_at"):
            times.append(f"(select max({instant(draft, match, created, table)}) from {table})")
        at = f"coalesce({', '.join(times)}, null)" if times else "cast(null as timestamp)"
        where = " or ".join(each.condition(table) for each in columns)
        ctes[name] = (
            "-- Who may not be written to: since when, two exports show; else it was so by the last change of the "
            f"record, or by the newest record.\n{name} as (select 'opt-out:' || {person} as activity_record_id, "
            f"{person} as person_record_id, 'Unsubscribed' as activity_label, {at} as happened_at from {table} "
            f"{' '.join(joins)} where {where})"
        )
        found.append((f"{name}_as_activities", ctes, f'{{{{ recipient_activities("{name}") }}}}'))
    return found


def _shown(draft: Draft, match: Match, opt_out: OptOut, name: str) -> str:
    """Return the CTE of when a later export showed an opt-out that the one before did not show."""
    key, column = ", ".join(match.table.key), opt_out.column.name
    rows = f'{{{{ changes_by_load("{draft.system}", "{match.table.raw}", "{key}", "{column}") }}}}'
    return (
        f"{name} as (select {key}, max(changed_at) as shown_at from ({rows}) as moved "
        f"where {opt_out.condition('moved')} group by {key})"
    )


@dataclass(frozen=True)
class _Change:
    """The fields of one kind of stage change, in the order of the contract's select."""

    change: str
    person: str
    label: str
    at: str
    opportunity: str = "cast(null as string)"
    owner: str = "cast(null as string)"
    reason: str = "cast(null as string)"
    after: str = "cast(null as timestamp)"

    def select(self, rest: str) -> str:
        """Return the select of the stage change; `rest` begins with from."""
        named = {
            "stage_change_record_id": self.change,
            "person_record_id": self.person,
            "opportunity_record_id": self.opportunity,
            "owner_record_id": self.owner,
            "stage_label": self.label,
            "reason_label": self.reason,
            "changed_at": self.at,
            "changed_after_at": self.after,
        }
        fields = [value if value.split(".")[-1] == name else f"{value} as {name}" for name, value in named.items()]
        return f"select {', '.join(fields)} {rest}"


def _created(draft: Draft) -> str:
    leads, persons = lead_tables(draft), draft.of("persons")
    conditions = [f"person_record_id like '{match.table.name}:%'" for match in leads] if leads != persons else []
    # A lead without a date is counted among the persons that no figure uses.
    of_leads = f"and ({' or '.join(conditions)})" if conditions else ""
    where = f"where created_at is not null {of_leads}"
    created = _Change("'created:' || person_record_id", "person_record_id", sql_text(LEAD_CREATED), "created_at")
    return created.select(f"from person_records {where}")


def _of_deal(event: str, label: str, at: str, reason: str = "cast(null as string)") -> _Change:
    of = "opportunity_records"
    change = f"'{event}:' || {of}.opportunity_record_id"
    names = f"{of}.opportunity_record_id", f"{of}.owner_record_id"
    return _Change(change, f"{of}.person_record_id", label, at if "(" in at else f"{of}.{at}", *names, reason)
