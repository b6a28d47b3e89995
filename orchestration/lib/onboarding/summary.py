"""What was found in the files, for people: the fields, links and personal columns, and every column that is not used.

Belongs here: the sentences. Does not belong here: what they report (matching.py, links.py), and what is to be reviewed
(the notes of the plan).
"""

from collections.abc import Iterator

from orchestration.lib.onboarding.expressions import Draft, unlinked_columns
from orchestration.lib.onboarding.matching import Match
from orchestration.lib.onboarding.opt_outs import changed_columns
from orchestration.lib.onboarding.profile import Table


def summary(draft: Draft, tables: list[Table]) -> list[str]:
    """Return one paragraph per kind of record in the files, and one line per file with columns that nothing reads."""
    found = [_paragraph(draft, match) for match in draft.matches]
    used = used_columns(draft)
    for table in tables:
        matches = [match for match in draft.matches if match.table.raw == table.name]
        unused = [column.label for column in table.columns if (table.name, column.name) not in used]
        if unused and matches:
            found.append(f"{table.files[0].name}: not used: {', '.join(unused)}")
        elif not matches:
            found.append(f"{table.files[0].name}: not used, as answered")
    return found


def used_columns(draft: Draft) -> set[tuple[str, str]]:
    """Return the columns that the models read, with the raw table of each."""
    return {(match.table.raw, name) for match in draft.matches for name in _used(draft, match)}


def _used(draft: Draft, match: Match) -> Iterator[str]:
    """The columns that the models read."""
    yield from match.fields.values()
    yield from match.table.key
    yield from match.table.texts
    yield from (sign.column for sign in match.decided)
    yield from (link.column for name in match.references for link in draft.links.get((match.table.name, name), []))
    yield from (column for name in match.references for column in unlinked_columns(draft, match, name))
    yield from (column for table, column in draft.stage_columns if table == match.table.name)
    yield from (each.column.name for each in draft.opt_outs.get(match.table.name, []) if not each.cells)
    yield from (each.name for each in changed_columns(match) if match.table.name in draft.opt_outs)


def _paragraph(draft: Draft, match: Match) -> str:
    table = match.table
    file = ", ".join(each.name for each in table.files)
    if match.is_derived:
        return f"{file}: {table.rows:,} persons whom touches name, who came in with the first one -> persons"
    key = " + ".join(table.column(name).label for name in table.key) or "none: each row is a fact"
    ties = [
        f"{table.column(link.column).label} -> {link.target.table.name} "
        f"({f'{link.share:.0%}' if table.column(link.column).filled else 'empty so far'})"
        for name in match.references
        for link in draft.links.get((table.name, name), [])
    ]
    personal = [column.label for column in table.columns if column.is_personal]
    fields = [f"{name} = {table.column(column).label}" for name, column in match.fields.items()]
    for name in match.references:
        fields += [f"{name} = {table.column(column).label}" for column in unlinked_columns(draft, match, name)]
    fields += [f"every row is {match.stage.lower()}"] if match.stage else []
    fields += [f"currency = {draft.currencies[table.name]}"] if table.name in draft.currencies else []
    fields += [f"{label.lower()} if {sign.shown}" for sign, label in match.decided.items()]
    fields += [f"unsubscribed if {each.shown}" for each in draft.opt_outs.get(table.name, [])]
    rows = f"{table.rows:,} rows" + (f" with {match.condition}" if match.condition not in ("", "true") else "")
    return "\n".join(
        [
            f"{file}: {rows} -> {match.entity}; key: {key}",
            f"    {', '.join(fields)}",
            *([f"    points to: {', '.join(ties)}"] if ties else []),
            *([f"    personal: {', '.join(personal)}"] if personal and not match.whole else []),
        ]
    )
