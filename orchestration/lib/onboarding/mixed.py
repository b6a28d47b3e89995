"""A column of activities that names records of several kinds, such as deals, accounts, leads and contacts.

Belongs here: which columns these are, and to which records their values belong. Does not belong here: columns that name
one kind of record (links.py). A value that records of two kinds have, and one that no file has, links to none.
"""

from itertools import groupby

from orchestration.lib.onboarding.fields import FIELDS
from orchestration.lib.onboarding.links import ENOUGH, ENOUGH_OF_ITS_NAME, Link, share_of, ways_of
from orchestration.lib.onboarding.matching import EXCLUDED, Match, own_words
from orchestration.lib.onboarding.profile import Column
from orchestration.lib.onboarding.questions import Answers, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.texts import folded, forms_of, is_id_label
from orchestration.lib.onboarding.words import RELATED
from orchestration.lib.warehouse.sql import quoted

RECORDS = "records"
Links = dict[tuple[str, str], list[Link]]


def add_mixed_links(reader: Reader, matches: list[Match], links: Links, answers: Answers) -> None:
    """Add the links of these columns, after those of a column of its own; a link by its values alone is replaced."""
    for match in (each for each in matches if each.entity == "activities"):
        named = {column for columns in match.references.values() for column in columns}
        used = {*match.fields.values(), *match.table.key, *named}
        for column in match.table.columns:
            if column.filled and column.distinct > 1 and column.name not in used:
                found = _links_of(reader, match, matches, column, answers)
                for name, spec in FIELDS["activities"].items() if found else ():
                    if spec.kind == "reference":
                        kept = [each for each in links[match.table.name, name] if each.column != column.name]
                        own = [each for each in found if each.target.entity == spec.target]
                        links[match.table.name, name] = kept + own


def _links_of(reader: Reader, match: Match, matches: list[Match], column: Column, answers: Answers) -> list[Link]:
    """Return a link per kind of record and way, with the others, whose values it excludes; none of one kind."""
    is_called_so = bool({folded(each) for each in RELATED.split("|")} & set(forms_of(column.label, own_words(match))))
    if (column.is_number and not (is_called_so or is_id_label(column.label))) or column.is_personal:
        return []
    targets = [each for each in matches if each.entity in ("persons", "opportunities", "accounts") and not each.whole]
    ways = [
        Link(column.name, target, by, share, is_mixed=True)
        for target in targets
        for by in ways_of(target)
        if by == target.table.key or _is_name(target, by)
        if (share := share_of(reader.connection, match.table, column.name, target.table, by))
    ]
    kinds = [list(each) for _, each in groupby(ways, key=lambda link: link.target.table.name)]
    if len(kinds) < 2:
        return []
    filled, of_one, of_several = _counted(reader, match, column, kinds)
    is_one_kind = sum(1 for count in of_one if count) < 2
    if is_one_kind or sum(of_one) < filled * (ENOUGH_OF_ITS_NAME if is_called_so else ENOUGH):
        return []
    files = ", ".join(each[0].target.file for each in kinds)
    if column.is_number:
        text = (
            f"{match.file}, column {column.label}: its numbers are those of records in {files}, which small numbers "
            "can be by chance. Does it name records of these files?"
        )
        if answers.ask(Question(f"{match.table.name}.{column.name}", text, (RECORDS, EXCLUDED))) != RECORDS:
            return []
    if rest := filled - sum(of_one):
        match.table.notes.append(
            f"column {column.label} names records of {files}: {rest:,} of {filled:,} cells link to none, as "
            f"{of_several:,} of them are in several of these files and {rest - of_several:,} in none"
        )
    return [
        Link(each.column, each.target, each.by, each.share, True, tuple(
            (other.target, other.by) for other in ways if other.target is not each.target
        ))
        for each in ways
    ]  # fmt: skip


def _is_name(target: Match, by: tuple[str, ...]) -> bool:
    """Whether these columns are the record's own texts: a deal's account, though unique, is not the deal."""
    pointing = {column for columns in target.references.values() for column in columns}
    return not any(target.table.column(each).is_number or each in pointing for each in by)


def _counted(reader: Reader, match: Match, column: Column, kinds: list[list[Link]]) -> tuple[int, list[int], int]:
    """Return the filled cells, those of each kind of record alone, and those of several."""
    cell = quoted(column.name)
    conditions = [
        " or ".join(
            f"{cell} in (select concat_ws(' ', {', '.join(map(quoted, link.by))}) from {link.target.table.relation})"
            for link in links
        )
        for links in kinds
    ]
    flags = ", ".join(f"({condition})::int as kind_{number}" for number, condition in enumerate(conditions))
    every = " + ".join(f"kind_{number}" for number in range(len(kinds)))
    alone = ", ".join(f"count(*) filter (kind_{number} = 1 and {every} = 1)" for number in range(len(kinds)))
    row = reader.connection.execute(
        f"""
        with cells as (
            select {flags} from {match.table.relation} where {cell} is not null and {cell} not in ('', '0', '-')
        )
        select count(*), count(*) filter ({every} > 1), {alone} from cells
        """
    ).fetchall()[0]
    return row[0], list(row[2:]), row[1]
