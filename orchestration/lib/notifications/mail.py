"""Mail by SMTP: one connection for all messages of a run; the Message-ID is made of the message's key.

Belongs here: the server's address, the mail itself, which answers are about the message and which about the server.
"""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from orchestration.lib.notifications.messages import (
    ChannelDownError,
    Message,
    PermanentRefusalError,
    TemporaryRefusalError,
)
from orchestration.lib.visible import visible

TIMEOUT_SECONDS = 30.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; user and password are empty where it asks for none."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> "MailServer":
        """The server of smtp://user:password@host:port. ValueError names the mistake, never the password."""
        remedy = "write smtp://host:25, smtp+starttls://user:password@host:587 or smtps://user:password@host:465"
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            raise ValueError(f"the port is not a number; {remedy}") from None
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(f"this is not the address of a mail server; {remedy}")
        if parts.scheme == "smtp" and parts.username:
            raise ValueError("smtp:// would send the password unencrypted; write smtp+starttls:// or smtps://")
        secret = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.scheme, parts.hostname, port or PORTS[parts.scheme], *secret)

    def connect(self, own_name: str) -> smtplib.SMTP:
        """An open session, logged in where the server asks for it; `own_name` is the name in the greeting."""
        context = ssl.create_default_context()
        if self.scheme == "smtps":
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, own_name, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            session = smtplib.SMTP(self.host, self.port, own_name, TIMEOUT_SECONDS)
            if self.scheme == "smtp+starttls":
                session.starttls(context=context)
        if self.user:
            session.login(self.user, self.password)
        return session


def one_address(text: str) -> Address:
    """The address of `name@domain` or `Name <name@domain>`. ValueError if it is not exactly one."""
    if not text.isprintable():
        raise ValueError("this is not an address")
    try:
        header = default.header_factory("to", text)
        addresses = [] if any(group.display_name for group in header.groups) else header.addresses
    except (HeaderParseError, IndexError, AttributeError):  # the parser's own, for texts such as a single quote
        raise ValueError("this is not an address") from None
    if header.defects or len(addresses) != 1 or not (addresses[0].username and addresses[0].domain):
        raise ValueError("this is not one address")
    return addresses[0]


def is_address(text: str) -> bool:
    """Whether a text is exactly one address."""
    try:
        return bool(one_address(text))
    except ValueError:
        return False


def compose(message: Message, sender: str) -> EmailMessage:
    """The mail, the same whenever it is made: a receiver, or its server, can drop the second by the Message-ID.

    ValueError if the receiver is not one address.
    """
    mail = EmailMessage()
    mail["From"] = sender
    one_address(message.address)  # one that an earlier release queued may be two
    mail["To"] = message.address
    mail["Subject"] = visible(" ".join(message.subject.split()))
    mail["Message-ID"] = f"<{message.key}@{one_address(sender).domain}>"
    mail["Date"] = formatdate(message.queued_at)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(visible(message.body))
    if message.attachment:
        page = message.attachment
        mail.add_attachment(page.content, maintype="application", subtype="pdf", filename=page.name)
        mail.set_boundary(message.key)
    return mail


class MailChannel:
    """Mail of one sender through one server."""

    def __init__(self, server: MailServer, sender: str) -> None:
        self._server = server
        self._sender = sender
        self._session: smtplib.SMTP | None = None

    def deliver(self, message: Message) -> None:
        """Hand one mail over; returns once the server has accepted it."""
        try:
            mail = compose(message, self._sender)
        except (ValueError, IndexError) as error:
            raise PermanentRefusalError("the receiver's address is not valid") from error
        try:
            self._session = self._session or self._server.connect(one_address(self._sender).domain)
            self._session.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise self._refusal(code, text, message) from error
        except smtplib.SMTPDataError as error:
            raise self._refusal(error.smtp_code, error.smtp_error, message) from error
        except smtplib.SMTPNotSupportedError as error:
            raise PermanentRefusalError("the server does not accept such an address") from error
        except smtplib.SMTPResponseException as error:
            # It is about the session or the sender: the server would not accept another message either.
            raise self._down(f"{error.smtp_code} {type(error).__name__}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._down(type(error).__name__) from error

    def _refusal(self, code: int, answer: bytes | str, message: Message) -> Exception:
        text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        reply = f"{code} {' '.join(text.split())}".replace(message.address, "(the receiver)")[:200]
        if code == 421:
            return self._down(reply)
        return PermanentRefusalError(reply) if code >= 500 else TemporaryRefusalError(reply)

    def _down(self, why: str) -> ChannelDownError:
        session, self._session = self._session, None
        if session:
            session.close()
        return ChannelDownError(f"the mail server does not take mail: {why}")

    def close(self) -> None:
        """End the session; what the server answers changes nothing."""
        session, self._session = self._session, None
        if session:
            try:
                session.quit()
            except (smtplib.SMTPException, OSError):
                session.close()
