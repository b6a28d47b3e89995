"""What may arrive (arrival.py) and what the agreement's definitions demand (definitions.py), by Great Expectations.

Keys, relations, contracts and reconciliations are dbt tests; branching SQL has dbt unit tests.
"""
