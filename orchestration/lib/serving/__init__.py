"""Marts and reports in a database of the company, for BI tools.

shape.py       published tables and data tests -> tables, keys, indexes, comments
postgres.py    the published copy -> a schema of a PostgreSQL server, in one transaction
"""
