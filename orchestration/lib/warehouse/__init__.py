"""The warehouse file: opening it, the tables that our own code writes, dbt on it, and the published copy.

Does not belong here: what the tables mean. Nothing here knows a room above it.
"""
