"""Closed months: the figures of their commitments as they settled, and the files that carry them to a new warehouse.

Does not belong here: which months an agreement closes and what came later, which are models.
"""
