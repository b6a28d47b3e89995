"""Forgetting a person: finding them, and taking them out of everything that a home has.

Does not belong here: one table, and the list of those who are forgotten (`forgotten/`, which ingestion reads too).
"""
