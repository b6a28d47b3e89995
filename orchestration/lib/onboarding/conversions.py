"""The links of leads to the contacts that they were converted to, as the files have them.

Belongs here: SQL of record_links. Does not belong here: which column it is (links.py), and persons that an e-mail alone
ties, which no system records.
"""

from orchestration.lib.onboarding.ctes import joins_of, with_ctes, without_joins
from orchestration.lib.onboarding.expressions import Draft, record_id, reference, source_cte
from orchestration.lib.onboarding.links import CONVERTED_TO
from orchestration.lib.onboarding.texts import sql_text


def record_links(draft: Draft) -> str:
    """Return the model of the conversions: one select per list of leads that names the contacts."""
    ctes: dict[str, str] = {}
    selects = []
    for match in draft.of("persons"):
        table, own = match.table.name, {}
        own[table] = source_cte(draft, match)
        contact = reference(draft, match, CONVERTED_TO, table, own)
        if not contact:
            continue
        joins = joins_of(own)
        ctes |= without_joins(own)
        link = draft.links[table, CONVERTED_TO]
        column = sorted(link, key=lambda each: not each.is_direct)[0].column
        selects.append(
            f"select {record_id(draft, match, table)} as person_record_id, 'conversion' as rule, "
            f"{sql_text(draft.system)} as linked_system, {contact} as linked_record_id, cast(null as string) as email, "
            f"cast(null as timestamp) as linked_at from {table} {joins} "
            f"where cast({table}.{column} as string) not in ('', '0', '-') and {contact} is not null"
        )
    return with_ctes([*ctes.values(), f"links as ({' union all '.join(selects)})"], "select * from links")
