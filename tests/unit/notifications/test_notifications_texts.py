"""What a receiver reads: names stay names, in whatever form a lead has typed them."""

from dataclasses import replace
from datetime import datetime

import pytest

from orchestration.lib.language import speaking, spoken
from orchestration.lib.notifications.mail import compose
from orchestration.lib.notifications.messages import WEBHOOK
from orchestration.lib.notifications.reading import Event
from orchestration.lib.notifications.texts import HEADLINES, details, digest, headline
from orchestration.lib.notifications.webhook import WebhookChannel
from tests.unit.notifications.receivers import make_message, open_receivers


def test_a_name_neither_rings_a_channel_nor_shows_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    name = "<!channel> <https://evil.example|Open\nthe lead> & more"
    event = Event("n", "became_sql", None, datetime(2026, 1, 1), None, None, "Mia\nBo", "crm:1", name, "shop", None)
    message = replace(make_message(1, WEBHOOK), subject=headline(event, "UTC"), body=details(event, "UTC"))
    with open_receivers() as receivers:
        WebhookChannel(f"http://127.0.0.1:{receivers.web_port}/").deliver(message)
        (text,) = receivers.texts[message.key]
    assert text.splitlines() == [
        "*Call: &lt;!channel&gt; &lt;https://evil.example|Open the lead&gt; &amp; more (crm:1) became SQL*",
        "When: 2026-01-01 00:00",
        "Owner: Mia Bo",
        "Revenue stream: shop",
    ]


def test_no_medium_shows_what_steers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    message = replace(make_message(1, WEBHOOK), subject="Acme \x1b[2J\u202eexe.txt", body="Owner: \u2066Ada\x9b1m\n")
    mail = compose(message, "sla@acme.example")
    assert mail["Subject"] == "Acme �[2J�exe.txt"
    assert mail.get_content() == "Owner: �Ada�1m\n"
    with open_receivers() as receivers:
        WebhookChannel(f"http://127.0.0.1:{receivers.web_port}/").deliver(message)
        assert receivers.texts[message.key] == {"*Acme �[2J�exe.txt*\nOwner: �Ada�1m\n"}


class Marked:
    """A catalogue that shows what it has translated."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return f"⟦{singular if number == 1 else plural}⟧"


@pytest.mark.parametrize("event", HEADLINES)
def test_a_message_is_in_the_language_of_the_company(event: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spoken, "catalogue", lambda _: Marked())
    day = datetime(2026, 1, 1)
    happened = Event("n", event, "overdue", day, day, "o", "Mia", "crm:1", "Acme", "shop", "trial", None)
    with speaking("it"):
        subject, body = headline(happened, "UTC"), details(happened, "UTC")
        many, lines = digest([happened] * 50, "UTC")
    values = {"who": "Acme (crm:1)", "about": "overdue", "due": "2026-01-01 00:00", "owner": "Mia"}
    assert subject == f"⟦{HEADLINES[event] % values}⟧"
    assert body.splitlines() == [
        "⟦When⟧: 2026-01-01 00:00",
        "⟦Owner⟧: Mia",
        "⟦Revenue stream⟧: shop",
        "⟦Lead type⟧: trial",
    ]
    assert many == "⟦50 events of your leads⟧"
    assert lines.splitlines()[0] == f"- {subject}"
    assert lines.splitlines()[-1] == "⟦and 10 more: see the page of today⟧"


def test_a_grade_is_spoken_in_a_headline() -> None:
    day = datetime(2026, 1, 1)
    rose = Event("n", "grade_rose", "grade A1", day, None, "o", "Mia", "crm:1", "Acme", "shop", "trial", None)
    with speaking("it"):
        assert headline(rose, "UTC") == "Acme (crm:1) è salito al grado A1"
