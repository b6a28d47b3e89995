"""The synonyms: which file names usually mean which entity, and which labels of columns usually mean which field.

Belongs here: reading fields.yml, the table of them in six languages. Does not belong here: how they are compared, and
the handling of a label that is in none of them (matching.py asks, or excludes and reports it).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from orchestration.lib.source_tables import LOADER

Kind = Literal["text", "code", "instant", "date", "money", "number", "record", "reference"]
LANGUAGES = ("en", "it", "pt", "es", "de", "fr")
KEYS = {"kind", "need", "asks", "target", "means", "use", "more", *LANGUAGES}


@dataclass(frozen=True)
class Field:
    """One field of an entity: its labels, best first. With `asks`, a question decides between two possible columns.

    Without a known label, `need` is what happens: the field is `required`, or `asked` about if a column could be it.
    """

    kind: Kind
    labels: tuple[str, ...]
    need: Literal["", "required", "asked"] = ""
    asks: bool = False
    target: str = ""
    means: str = ""
    english: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """True if a file without it cannot be used."""
        return self.need == "required"


def _split(labels: dict[str, str], languages: tuple[str, ...] = LANGUAGES) -> list[str]:
    """The labels of the languages, English first."""
    return [label for language in languages for label in str(labels.get(language, "")).split("|") if label]


def _field(entry: dict[str, Any], shared: dict[str, dict[str, str]]) -> Field:
    if unknown := set(entry) - KEYS:
        raise ValueError(f"fields.yml: unknown key {unknown}")
    parts = (entry, shared.get(entry.get("use", ""), {}), entry.get("more", {}))
    labels = [label for part in parts for label in _split(part)]
    return Field(
        entry["kind"],
        tuple(dict.fromkeys(labels)),
        entry.get("need", ""),
        entry.get("asks", False),
        entry.get("target", ""),
        entry.get("means", ""),
        tuple(label for part in parts for label in _split(part, ("en",))),
    )


_TEXT = yaml.load((Path(__file__).parent / "fields.yml").read_text(encoding="utf-8"), LOADER)
FIELDS: dict[str, dict[str, Field]] = {
    entity: {name: _field(entry, _TEXT["shared"]) for name, entry in fields.items()}
    for entity, fields in _TEXT["entities"].items()
}
# The words of a file's name -> the entity in it; the English word of each is the kind of record or activity.
FILES: dict[str, str] = {
    entity: " ".join(dict.fromkeys(word for words in kinds.values() for word in words.split("|")))
    for entity, kinds in _TEXT["files"].items()
}
ENGLISH: dict[str, str] = {
    word: kind for kinds in _TEXT["files"].values() for kind, words in kinds.items() for word in words.split("|")
}
PLURALS: dict[str, str] = _TEXT["plurals"]
NO_WORDS_OF_A_NAME: str = _TEXT["no_words_of_a_name"]
