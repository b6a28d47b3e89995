"""From a template and its figures to HTML, and from HTML to a file.

Belongs here: the one Jinja environment (it escapes, and replaces what steers: labels come from users' data) and the
atomic write.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from orchestration.lib.agreement.measures import FIGURES
from orchestration.lib.formats import FILTERS
from orchestration.lib.visible import visible
from orchestration.lib.whole_files import number_of, numbered, swap_in

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **context: Any) -> str:
    """The page of a template, with the style sheet inside."""
    style = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))
    return _environment().get_template(template).render(style=style, **context)


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


def write_page(path: Path, html: str) -> None:
    """Write the page as a whole or not at all: a reader who has it open meanwhile sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(html)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp lets only its owner read; a page is for everyone who may read the folder.
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_pages(folder: Path, pages: Mapping[str, str]) -> None:
    """Write all pages (file name -> HTML) and swap the folder in whole; of the pages before none remains.

    The folder is a link to .<folder>/<number>, because a folder with files in it cannot be replaced in one step.
    """
    versions = folder.parent / f".{folder.name}"
    new = versions / str(number_of(folder, versions) + 1)
    # What a killed run left.
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, html in pages.items():
        write_page(new / name, html)
    swap_in(folder, new)
    for old in numbered(versions).values():
        if old != new:
            shutil.rmtree(old)
