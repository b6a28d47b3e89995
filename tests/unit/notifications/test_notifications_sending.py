"""The outbox and its sender: what servers answer, when it is tried again, when it is quiet, who may send."""

import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from orchestration.lib.notifications.mail import MailChannel, MailServer, compose
from orchestration.lib.notifications.messages import MAIL, WEBHOOK, ChannelDownError, Message, PermanentRefusalError
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.outbox_file import SenderBusyError, only_sender
from orchestration.lib.notifications.sending import MOST_REFUSALS, Delivery, deliver, wait_seconds
from orchestration.lib.notifications.webhook import WebhookChannel
from tests.unit.notifications.receivers import Receivers, free_port, make_message, open_receivers

HOUR = 3600.0


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox(tmp_path / "home" / "outbox.sqlite") as outbox:
        yield outbox


@pytest.fixture(scope="module")
def servers() -> Iterator[Receivers]:
    with open_receivers() as receivers:
        yield receivers


@pytest.fixture
def receivers(servers: Receivers, monkeypatch: pytest.MonkeyPatch) -> Receivers:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    servers.mails.clear()
    servers.posts.clear()
    servers.answer_mail = lambda receiver: "250 OK"
    servers.answer_post = lambda key: (200, {})
    return servers


class Script:
    """A channel that does to each message what the test defines."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)
        self.given: list[str] = []

    def deliver(self, message: Message) -> None:
        self.given.append(message.subject)
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer

    def close(self) -> None:
        pass


def send(outbox: Outbox, now: float, **channels: object) -> Delivery:
    return deliver(outbox, channels, lambda: now, lambda instant: instant)  # type: ignore[arg-type]


def mail_channel(receivers: Receivers) -> MailChannel:
    return MailChannel(MailServer.parse(f"smtp://127.0.0.1:{receivers.mail_port}"), "Smarketing <sla@example.com>")


def test_what_was_queued_once_is_never_queued_again(outbox: Outbox) -> None:
    first, second = make_message(1), make_message(2)
    assert outbox.queue([first], 0.0) == 1
    assert outbox.queue([first, second], 1.0) == 1
    digest = make_message(1)
    twice = Message(
        "other", *(getattr(digest, name) for name in list(Message.__annotations__)[1:-1]), ("breached:1", "x")
    )
    assert outbox.queue([twice], 2.0) == 0, "nothing is sent twice, not in a digest either"
    assert outbox.counts() == {(MAIL, "waiting"): 2}


def test_the_outbox_is_readable_by_its_owner_only(outbox: Outbox, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "home" / "outbox.sqlite").stat().st_mode) == 0o600


def test_waits_double_up_to_six_hours() -> None:
    assert [wait_seconds(number) for number in (1, 2, 3, 9, 10, 1000)] == [60, 120, 240, 15360, 6 * HOUR, 6 * HOUR]


def test_a_kill_leaves_no_outbox_without_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            Outbox(tmp_path / "new.sqlite")
    assert not (tmp_path / "new.sqlite").exists()
    assert Outbox(tmp_path / "new.sqlite").notified() == set()


def test_a_refused_message_waits_and_the_others_go(outbox: Outbox, receivers: Receivers) -> None:
    bad, good = make_message(1, receiver="full"), make_message(2)
    outbox.queue([bad, good], 0.0)
    receivers.answer_mail = lambda receiver: (
        "452 mailbox of full@example.com is full" if "full" in receiver else "250 OK"
    )
    done = send(outbox, 10.0, mail=mail_channel(receivers))
    assert (done.sent, done.postponed, done.failed) == (1, 1, 0)
    assert outbox.next_due(MAIL, 69.0) is None
    assert outbox.next_due(MAIL, 70.0) == bad
    assert outbox.standing("waiting")[0][3] == "452 mailbox of (the receiver) is full"
    receivers.answer_mail = lambda receiver: "250 OK"
    assert send(outbox, 70.0, mail=mail_channel(receivers)).sent == 1
    assert receivers.mails == [good.key, bad.key]


def test_a_dead_receiver_fails_at_once_and_stays_to_be_seen(outbox: Outbox, receivers: Receivers) -> None:
    outbox.queue([make_message(1, receiver="gone"), make_message(2)], 0.0)
    receivers.answer_mail = lambda receiver: "550 no such user" if "gone" in receiver else "250 OK"
    done = send(outbox, 0.0, mail=mail_channel(receivers))
    assert (done.sent, done.failed) == (1, 1)
    assert outbox.standing("failed") == [(MAIL, "gone", "Event 1", "550 no such user")]
    assert outbox.next_due(MAIL, 1e9) is None
    assert outbox.retry_failed(5.0) == 1
    receivers.answer_mail = lambda receiver: "250 OK"
    assert send(outbox, 5.0, mail=mail_channel(receivers)).sent == 1


def test_a_message_fails_permanently_after_the_most_refusals(outbox: Outbox, receivers: Receivers) -> None:
    outbox.queue([make_message(1)], 0.0)
    receivers.answer_mail = lambda receiver: "451 greylisted"
    for number in range(MOST_REFUSALS):
        assert outbox.counts() == {(MAIL, "waiting"): 1}
        send(outbox, number * 7 * HOUR, mail=mail_channel(receivers))
    assert outbox.standing("failed")[0][3] == f"refused {MOST_REFUSALS} times: 451 greylisted"


def test_a_server_that_is_down_fails_no_message(outbox: Outbox) -> None:
    outbox.queue([make_message(number) for number in range(10)], 0.0)
    nobody = MailChannel(MailServer.parse(f"smtp://127.0.0.1:{free_port()}"), "sla@example.com")
    for number in range(MOST_REFUSALS + 1):
        done = send(outbox, number * 7 * HOUR, mail=nobody)
        assert done.postponed == 3, "after three in a row the rest waits for another run"
        assert done.troubles == {MAIL: "the mail server does not take mail: ConnectionRefusedError"}
    assert outbox.counts() == {(MAIL, "waiting"): 10}
    assert send(outbox, 1e9, mail=Script()).sent == 10


def test_one_dead_channel_does_not_stop_the_other(outbox: Outbox, receivers: Receivers) -> None:
    outbox.queue([make_message(1, WEBHOOK), make_message(2)], 0.0)
    dead = WebhookChannel(f"http://127.0.0.1:{free_port()}/secret-path")
    done = send(outbox, 0.0, webhook=dead, mail=mail_channel(receivers))
    assert done.sent == 1
    assert "secret" not in str(outbox.standing("waiting"))


@pytest.mark.parametrize(
    ("code", "headers", "status", "next_try"),
    [
        (500, {}, "waiting", 60.0),
        (429, {"Retry-After": "900"}, "waiting", 900.0),
        (429, {"Retry-After": "soon"}, "waiting", 60.0),
        (503, {"Retry-After": "99999999"}, "waiting", 6 * HOUR),
        (404, {}, "waiting", 60.0),
        (302, {"Location": "http://127.0.0.1:9/"}, "waiting", 60.0),
        (400, {}, "failed", None),
    ],
)
def test_what_the_webhook_answers(
    outbox: Outbox, receivers: Receivers, code: int, headers: dict[str, str], status: str, next_try: float | None
) -> None:
    message = make_message(1, WEBHOOK)
    outbox.queue([message], 0.0)
    receivers.answer_post = lambda key: (code, headers)
    channel = WebhookChannel(f"http://127.0.0.1:{receivers.web_port}/services/T0/B0")
    send(outbox, 0.0, webhook=channel)
    assert outbox.counts() == {(WEBHOOK, status): 1}
    if next_try is not None:
        assert outbox.next_due(WEBHOOK, next_try - 1) is None
        assert outbox.next_due(WEBHOOK, next_try) == message
    assert receivers.posts == []


def test_too_many_requests_leaves_the_rest_of_the_channel_alone(outbox: Outbox, receivers: Receivers) -> None:
    outbox.queue([make_message(number, WEBHOOK) for number in range(5)], 0.0)
    asked: list[str] = []

    def answer(key: str) -> tuple[int, dict[str, str]]:
        asked.append(key)
        return 429, {"Retry-After": "30"}

    receivers.answer_post = answer
    done = send(outbox, 0.0, webhook=WebhookChannel(f"http://127.0.0.1:{receivers.web_port}/"))
    assert len(asked) == 1
    assert done.troubles == {WEBHOOK: "the webhook answers 429"}


def test_one_message_that_ends_the_connection_does_not_hold_up_the_others(outbox: Outbox) -> None:
    outbox.queue([make_message(number) for number in range(4)], 0.0)
    channel = Script(ChannelDownError("hung up"), None, None, PermanentRefusalError("no"))
    assert send(outbox, 0.0, mail=channel) == Delivery(sent=2, postponed=1, failed=1)


def test_two_senders_at_once_send_everything_once(tmp_path: Path, receivers: Receivers) -> None:
    path = tmp_path / "outbox.sqlite"
    with Outbox(path) as outbox:
        outbox.queue([make_message(number) for number in range(60)], 0.0)
    refused: list[str] = []

    def sender() -> None:
        for _ in range(20):
            try:
                with only_sender(path), Outbox(path) as own:
                    send(own, 0.0, mail=mail_channel(receivers))
            except SenderBusyError as error:
                refused.append(str(error))

    threads = [threading.Thread(target=sender) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receivers.mails) == len(set(receivers.mails)) == 60
    assert refused, "no sender was blocked: this shows nothing"


def test_a_mail_is_the_same_whenever_it_is_made() -> None:
    message = make_message(1)
    assert compose(message, "Sla <sla@example.com>")["Message-ID"] == f"<{message.key}@example.com>"
    assert compose(message, "sla@example.com").as_bytes() == compose(message, "sla@example.com").as_bytes()


@pytest.mark.parametrize(
    "url", ["mail.example.com", "http://example.com", "smtp://host:port", "smtp://anna:pass-word@example.com:25"]
)
def test_a_wrong_mail_server_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="write smtp") as error:
        MailServer.parse(url)
    assert "pass-word" not in str(error.value)


def test_no_password_is_shown() -> None:
    server = MailServer.parse("smtps://anna:p%40ss@mail.example.com")
    assert (server.port, server.password) == (465, "p@ss")
    assert "p@ss" not in repr(server)


def test_what_is_half_queued_is_not_queued(outbox: Outbox) -> None:
    broken = [make_message(1), Message("k", MAIL, "a", "a", "a@example.com", None, "", ("n",))]  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        outbox.queue(broken, 0.0)
    assert outbox.counts() == {}
