"""Edge cases of the outcomes of sales' work: what is an attempt, a contact, a conversation; and own exits.

All of them became MQL on Tuesday 14 April 2026 at ten, in Milan, except the two whose case is another start.
"""

from seeds.generator import hubspot
from seeds.generator.hard_cases.cells import (
    CALLS,
    CONTACTS,
    DEALS,
    EMAILS,
    MEETINGS,
    Rows,
    call,
    contact,
    deal,
    merged,
)
from seeds.generator.sheets import Sheet

# Exports of these days with columns that the year's exports were not asked for.
_FILES = {
    CALLS: ("calls of april.csv", ["Call status"]),
    EMAILS: ("emails of april.csv", ["Email send status", "Sequence ID"]),
    MEETINGS: ("meetings of april.csv", ["iCalUid"]),
}
CREATED, QUALIFIED = "2026-04-14 09:50", "2026-04-14 10:00"


def rows() -> Rows:
    """The rows of contacts and deals by the path of their file."""
    return {path: rows for path, rows in _all().items() if path in (CONTACTS, DEALS)}


def sheets() -> dict[str, Sheet]:
    """The files of calls, e-mails and meetings."""
    all_rows = _all()
    found = {}
    for path, (name, labels) in _FILES.items():
        header = hubspot.HEADERS[path.removeprefix("hubspot/").removesuffix(".csv")]
        found[f"hubspot/{name}"] = Sheet([*header, *labels], all_rows[path])
    return found


def _all() -> Rows:
    return merged(_classes(), _before(), _exits(), _by_sales_alone())


def _classes() -> Rows:
    """Only void activities; attempts alone; a message; an answer; a mail that was forwarded."""
    at_ten = {"mql": QUALIFIED}
    return merged(
        contact(100, "void", CREATED, at_ten),
        *(
            email(1000 + number, "990100", f"2026-04-14 10:{10 * number}", Email_send_status=status)
            for number, status in enumerate(("BOUNCED", "FAILED", "SCHEDULED", "SENDING"), 1)
        ),
        email(1005, "990100", "2026-04-14 10:50", Email_direction="DRAFT_EMAIL", Email_send_status=""),
        email(1006, "990100", "2026-04-14 11:00", Sequence_ID="7"),
        call(1000, 100, "2026-04-14 11:10", Call_outcome="", Call_duration="", Call_status="CANCELED"),
        meeting(1000, "990100", "2026-04-14 15:00", Meeting_outcome="Canceled"),
        meeting(1001, "990100", "2026-04-15 09:30", Meeting_outcome="No Show"),
        contact(101, "attempts", CREATED, at_ten),
        call(1010, 101, "2026-04-14 10:10", Call_outcome="Busy", Call_duration="00:00:04"),
        call(1011, 101, "2026-04-14 10:20", Call_outcome="No answer", Call_duration="00:00:20"),
        call(1012, 101, "2026-04-14 10:30", Call_outcome="Wrong number", Call_duration="00:00:09"),
        contact(102, "message", CREATED, at_ten),
        call(1020, 102, "2026-04-14 10:10", Call_outcome="No answer", Call_duration="00:00:20"),
        call(1021, 102, "2026-04-14 10:25", Call_outcome="Left live message", Call_duration="00:00:40"),
        contact(103, "reply", CREATED, at_ten),
        call(1030, 103, "2026-04-14 10:10", Call_outcome="No answer", Call_duration="00:00:20"),
        email(1030, "990103", "2026-04-14 10:20"),
        email(1031, "990103", "2026-04-14 10:50", Email_direction="INCOMING_EMAIL"),
        call(1031, 103, "2026-04-14 11:30"),
        contact(104, "forwarded", CREATED, at_ten),
        call(1040, 104, "2026-04-14 10:05", Call_outcome="No answer", Call_duration="00:00:20"),
        email(1040, "990104", "2026-04-14 10:15", Email_direction="FORWARDED_EMAIL"),
        # One meeting with two of them, which two calendars wrote into the CRM.
        meeting(1030, "990102;990103", "2026-04-16 11:00", iCalUid="hardcase-1"),
        meeting(1031, "990102", "2026-04-16 11:00", iCalUid="hardcase-1"),
    )


def _before() -> Rows:
    """In contact ten weeks ago; called a day before the lead's record was created."""
    return merged(
        contact(105, "long.ago", "2026-02-02 09:00", {"mql": QUALIFIED}),
        call(1050, 105, "2026-02-03 10:00"),
        contact(106, "older.than.record", CREATED, {"mql": QUALIFIED}),
        call(1060, 106, "2026-04-13 10:00"),
    )


def _exits() -> Rows:
    """Accepted at eleven, sent away by the rep three weeks later: after one attempt of the three due, after five."""
    entered = {"mql": QUALIFIED, "sal": "2026-04-14 11:00"}
    tries = ("2026-04-15 10:00", "2026-04-17 10:00", "2026-04-20 10:00", "2026-04-22 10:00", "2026-04-24 10:00")
    return merged(
        contact(107, "own.exit", CREATED, entered | {"disqualified": "2026-05-05 09:00"}),
        call(1070, 107, "2026-04-14 10:30"),
        call(1071, 107, "2026-04-16 10:00", Call_outcome="No answer", Call_duration="00:00:20"),
        contact(108, "tried.enough", CREATED, entered | {"recycled": "2026-05-05 09:00"}),
        call(1080, 108, "2026-04-14 10:30"),
        *(
            call(1081 + number, 108, at, Call_outcome="Left voicemail", Call_duration="00:00:30")
            for number, at in enumerate(tries)
        ),
    )


def _by_sales_alone() -> Rows:
    """A deal of a person whom marketing never handed over; a lead of a rep whose account was switched off since."""
    return merged(
        contact(109, "sales.alone", CREATED),
        deal(16, "990109", "2026-04-20 10:00"),
        contact(110, "switched.off", CREATED, {"mql": QUALIFIED}, Contact_owner="Elio Marzotti (Deactivated User)"),
        call(1100, 110, "2026-04-14 10:40", Activity_assigned_to="Elio Marzotti (Deactivated User)"),
    )


def email(number: int, contacts: str, at: str, **cells: str) -> Rows:
    """One HubSpot e-mail to these contacts, 39000000 + number, that was sent."""
    row = {"Record ID": str(39000000 + number), "Activity date": at, "Create date": at, "Email direction": "EMAIL"}
    row |= {"Email send status": "SENT", "Activity assigned to": "Ottavia Lanfranchi"}
    row |= {"Associated Contact IDs": contacts}
    return {EMAILS: [row | {label.replace("_", " "): cell for label, cell in cells.items()}]}


def meeting(number: int, contacts: str, at: str, **cells: str) -> Rows:
    """One HubSpot meeting of half an hour with these contacts, 39000000 + number, booked days before, that was held."""
    row = {"Record ID": str(39000000 + number), "Meeting start time": at, "Create date": CREATED}
    row |= {"Meeting outcome": "Completed", "Activity assigned to": "Ottavia Lanfranchi"}
    row |= {"Associated Contact IDs": contacts}
    return {MEETINGS: [row | {label.replace("_", " "): cell for label, cell in cells.items()}]}
