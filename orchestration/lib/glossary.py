"""The words that the product uses, and what each means: the cells of docs/glossary.md.

Belongs here: reading the file. The page is pages/glossary.py; the cells are texts of the catalogues (lib/language/).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

FILE = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
# A cell with the name of a column alone is the same in every language.
CODE = re.compile(r"`[^`]*`")


def texts_of_glossary() -> Iterator[str]:
    """What is to be translated of the file: titles, words and meanings, as they are written there."""
    for _, content in contents(FILE.read_text()):
        if re.search(r"[A-Za-z]{2}", CODE.sub("", content)):
            yield content


def contents(text: str) -> Iterator[tuple[str, str]]:
    """Each title (h2) and each cell (td) in the order of the file."""
    tokens = PARSER.parse(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and token.type == "inline" and before.tag in ("h2", "td"):
            yield before.tag, token.content
