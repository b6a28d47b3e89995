"""The glossary as a page: docs/glossary.md, each word with an anchor to which other pages link.

Belongs here: from that file to rows; there is no second list of words. A link of the file leads to another page of the
documentation, which is not in the site, so its path is shown instead. Each cell of the file is a text of the
catalogues, in Markdown; the anchors are those of the English words in every language.
"""

import re
from functools import cache

from markdown_it.token import Token
from markupsafe import Markup, escape

from orchestration.lib.glossary import FILE, PARSER, contents
from orchestration.lib.language import language, translated
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row


def render_glossary(header: Row) -> str:
    """All words, by the sections of the file."""
    return render("glossary.html.j2", "glossary.html", header=header, sections_of_words=read_glossary(FILE.read_text()))


def read_glossary(text: str) -> tuple[Row, ...]:
    """Each section with its words: what the page shows of a word, its meaning, and its anchors."""
    return _read(text, language())


@cache
def _read(text: str, _: str) -> tuple[Row, ...]:
    """The same in a language, which is the one that is spoken."""
    sections: list[Row] = []
    taken: set[str] = set()
    for kind, content in contents(text):
        if kind == "h2":
            sections.append({"title": translated(content), "anchor": anchor(content), "words": []})
            continue
        words = sections[-1]["words"]
        if not words or "meaning" in words[-1]:
            words.append({"name": _html(content), "anchors": _anchors(content, taken)})
        else:
            words[-1]["meaning"] = _html(content)
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


def _html(content: str) -> Markup:
    parts: list[Markup] = []
    place = ""
    for child in _children(translated(content)):
        if child.type == "link_open":
            place = str(child.attrs["href"]).partition("#")[0]
        elif child.type == "link_close":
            parts.append(Markup(" (<code>docs/{}</code>)").format(place) if place else Markup())
        elif child.type == "code_inline":
            parts.append(Markup("<code>{}</code>").format(child.content))
        else:
            parts.append(escape(child.content))
    return Markup().join(parts)


def _children(content: str) -> list[Token]:
    return [child for token in PARSER.parseInline(content) for child in token.children or []]
