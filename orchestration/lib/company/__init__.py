"""What a company provides: its folder, and its setting for publishing persons' e-mails.

Does not belong here: its agreements (agreement/), its systems (systems/), the content of its files (ingestion/).
"""
