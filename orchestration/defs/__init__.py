"""The Dagster definitions, a folder an area; definitions.py loads them all."""
