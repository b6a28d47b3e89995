"""The SQL of single fields: a column of a raw table, converted as the contract of its entity requires.

Belongs here: one field of one table, and the CTEs that it needs. Does not belong here: whole models (staging.py).
"""

from dataclasses import dataclass, field

from orchestration.lib.inspection.words import fold
from orchestration.lib.onboarding.ctes import joins_of, without_joins
from orchestration.lib.onboarding.links import CONVERTED_TO, Link
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.meanings import Words
from orchestration.lib.onboarding.opt_outs import OptOut
from orchestration.lib.onboarding.texts import folded, is_id_label, sql_text

OWNER = "owner_record_id"


@dataclass(frozen=True)
class Marks:
    """The signs and codes beside the amounts of a table: the raw column of them, and a sign that a person explained."""

    amount: str
    column: str
    explained: str = ""


@dataclass(frozen=True)
class Draft:
    """All that is known when the models are written: the content of the tables, and the answers.

    By table are the `currencies`, the `marks` beside amounts and the columns of `opt_outs`, by table and field `links`;
    `stage_columns` are the tables' columns with the date of a stage, `cents` those with amounts in hundredths. A person
    stated `zones` and `platforms` of a file.
    """

    system: str
    matches: list[Match]
    links: dict[tuple[str, str], list[Link]]
    contract: dict[str, dict[str, str]]
    currencies: dict[str, str] = field(default_factory=dict)
    marks: dict[str, Marks] = field(default_factory=dict)
    stage_columns: dict[tuple[str, str], str] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    platforms: dict[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    opt_outs: dict[str, list[OptOut]] = field(default_factory=dict)
    cents: set[tuple[str, str]] = field(default_factory=set)

    def of(self, entity: str) -> list[Match]:
        """Return the tables that contain an entity."""
        return [match for match in self.matches if match.entity == entity]

    @property
    def entities(self) -> list[str]:
        """The entities that the staging folder emits, in the order of the contract."""
        emitted = {match.entity for match in self.matches}
        if self.of("persons"):
            emitted |= {"stage_changes", "touchpoints"}
        if self.of("opportunities"):
            emitted |= {"stage_changes"}
        if self.opt_outs:
            emitted |= {"activities"}
        if any(self.links.get((match.table.name, CONVERTED_TO)) for match in self.of("persons")):
            emitted |= {"record_links"}
        if any(keeps_owners(self, match) for match in self.of("persons")):
            emitted |= {"owner_changes"}
        return [entity for entity in self.contract if entity in emitted]


def has_kinds(match: Match) -> bool:
    """Whether a column contains the kind of each activity; otherwise the file's name gives the kind of all."""
    return "activity_label" in match.fields


def source_cte(draft: Draft, match: Match) -> str:
    """Return the import of a raw table, or of the rows of it that are records of this entity."""
    rows = f'{{{{ current_rows("{draft.system}", "{match.table.raw}") }}}}'
    if match.condition in ("", "true"):
        return f"{match.table.name} as ({rows})"
    return f"{match.table.name} as (select * from ({rows}) as every_row where {match.condition})"


def record_id(draft: Draft, match: Match, alias: str = "") -> str:
    """Return the id of a record: its key, or else its file and line; with its table if several contain the entity."""
    dot = f"{alias}." if alias else ""
    if match.table.key:
        parts = [_text(match, name, f"{dot}{name}") for name in match.table.key]
    else:
        parts = [f"{dot}_file", f"{dot}_line"]
    return _prefixed(draft, match, " || ':' || ".join(parts))


def reference(draft: Draft, match: Match, name: str, alias: str, ctes: dict[str, str], cell: str = "") -> str | None:
    """Return the id of the record that a field points to, null without a match; None if there is no column.

    `cell` takes the place of the column.
    """
    if name == "person_record_id" and match.whole and match.whole.entity == "persons":
        return record_id(draft, match.whole, alias)  # The lead of the same row.
    links = draft.links.get((match.table.name, name), [])
    if name != "person_record_id":  # A person may be given as a lead or a contact, each in a separate column.
        mixed = [link for link in links if link.is_mixed]
        links = sorted((link for link in links if not link.is_mixed), key=lambda link: not link.is_direct)[:1] + mixed
    wanted = "campaign_name" if name == "campaign_label" else ""
    parts = [_linked(draft, link, cell or f"{alias}.{link.column}", ctes, wanted) for link in links]
    if not parts:
        parts = [cell or f"{alias}.{column}" for column in unlinked_columns(draft, match, name)]
    if name == "campaign_label" and not parts:
        return _campaign_of_deal(draft, match, alias, ctes)
    if len(parts) < 2:
        return parts[0] if parts else None
    return f"coalesce({', '.join(parts)})"


def reference_column(draft: Draft, match: Match, name: str) -> str:
    """Return the column of a reference to one record, empty without one."""
    links = sorted(draft.links.get((match.table.name, name), []), key=lambda link: not link.is_direct)
    return next(iter([link.column for link in links] or unlinked_columns(draft, match, name)), "")


def keeps_owners(draft: Draft, match: Match) -> bool:
    """Return whether two exports of the table can show that a record was given to another owner."""
    column = reference_column(draft, match, OWNER)
    is_whole = match.condition in ("", "true") and not match.is_derived
    return bool(column and match.table.key and is_whole and match.table.column(column).data_type == "varchar")


def unlinked_columns(draft: Draft, match: Match, name: str) -> list[str]:
    """Return the column whose own words are the owner, campaign or account, since no record that it names is known.

    Numbers count as such only if the label names an id of that kind: a count is not a campaign.
    """
    target = {"owner_record_id": "owners", "campaign_label": "campaigns", "account_record_id": "accounts"}.get(name)
    if target is None or (target == "accounts" and draft.of(target)):
        return []
    taken = {link.column for (table, _), links in draft.links.items() if table == match.table.name for link in links}
    for column in (match.table.column(name) for name in match.references.get(name, [])):
        is_name = not column.is_number or (is_id_label(column.label) and folded(column.label) != "userid")
        if column.name not in taken and is_name and not (target == "accounts" and column.is_personal):
            return [column.name]
    return []


def _campaign_of_deal(draft: Draft, match: Match, alias: str, ctes: dict[str, str]) -> str | None:
    """Return the campaign of a person's only deal, for persons without a campaign; None without such a deal."""
    for deals in draft.of("opportunities"):
        table = deals.table
        persons = [
            link for link in draft.links[table.name, "person_record_id"] if link.target is match and link.is_direct
        ]
        if not persons or table.column(persons[0].column).apart < table.column(persons[0].column).filled:
            continue
        own: dict[str, str] = {}
        campaign = reference(draft, deals, "campaign_label", table.name, own)
        if not campaign:
            continue
        joins = joins_of(own)
        person = f"{table.name}.{persons[0].column}"
        ctes[table.name] = source_cte(draft, deals)
        ctes |= without_joins(own)
        ctes["campaigns_of_deals"] = (
            "-- The record itself has no campaign; its only deal has one.\n"
            f"campaigns_of_deals as (select {person} as named, min({campaign}) as found from {table.name} {joins} "
            f"group by {person} having count(*) = 1)"
        )
        ctes["join campaigns_of_deals"] = (
            f"left join campaigns_of_deals on {alias}.{match.table.key[0]} = campaigns_of_deals.named"
        )
        return "campaigns_of_deals.found"
    return None


def _linked(draft: Draft, link: Link, cell: str, ctes: dict[str, str], wanted: str) -> str:
    """Return the id, or the field `wanted`, of the record that a link names; an unmatched value stays unchanged."""
    target, table = link.target, link.target.table
    value = target.fields.get(wanted, "") if wanted else ""
    if not link.is_mixed and ((value,) == link.by or (link.is_direct and not value)):
        return cell if wanted else _prefixed(draft, target, _text(target, target.table.key[0], cell))
    lookup = f"{'only_' if link.is_mixed else ''}{table.name}_by_{'_and_'.join(link.by)}"
    result = value or record_id(draft, target)
    ctes[table.name] = source_cte(draft, target)
    apart = []
    for other, by in link.others:
        ctes[other.table.name] = source_cte(draft, other)
        same = f"{full_name(by, other.table.name)} = {full_name(link.by, table.name)}"
        apart.append(f"not exists (select 1 from {other.table.name} where {same})")
    # A name that two records share identifies neither: only unique names match.
    ctes[lookup] = (
        f"{lookup} as (select {full_name(link.by)} as named, min({result}) as found from {table.name} "
        f"{'where ' * bool(apart)}{' and '.join(apart)} group by {full_name(link.by)} having count(*) = 1)"
    )
    ctes[f"join {lookup}"] = f"left join {lookup} on {cell} = {lookup}.named"
    return f"coalesce({lookup}.found, {cell})" if target.entity == "owners" else f"{lookup}.found"


def full_name(columns: tuple[str, ...], alias: str = "") -> str:
    """Return a name from one column, or from the columns of first and last name."""
    dot = f"{alias}." if alias else ""
    if len(columns) == 1:
        return f"{dot}{columns[0]}"
    return f"""{{{{ trimmed("concat_ws(' ', {", ".join(dot + name for name in columns)})") }}}}"""


def instant(draft: Draft, match: Match, column: str, alias: str) -> str:
    """Return a time or day of the export in UTC, as Jinja."""
    return f"{{{{ {instant_call(draft, match, column, alias)} }}}}"


def instant_call(draft: Draft, match: Match, column: str, alias: str) -> str:
    """Return the macro call that converts a time or day of the export to UTC."""
    cell = f"{alias}.{column}"
    if match.table.column(column).data_type == "date":
        cell = f"cast({cell} as timestamp)"
    return instant_text(draft, match, cell, alias)


def instant_text(draft: Draft, match: Match, cell: str, alias: str) -> str:
    """Return the macro call for a local time: in the zone that was stated of the file, else in that of the export."""
    if match.table.raw in draft.zones:
        return f'local_to_utc("{cell}", "{sql_text(draft.zones[match.table.raw])}")'
    return f'export_utc("{cell}", "{draft.system}", "{alias}")'


def name_of(match: Match, alias: str) -> str | None:
    """Return the name of a person or owner, None if the table has none."""
    for names in (("full_name",), ("owner_name",), ("first_name", "last_name"), ("last_name",), ("first_name",)):
        if all(name in match.fields for name in names):
            return full_name(tuple(match.fields[name] for name in names), alias)
    return None


def _prefixed(draft: Draft, match: Match, expression: str) -> str:
    return f"'{match.table.name}:' || {expression}" if len(draft.of(match.entity)) > 1 else expression


def _text(match: Match, name: str, expression: str) -> str:
    """Return a part of a key as text; what is personal, such as an e-mail, is a hash, as ids are published."""
    if match.entity == "persons" and match.table.column(name).is_personal:
        return f'{{{{ email_record_id("{expression}") }}}}'
    return expression if match.table.column(name).data_type == "varchar" else f"cast({expression} as string)"


def is_word(cell: str, labels: list[str]) -> str:
    """Return the condition that a cell is one of some words, in any spelling."""
    return f'{{{{ folded_word("{cell}") }}}} in ({", ".join(map(sql_text, sorted({fold(label) for label in labels})))})'
