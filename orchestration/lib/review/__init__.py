"""The review of a period: what is measured of it, and the targets that follow.

Does not belong here: counting, which is SQL, and the arithmetic of a quota, which is in quota.py.
"""
