"""A thousand messages of what leads did, a sender killed fifty times: each is sent, and every repeat has its key."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import datetime
from pathlib import Path

from orchestration.lib.agreement.notifications import Notifications
from orchestration.lib.notifications.messages import MAIL, WEBHOOK, Message
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.planning import Planner
from orchestration.lib.notifications.reading import Event, News
from tests.unit.notifications.receivers import Receivers, open_receivers

MESSAGES = 1000
KILLS = 50
SENDER = """
import sys, time
from pathlib import Path
from orchestration.lib.notifications.mail import MailChannel, MailServer
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.outbox_file import only_sender
from orchestration.lib.notifications.sending import deliver
from orchestration.lib.notifications.webhook import WebhookChannel

path, mail, web = Path(sys.argv[1]), MailServer.parse(sys.argv[2]), WebhookChannel(sys.argv[3])
channels = {"webhook": web, "mail": MailChannel(mail, "smarketing@example.com")}
with only_sender(path), Outbox(path) as outbox:
    deliver(outbox, channels, time.time, lambda now: now)
"""


class Killer:
    """Kills the sender at the n-th message that a server takes: before it answers, or at some point soon after."""

    def __init__(self, receivers: Receivers, choices: random.Random) -> None:
        self.choices = choices
        self.process: subprocess.Popen[bytes] | None = None
        self.left = 0
        receivers.accepted = self.count

    def aim(self, process: subprocess.Popen[bytes], after: int) -> None:
        self.process, self.left = process, after

    def count(self) -> None:
        self.left -= 1
        if self.left != 0 or self.process is None:
            return
        if self.choices.random() < 0.5:
            os.kill(self.process.pid, signal.SIGKILL)
        else:
            threading.Timer(self.choices.random() * 0.01, os.kill, (self.process.pid, signal.SIGKILL)).start()


def start(path: Path, receivers: Receivers) -> subprocess.Popen[bytes]:
    urls = f"smtp://127.0.0.1:{receivers.mail_port}", f"http://127.0.0.1:{receivers.web_port}/"
    environment = os.environ | {"no_proxy": "127.0.0.1"}
    return subprocess.Popen([sys.executable, "-c", SENDER, str(path), *urls], env=environment)


def planned(outbox: Outbox) -> list[Message]:
    """What a run would queue: of each event a mail, to the owner or to marketing, and a line in the channel."""
    kinds, noon = ("key_touch", "grade_rose", "warmed_up"), datetime(2026, 3, 11, 11)
    events = [
        Event(f"{kind}:{number}", kind, "pricing_page", noon, None, "crm:1", "Anna", f"crm:9{number}", None, None, None)
        for number in range(MESSAGES // 2)
        for kind in (kinds[number % 3],)
    ]
    owners = {"crm:1": ["crm:1"], "crm:2": ["crm:2"]}
    news = News(noon, "Europe/Rome", events, {}, {}, owners, {"Anna": ["crm:1"], "Mara": ["crm:2"]})
    rules = Notifications(tell=list(kinds), warmed_up_to="Mara", at_most=MESSAGES)
    addresses = {"crm:1": "anna@example.com", "crm:2": "mara@example.com"}
    return Planner(news, rules, addresses, (MAIL, WEBHOOK), outbox.notified()).plan().messages


def test_no_message_is_lost_and_each_repeat_has_its_key(tmp_path: Path) -> None:
    path, choices = tmp_path / "outbox.sqlite", random.Random(20261009)
    with open_receivers() as receivers:
        killer = Killer(receivers, choices)
        with Outbox(path) as outbox:
            messages = planned(outbox)
            assert outbox.queue(messages, 0.0) == MESSAGES
            assert outbox.queue(messages, 0.0) == 0
        for _ in range(KILLS):
            process = start(path, receivers)
            killer.aim(process, choices.randint(3, 16))
            assert process.wait(120) == -signal.SIGKILL
            with Outbox(path) as outbox:
                assert planned(outbox) == []
        killer.aim(process, 0)
        assert start(path, receivers).wait(300) == 0
        received = Counter(receivers.mails + receivers.posts)
        texts = receivers.texts
    assert set(received) == {message.key for message in messages}
    repeats = sum(count - 1 for count in received.values())
    assert 0 < repeats <= KILLS, "each kill repeats one message at most"
    assert {len(each) for each in texts.values()} == {1}, "a repeat has the same text"
    with Outbox(path) as outbox:
        assert outbox.counts() == {(MAIL, "sent"): 500, (WEBHOOK, "sent"): 500}
    print(f"{MESSAGES} messages, {KILLS} kills: {len(received)} distinct keys, {repeats} repeats with the same key")
