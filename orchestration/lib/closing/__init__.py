"""Closed months: the settled figures of their commitments, and the files that transfer them to a new warehouse.

Does not belong here: which months an agreement closes and what changed later, which are models.
"""
