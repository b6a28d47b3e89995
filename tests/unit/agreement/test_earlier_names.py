"""Two fields have new names: a version with the earlier names means the same, and what is signed stays sealed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.lib.agreement.canonical import seal_of
from orchestration.lib.agreement.reading import AgreementError, read_agreement
from orchestration.lib.agreement.yaml_document import read_written

Write = Callable[..., Path]
NAMES = [("notify_within", "told_for", "3d"), ("owner_team", "owed_by", "sales")]
SIGNERS = [("Ada Neri", "marketing"), ("Ugo Riva", "sales")]


def with_fields(valid: str, owner_team: str, notify_within: str) -> str:
    """The small agreement with an improvement and with notifications, each with these lines."""
    text = valid.replace("mql_to_customer: 0.25", f"mql_to_customer: {{assumed: 0.2, agreed: 0.25, {owner_team}}}")
    return f"{text}notifications: {{tell: [breached], {notify_within}}}\n"


def test_a_version_with_the_earlier_names_means_the_same(write: Write, valid: str) -> None:
    new = read_agreement(write(with_fields(valid, "owner_team: sales", "notify_within: 3d")))
    path = write(with_fields(valid, "owed_by: sales", "told_for: 3d"))
    old = read_agreement(path)
    assert old.model_dump() == new.model_dump()
    assert old.notifications is not None
    assert old.notifications.notify_within == "3d"
    assert old.revenue_streams["shop"].lead_types["event"].rates["mql_to_customer"].owed_by == "sales"
    assert old.seal == seal_of(read_written(path).content)
    assert old.seal != new.seal


def test_a_version_that_was_signed_with_the_earlier_names_stays_signed(write: Write, valid: str) -> None:
    """The seals are those that the version before had computed: they do not depend on the names of the model."""
    text = with_fields(valid, "owed_by: sales", "told_for: 3d")
    seal = "b1552290edbc6965ef7e6359c92690dd2be8ee7cf034b333f5fb308f5cbca07e"
    signatures = [f"{{name: {name}, role: {role}, date: 2026-01-01, seal: {seal}}}" for name, role in SIGNERS]
    assert read_agreement(write(f"{text}signatures: [{', '.join(signatures)}]\n")).is_signed


@pytest.mark.parametrize(("name", "earlier", "value"), NAMES)
def test_both_names_together_are_refused(write: Write, valid: str, name: str, earlier: str, value: str) -> None:
    fields = {"owner_team": "owner_team: sales", "notify_within": "notify_within: 3d"}
    path = write(with_fields(valid, **fields | {name: f"{name}: {value}, {earlier}: {value}"}))
    with pytest.raises(AgreementError, match=rf" line \d+: \S+\.{earlier}: .*; found '{earlier}'; remove it"):
        read_agreement(path)


def test_a_misspelt_name_is_corrected_to_the_new_one(write: Write, valid: str) -> None:
    for typed, hint in (("notify_withing", ", or correct its spelling to notify_within"), ("told_four", "")):
        with pytest.raises(AgreementError) as caught:
            read_agreement(write(with_fields(valid, "owner_team: sales", f"{typed}: 3d")))
        assert str(caught.value).partition("remove it")[2].removesuffix(", or correct its spelling") == hint
