"""Today with the weekly digest: the page that is sent, what is sent where it cannot be printed, and each mail once.

The programs are scripts that end as a Chromium may; a real one prints in end_to_end/test_today_by_mail.py.
"""

import email
import email.policy
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import duckdb
import pytest

from orchestration import settings
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import read_agreement
from orchestration.lib.notifications import printing
from orchestration.lib.notifications.messages import MAIL
from orchestration.lib.notifications.run import Places, dry_run, open_channels, send
from orchestration.lib.notifications.today import TodayByMail
from tests.unit.notifications.receivers import Receivers, open_receivers

ONE_SHEET = "%PDF-1.4 /Type /Page /Pages %%EOF"
# The option that names the PDF is the last but one.
WRITES = 'for each; do case $each in --print-to-pdf=*) pdf=${each#*=};; esac; done; folder=$(dirname "$pdf"); '
PRINTS = f"{WRITES} printf '%s' '{ONE_SHEET}' > \"$pdf\"; "


@pytest.fixture
def week(places: Places, write: Callable[[str], Path], valid: str) -> list[Agreement]:
    """The build of the fixture with a digest of Anna Rossi, its page of Today, and an agreement that notifies of it."""
    with duckdb.connect(places.published) as connection:
        connection.execute("update marts.fct_notifications set event = 'weekly_digest', notification_id = 'w:1'")
        [(as_of,)] = connection.execute("select as_of from marts.dim_build").fetchall()
    write_page(places, as_of.isoformat())
    return [read_agreement(write(valid + "notifications: {tell: [weekly_digest]}\n"))]


def write_page(places: Places, as_of: str) -> None:
    assets = places.pages / "site" / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    (assets / "site.css").write_text("@page { size: A4; }")
    links = '<a class="x" href="leads/1.html">crm:2</a> <a href="https://crm.example/2">there</a> <a href="#x">x</a>'
    table = '<form data-table="open-commitments" data-rows="12">'
    time_of = f'<time datetime="{as_of}" data-day-old="">'
    (places.pages / "site" / "index.html").write_text(f"<h1>Today</h1>{time_of}{links}{table}")


def program(folder: Path, script: str) -> TodayByMail:
    """Anna gets Today, printed by a script."""
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return TodayByMail(("Anna Rossi",), str(path), settings.foreign_environment())


def channels(receivers: Receivers) -> tuple[str, str, str]:
    return f"smtp://127.0.0.1:{receivers.mail_port}", "sla@example.com", ""


def mail_of(receivers: Receivers) -> EmailMessage:
    [[text]] = receivers.texts.values()
    return email.message_from_string(text, policy=email.policy.default)  # type: ignore[return-value]


