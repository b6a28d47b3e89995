"""From a template and its figures to HTML, and from HTML to a file.

Belongs here: the one Jinja environment (it escapes, since labels come from users' data), replacing what steers, and the
atomic write. Of a lead there is a page each, so what a page costs is a matter of milliseconds.
"""

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from markupsafe import Markup, escape

from orchestration.lib.agreement.measures import FIGURES
from orchestration.lib.formats import FILTERS
from orchestration.lib.language import gettext, language, ngettext
from orchestration.lib.pages.sections import SECTIONS
from orchestration.lib.visible import visible
from orchestration.lib.whole_files import write_whole

TEMPLATES = Path(__file__).parent / "templates"
METHODS = frozenset(dir(dict))


class Pages(Environment):
    """Jinja's environment of one language: a text without values is translated once, when its template is read.

    `row.column` of a row is a column at once, and not the second thing to try.
    """

    def _generate(self, source: nodes.Template, *arguments: Any, **others: Any) -> str:
        for output in source.find_all(nodes.Output):
            output.nodes = [_settled(each) for each in output.nodes]
        return super()._generate(source, *arguments, **others)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The same as ever for other values, and for the methods of a row."""
        if type(obj) is dict and attribute not in METHODS:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def render(template: str, path: str, **context: Any) -> str:
    """The page of a template. `path` is its place in the site, such as leads/x.html: links are relative to it."""
    root = "../" * path.count("/")
    return shown(_environment(language()).get_template(template), path=path, root=root, sections=SECTIONS, **context)


def shown(template: Template, **context: Any) -> str:
    """What readers get of a template: nothing in it steers."""
    return visible(template.render(language=language().replace("_", "-"), **context))


@cache
def _environment(spoken: str) -> Environment:
    """The environment of the language that is spoken, in which its templates have their texts."""
    environment = Pages(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # The texts of templates are ours and may have elements; values that they take are escaped.
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(gettext=_text, ngettext=_texts, _=_text)
    environment.filters.update({function.__name__: function for function in FILTERS})
    environment.globals["best_low"] = frozenset(name for name, figure in FIGURES.items() if figure.is_best_low)
    return environment


def _settled(node: nodes.Expr) -> nodes.Expr:
    """A call for a text that has no values is the text."""
    match node:
        case nodes.Call(node=nodes.Name(name="_" | "gettext"), args=[nodes.Const(value=message)], kwargs=[]):
            return nodes.TemplateData(str(_text(message)), lineno=node.lineno)
    return node


def _text(message: str, /, **values: Any) -> Markup:
    return Markup(gettext(message, **{name: escape(value) for name, value in values.items()}))


def _texts(singular: str, plural: str, num: int, /, **values: Any) -> Markup:
    values = {name: escape(value) for name, value in values.items()}
    return Markup(ngettext(singular, plural, num, **values))


def write_page(path: Path, text: str) -> bool:
    """Write the page as a whole, unless it is the same as before; whether it was written.

    A reader who has it open meanwhile sees the old one or the new one, and so does one after a killed process. It does
    not wait for the disk, as a ledger must: after a loss of power the next build writes what is not the same, and
    `smarketing doctor` finds a page without an end.
    """
    with suppress(FileNotFoundError):
        if path.read_bytes() == text.encode():
            return False
    # A page is for everyone who may read the folder.
    write_whole(path, text, mode=0o644, is_durable=False)
    return True
