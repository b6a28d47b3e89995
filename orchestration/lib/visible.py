"""Texts of files as people see them: what would steer a terminal, or turn the direction of a line, is replaced.

Belongs here: the characters. Those who show a text call it: the terminal (commands/endings.py, progress.py), the pages
(pages/rendering.py), mail and webhook. Does not belong here: what a medium's own syntax would run, which its writer
escapes, and cells of persons, of which `ingestion/shown.py` shows the shape.
"""

import re

# Controls but for tab and line feed, marks and overrides of direction, line ends of Unicode, halves of characters.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def visible(text: str) -> str:
    """The text with each of these characters replaced by one that is seen."""
    return STEERING.sub(REPLACEMENT, text)
