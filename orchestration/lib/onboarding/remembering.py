"""What earlier calls of `smarketing source` were answered and wrote: answers.yml, in the folder of the system.

Belongs here: reading and writing that file, and the exports that earlier calls copied. Does not belong here: questions
(questions.py), and deciding which files may be replaced (writing.py).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.lib.agreement.yaml_document import AgreementError, decode, parse
from orchestration.lib.onboarding.questions import OnboardingError
from orchestration.lib.onboarding.texts import quoted_text, yaml_text
from orchestration.lib.systems.finding import FOLDER

HEADER = """\
# What `smarketing source` was answered, and the files that it wrote, as they were: a later call uses the answers again,
# and replaces only what nobody has changed since. An answer that is deleted here is asked again.
"""


@dataclass(frozen=True)
class Remembered:
    """The answers by key, and the checksum of each written file by its path below the company's folder."""

    answers: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def is_unchanged(self, company: Path, path: Path) -> bool:
        """Whether a file is still as an earlier call wrote it."""
        known = self.files.get(path.relative_to(company).as_posix())
        return bool(known) and path.is_file() and known == checksum(path.read_bytes())


def answers_path(company: Path, system: str) -> Path:
    """The file of the answers."""
    return company / FOLDER / system / "answers.yml"


def read_remembered(company: Path, system: str) -> Remembered:
    """Return what earlier calls left. OnboardingError for a file that is not such a list."""
    path = answers_path(company, system)
    if not path.is_file():
        return Remembered()
    try:
        content = parse(path, decode(path)).content
        sections = [(content.get(name) or {}).items() for name in ("answers", "files")]
    except (AgreementError, AttributeError) as error:
        raise OnboardingError(
            f"{path}: it must contain `answers:` and `files:`, each with lines `key: value`; correct it, or delete it"
        ) from error
    return Remembered(*({str(key): str(value) for key, value in section} for section in sections))


def remembered_text(answers: Mapping[str, str], company: Path, texts: Mapping[Path, str]) -> str:
    """Return the text of the file after a call."""
    lines = ["answers:" if answers else "answers: {}"]
    lines += [f"  {yaml_text(key)}: {quoted_text(value)}" for key, value in sorted(answers.items())]
    lines.append("files:")
    files = {path.relative_to(company).as_posix(): checksum(text.encode()) for path, text in texts.items()}
    return (
        HEADER
        + "\n".join([*lines, *(f"  {yaml_text(name)}: {digest}" for name, digest in sorted(files.items()))])
        + "\n"
    )


def earlier_exports(company: Path, system: str, paths: list[Path]) -> list[Path]:
    """Return the exports that earlier calls copied, without those that are given again."""
    folder = company / "exports" / system
    if not answers_path(company, system).is_file() or not folder.is_dir():
        return []
    names = {path.name for path in paths}
    return sorted(
        path for path in folder.iterdir() if path.is_file() and path.name not in names and path.name[0] != "."
    )


def checksum(data: bytes) -> str:
    """The checksum by which an unchanged file is recognised."""
    return hashlib.sha256(data).hexdigest()[:16]
