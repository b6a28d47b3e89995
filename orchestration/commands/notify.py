"""`smarketing notify`: what would be sent to whom; with --send it is.

Belongs here: options, settings, and what a user reads. Planning, queueing and sending are lib/notifications/.
"""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption
from orchestration.commands.endings import say
from orchestration.commands.preparing import Prepared, prepare
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.run import Outcome, Places, dry_run, open_channels, send

MOST_LINES = 30


def places_of(prepared: Prepared) -> Places:
    """The files of a company that notifications read and write."""
    place = prepared.place
    return Places(prepared.published_copy(), place.warehouse, place.outbox, place.tasks)


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
    prepared = prepare(company, home)
    sending, outbox = settings.read_sending(), prepared.place.outbox
    if not (is_sending or sending.is_on):
        _say_dry_run(dry_run(places_of(prepared), prepared.agreements, (MAIL, WEBHOOK, TASKS)), outbox)
        return
    channels = open_channels(sending.mail_server, sending.mail_from, sending.webhook)
    say("sending ...")
    outcome = send(places_of(prepared), prepared.agreements, channels, old, retry)
    _say_sent(outcome, list(channels), outbox)


def _say_dry_run(outcome: Outcome, outbox: Path) -> None:
    say("Dry run: nothing is sent. With --send, what is new:")
    by_channel = Counter(message.channel for message in outcome.plan.messages)
    for channel in (MAIL, WEBHOOK, TASKS):
        say(f"\n{channel}: {by_channel[channel]}")
        lines = [f"  {each.receiver_name}: {each.subject}" for each in outcome.plan.messages if each.channel == channel]
        _say_lines(lines)
    if outcome.note:
        say(f"\nWith --send it would not be sent: {outcome.note} (--old sends it all the same)")
    _say_standing(outcome, outbox)


def _say_sent(outcome: Outcome, channels: list[str], outbox: Path) -> None:
    done = outcome.delivery
    say(f"{outcome.queued} new, {done.sent} sent, {done.postponed} postponed, {done.failed} failed permanently")
    for channel, trouble in done.troubles.items():
        say(f"{channel}: the rest is queued ({trouble})")
    for path in outcome.task_files:
        say(f"to be imported: {path}")
    if outcome.note and not outcome.queued:
        say(f"nothing new is sent: {outcome.note} (--old sends it all the same)")
    if not channels:
        say("only task files: neither SMARKETING_SMTP_URL nor SMARKETING_WEBHOOK_URL is set")
    _say_standing(outcome, outbox)


def _say_standing(outcome: Outcome, path: Path) -> None:
    if outcome.plan.without_address:
        say("\nNo address (the owner has no e-mail):")
        _say_lines([f"  {line}" for line in outcome.plan.without_address])
    if not path.exists():
        return
    with Outbox(path) as outbox:
        failed, waiting = outbox.standing("failed"), outbox.standing("waiting")
    if waiting:
        say(f"\nQueued: {len(waiting)}")
    if failed:
        say(f"\nFailed permanently (--retry tries again): {len(failed)}")
        _say_lines([f"  {channel}, {name}: {subject} ({reason})" for channel, name, subject, reason in failed])


def _say_lines(lines: list[str]) -> None:
    for line in lines[:MOST_LINES]:
        say(line)
    if len(lines) > MOST_LINES:
        say(f"  and {len(lines) - MOST_LINES} more")