def test_the_mail_carries_the_page(
    places: Places, week: list[Agreement], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("SMARKETING_SMTP_URL", "smtps://user:secret@example.com")
    seen = tmp_path / "seen"
    keeps = f'cp "$folder"/page.html {seen}.html; ls "$folder"/assets > {seen}.assets; env > {seen}.env'
    today = program(tmp_path, f"{PRINTS} {keeps}; stat -c %a $folder > {seen}.mode")
    with open_receivers() as receivers:
        first = send(places, week, open_channels(*channels(receivers)), today)
        again = send(places, week, open_channels(*channels(receivers)), today)
        assert [(each.queued, each.delivery.sent, each.today) for each in (first, again)] == [(1, 1, ""), (0, 0, "")]
        mail = mail_of(receivers)
    [page] = mail.iter_attachments()
    assert (page.get_content_type(), page.get_content()) == ("application/pdf", ONE_SHEET.encode())
    assert page.get_filename() == f"Today-{as_of_of(places):%Y-%m-%d}.pdf"
    [body] = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
    line = f"Today, as of {as_of_of(places):%Y-%m-%d %H:%M}, is attached as a PDF."
    assert body.get_content().splitlines()[-2:] == ["", line]
    # Links into the folder of the site lead nowhere from a mail; those to the CRM do.
    html = Path(f"{seen}.html").read_text()
    assert '<a class="x">crm:2</a> <a href="https://crm.example/2">there</a> <a>x</a>' in html
    assert Path(f"{seen}.assets").read_text() == "site.css\n"
    assert Path(f"{seen}.mode").read_text() == "700\n"
    assert "secret" not in Path(f"{seen}.env").read_text()
    assert not places.printing.exists()
    with closing(sqlite3.connect(places.outbox)) as connection:
        assert connection.execute("select count(*) from attachments").fetchall() == [(0,)], "sent, and of no use"


def as_of_of(places: Places) -> datetime:
    with duckdb.connect(places.published, read_only=True) as connection:
        return connection.execute("select as_of from marts.dim_build").fetchall()[0][0]


@pytest.mark.parametrize(
    ("script", "line", "detail"),
    [
        ("exit 3", "Chromium ended without a PDF. docs/notifications.md names the causes.", ""),
        ("echo noise; echo FATAL: no sandbox; echo more; exit 0", "ended without a PDF", "(FATAL: no sandbox)"),
        (f"{WRITES} printf '%%PDF-1.4 half' > \"$pdf\"", "ended without a PDF", ""),
        ("", "SMARKETING_CHROMIUM names no program that can be started. Correct it,", "missing)"),
        ("sleep 60 & echo $! > {pid}; wait", "Chromium did not end within 1 seconds.", ""),
        ("as of another day", "its page is as of 2026-01-02 18:00, and this mail as of ", ""),
        ("no page", "the site has no whole page of it. `smarketing run` writes it.", ""),
        ("no assets", "Chromium ended without a PDF.", "No such file"),
        ("nothing on the path", "this machine has no Chromium. Install one, or set SMARKETING_CHROMIUM", ""),
    ],
)
def test_the_mail_goes_without_today_and_names_why(
    places: Places,
    week: list[Agreement],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    line: str,
    detail: str,
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(printing, "TIMEOUT_SECONDS", 1.0)
    pid = tmp_path / "pid"
    today = program(tmp_path, script.replace("{pid}", str(pid)) if script[:2] not in ("no", "as") else PRINTS)
    if not script:
        today = replace(today, chromium=str(tmp_path / "missing"))
    elif script == "as of another day":
        write_page(places, "2026-01-02T18:00:00")
    elif script == "no page":
        (places.pages / "site" / "index.html").unlink()
    elif script == "no assets":
        (places.pages / "site" / "assets" / "site.css").unlink()
        (places.pages / "site" / "assets").rmdir()
    elif script == "nothing on the path":
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
        today = replace(today, chromium="")
    with open_receivers() as receivers:
        shown = dry_run(places, week, (MAIL,), today).today
        first, *again = [send(places, week, open_channels(*channels(receivers)), today) for _ in range(2)]
        assert (first.queued, first.delivery.sent, [each.queued for each in again]) == (1, 1, [0])
        mail = mail_of(receivers)
    assert mail.get_content_type() == "text/plain"
    [last] = [text for text in mail.get_content().splitlines() if "Today is not attached" in text]
    assert last == mail.get_content().splitlines()[-1]
    assert line in last
    assert detail in first.today
    assert first.today.startswith(last)
    assert shown in ("", last), "what is known without printing"
    assert not places.printing.exists()
    if pid.exists():
        assert not is_running(int(pid.read_text()))


def is_running(process: int) -> bool:
    """Whether it still runs, after a moment for the system to end it; one that nobody waits for is a zombie."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    return True


def test_long_rows_leave_room_for_fewer(
    places: Places, week: list[Agreement], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    rows = tmp_path / "rows"
    prints = f'grep -o \'rows="[0-9]*"\' "$folder"/page.html >> {rows}; printf \'%%PDF-1.4 \' > "$pdf"; '
    sheets = f"for each in $(seq $(wc -l < {rows}) 4); do printf ' /Type /Page ' >> \"$pdf\"; done; "
    today = program(tmp_path, f"{WRITES} {prints} {sheets} printf ' %%%%EOF' >> \"$pdf\"")
    with open_receivers() as receivers:
        assert send(places, week, open_channels(*channels(receivers)), today).today == ""
        [page] = mail_of(receivers).iter_attachments()
    assert rows.read_text().split() == ['rows="12"', 'rows="6"', 'rows="3"']
    assert printing.sheets_of(page.get_content()) == 2


@pytest.mark.parametrize("user", [0, 1000])
def test_only_root_prints_without_a_sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int) -> None:
    """Chromium does not start as root otherwise."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    today = program(tmp_path, f'{PRINTS} echo "$@" > {tmp_path / "options"}')
    (tmp_path / "assets").mkdir()
    printing.print_page("", tmp_path / "assets", tmp_path / "printing", today.chromium, today.environment)
    assert ("--no-sandbox" in (tmp_path / "options").read_text().split()) == (user == 0)


def test_a_repeat_has_the_page_that_was_queued(
    places: Places, week: list[Agreement], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server refuses it for now; when it takes it, the site is of a later build, and no Chromium is left."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with open_receivers() as receivers:
        receivers.answer_mail = lambda receiver: "450 later"
        first = send(places, week, open_channels(*channels(receivers)), program(tmp_path, PRINTS))
        assert (first.delivery.sent, first.delivery.postponed) == (0, 1)
        write_page(places, "2026-01-02T18:00:00")
        receivers.answer_mail = lambda receiver: "250 OK"
        broken = program(tmp_path, "exit 1")
        later = lambda: time.time() + 3600  # noqa: E731
        second = send(places, week, open_channels(*channels(receivers)), broken, clock=later)
        assert (second.queued, second.delivery.sent) == (0, 1)
        [page] = mail_of(receivers).iter_attachments()
    assert page.get_content() == ONE_SHEET.encode()


def test_an_agreement_without_weekly_digests_is_named(places: Places, write: Callable[[str], Path], valid: str) -> None:
    agreements = [read_agreement(write(valid + "notifications: {tell: [breached]}\n"))]
    named = TodayByMail(("Anna Rossi",))
    assert "the agreement has no weekly_digest" in dry_run(places, agreements, (MAIL,), named).today
    assert dry_run(places, agreements, (MAIL,)).today == ""
