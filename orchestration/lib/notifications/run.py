"""One run: what is new is queued, what is due is sent, task files are written; or only shown, in a dry run.

Belongs here: the order of these steps and what may hold them back. Settings come from the caller.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.notifications import Notifications
from orchestration.lib.agreement.times import minutes_of
from orchestration.lib.agreement.versions import in_force_on
from orchestration.lib.language import gettext, ngettext
from orchestration.lib.notifications.mail import MailChannel, MailServer, is_address
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK, Channel
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.outbox_file import only_sender
from orchestration.lib.notifications.planning import WEEKLY, Plan, Planner
from orchestration.lib.notifications.quiet import opening_rule
from orchestration.lib.notifications.reading import News, read_addresses, read_news
from orchestration.lib.notifications.sending import Delivery, deliver
from orchestration.lib.notifications.tasks import write_task_files
from orchestration.lib.notifications.today import TodayByMail, attach, why_not
from orchestration.lib.notifications.webhook import WebhookChannel
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.mistakes import Mistake

NOBODY = TodayByMail()


class NotifyError(Mistake):
    """No notification can be sent; the text names what is missing and what to do."""


@dataclass(frozen=True)
class Places:
    """The files that a run reads and writes."""

    published: Path
    warehouse: Path
    outbox: Path
    tasks: Path
    pages: Path
    """The folder of the published pages, which messages name."""
    printing: Path
    """Where a page is printed; the folder is there only meanwhile."""


@dataclass
class Outcome:
    """What a run did."""

    plan: Plan
    queued: int = 0
    delivery: Delivery = field(default_factory=Delivery)
    task_files: list[Path] = field(default_factory=list)
    note: str = ""
    today: str = ""
    """Why nobody got Today as a PDF, or would get it."""


def open_channels(mail_server: str, mail_from: str, webhook: str) -> dict[str, Channel]:
    """The channels that are set. NotifyError if a setting is wrong; no text shows a secret."""
    channels: dict[str, Channel] = {}
    try:
        if mail_server:
            server = MailServer.parse(mail_server)
            if not is_address(mail_from):
                raise NotifyError(
                    "SMARKETING_MAIL_FROM: mail needs one sender; write sla@your-company.example, or "
                    '"Acme, Inc." <sla@your-company.example>, with quotes around a name that has a comma'
                )
            channels[MAIL] = MailChannel(server, mail_from)
    except ValueError as error:
        raise NotifyError(f"SMARKETING_SMTP_URL: {error}") from error
    try:
        if webhook:
            channels[WEBHOOK] = WebhookChannel(webhook)
    except ValueError as error:
        raise NotifyError(f"SMARKETING_WEBHOOK_URL: {error}") from error
    return channels


def read_build(places: Places) -> tuple[News, dict[str, str]]:
    """The events of the published build, and the addresses of its owners. NotifyError if there is none."""
    if not places.published.exists() or not places.warehouse.exists():
        raise NotifyError(f"{places.published}: nothing has been published yet; run `smarketing run` first")
    with open_warehouse(places.published, read_only=True) as connection:
        has = "select count(*) from information_schema.tables where table_name = 'fct_notifications'"
        if not connection.execute(has).fetchall()[0][0]:
            raise NotifyError(f"{places.published}: it was built before there were notifications; run `smarketing run`")
        news = read_news(connection, places.pages)
    with open_warehouse(places.warehouse, read_only=True) as connection:
        return news, read_addresses(connection)


def rules_of(agreements: Sequence[Agreement], news: News) -> tuple[Agreement, Notifications]:
    """The version that defines the notifications, the same as in the build; NotifyError if it has none."""
    day = news.as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(news.time_zone)).date()
    agreement = in_force_on(agreements, day)
    if agreement.notifications is None:
        raise NotifyError(
            f"version {agreement.version} has no `notifications`, so nobody is notified; add them (docs/agreement.md)"
        )
    return agreement, agreement.notifications


def age_note(news: News, rules: Notifications, now: float) -> str:
    """Why a build is too old for notifications; empty while it is not."""
    age = datetime.fromtimestamp(now, UTC) - news.as_of.replace(tzinfo=UTC)
    if age <= timedelta(minutes=minutes_of(rules.notify_within)):
        return ""
    return ngettext(
        "the data of the build end on %(day)s, %(days)s days ago: too old to notify",
        "the data of the build end on %(day)s, %(days)s days ago: too old to notify",
        age.days,
        day=f"{news.as_of:%Y-%m-%d}",
        days=age.days,
    )


def today_note(rules: Notifications, today: TodayByMail) -> str:
    """Why those whom company.yml names for Today never get it; empty where they do, or nobody is named."""
    if not today.names or WEEKLY in rules.tell:
        return ""
    return gettext(
        "today_by_mail in company.yml: nobody gets Today, because the agreement has no weekly_digest among what it "
        "notifies (`tell`)"
    )


def dry_run(
    places: Places,
    agreements: Sequence[Agreement],
    channels: Collection[str],
    today: TodayByMail = NOBODY,
    clock: Callable[[], float] = time.time,
) -> Outcome:
    """What would be queued now; nothing is written."""
    news, addresses = read_build(places)
    _, rules = rules_of(agreements, news)
    notified: set[tuple[str, str, str]] = set()
    if places.outbox.exists():
        with Outbox(places.outbox) as outbox:
            notified = outbox.notified()
    plan = Planner(news, rules, addresses, channels, notified, today.names).plan()
    trouble = why_not(news, places.pages, today) if plan.with_today else today_note(rules, today)
    return Outcome(plan, note=age_note(news, rules, clock()), today=trouble)


def send(
    places: Places,
    agreements: Sequence[Agreement],
    channels: Mapping[str, Channel],
    today: TodayByMail = NOBODY,
    even_if_old: bool = False,
    retry_failed: bool = False,
    clock: Callable[[], float] = time.time,
) -> Outcome:
    """Queue what is new and send what is due. SenderBusyError if another process is sending."""
    news, addresses = read_build(places)
    agreement, rules = rules_of(agreements, news)
    outcome = Outcome(Plan(), note=age_note(news, rules, clock()), today=today_note(rules, today))
    calendar = agreement.calendars[rules.quiet_hours_outside] if rules.quiet_hours_outside else None
    with only_sender(places.outbox), Outbox(places.outbox) as outbox:
        if retry_failed:
            outbox.retry_failed(clock())
        if even_if_old or not outcome.note:
            known = outbox.notified()
            outcome.plan = Planner(news, rules, addresses, [*channels, TASKS], known, today.names).plan()
            if outcome.plan.with_today:
                outcome.today = attach(outcome.plan, news, places.pages, places.printing, today)
            outcome.queued = outbox.queue(outcome.plan.messages, clock())
        outcome.task_files = write_task_files(outbox, places.tasks, clock())
        outcome.delivery = deliver(outbox, channels, clock, opening_rule(calendar))
    return outcome
