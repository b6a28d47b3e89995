"""A webhook that takes JSON as Slack does: {"text": "..."}; the key is the header Idempotency-Key.

Belongs here: one POST per message, and which answers are about the message and which about the server. The URL is a
secret: no text names it.
"""

import json
import urllib.error
import urllib.request
from email.message import Message as Headers
from html import escape
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from orchestration.lib.notifications.messages import (
    ChannelDownError,
    Message,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from orchestration.lib.visible import visible

TIMEOUT_SECONDS = 15.0
LONGEST_RETRY_AFTER = 6 * 3600.0
# The message itself is at fault; any other 4xx means that the URL, or the right to use it, is.
ABOUT_THE_MESSAGE = {400, 413, 415, 422}
# It may go through the next time.
ABOUT_NOW = {408, 409, 425}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET without the text."""

    def redirect_request(self, *_: Any) -> None:
        return None


def check_url(url: str) -> str:
    """The URL of a webhook. ValueError if it is not one; the text does not name it."""
    remedy = "write https://host/path as its owner gives it"
    if not (url.isascii() and url.isprintable() and " " not in url):
        raise ValueError(f"the URL of a webhook has no blanks and no letters beyond ASCII; {remedy}")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(f"this is not the URL of a webhook; {remedy}") from None
    if parts.scheme not in ("https", "http") or not host:
        raise ValueError(f"this is not the URL of a webhook; {remedy}")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError(f"http:// would send the URL, which is a secret, unencrypted; {remedy}")
    return url


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class WebhookChannel:
    """One webhook."""

    def __init__(self, url: str, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._url = check_url(url)
        self._timeout = timeout_seconds
        self._opener = urllib.request.build_opener(_NoRedirect)

    def deliver(self, message: Message) -> None:
        """Post one message; returns once the server has accepted it."""
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.key}
        text = escape(visible(f"*{' '.join(message.subject.split())}*\n{message.body}"), quote=False)
        body = json.dumps({"text": text}).encode()
        request = urllib.request.Request(self._url, body, headers, method="POST")
        try:
            with self._opener.open(request, timeout=self._timeout):
                pass
        except urllib.error.HTTPError as error:
            error.close()
            raise _refusal(error.code, error.headers) from error
        except (OSError, HTTPException, ValueError) as error:
            raise ChannelDownError(f"the webhook cannot be reached: {type(error).__name__}") from error

    def close(self) -> None:
        """Nothing is kept open."""


def _refusal(code: int, headers: Headers) -> Exception:
    if code in ABOUT_THE_MESSAGE:
        return PermanentRefusalError(f"the webhook answers {code}")
    if code in ABOUT_NOW or (code >= 500 and code != 503):
        return TemporaryRefusalError(f"the webhook answers {code}")
    after = headers.get("Retry-After", "")
    seconds = min(float(after), LONGEST_RETRY_AFTER) if after.isdigit() else 0.0
    return ChannelDownError(f"the webhook answers {code}", seconds)
