"""Signing a version: the signature with its seal goes into the version's file, and a copy is kept of what was signed.

Belongs here: who may sign what, and the text of a file with one more signature in it, the rest byte for byte: the line
goes in where the library found the list, because a document that it writes again has other blanks and breaks
(docs/decisions/0028). Whether a version still is what was signed is seals.py.
"""

import difflib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.kept_holidays import holidays_csv, holidays_of
from orchestration.lib.agreement.parts import Team
from orchestration.lib.agreement.reading import read_agreements, read_version
from orchestration.lib.agreement.seals import broken_seals, copy_of
from orchestration.lib.agreement.signatures import signer_of
from orchestration.lib.agreement.target_rows import agreed_rates
from orchestration.lib.agreement.version_files import version_paths
from orchestration.lib.agreement.versions import Standing, standings
from orchestration.lib.agreement.yaml_document import AgreementError, Written, end_of, parse
from orchestration.lib.csv_files import csv_text
from orchestration.lib.labels import folded_name, one_line
from orchestration.lib.quota import exact, plan_quota
from orchestration.lib.whole_files import write_whole
from orchestration.mistakes import Mistake

CALCULATION = ("revenue_stream", "lead_type", "stage", "next_stage", "rate", "basis", "owed_by", "needed", "lead_value")

LONGEST_NAME = 100


class SigningError(Mistake):
    """The version cannot be signed; the text states why and what to do."""


@dataclass(frozen=True)
class Signed:
    """What a signing left behind: the version with all its signatures, its place, and the files."""

    agreement: Agreement
    standing: Standing
    today: date
    copy: Path
    calculations: Path

    def sentences(self) -> list[str]:
        """What was sealed, who has signed, who is missing, and from when it is in force."""
        version, signatures = self.agreement.version, self.agreement.team_signatures
        lines = [f"Version {version}, seal {self.agreement.seal[:12]}"]
        marks = [(role, signatures.get(role)) for role in get_args(Team)]
        marks += [(signer.name, mark) for signer, mark in self.agreement.signer_signatures]
        for who, mark in marks:
            by = "" if mark and mark.name == who else f" by {mark.name}" if mark else ""
            lines.append(f"  {who:<10}" + (f"signed{by} on {mark.date}" if mark else "has not signed yet"))
        starts = self.standing.effective_from
        waited = "all have" if self.agreement.signers else "both have"
        if self.standing.status == "signed":
            lines.append(
                f"It is in force from {starts}{f' to {ends}' if (ends := self.standing.effective_to) else ''}."
            )
            if starts and starts <= self.today:
                lines.append("What has happened since then is evaluated by it at the next build.")
        elif self.standing.status == "draft":
            lines.append(f"Until {waited} signed it runs as a draft, because no signed version holds in its time.")
        else:
            start = self.agreement.effective_from
            lines.append(f"Until {waited} signed, the version before it goes on, also after {start}.")
        return [*lines, f"Kept: {self.copy}", f"      {self.calculations}"]


def sign(folder: Path, version: str, name: str, role: Team, today: date) -> Signed:
    """Sign a version for one team, or as one of its signers.

    SigningError, or AgreementError if one is not valid: nothing is written then.

    Writes the copy first: if the second file cannot be written, the check of the seals names what is missing.
    """
    read_agreements(folder)
    path, written, agreement = _find(folder, version)
    _refuse_what_was_changed(folder)
    person = one_line(name, LONGEST_NAME)
    if person is None:
        found = " ".join(name.split())
        raise SigningError(f"--name: {found!r} is not a name; give the first and last name of the person who signs")
    _refuse_signature(written, agreement, person, role)
    text = with_signature(written, {"name": person, "role": role, "date": today.isoformat(), "seal": agreement.seal})
    _verify(path, text, agreement)
    copy = copy_of(folder, agreement.version)
    calculations = copy.with_suffix(".calculations.csv")
    try:
        copy.parent.mkdir(exist_ok=True)
        write_whole(calculations, calculations_csv(agreement), 0o644)
        if agreement.public_days:
            write_whole(holidays_of(folder, agreement.version), holidays_csv(agreement.public_days), 0o644)
        write_whole(copy, text, 0o644)
        write_whole(path.resolve(), text, 0o644)
    except OSError as error:
        raise SigningError(f"{error.filename or path}: it cannot be written ({error.strerror}); allow it") from error
    after = read_agreements(folder)
    standing = next(each for each in standings(after) if each.agreement.version == agreement.version)
    return Signed(standing.agreement, standing, today, copy, calculations)


