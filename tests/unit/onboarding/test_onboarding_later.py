"""`smarketing source` a second time: earlier answers, files that come later, and a wrong answer on a terminal."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

import orchestration.commands.source as command
from orchestration import settings
from orchestration.lib.onboarding import OnboardingError, Plan, make_plan
from tests.unit.onboarding.conftest import ANSWERS, DEALS, LEADS, questions, text_of

PAYMENTS = "Payment Id,Deal Id,Paid at,Status,Amount\np-1,d-1,2026-02-03,Paid,10.50\n"


def draft(folder: Path, files: dict[str, str], answers: dict[str, str], force: bool = False) -> Plan:
    """Plan and write, as the command does."""
    paths = []
    for name, text in files.items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text(text)
    plan = make_plan(paths, "shop", folder / "acme", settings.DBT_PROJECT, answers)
    if not plan.answers.open_questions:
        plan.writes.perform(force)
    return plan


def test_a_file_that_comes_later_is_added_and_answers_stay(tmp_path: Path) -> None:
    deals = DEALS.replace("Closed Won", "Delivered")
    draft(tmp_path, {"leads": LEADS, "deals": deals}, ANSWERS | {"stage.Delivered": "won"})
    # What nobody stated of the later file is asked: the currency of the earlier ones is theirs.
    assert set(questions(draft(tmp_path, {"payments": PAYMENTS}, {}))) == {"payments.currency"}
    added = draft(tmp_path, {"payments": PAYMENTS}, {"payments.currency": "CHF"})
    assert questions(added) == {}
    staging = tmp_path / "acme" / "systems" / "shop" / "staging"
    declared = (staging / "_shop__sources.yml").read_text()
    assert all(f"- name: {name}\n" in declared for name in ("leads", "deals", "payments"))
    assert "then 'EUR'" in (staging / "stg_shop__opportunities.sql").read_text()
    assert "then 'CHF'" in (staging / "stg_shop__revenue.sql").read_text()
    answers = (tmp_path / "acme" / "systems" / "shop" / "answers.yml").read_text()
    assert 'stage.Delivered: "won"' in answers
    for given in ({"payments": PAYMENTS}, {"leads": LEADS, "deals": deals}):
        again = draft(tmp_path, given, {})
        assert questions(again) == {}
        assert again.writes.perform(force=False) == [], "nothing changes, whichever of the files are given"


def test_what_someone_changed_is_safe_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    draft(tmp_path, {"leads": LEADS, "deals": DEALS, "payments": PAYMENTS}, ANSWERS)
    staging = tmp_path / "acme" / "systems" / "shop" / "staging"
    draft(tmp_path, {"payments": PAYMENTS}, {"payments": "none"})
    assert not (staging / "stg_shop__revenue.sql").exists()
    model = staging / "stg_shop__persons.sql"
    model.write_text(model.read_text() + "-- ours\n")
    with pytest.raises(OnboardingError, match=r"stg_shop__persons\.sql"):
        draft(tmp_path, {"payments": PAYMENTS}, {"payments": "revenue"})
    draft(tmp_path, {"payments": PAYMENTS}, {"payments": "revenue"}, force=True)
    assert "-- ours" not in model.read_text()


def test_a_declared_table_is_never_lost(tmp_path: Path) -> None:
    draft(tmp_path, {"leads": LEADS, "deals": DEALS}, ANSWERS)
    (tmp_path / "acme" / "exports" / "shop" / "deals.csv").unlink()
    with pytest.raises(OnboardingError, match=r"reads the table deals, and no file of it .* Give a file like deals"):
        draft(tmp_path, {"payments": PAYMENTS}, {"payments.currency": "EUR"})


def test_an_export_with_another_column_joins_the_earlier_one(tmp_path: Path) -> None:
    draft(tmp_path, {"leads": LEADS}, ANSWERS)
    newer = LEADS.replace("Created", "Country,Created").replace("2026", "IT,2026").replace("a-", "b-")
    plan = draft(tmp_path, {"leads-2": newer}, {})
    assert "leads.country" in text_of(plan, "stg_shop__persons.sql")
    assert any("6 rows" in text for text in plan.found)


@pytest.mark.parametrize("text", ["answers: [time_zone]\n", "[" * 5000, "answers: &a {x: y}\nfiles: *a\n", ""])
def test_an_unreadable_list_of_answers_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "acme" / "systems" / "shop" / "answers.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(OnboardingError, match=r"answers\.yml: it must contain"):
        draft(tmp_path, {"leads": LEADS}, ANSWERS)


def test_a_wrong_answer_on_a_terminal_is_asked_again_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "leads.csv").write_text(LEADS)
    prompts, replies = [], iter(["Europe/Rome", "euro", "EUR"])

    def prompt(text: str) -> str:
        prompts.append(text)
        return next(replies)

    monkeypatch.setattr(command, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    monkeypatch.setattr(typer, "prompt", prompt)
    command.source("shop", [tmp_path / "leads.csv"], tmp_path / "acme")
    assert [text.split("?")[0] for text in prompts[1:]] == ["In which currency does the company report"] * 2
    assert "write an ISO code" in capsys.readouterr().out
    assert (tmp_path / "acme" / "systems" / "shop" / "system.yml").is_file()
