"""What a receiver reads: names stay names, in whatever form a lead has typed them."""

from dataclasses import replace
from datetime import datetime

import pytest

from orchestration.lib.notifications.mail import compose
from orchestration.lib.notifications.messages import WEBHOOK
from orchestration.lib.notifications.reading import Event
from orchestration.lib.notifications.texts import details, headline
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
