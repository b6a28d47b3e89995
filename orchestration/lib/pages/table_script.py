"""The table component of the site: DataTables, as the package itables bundles it.

Belongs here: making of the bundle, which is a module of the browser, a script that a page opens from a folder: browsers
refuse modules of file addresses. What a table does is in templates/filters.js.
"""

import re
from importlib.metadata import distribution
from pathlib import Path

BUNDLE = "itables/html/dt_bundle.js"
EXPORTS = re.compile(r"export\s*\{([^{}]*)\}\s*;?")


def table_script() -> str:
    """The text of a script that defines DataTable. ValueError if the bundle is not what this version expects."""
    return as_script(Path(str(distribution("itables").locate_file(BUNDLE))).read_text(encoding="utf-8"))


def as_script(module: str) -> str:
    """A module of the browser as a function that is called once; its default export is the global DataTable."""
    lists = list(EXPORTS.finditer(module))
    names = re.findall(r"([\w$]+)\s+as\s+default\b", lists[0].group(1)) if len(lists) == 1 else []
    if len(names) != 1 or re.search(r"^\s*import\b", module, re.MULTILINE):
        raise ValueError(
            f"{BUNDLE} of the package itables is not a module with one list of exports and a default among them, which "
            "the tables of the site are made of; install the version that requirements.lock names"
        )
    (exports,) = lists
    body = module[: exports.start()] + f"globalThis.DataTable = {names[0]};" + module[exports.end() :]
    return f'(() => {{ "use strict";\n{body}\n}})();\n'
