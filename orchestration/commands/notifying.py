"""`smarketing notify`: what would be told to whom; with --send it is.

Belongs here: options, settings, and what a user reads. Planning, queueing and sending are lib/notifications/.
"""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from orchestration import settings
from orchestration.commands.arguments import CompanyOption, HomeOption, open_folder, prepare, stop
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK
from orchestration.lib.notifications.outbox import Outbox, SenderBusyError
from orchestration.lib.notifications.run import NotifyError, Outcome, Places, dry_run, open_channels, send
from orchestration.lib.warehouse.connection import WarehouseBusyError
from orchestration.lib.warehouse.publishing import current_copy

MOST_LINES = 30


def places_of(place: settings.Settings) -> Places:
    """The files of a company that notifications read and write."""
    return Places(current_copy(place.published), place.warehouse, place.outbox, place.tasks)


def notify(
    company: CompanyOption = None,
    home: HomeOption = None,
    is_sending: Annotated[
        bool, typer.Option("--send", help="Send it (or SMARKETING_NOTIFY=send); otherwise it is only said.")
    ] = False,
    retry: Annotated[bool, typer.Option("--retry", help="With --send: try again what was given up.")] = False,
    old: Annotated[bool, typer.Option("--old", help="With --send: also tell of a build that is no news.")] = False,
) -> None:
    """Say what the agreement wants told and to whom; with --send, send what is new and what waits."""
    place = prepare(company, home)
    sending = settings.read_sending()
    try:
        agreements = read_agreements(open_folder(place.company).agreements)
        if not (is_sending or sending.is_on):
            _say_dry_run(dry_run(places_of(place), agreements, (MAIL, WEBHOOK, TASKS)), place.outbox)
            return
        channels = open_channels(sending.mail_server, sending.mail_from, sending.webhook)
        outcome = send(places_of(place), agreements, channels, old, retry)
    except (NotifyError, SenderBusyError, WarehouseBusyError) as error:
        stop(str(error), 2)
    _say_sent(outcome, list(channels), place.outbox)


def _say_dry_run(outcome: Outcome, outbox: Path) -> None:
    typer.echo("Dry run: nothing is sent. With --send, what is new:")
    by_channel = Counter(message.channel for message in outcome.plan.messages)
    for channel in (MAIL, WEBHOOK, TASKS):
        typer.echo(f"\n{channel}: {by_channel[channel]}")
        lines = [f"  {each.receiver_name}: {each.subject}" for each in outcome.plan.messages if each.channel == channel]
        _say_lines(lines)
    if outcome.note:
        typer.echo(f"\nWith --send it would not be told: {outcome.note} (--old tells it all the same)")
    _say_standing(outcome, outbox)


def _say_sent(outcome: Outcome, channels: list[str], outbox: Path) -> None:
    done = outcome.delivery
    typer.echo(f"{outcome.queued} new, {done.sent} sent, {done.postponed} to be tried again, {done.failed} given up")
    for channel, trouble in done.troubles.items():
        typer.echo(f"{channel}: the rest waits ({trouble})")
    for path in outcome.task_files:
        typer.echo(f"to be imported: {path}")
    if outcome.note and not outcome.queued:
        typer.echo(f"nothing new is told: {outcome.note} (--old tells it all the same)")
    if not channels:
        typer.echo("only task files: neither SMARKETING_SMTP_URL nor SMARKETING_WEBHOOK_URL is set")
    _say_standing(outcome, outbox)


def _say_standing(outcome: Outcome, path: Path) -> None:
    if outcome.plan.without_address:
        typer.echo("\nNobody to write to (the owner has no e-mail):")
        _say_lines([f"  {line}" for line in outcome.plan.without_address])
    if not path.exists():
        return
    with Outbox(path) as outbox:
        failed, waiting = outbox.standing("failed"), outbox.standing("waiting")
    if waiting:
        typer.echo(f"\nWaiting in the outbox: {len(waiting)}")
    if failed:
        typer.echo(f"\nGiven up (--retry tries again): {len(failed)}")
        _say_lines([f"  {channel}, {name}: {subject} ({reason})" for channel, name, subject, reason in failed])


def _say_lines(lines: list[str]) -> None:
    for line in lines[:MOST_LINES]:
        typer.echo(line)
    if len(lines) > MOST_LINES:
        typer.echo(f"  and {len(lines) - MOST_LINES} more")
