"""What a company gives: its folder, and what it lets out of persons' e-mails.

Does not belong here: its agreements (agreement/), its systems (systems/), the content of its files (ingestion/).
"""
