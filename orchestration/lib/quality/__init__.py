"""Checks of arriving data (arrival.py) and of the agreement's definitions (definitions.py), by Great Expectations.

Keys, relations, contracts and reconciliations are dbt tests; branching SQL has dbt unit tests.
"""
