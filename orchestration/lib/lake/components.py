"""Connected components of links, as a function of SQL.

Belongs here: the numbering around scipy's algorithm. DuckDB has a query of its own for the same, which needs no more
memory than its rounds (dbt_project/macros/engine/connected_components.sql).
"""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def components_of_links(records: list[str], others: list[str]) -> list[tuple[str, str]]:
    """Each record of the links with the least record, by its text, of those that are tied to it by whatever chain."""
    if not records:
        return []
    names, places = np.unique(np.array([records, others], dtype=object), return_inverse=True)
    left, right = places.reshape(2, -1)
    links = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(len(names), len(names)))
    _, labels = connected_components(links, directed=False)
    # The names are sorted, so the first of each label is the least.
    _, firsts = np.unique(labels, return_index=True)
    return list(zip(names.tolist(), names[firsts[labels]].tolist(), strict=True))
