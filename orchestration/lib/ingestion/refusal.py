"""The outcome of a file that is not loaded.

Belongs here: the class. Does not belong here: the reasons (where each is found), and recording one (`ledger.py`).
"""


class Refused(Exception):  # noqa: N818 - it is the outcome of a file, not an error of the program
    """The whole file is not loaded; the message states what was found, where, and what to do."""
