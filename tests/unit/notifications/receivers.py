"""A real mail server and a real web server on loopback, which note what they received and answer as configured."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

from orchestration.lib.notifications.messages import MAIL, Message, message_key


def make_message(number: int, channel: str = MAIL, receiver: str = "anna") -> Message:
    ids = (f"breached:{number}",)
    key = message_key(channel, receiver, ids)
    return Message(key, channel, receiver, receiver, f"{receiver}@example.com", f"Event {number}", "Call them.\n", ids)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Receivers:
    """The keys in the order in which they were accepted, and what to answer to a receiver or a key."""

    mails: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    texts: dict[str, set[str]] = field(default_factory=dict)
    answer_mail: Callable[[str], str] = lambda receiver: "250 OK"
    answer_post: Callable[[str], tuple[int, dict[str, str]]] = lambda key: (200, {})
    accepted: Callable[[], None] = lambda: None
    mail_port: int = 0
    web_port: int = 0

    def note(self, keys: list[str], key: str, text: str) -> None:
        keys.append(key)
        self.texts.setdefault(key, set()).add(text)
        self.accepted()


class _MailHandler:
    def __init__(self, receivers: Receivers) -> None:
        self.receivers = receivers

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = self.receivers.answer_mail(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        text = envelope.content.decode()
        key = text.partition("Message-ID: <")[2].partition("@")[0]
        self.receivers.note(self.receivers.mails, key, text)
        return "250 OK"


def _web_server(receivers: Receivers) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            key = self.headers["Idempotency-Key"]
            code, headers = receivers.answer_post(key)
            if code == 200:
                receivers.note(receivers.posts, key, json.loads(body)["text"])
            self.send_response(code)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@contextmanager
def open_receivers() -> Iterator[Receivers]:
    receivers = Receivers(mail_port=free_port())
    mail = Controller(_MailHandler(receivers), hostname="127.0.0.1", port=receivers.mail_port)
    web = _web_server(receivers)
    receivers.web_port = web.server_address[1]
    mail.start()
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    try:
        yield receivers
    finally:
        mail.stop()
        web.shutdown()
        web.server_close()
        thread.join()
