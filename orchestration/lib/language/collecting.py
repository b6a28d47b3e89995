"""Collects the texts of the code, templates and glossary into the catalogues: `make texts`, after a text was written.

Belongs here: which files have texts, and what a catalogue looks like. What is new has no translation until somebody
writes it; what nothing uses is removed. Running the product does not need this module.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from orchestration.lib.glossary import FILE, texts_of_glossary
from orchestration.lib.language.spoken import ENGLISH, LANGUAGES, catalogue_file

CODE = Path(__file__).parents[2]
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
# As the pages read them (pages/rendering.py).
OPTIONS = {"**.j2": {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "later": None,
    "ngettext": (1, 2),
}


def collected() -> Catalog:
    """All texts of code, templates and glossary, each with the files that have it, without a translation."""
    found = _empty(None)
    for file, _, message, _, context in extract_from_dir(CODE, METHODS, OPTIONS, KEYWORDS):
        found.add(message, locations=[(file, 0)], context=context)
    for declared in sorted(CODE.parent.glob("systems/*/staging/*__sources.yml")):
        for text in _opened(yaml.load(declared.read_text(encoding="utf-8"), yaml.CSafeLoader)):
            found.add(text, locations=[(f"systems/{declared.parents[1].name}", 0)])
    for text in texts_of_glossary():
        found.add(text, locations=[(str(FILE.relative_to(CODE.parent)), 0)])
    return found


def _opened(declared: Any) -> Iterator[str]:
    """What the columns and tables of a system's declaration open, which pages list where they are absent."""
    if isinstance(declared, list):
        for each in declared:
            yield from _opened(each)
    elif isinstance(declared, dict):
        for name, value in declared.items():
            yield from map(str, value) if name == "opens" else _opened(value)


def read_catalogue(language: str) -> Catalog:
    """Its texts and translations; none before the first."""
    path = catalogue_file(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def _empty(language: str | None) -> Catalog:
    name = "Smarketing"
    return Catalog(
        locale=language,
        project=name,
        charset="utf-8",
        fuzzy=False,
        header_comment=f"# The texts of {name} in another language; `make texts` adds and removes, people translate.",
        last_translator=name,
        language_team=name,
        msgid_bugs_address=name,
    )


def main() -> None:
    """Write the catalogues of all languages again, and how many texts each lacks."""
    found = collected()
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        catalogue = read_catalogue(language)
        catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
        with catalogue_file(language).open("wb") as target:
            write_po(target, catalogue, width=118, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
        missing = sum(bool(message.id) and not is_translated(message.string) for message in catalogue)
        print(f"{language}: {len(catalogue)} texts, {missing} without a translation")


def is_translated(text: str | Sequence[str] | None) -> bool:
    """Whether every form of it is written."""
    return bool(text) and all(text or ())


if __name__ == "__main__":
    main()
