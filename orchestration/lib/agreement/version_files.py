"""The files of a company's agreement: which of them are versions, and which could be and are not read.

Belongs here: names and places. Does not belong here: what is in a file (`reading.py`), the signed copies (`seals.py`).
"""

from collections.abc import Iterator
from pathlib import Path

from orchestration.lib.agreement.yaml_document import AgreementError
from orchestration.lib.language import gettext, translated

ENDINGS = (".yml", ".yaml")
# The folder of the copies of what was signed.
SIGNED = "signed"


def version_paths(folder: Path) -> list[Path]:
    """The files of a company's versions. AgreementError if there is none."""
    paths = [path for path in _listed(folder) if path.suffix.lower() in ENDINGS]
    if not paths:
        raise AgreementError(
            gettext(
                "%(folder)s: no agreement here; write one version as <version>.yml (docs/agreement.md)", folder=folder
            )
        )
    return paths


def unread_versions(folder: Path) -> Iterator[str]:
    """Messages about what could be a version and is not read: folders with versions, and names with another ending."""
    for path in _listed(folder):
        if path.suffix.lower() in ENDINGS or path.name == SIGNED:
            continue
        if any(ending in path.name.lower() for ending in ENDINGS):
            yield gettext(
                "%(path)s: not read, because the name of a version ends with .yml; rename it if it is one", path=path
            )
        elif path.is_dir() and (inside := [each for each in _listed(path) if each.suffix.lower() in ENDINGS]):
            yield gettext(
                "%(inside)s: not read, because versions are files of %(folder)s itself; move it there if it is one",
                inside=inside[0],
                folder=folder,
            )


def _listed(folder: Path) -> list[Path]:
    """The paths in a folder, without hidden ones, which editors and desktops leave."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise AgreementError(
            gettext(
                "%(folder)s: the folder cannot be read: %(strerror)s; correct its permissions",
                folder=folder,
                strerror=translated(error.strerror),
            )
        ) from error
