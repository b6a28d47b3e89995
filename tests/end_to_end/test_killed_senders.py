"""A thousand messages, a sender that is killed fifty times: none is lost, and every repeat has its key."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

from orchestration.lib.notifications.messages import MAIL, WEBHOOK
from orchestration.lib.notifications.outbox import Outbox
from tests.unit.notifications.receivers import Receivers, make_message, open_receivers

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


def test_no_message_is_lost_and_each_repeat_has_its_key(tmp_path: Path) -> None:
    path, choices = tmp_path / "outbox.sqlite", random.Random(20261009)
    messages = [make_message(number, WEBHOOK if number % 4 == 0 else MAIL) for number in range(MESSAGES)]
    with open_receivers() as receivers:
        killer = Killer(receivers, choices)
        with Outbox(path) as outbox:
            assert outbox.queue(messages, 0.0) == MESSAGES
            assert outbox.queue(messages, 0.0) == 0
        for _ in range(KILLS):
            process = start(path, receivers)
            killer.aim(process, choices.randint(3, 16))
            assert process.wait(120) == -signal.SIGKILL
        killer.aim(process, 0)
        assert start(path, receivers).wait(300) == 0
        received = Counter(receivers.mails + receivers.posts)
        texts = receivers.texts
    assert set(received) == {message.key for message in messages}
    repeats = sum(count - 1 for count in received.values())
    assert 0 < repeats <= KILLS, "each kill repeats one message at most"
    assert {len(each) for each in texts.values()} == {1}, "a repeat has the same text"
    with Outbox(path) as outbox:
        assert outbox.counts() == {(MAIL, "sent"): 750, (WEBHOOK, "sent"): 250}
    print(f"{MESSAGES} messages, {KILLS} kills: {len(received)} distinct keys, {repeats} repeats with the same key")
