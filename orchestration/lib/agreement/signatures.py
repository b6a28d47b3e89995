"""Who signs a version, and who has: one person for each team, and everyone whom the version names beside them.

Belongs here: the fields, and which signatures count. Writing one is signing.py, the seal is canonical.py.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from orchestration.lib.agreement.parts import Day, Part, Team, Text, contradiction
from orchestration.lib.labels import folded_name
from orchestration.lib.language import gettext

SIGNING: tuple[Team, Team] = ("marketing", "sales")


class Signer(Part):
    """A person who signs beside the one who signs for the team: a version is in force once all have signed."""

    name: Text
    """First and last name, as `smarketing sign --name` gives it."""
    team: Team
    """The team that the person belongs to."""
    position: Text | None = None
    """What the person does in it: sales development."""


class Signature(Part):
    """Who signed, in what role, when, and the seal of what was signed (`smarketing sign` writes it)."""

    name: Text
    """Who signed."""
    role: Team
    """For which team, or in which team the person is."""
    date: Day
    """On which day, in the company's zone."""
    seal: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    """SHA-256 of what was signed; without it the version counts as not signed."""


def signer_of(signers: Sequence[Signer], name: str) -> Signer | None:
    """The signer of that name."""
    return next((each for each in signers if folded_name(each.name) == folded_name(name)), None)


def of_teams(signatures: Sequence[Signature], signers: Sequence[Signer]) -> dict[Team, Signature]:
    """The signature for each team, of those that are not a signer's own."""
    return {each.role: each for each in signatures if signer_of(signers, each.name) is None}


def of_signers(signatures: Sequence[Signature], signers: Sequence[Signer]) -> list[tuple[Signer, Signature | None]]:
    """Each signer with the own signature, None where there is none."""
    own = {folded_name(each.name): each for each in signatures}
    return [(each, own.get(folded_name(each.name))) for each in signers]


def missing(valid: Sequence[Signature], signers: Sequence[Signer]) -> list[str]:
    """The teams for which nobody has signed, then the names of the signers who have not."""
    signed = of_teams(valid, signers)
    teams: list[str] = [team for team in SIGNING if team not in signed]
    return teams + [signer.name for signer, signature in of_signers(valid, signers) if signature is None]


def in_words(names: Sequence[str]) -> str:
    """marketing, sales and Ada Neri; empty without a name."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def check_signatures(signatures: Sequence[Signature], signers: Sequence[Signer]) -> None:
    """Each team and each person signs once, and a signer for the own team. A contradiction names the field."""
    names: set[str] = set()
    for number, signer in enumerate(signers):
        if folded_name(signer.name) in names:
            raise contradiction(
                gettext("%(name)s is named twice; remove one", name=signer.name), "signers", number, "name"
            )
        names.add(folded_name(signer.name))
    teams: set[Team] = set()
    people: set[str] = set()
    for number, signature in enumerate(signatures):
        where = ("signatures", number)
        own = signer_of(signers, signature.name)
        if own is None and signature.role in teams:
            raise contradiction(
                gettext("%(role)s has signed already; remove this signature", role=signature.role), *where, "role"
            )
        if folded_name(signature.name) in people:
            text = gettext("%(name)s has signed already; remove this signature", name=signature.name)
            raise contradiction(text, *where, "name")
        if own is not None and own.team != signature.role:
            text = gettext(
                "%(name)s is a signer of %(team)s; the signature is for %(role)s: remove it",
                name=own.name,
                team=own.team,
                role=signature.role,
            )
            raise contradiction(text, *where, "role")
        if own is None:
            teams.add(signature.role)
        people.add(folded_name(signature.name))
