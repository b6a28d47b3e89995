"""Where messages may go: an encrypted webhook, one sender, one address for each receiver; no mistake shows a secret."""

from dataclasses import replace

import pytest

from orchestration.lib.notifications.mail import compose, is_address, one_address
from orchestration.lib.notifications.messages import MAIL
from orchestration.lib.notifications.run import NotifyError, open_channels
from orchestration.lib.notifications.webhook import WebhookChannel
from tests.unit.notifications.receivers import make_message


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (("smtp://mail", "", ""), "SMARKETING_MAIL_FROM"),
        (("mail", "sla@example.com", ""), "SMARKETING_SMTP_URL"),
        (("", "", "secret-path"), "SMARKETING_WEBHOOK_URL"),
    ],
)
def test_a_wrong_setting_is_named_and_not_shown(settings: tuple[str, str, str], expected: str) -> None:
    with pytest.raises(NotifyError, match=expected) as error:
        open_channels(*settings)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://hooks.example/ü",
            "http://hooks.example/T0/B0",
            "https://hooks.example:T0/B0",
            "hooks.example/T0/B0",
        ),
        *(
            "ftp://hooks.example/T0/B0",
            "https://hooks.example/T0 B0",
            "http://127.0.0.1.evil.example/T0/B0",
            "https:///T0",
        ),
    ],
)
def test_a_wrong_webhook_is_refused_without_its_url(url: str) -> None:
    with pytest.raises(ValueError, match="write https://host/path as its owner gives it") as error:
        WebhookChannel(url)
    assert "T0" not in str(error.value)
    assert "hooks" not in str(error.value)


@pytest.mark.parametrize(
    "url", ["https://hooks.example/T0/B0", "http://127.0.0.1:9/", "http://localhost/", "http://[::1]/"]
)
def test_a_webhook_is_encrypted_or_on_this_machine(url: str) -> None:
    WebhookChannel(url)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("sla@acme.example", "acme.example"),
        ("Sla <sla@acme.example>", "acme.example"),
        ('"Acme, Inc." <sla@acme.example>', "acme.example"),
        ("Acme, Inc. <sla@acme.example>", ""),
        ("a@x.example, b@y.example", ""),
        ("a@x.example; b@y.example", ""),
        ("sla@acme.example\nBcc: b@y.example", ""),
        *((text, "") for text in ("", "sla", "@acme.example", '"', "<", "a@", "team: a@x.example;")),
    ],
)
def test_one_address_is_one(text: str, domain: str) -> None:
    assert is_address(text) == bool(domain)
    if domain:
        assert one_address(text).domain == domain


def test_the_sender_of_mail_is_one_address() -> None:
    for sender in ("", "Acme, Inc. <sla@acme.example>"):
        with pytest.raises(NotifyError, match="SMARKETING_MAIL_FROM: mail needs one sender"):
            open_channels("smtp://mail.example", sender, "")
    assert set(open_channels("smtp://mail.example", "sla@acme.example", "")) == {MAIL}


def test_a_queued_mail_to_two_is_not_sent() -> None:
    with pytest.raises(ValueError, match="not one address"):
        compose(replace(make_message(1), address="a@x.example, b@y.example"), "sla@acme.example")
