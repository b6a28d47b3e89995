"""Who is forgotten, and what is theirs in one table: rows that go, and cells that are emptied.

Does not belong here: which tables there are, and everything else of a home (`forgetting/`, above ingestion).
"""
