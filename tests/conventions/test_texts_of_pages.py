"""Every text of a template is in the catalogues: between trans and endtrans, or a literal of gettext."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from orchestration.lib.pages.rendering import TEMPLATES, _environment

PAGES = sorted(TEMPLATES.glob("*.j2"))
# Between elements, and in the attributes that people read or hear.
ELEMENT = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->|<[^<>]*>|&\w+;|<[^<>]*$|^[^<>]*>|@media .*?}$", re.DOTALL)
ATTRIBUTES = "aria-label|title|placeholder|alt|data-(?:info|filtered|none|previous|next|orderable)"
READ = re.compile(rf'\b(?:{ATTRIBUTES})="([^"]*)"')
LETTERS = re.compile(r"[A-Za-z]{2,}")
# Names that are the same in every language, and what is typed.
NAMES = re.compile(r"\b(CSV|MQL|SAL|SQL|SLA|ROI|CRM|YAML|smarketing|Smarketing)\b")


def literals(node: nodes.Node) -> Iterator[nodes.Const]:
    """The literals that an expression can print."""
    if isinstance(node, nodes.Const):
        yield node
    elif isinstance(node, nodes.CondExpr):
        yield from literals(node.expr1)
        if node.expr2 is not None:
            yield from literals(node.expr2)
    elif isinstance(node, nodes.Concat):
        for part in node.nodes:
            yield from literals(part)
    elif isinstance(node, (nodes.Add, nodes.Or)):
        yield from literals(node.left)
        yield from literals(node.right)


def untranslated(template: str) -> list[tuple[int, str]]:
    """Line and text of what is printed without a catalogue. An element may go over several pieces of a template."""
    tree = _environment("en").parse(template)
    found: list[tuple[int, str]] = []
    is_open = False
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                read = READ.findall(node.data)
                found += [(node.lineno, text) for text in read if LETTERS.search(NAMES.sub("", text))]
                data = node.data
                if is_open:
                    data = data.partition(">")[2] if ">" in data else ""
                is_open = node.data.rfind("<") > node.data.rfind(">") or (is_open and ">" not in node.data)
                text = NAMES.sub("", ELEMENT.sub(" ", data))
                if LETTERS.search(text):
                    found.append((node.lineno, " ".join(text.split())))
            elif not is_open:
                found += [
                    (const.lineno, const.value)
                    for const in literals(node)
                    if isinstance(const.value, str) and LETTERS.search(NAMES.sub("", ELEMENT.sub(" ", const.value)))
                ]
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_text_of_a_template_is_in_a_catalogue(path: Path) -> None:
    found = untranslated(path.read_text(encoding="utf-8"))
    assert not found, "\n".join(f"{path.name}:{line}: {text}" for line, text in found)


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("<p>{% trans %}one text{% endtrans %}</p>", []),
        ("<p>a text</p>", ["a text"]),
        ('<p class="two words" title="read it">{{ 1 }}</p>', ["read it"]),
        ('<a href="{{ root }}some/place">{{ _("a text") }}</a>', []),
        ('{{ "one way" if x else _("another") }}', ["one way"]),
        ('<a class="{{ "no text" if x }}">–</a>', []),
    ],
)
def test_a_text_is_found_where_people_read_it(template: str, texts: list[str]) -> None:
    assert [text for _, text in untranslated(template)] == texts
