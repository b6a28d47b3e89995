"""The pages of the repository as GitHub's parser sees them: tables, links, and the anchors of headings."""

import re
import textwrap
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

PROJECT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "seeds/*.md", ".github/**/*.md") for path in PROJECT.glob(pattern)
)
# A recipe's block: its kind, and the path on its first line.
RECIPE = re.compile(r"^ *```(\w+)(?: (\S+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass
class Page:
    """What a page consists of; a table is its lines, the header first, each as the cells that its text has.

    The parser fills up and cuts off cells as browsers do, so the cells are counted in the text.
    """

    tables: list[list[list[str]]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    stray_pipes: list[str] = field(default_factory=list)


@cache
def read_page(text: str) -> Page:
    """Parse one page."""
    page, lines = Page(), text.splitlines()
    tokens = PARSER.parse(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "table_open":
            page.tables.append([])
        elif token.type == "tr_open" and token.map:
            line = lines[token.map[0]].strip().removeprefix("|").removesuffix("|")
            page.tables[-1].append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)])
        elif token.type == "inline" and before is not None:
            page.links += [str(child.attrs["href"]) for child in token.children or [] if child.type == "link_open"]
            page.links += [str(child.attrs["src"]) for child in token.children or [] if child.type == "image"]
            if before.type == "heading_open":
                page.anchors.append(re.sub(r"[^\w\- ]", "", token.content.lower()).replace(" ", "-"))
            elif before.type not in ("th_open", "td_open"):
                page.stray_pipes += [line for line in token.content.splitlines() if line.startswith("|")]
    return page


def recipe_blocks(text: str) -> list[tuple[str, str, str]]:
    """Kind, path and text of every block of the recipes."""
    return [(kind, path, textwrap.dedent(block)) for kind, path, block in RECIPE.findall(text)]
