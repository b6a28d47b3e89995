"""Persons who may not be written to: columns of leads and contacts become opt-outs."""

import pytest

from tests.unit.onboarding.conftest import ANSWERS, LEADS, Planner, questions, text_of

MODEL = "stg_shop__activities.sql"


def leads(label: str, *cells: str) -> str:
    first, *rows = LEADS.strip().split("\n")
    return "\n".join([f"{first},{label}", *(f"{row},{cell}" for row, cell in zip(rows, cells, strict=True))]) + "\n"


@pytest.mark.parametrize(
    ("label", "yes"),
    [
        ("Email Opt Out", "true"),
        ("Do Not Contact", "1"),
        ("Unsubscribed", "Yes"),
        ("Has opted out of email", "x"),
        ("(Do Not Modify) Do not allow Emails", "Do Not Allow"),
        ("Disiscritto", "sì"),
        ("Descadastrado", "sim"),
        ("No enviar correo", "sí"),
        ("Keine E-Mails", "ja"),
        ("Désabonné", "oui"),
    ],
)
def test_a_flag_of_any_language_is_an_opt_out(plan: Planner, label: str, yes: str) -> None:
    made = plan(leads=leads(label, yes, "", yes))
    assert questions(made) == {}
    sql = text_of(made, MODEL)
    assert "'Unsubscribed' as activity_label" in sql
    assert "recipient_activities" in sql
    assert any(f"unsubscribed if {label}" in line for line in made.found)
    assert "activities" in text_of(made, "system.yml")


@pytest.mark.parametrize("label", ["SMS opt out", "Do not call", "Fax Opt Out", "Email opt in", "Opt-out ID"])
def test_other_channels_and_consent_are_none(plan: Planner, label: str) -> None:
    made = plan(leads=leads(label, "true", "false", "true"))
    assert "activities" not in text_of(made, "system.yml")


def test_a_day_is_when_it_was_and_a_flag_by_two_exports_or_the_last_change(plan: Planner) -> None:
    day = text_of(plan(leads=leads("Email opt-out date", "2026-02-01", "", "")), MODEL)
    assert "cast(leads.email_opt_out_date as timestamp)" in day
    assert "is not null" in day
    flag = text_of(plan(leads=leads("Unsubscribed,Modified", "yes,2026-02-01", "no,2026-02-02", ",")), MODEL)
    order = [flag.index(part) for part in ("unsubscribed_of_leads.shown_at", "leads.created")]
    assert order == sorted(order)
    assert "changes_by_load" in flag
    changed = text_of(plan(leads=leads("Unsubscribed,Modified Time", "yes,2026-02-01", "no,2026-02-02", ",")), MODEL)
    assert "leads.modified_time" in changed


def test_a_cell_of_another_status_counts_and_the_column_stays_unread(plan: Planner) -> None:
    made = plan(leads=leads("Lead Status", "Do Not Contact", "Contacted", "New"))
    assert "in ('donotcontact')" in text_of(made, MODEL)
    assert any("Lead Status is not read" in note for note in made.notes)


def test_other_cells_are_asked_about(plan: Planner) -> None:
    texts = {"leads": leads("Unsubscribe reason", "too many", "", "not for me")}
    key = "leads.unsubscribe_reason.filled"
    assert questions(plan(**texts)) == {key: ("opted_out", "none")}
    assert "Unsubscribed" in text_of(plan(ANSWERS | {key: "opted_out"}, **texts), MODEL)
    assert "activities" not in text_of(plan(ANSWERS | {key: "none"}, **texts), "system.yml")


def test_a_known_flag_can_be_declined_and_a_word_of_the_column_is_no(plan: Planner) -> None:
    texts = {"leads": leads("Unsubscribed", "Subscribed", "yes", "")}
    assert "'subscribed'" in text_of(plan(**texts), MODEL)
    declined = plan(ANSWERS | {"leads.unsubscribed.filled": "none"}, **texts)
    assert "activities" not in text_of(declined, "system.yml")


@pytest.mark.parametrize(
    "label",
    ["Opted out: Newsletter", "Unsubscribed from marketing emails: Product news", "Opted out of email (Events)"],
)
def test_a_column_of_one_subscription_is_asked_about(plan: Planner, label: str) -> None:
    made = plan(leads=leads(label, "true", "false", "true"))
    (key,) = questions(made)
    assert questions(made)[key] == ("opted_out", "none")
    assert "activities" not in text_of(plan(ANSWERS | {key: "none"}, leads=leads(label, "true", "", "")), "system.yml")
    assert "Unsubscribed" in text_of(plan(ANSWERS | {key: "opted_out"}, leads=leads(label, "true", "", "")), MODEL)


@pytest.mark.parametrize("label", ["Opted out: all emails", "Unsubscribed from all email", "Unsubscribed (date)"])
def test_a_column_of_all_that_is_sent_is_not(plan: Planner, label: str) -> None:
    assert questions(plan(leads=leads(label, "true", "false", "true"))) == {}
