"""The lake: the warehouse's tables as Parquet, in which Spark builds the models.

Belongs here: raw tables for Spark, its session, a build in it, the comparison of its tables with DuckDB's. Only the
environment of `make spark` has what this package imports; what every engine has is in warehouse/.
"""
