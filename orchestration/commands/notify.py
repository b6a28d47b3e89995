"""`smarketing notify`: what would be sent to whom; with --send it is.

Belongs here: options, settings, and what a user reads. Planning, queueing and sending are lib/notifications/.
"""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import print_line
from orchestration.commands.preparing import Prepared, prepare
from orchestration.lib.company.company_file import read_company_file
from orchestration.lib.language import gettext
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK, Message
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.run import Outcome, Places, dry_run, open_channels, send
from orchestration.lib.notifications.today import TodayByMail
from orchestration.lib.store.files import keep_copy
from orchestration.mistakes import Mistake

MOST_LINES = 30


def places_of(prepared: Prepared) -> Places:
    """The files of a company that notifications read and write."""
    place = prepared.place
    copy, printing = prepared.published_copy(), place.home / "printing"
    return Places(copy, place.warehouse, place.outbox, place.tasks, place.published, printing)


def notify(
    company: CompanyOption = None,
    home: HomeOption = None,
    is_sending: Annotated[
        bool, typer.Option("--send", help="Send (as SMARKETING_NOTIFY=send does); without it nothing is sent.")
    ] = False,
    retry: Annotated[bool, typer.Option("--retry", help="With --send: try again what failed permanently.")] = False,
    old: Annotated[bool, typer.Option("--old", help="With --send: notify also of a build that is too old.")] = False,
) -> None:
    """Show which notifications the agreement asks for, and for whom; with --send, send what is new or queued.

    Mail goes through SMARKETING_SMTP_URL, posts to SMARKETING_WEBHOOK_URL; task files for the CRM are always written.
    """
    sending = settings.read_sending()
    is_sending = is_sending or sending.is_on
    if not is_sending and (retry or old):
        raise Mistake(f"{'--retry' if retry else '--old'} is of what is sent; add --send, or omit it")
    prepared = prepare(company, home, holder="notify")
    outbox = prepared.place.outbox
    names = read_company_file(prepared.company.folder).today_by_mail
    today = TodayByMail(names, sending.chromium, settings.foreign_environment())
    if not is_sending:
        _print_dry_run(dry_run(places_of(prepared), prepared.agreements, (MAIL, WEBHOOK, TASKS), today), outbox)
        return
    channels = open_channels(sending.mail_server, sending.mail_from, sending.webhook)
    print_line(gettext("sending ..."))
    outcome = send(places_of(prepared), prepared.agreements, channels, today, old, retry)
    keep_copy(prepared.place.store)
    _print_sent(outcome, list(channels), outbox)


def _print_dry_run(outcome: Outcome, outbox: Path) -> None:
    print_line(gettext("Dry run: nothing is sent. With --send, what is new:"))
    by_channel = Counter(message.channel for message in outcome.plan.messages)
    for channel in (MAIL, WEBHOOK, TASKS):
        print_line(f"\n{channel}: {by_channel[channel]}")
        _print_lines([_line(each, outcome) for each in outcome.plan.messages if each.channel == channel])
    if outcome.today:
        print_line(f"\n{outcome.today}")
    if outcome.note:
        why = gettext("With --send it would not be sent: %(why)s (--old sends it all the same)", why=outcome.note)
        print_line(f"\n{why}")
    _print_standing(outcome, outbox)


def _line(message: Message, outcome: Outcome) -> str:
    line = f"  {message.receiver_name}: {message.subject}"
    if message.key in outcome.plan.with_today:
        line += " " + gettext("(with Today as a PDF)")
    return line


def _print_sent(outcome: Outcome, channels: list[str], outbox: Path) -> None:
    done = outcome.delivery
    counts = {"new": outcome.queued, "sent": done.sent, "postponed": done.postponed, "failed": done.failed}
    print_line(gettext("%(new)s new, %(sent)s sent, %(postponed)s postponed, %(failed)s failed permanently", **counts))
    for channel, trouble in done.troubles.items():
        print_line(gettext("%(channel)s: the rest is queued (%(trouble)s)", channel=channel, trouble=trouble))
    for path in outcome.task_files:
        print_line(gettext("to be imported: %(path)s", path=path))
    if outcome.today:
        print_line(outcome.today)
    if outcome.note and not outcome.queued:
        print_line(gettext("nothing new is sent: %(why)s (--old sends it all the same)", why=outcome.note))
    if not channels:
        print_line(gettext("only task files: neither SMARKETING_SMTP_URL nor SMARKETING_WEBHOOK_URL is set"))
    _print_standing(outcome, outbox)


def _print_standing(outcome: Outcome, path: Path) -> None:
    if outcome.plan.without_address:
        print_line("\n" + gettext("No address (the owner has no e-mail that can be used):"))
        _print_lines([f"  {line}" for line in outcome.plan.without_address])
    if not path.exists():
        return
    with Outbox(path) as outbox:
        failed, waiting = outbox.standing("failed"), outbox.standing("waiting")
    if waiting:
        print_line("\n" + gettext("Queued: %(number)s", number=len(waiting)))
    if failed:
        print_line("\n" + gettext("Failed permanently (--retry tries again): %(number)s", number=len(failed)))
        _print_lines([f"  {channel}, {name}: {subject} ({reason})" for channel, name, subject, reason in failed])


def _print_lines(lines: list[str]) -> None:
    for line in lines[:MOST_LINES]:
        print_line(line)
    if len(lines) > MOST_LINES:
        print_line("  " + gettext("and %(number)s more", number=len(lines) - MOST_LINES))
