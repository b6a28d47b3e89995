"""The SQL that dbt renders alike in every run of one project, kept beside the parsed project.

Belongs here: of which nodes that is, and how dbt takes it. Rendering was a sixth of a run of few rows. Where the text
of a node, or of a macro that it calls, asks the warehouse, the environment or the run, dbt renders it each time.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from dbt.compilation import Compiler
from dbt.contracts.graph.manifest import Manifest
from dbt.flags import get_flags

ASKS = re.compile(
    r"\b(adapter\.execute|run_query|statement|load_result|env_var|run_started_at|invocation_id|modules\.datetime|flags)\b"
)
# What a node calls only when it is rendered, dbt does not list among its macros.
HIDES = re.compile(r"\bexecute\b")
ATTRIBUTE = "_rendered"  # of the manifest, while dbt works with it


@contextmanager
def rendered_once(manifest: Manifest, file: Path | None) -> Iterator[None]:
    """Within it dbt takes the SQL of this manifest's nodes from the file, and the file gets what dbt rendered.

    Without a file, or where its folder is gone, dbt renders all of it.
    """
    if file is None or not file.parent.is_dir():
        yield
        return
    before = _read(file)
    texts = dict(before)
    setattr(manifest, ATTRIBUTE, texts)
    try:
        yield
    finally:
        delattr(manifest, ATTRIBUTE)
        if len(texts) > len(before):
            _write(file, texts)


def is_rendered_alike(node: Any, manifest: Manifest) -> bool:
    """Neither the node's text nor a macro that it calls asks for more than the project has."""
    if ASKS.search(node.raw_code) or HIDES.search(node.raw_code):
        return False
    called: set[str] = set()
    waiting = list(node.depends_on.macros)
    while waiting:
        macro_id = waiting.pop()
        if macro_id not in called:
            called.add(macro_id)
            macro = manifest.macros[macro_id]
            if ASKS.search(macro.macro_sql):
                return False
            waiting += macro.depends_on.macros
    return True


def _read(file: Path) -> dict[str, str]:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none yet, or a damaged one: dbt renders all of it
        return {}


def _write(file: Path, texts: dict[str, str]) -> None:
    draft = file.with_name(f".{file.name}.{os.getpid()}")  # the runs of two homes may write at once
    with suppress(OSError):  # the folder was replaced: dbt renders once more
        try:
            draft.write_text(json.dumps(_read(file) | texts), encoding="utf-8")
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)


_rendered_by_dbt = Compiler._compile_code


def _compile_code(self: Compiler, node: Any, manifest: Manifest, extra_context: dict[str, Any] | None = None) -> Any:
    texts: dict[str, str] | None = getattr(manifest, ATTRIBUTE, None)
    # An empty build has another text of each table.
    if texts is None or extra_context or getattr(get_flags(), "EMPTY", False):
        return _rendered_by_dbt(self, node, manifest, extra_context)
    if node.unique_id in texts:
        node.compiled_code, node.compiled = texts[node.unique_id], True
        return node
    compiled = _rendered_by_dbt(self, node, manifest, extra_context)
    if compiled.compiled_code and not compiled.extra_ctes and is_rendered_alike(node, manifest):
        texts[node.unique_id] = compiled.compiled_code
    return compiled


Compiler._compile_code = _compile_code  # type: ignore[method-assign]
