"""A whole run: a published build, its notifications queued and sent once, and what it refuses."""

import time

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.lib.agreement.reading import read_agreement
from orchestration.lib.notifications.messages import MAIL, WEBHOOK
from orchestration.lib.notifications.reading import read_news
from orchestration.lib.notifications.run import NotifyError, Places, dry_run, open_channels, send
from tests.tables import fill
from tests.unit.notifications.receivers import open_receivers


def test_a_run_sends_once_whatever_is_run_again(
    places: Places, write: object, valid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    agreements = [read_agreement(write(valid + "notifications: {tell: [breached]}\n"))]  # type: ignore[operator]
    with open_receivers() as receivers:
        urls = f"smtp://127.0.0.1:{receivers.mail_port}", "sla@example.com", f"http://127.0.0.1:{receivers.web_port}/"
        assert len(dry_run(places, agreements, (MAIL, WEBHOOK)).plan.messages) == 2
        assert not places.outbox.exists(), "a dry run writes nothing"
        outcomes = [send(places, agreements, open_channels(*urls)) for _ in range(3)]
        assert [(each.queued, each.delivery.sent) for each in outcomes] == [(2, 2), (0, 0), (0, 0)]
        assert (len(receivers.mails), len(receivers.posts)) == (1, 1)
        later = time.time() + 8 * 86400
        assert "too old to notify" in send(places, agreements, {}, clock=lambda: later).note


def test_commitments_and_streams_are_called_by_their_newest_names(places: Places) -> None:
    with duckdb.connect(places.published) as connection:
        newer = {"commitment": "contact", "commitment_name": "Call at once", "effective_from": "2026-07-01"}
        fill(connection, "marts.dim_commitment", [newer | {"agreement_version": "2026-07"}])
        same_word = {"notification_id": "key_touch:1", "event": "key_touch", "about": "contact", "person_id": "crm:2"}
        fill(connection, "marts.fct_notifications", [same_word])
        news = read_news(connection)
    assert {(each.event, each.about, each.revenue_stream) for each in news.events} == {
        ("breached", "Call at once", "The shop"),
        ("key_touch", "contact", "The shop"),
    }
    assert [each.commitment for each in news.open_clocks["crm:1"]] == ["Call at once"]


def test_an_agreement_without_notifications_is_reported(places: Places, write: object, valid: str) -> None:
    with pytest.raises(NotifyError, match="version 2026-01 has no `notifications`"):
        dry_run(places, [read_agreement(write(valid))], (MAIL,))  # type: ignore[operator]


def test_the_verb_is_there() -> None:
    result = CliRunner().invoke(app, ["notify", "--help"])
    assert result.exit_code == 0
    assert "--send" in result.output
