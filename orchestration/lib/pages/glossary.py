"""The glossary as a page: docs/glossary.md, each word with an anchor to which other pages link.

Belongs here: from that file to rows; there is no second list of words. A link of the file leads to another page of the
documentation, which is not in the site, so its path is shown instead.
"""

import re
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row

FILE = Path(__file__).resolve().parents[3] / "docs" / "glossary.md"
PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def render_glossary(header: Row) -> str:
    """All words, by the sections of the file."""
    return render("glossary.html.j2", "glossary.html", header=header, sections_of_words=read_glossary(FILE.read_text()))


@cache
def read_glossary(text: str) -> tuple[Row, ...]:
    """Each section with its words: what the page shows of a word, its meaning, and its anchors."""
    sections: list[Row] = []
    taken: set[str] = set()
    tokens = PARSER.parse(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline" or before is None:
            continue
        if before.type == "heading_open" and before.tag == "h2":
            sections.append({"title": token.content, "anchor": anchor(token.content), "words": []})
        elif before.type == "td_open":
            words = sections[-1]["words"]
            if not words or "meaning" in words[-1]:
                words.append({"name": _html(token), "anchors": _anchors(token.content, taken)})
            else:
                words[-1]["meaning"] = _html(token)
    return tuple(sections)


def anchor(word: str) -> str:
    """The name of a word in the address: "status of a month" is #status-of-a-month."""
    return re.sub(r"\W+", "-", word.lower()).strip("-")


def _anchors(words: str, taken: set[str]) -> list[str]:
    """One for each word of a row, as "kept, missed" has two; the first row that has a word keeps it."""
    found = dict.fromkeys(anchor(word) for word in re.split(r",|\bwith\b", re.sub(r"\(.*?\)", "", words)))
    new = [each for each in found if each and each not in taken]
    taken.update(new)
    return new


def _html(token: Token) -> Markup:
    parts: list[Markup] = []
    place = ""
    for child in token.children or []:
        if child.type == "link_open":
            place = str(child.attrs["href"]).partition("#")[0]
        elif child.type == "link_close":
            parts.append(Markup(" (<code>docs/{}</code>)").format(place) if place else Markup())
        elif child.type == "code_inline":
            parts.append(Markup("<code>{}</code>").format(child.content))
        else:
            parts.append(escape(child.content))
    return Markup().join(parts)
