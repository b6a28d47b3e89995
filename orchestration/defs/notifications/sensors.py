"""Notifying people of a new build, and sending queued messages: a job, a sensor on the published copy, a schedule.

Belongs here: when it runs. Both are off until a person turns them on in Dagster's UI, and until SMARKETING_NOTIFY is
"send" the job only counts what it would send. The content of messages is in lib/notifications/.
"""

from collections.abc import Sequence

import dagster as dg

from orchestration import settings
from orchestration.defs.resources import SETTINGS, CompanyResource, hold_home
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.company.company_file import CompanyFileError, language_of, read_company_file
from orchestration.lib.language import speaking
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK
from orchestration.lib.notifications.outbox_file import OutboxError, SenderBusyError
from orchestration.lib.notifications.run import NotifyError, Outcome, Places, dry_run, open_channels, send
from orchestration.lib.notifications.today import TodayByMail
from orchestration.lib.store.files import keep_copy
from orchestration.lib.warehouse.connection import WarehouseError
from orchestration.lib.warehouse.publishing import current_copy

TROUBLES = (AgreementError, CompanyFileError, NotifyError, OutboxError, SenderBusyError, WarehouseError)


@dg.op
def send_notifications(context: dg.OpExecutionContext, company: CompanyResource) -> None:
    """Queue new messages and send those that are due; the log contains their number, never their recipients."""
    hold_home()
    sending = settings.read_sending()
    try:
        with speaking(language_of(SETTINGS.company, SETTINGS.language)):
            outcome = _notify(read_agreements(company.open().agreements), sending)
    except TROUBLES as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    if not sending.is_on:
        context.log.info(f"dry run (SMARKETING_NOTIFY is not send): {len(outcome.plan.messages)} message(s) are new")
        return
    keep_copy(SETTINGS.store)
    done = outcome.delivery
    context.log.info(f"{outcome.queued} new, {done.sent} sent, {done.postponed} postponed, {done.failed} failed")
    for trouble in filter(None, (*done.troubles.values(), outcome.note, outcome.today)):
        context.log.warning(trouble)


def _notify(agreements: Sequence[Agreement], sending: settings.Sending) -> Outcome:
    published = SETTINGS.published
    files = (current_copy(published), SETTINGS.warehouse, SETTINGS.outbox, SETTINGS.tasks)
    places = Places(*files, published, SETTINGS.home / "printing")
    names = read_company_file(SETTINGS.company).today_by_mail
    today = TodayByMail(names, sending.chromium, settings.foreign_environment())
    if not sending.is_on:
        return dry_run(places, agreements, (MAIL, WEBHOOK, TASKS), today)
    channels = open_channels(sending.mail_server, sending.mail_from, sending.webhook)
    return send(places, agreements, channels, today)


@dg.job(description="Notify people of the events that the agreement defines: mail, webhook, task files.")
def notify() -> None:
    """One run of the sender."""
    send_notifications()


@dg.asset_sensor(asset_key=dg.AssetKey(["published", "copy"]), job=notify)
def new_copy(context: dg.SensorEvaluationContext, asset_event: dg.EventLogEntry) -> dg.RunRequest:
    """A build was published: notify people of what is new in it."""
    return dg.RunRequest(run_key=str(asset_event.timestamp))


@dg.definitions
def notifications() -> dg.Definitions:
    """The sensor, and a run every quarter of an hour for messages due after a retry delay or after quiet hours."""
    every_quarter_hour = dg.ScheduleDefinition(name="every_quarter_hour", job=notify, cron_schedule="*/15 * * * *")
    return dg.Definitions(jobs=[notify], sensors=[new_copy], schedules=[every_quarter_hour])
