"""What a version of the agreement changes from the one before, in words: promises, and what the quotas need.

Belongs here: what two managers have to know before they sign. Every field that differs is lib/comparison/clauses.py.
"""

from orchestration.lib.agreement.commitments import Commitment
from orchestration.lib.agreement.contract import LeadType, Target
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.target_rows import target_rows
from orchestration.lib.formats import label
from orchestration.lib.language import gettext
from orchestration.lib.pages.wording import promise, tiers
from orchestration.lib.warehouse.rows import Row


def changed_promises(first: Agreement, second: Agreement) -> list[Row]:
    """Each promise that is new, gone or worded otherwise, with the sentences that only one of the two has."""
    found = []
    for key in dict.fromkeys([*second.commitments, *first.commitments]):
        each = second.commitments.get(key) or first.commitments[key]
        before, after = _sentences(first.commitments.get(key)), _sentences(second.commitments.get(key))
        if before != after:
            found.append(
                {
                    "key": key,
                    "name": each.shown_as(key),
                    "team": each.team,
                    "is_new": key not in first.commitments,
                    "is_gone": key not in second.commitments,
                    "before": [sentence for sentence in before if sentence not in after],
                    "after": [sentence for sentence in after if sentence not in before],
                }
            )
    return found


def _sentences(commitment: Commitment | None) -> list[str]:
    if commitment is None:
        return []
    of_tiers = [
        gettext(
            "%(tier)s (%(leads)s): %(promised)s; %(share)s to be kept.",
            tier=label(name) if name else gettext("All others"),
            leads=leads,
            promised=promised,
            share=share,
        )
        for name, leads, promised, share in tiers(commitment)
    ]
    return [*promise(commitment), *of_tiers]


def changed_needs(first: Agreement, second: Agreement) -> list[Row]:
    """Each lead type whose leads, or their value, are not the same: what the quota needs of it under both."""
    before, after = _needs(first), _needs(second)
    return [
        {"stream": stream, "lead_type": lead_type, "before": before.get(key), "after": after.get(key)}
        for key in dict.fromkeys([*after, *before])
        for stream, lead_type in [key]
        if before.get(key) != after.get(key)
    ]


def _needs(version: Agreement) -> dict[tuple[str, str], Row]:
    rows = list(target_rows(version))
    first_targets: dict[tuple[str, str], Target] = {}
    for row in rows:
        if isinstance(row, Target):
            first_targets.setdefault((row.revenue_stream, row.lead_type), row)
    streams = version.revenue_streams
    return {
        (streams[row.revenue_stream].name, row.lead_type): {
            "stage": first_targets[row.revenue_stream, row.lead_type].stage,
            "leads": first_targets[row.revenue_stream, row.lead_type].owed,
            "per": streams[row.revenue_stream].quota.per,
            "value": row.lead_value,
        }
        for row in rows
        if isinstance(row, LeadType)
    }
