"""What a user has to correct, as an exception whose text is written for them.

Belongs here: the base class. Each mistake has a class of its own where it is found; the command prints its text.
"""


class Mistake(Exception):  # noqa: N818 - it is a user's, not an error of the program
    """The input cannot be used. The text names file, line and field, what was found and what to do.

    `exit_code` is what the command ends with: 2, or 1 where the input is right and the work cannot be done now.
    """

    exit_code = 2
