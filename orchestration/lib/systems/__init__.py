"""Systems are plug-ins: one folder per system, of the product, of an example or of a company.

Belongs here: which systems there are (finding.py), which of them a company has (joining.py), and the dbt project that
is assembled from them (assembling.py). Does not belong here: what a system declares (source_tables.py), reading its
files (ingestion/), drafting a new one (onboarding/).
"""
