"""The store: what no export can give again, in a folder of its own in the home.

    <home>/store/store.duckdb     closed months, the list of forgotten persons
                 outbox.sqlite    messages to send, and those that were sent
                 email_key        the key of the published hash
                 copies/<number>/ the same as it was after a verb, with SHA256SUMS

Does not belong here: what the tables mean (closing/, notifications/), and the warehouse, which is built again.
"""
