"""Notifying people of a new build, and sending queued messages: a job, a sensor on the published copy, a schedule.

Belongs here: when it runs. Both are off until a person turns them on in Dagster's UI, and until SMARKETING_NOTIFY is
"send" the job only counts what it would send. The content of messages is in lib/notifications/.
"""

import dagster as dg

from orchestration import settings
from orchestration.defs.resources import SETTINGS, CompanyResource, hold_home
from orchestration.lib.agreement.reading import AgreementError, read_agreements
from orchestration.lib.company.company_file import language_of
from orchestration.lib.language import speaking
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK
from orchestration.lib.notifications.outbox_file import OutboxError, SenderBusyError
from orchestration.lib.notifications.run import NotifyError, Places, dry_run, open_channels, send
from orchestration.lib.store.files import keep_copy
from orchestration.lib.warehouse.connection import WarehouseError
from orchestration.lib.warehouse.publishing import current_copy

TROUBLES = (AgreementError, NotifyError, OutboxError, SenderBusyError, WarehouseError)


@dg.op
def send_notifications(context: dg.OpExecutionContext, company: CompanyResource) -> None:
    """Queue new messages and send those that are due; the log contains their number, never their recipients."""
    hold_home()
    places = Places(
        current_copy(SETTINGS.published), SETTINGS.warehouse, SETTINGS.outbox, SETTINGS.tasks, SETTINGS.published
    )
    sending = settings.read_sending()
    try:
        agreements = read_agreements(company.open().agreements)
        language = language_of(SETTINGS.company, SETTINGS.language)
        if not sending.is_on:
            with speaking(language):
                outcome = dry_run(places, agreements, (MAIL, WEBHOOK, TASKS))
            context.log.info(
                f"dry run (SMARKETING_NOTIFY is not send): {len(outcome.plan.messages)} message(s) are new"
            )
            return
        channels = open_channels(sending.mail_server, sending.mail_from, sending.webhook)
        with speaking(language):
            outcome = send(places, agreements, channels)
        keep_copy(SETTINGS.store)
    except TROUBLES as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    done = outcome.delivery
    context.log.info(f"{outcome.queued} new, {done.sent} sent, {done.postponed} postponed, {done.failed} failed")
    for trouble in (*done.troubles.values(), *([outcome.note] if outcome.note else [])):
        context.log.warning(trouble)


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
