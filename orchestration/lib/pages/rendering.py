"""From a template and its figures to HTML, and from HTML to a file.

Belongs here: the one Jinja environment (it escapes, and replaces what steers: labels come from users' data) and the
atomic write.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from orchestration.lib.agreement.measures import FIGURES
from orchestration.lib.formats import FILTERS
from orchestration.lib.pages.sections import SECTIONS
from orchestration.lib.visible import visible
from orchestration.lib.whole_files import write_whole

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, path: str, **context: Any) -> str:
    """The page of a template. `path` is its place in the site, such as leads/x.html: links are relative to it."""
    root = "../" * path.count("/")
    return _environment().get_template(template).render(path=path, root=root, sections=SECTIONS, **context)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update({function.__name__: function for function in FILTERS})
    environment.globals["best_low"] = frozenset(name for name, figure in FIGURES.items() if figure.is_best_low)
    return environment


def _shown(value: Any) -> Any:
    """What a page shows of a value; of markup the same, which stays markup."""
    if isinstance(value, Markup):
        return Markup(visible(value))
    return visible(value) if isinstance(value, str) else value


def write_page(path: Path, text: str) -> bool:
    """Write the page as a whole, unless it is the same as before; whether it was written.

    A reader who has it open meanwhile sees the old one or the new one.
    """
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    # A page is for everyone who may read the folder.
    write_whole(path, text, mode=0o644)
    return True
