"""What the verbs of the smarketing command share, and what a verb needs besides one call of the library.

Belongs here: options, settings and paths, what a user reads. What a verb does is lib/; the verbs themselves are cli.py.
"""
