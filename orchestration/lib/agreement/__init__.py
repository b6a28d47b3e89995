"""The agreement as data: read and checked (document.py, reading.py), then laid out as tables (tables.py).

What a clock or a target then does with it is SQL (dbt_project/models); the quota's arithmetic is lib/quota.py.
"""