def _find(folder: Path, version: str) -> tuple[Path, Written, Agreement]:
    versions = {}
    for path in version_paths(folder):
        written, agreement = read_version(path)
        versions[agreement.version] = (path, written, agreement)
    if version not in versions:
        near = difflib.get_close_matches(version, versions, n=1, cutoff=0)[0]
        raise SigningError(f"there is no version {version!r} in {folder}; did you mean {near}?")
    return versions[version]


def _refuse_what_was_changed(folder: Path) -> None:
    broken = broken_seals(folder)
    if broken:
        raise SigningError("\n".join(["Nothing can be signed while a signed version is changed:", *broken]))


def _refuse_signature(written: Written, agreement: Agreement, person: str, role: Team) -> None:
    own = signer_of(agreement.signers, person)
    if own is not None and own.team != role:
        raise SigningError(f"--role: {own.name} is a signer of {own.team} in version {agreement.version}; sign for it")
    for number, each in enumerate(agreement.signatures):
        place = f"{written.path} line {written.find(('signatures', number))[0]}"
        if each.seal is None:
            raise SigningError(f"{place}: the signature of {each.name} has no seal and does not count; remove it first")
        is_same, is_signer = (
            folded_name(each.name) == folded_name(person),
            signer_of(agreement.signers, each.name) is not None,
        )
        if (is_same and own) or (each.role == role and not is_signer and not own):
            raise SigningError(
                f"{place}: {each.name} has signed version {agreement.version} for {each.role} on {each.date}; what was "
                "signed is changed by a new version only"
            )
        if is_same:
            raise SigningError(f"{place}: {each.name} has signed for {each.role}; somebody else signs for {role}")


def with_signature(written: Written, signature: dict[str, str]) -> str:
    """The text of a version with one more signature; every other character stays as it is."""
    item = "{" + ", ".join(f"{key}: {_scalar(key, value)}" for key, value in signature.items()) + "}"
    text, end = written.text, "\r\n" if "\r\n" in written.text else "\n"
    pair = next((pair for pair in written.root.value if pair[0].value == "signatures"), None)
    if written.root.flow_style:
        raise SigningError(f"{written.path} line 1: write the fields one a line, without braces, to have it signed")
    if pair is None:
        return f"{text}{'' if text.endswith(chr(10)) else end}{end}signatures:{end}  - {item}{end}"
    node = pair[1]
    if not node.value:
        # `[]`: the brackets go, a comment after them stays.
        head = text[: node.start_mark.index].rstrip(" ")
        return _after_line(head + text[node.end_mark.index :], len(head), f"  - {item}", end)
    last = end_of(node.value[-1])
    if node.flow_style:
        return f"{text[:last]}, {item}{text[last:]}"
    return _after_line(text, last, f"{' ' * node.start_mark.column}- {item}", end)


def _scalar(key: str, value: str) -> str:
    return value if key in ("role", "date") else json.dumps(value, ensure_ascii=False)


def _after_line(text: str, index: int, line: str, end: str) -> str:
    """The text with a line put in after the one that `index` is in."""
    stop = text.find("\n", index)
    if stop < 0:
        return f"{text}{end}{line}{end}"
    return f"{text[: stop + 1]}{line}{end}{text[stop + 1 :]}"


def _verify(path: Path, text: str, before: Agreement) -> None:
    """Read what would be written: its content must be the same, and signed. SigningError if the text is too unusual."""
    try:
        after = Agreement.model_validate(parse(path, text).content, context=before.public_days)
    except (ValidationError, AgreementError):
        after = None
    if after is None or after.seal != before.seal or len(after.valid_signatures) != len(before.valid_signatures) + 1:
        raise SigningError(
            f"{path}: the place of the signatures was not found; write 'signatures: []' as its last line and sign again"
        )


def calculations_csv(agreement: Agreement) -> str:
    """The calculations that are signed (requirement R19): every target, its rate and where it came from."""
    rows = []
    for stream_id, stream in agreement.revenue_streams.items():
        for lead_type_id, lead_type in stream.lead_types.items():
            plan = plan_quota(exact(stream.quota.amount), exact(stream.deal_size), agreed_rates(lead_type))
            rates = [(step.rate, step.basis, step.owed_by) for step in lead_type.rates.values()]
            nexts = [target.stage for target in plan.targets][1:]
            steps = zip(plan.targets, [*nexts, None], [*rates, (None, None, None)], strict=True)
            value = f"{float(plan.lead_value):.2f}"
            for target, next_stage, rate in steps:
                cells = (stream_id, lead_type_id, target.stage, next_stage, *rate, target.needed, value)
                rows.append(dict(zip(CALCULATION, cells, strict=True)))
    return csv_text(CALCULATION, rows)
