"""From events to messages: who is notified by which channel, and when many become one digest.

Belongs here: the choice of receivers and the calls for the task files. It changes nothing: the same events
and the same earlier notifications give the same messages.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from orchestration.lib.agreement.notifications import Notifications
from orchestration.lib.language import gettext, later
from orchestration.lib.notifications.mail import is_address
from orchestration.lib.notifications.messages import MAIL, TASKS, WEBHOOK, Message, message_key
from orchestration.lib.notifications.reading import Event, News
from orchestration.lib.notifications.tasks import COLUMNS, task_row
from orchestration.lib.notifications.texts import details, digest, headline, local, week
from orchestration.lib.review.agenda import agenda_text

REVIEW = "review_due"
WEEKLY = "weekly_digest"
# By whether there is a cell of the e-mail.
WITHOUT_ADDRESS = {
    False: later("%(name)s: %(event)s"),
    True: later("%(name)s (the cell of the e-mail is not one address): %(event)s"),
}


@dataclass
class Plan:
    """What is to be queued, and the receivers without an address."""

    messages: list[Message] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)
    """Names of receivers who have no e-mail, with the events of which they were not notified."""
    with_today: set[str] = field(default_factory=set)
    """The keys of the messages that carry Today."""


@dataclass(frozen=True)
class Receiver:
    """The receiver of messages on one channel."""

    channel: str
    receiver_id: str
    name: str
    address: str


class Planner:
    """Plans the messages of one build."""

    def __init__(
        self,
        news: News,
        rules: Notifications,
        addresses: Mapping[str, str],
        channels: Collection[str],
        notified: Collection[tuple[str, str, str]],
        today_to: Collection[str] = (),
    ) -> None:
        self._news, self._rules = news, rules
        self._addresses = {record: address for record, address in addresses.items() if is_address(address)}
        self._unusable = addresses.keys() - self._addresses.keys()
        # A record that was an owner of its own when its message was sent may belong to another owner by now.
        owner_of = {record: owner for owner, records in news.owner_records.items() for record in records}
        self._channels = channels
        # By name, the owner who gets Today; none where no owner has the name, or two have it.
        self._today_to = {name: self._records(None, name)[0] or None for name in today_to}
        self._notified = {(each, channel, owner_of.get(who, who)) for each, channel, who in notified}

    def plan(self) -> Plan:
        """Everything that is new."""
        plan = Plan()
        waiting: dict[Receiver, list[Event]] = defaultdict(list)
        for event in [*self._news.events, *self._own_digests()]:
            for receiver in self._receivers(event, plan):
                if (event.notification_id, receiver.channel, receiver.receiver_id) not in self._notified:
                    waiting[receiver].append(event)
        for receiver, events in waiting.items():
            messages = list(self._messages(receiver, events))
            plan.messages += messages
            if receiver.receiver_id in self._today_to.values():
                own = {each.notification_id for each in events if _is_own_digest(each, receiver.receiver_id)}
                plan.with_today |= {each.key for each in messages if own.intersection(each.notification_ids)}
        plan.messages += self._tasks()
        return plan

    def _own_digests(self) -> Iterator[Event]:
        """The weekly digest of who gets Today with it and would get none: nothing of theirs is open, or they are away.

        It is of the day of everybody's.
        """
        digests = [each for each in self._news.events if each.event == WEEKLY]
        for name, owner_id in self._today_to.items() if digests else ():
            if not any(_is_own_digest(each, owner_id) for each in digests):
                # As fct_notifications makes it: who gets one now gets none of its own later in the week.
                key = f"{WEEKLY}:{local(digests[0].occurred_at, self._news.time_zone)[:10]}:{owner_id or name}"
                own = replace(digests[0], notification_id=key, owner_id=owner_id, owner_name=name)
                yield replace(own, cover_owner_id=None, cover_name=None)

    def _receivers(self, event: Event, plan: Plan) -> Iterator[Receiver]:
        if WEBHOOK in self._channels and event.event != WEEKLY:
            yield Receiver(WEBHOOK, WEBHOOK, gettext("the team's channel"), "")
        if MAIL not in self._channels:
            return
        for owner_id, name in self._persons(event):
            found = self._address(owner_id, name)
            if found:
                yield Receiver(MAIL, found[0], name or found[0], found[1])
                continue
            named = self._records(owner_id, name)
            is_unusable = bool(self._unusable.intersection(named))
            text = WITHOUT_ADDRESS[is_unusable]
            what = headline(event, self._news.time_zone)
            plan.without_address.append(gettext(text, name=name or gettext("(no owner)"), event=what))

    def _persons(self, event: Event) -> list[tuple[str | None, str | None]]:
        """Owner's id and name of who is notified: whom the agreement names, if anybody, or the owner of the lead."""
        named_persons = {"escalated": self._rules.escalate_to, "warmed_up": self._rules.warmed_up_to}
        if event.event == REVIEW:
            managers = self._news.agendas[event.notification_id].managers
            return [(None, name) for name in managers or (gettext("(nobody has signed)"),)]
        if event.event in named_persons:
            name = named_persons[event.event]
            return [(None, name)] if name else []
        return [(event.notified_id, event.notified_name)]

    def _address(self, owner_id: str | None, name: str | None) -> tuple[str, str] | None:
        """Owner and e-mail, from the first of their records with one."""
        records = self._records(owner_id, name)
        return next(((records[0], self._addresses[each]) for each in records if each in self._addresses), None)

    def _records(self, owner_id: str | None, name: str | None) -> list[str]:
        """The owner and all of their records; without an id, the name must be unique."""
        named = self._news.owners_by_name.get(name or "", [])
        found = owner_id or (named[0] if len(named) == 1 else "")
        return [found, *self._news.owner_records.get(found, [])]

    def _messages(self, receiver: Receiver, events: list[Event]) -> Iterator[Message]:
        zone = self._news.time_zone
        many = [event for event in events if event.event not in (WEEKLY, REVIEW)]
        if len(many) > self._rules.at_most:
            yield _message(receiver, many, *digest(many, zone))
            many = []
        for event in events:
            if event.event == WEEKLY:
                clocks = self._news.open_clocks.get(event.owner_id or "", [])
                yield _message(receiver, [event], headline(event, zone), week(clocks, zone))
            elif event.event == REVIEW:
                agenda = self._news.agendas[event.notification_id]
                yield _message(receiver, [event], headline(event, zone), agenda_text(agenda))
            elif event in many:
                yield _message(receiver, [event], headline(event, zone), details(event, zone))

    def _tasks(self) -> Iterator[Message]:
        """A call to each person who became SQL, in the system in which the owner works."""
        written = {notification_id for notification_id, channel, _ in self._notified if channel == TASKS}
        for event in self._news.events:
            is_new = event.event == "became_sql" and event.notification_id not in written
            place = self._task_place(event) if is_new else None
            if place is None:
                continue
            system, owner, record_id = place
            zone = self._news.time_zone
            subject = headline(event, zone)
            row = task_row(
                system, subject, local(self._news.as_of, zone)[:10], owner, details(event, zone).strip(), record_id
            )
            yield _message(
                Receiver(TASKS, system, gettext("tasks of %(system)s", system=system), ""), [event], subject, row
            )

    def _task_place(self, event: Event) -> tuple[str, str, str] | None:
        """System, owner's and person's record there; the system that names the owner first."""
        records = [each.partition(":")[::2] for each in self._news.records.get(event.person_id or "", [])]
        caller = event.notified_id or ""
        owners: dict[str, str] = {}
        for each in self._news.owner_records.get(caller, []):
            owners.setdefault(each.partition(":")[0], each)
        for system in sorted(COLUMNS, key=lambda each: (each != caller.partition(":")[0], each)):
            mine = [record_id for place, record_id in records if place == system]
            if mine and system in owners:
                owner = owners[system].partition(":")[2]
                # HubSpot's importer knows users by their e-mail or name, Salesforce's by their id.
                named = self._addresses.get(owners[system], event.notified_name or owner)
                shown = named if system == "hubspot" else owner
                # A converted lead takes no task: the contact (003) does.
                return system, shown, max(mine, key=lambda each: each.startswith("003"))
        return None


def _is_own_digest(event: Event, owner_id: str | None) -> bool:
    """Whether it is the weekly digest of an owner and goes to themselves, and not to who covers for them."""
    return event.event == WEEKLY and owner_id is not None and event.owner_id == event.notified_id == owner_id


def _message(receiver: Receiver, events: list[Event], subject: str, body: str) -> Message:
    ids = tuple(event.notification_id for event in events)
    key = message_key(receiver.channel, receiver.receiver_id, ids)
    return Message(key, receiver.channel, receiver.receiver_id, receiver.name, receiver.address, subject, body, ids)
