"""Edge cases of time: clock changes, holidays, ends of quarters, and what does and does not stop a clock."""

from seeds.generator.hard_cases.cells import (
    EMAILS,
    MEETINGS,
    OTHER_REP,
    QUEUE,
    REP,
    Rows,
    call,
    change,
    contact,
    lead,
    lead_id,
    merged,
    task,
)


def rows() -> Rows:
    """The rows by the path of their file."""
    return merged(_calendar(), _contacts(), _salesforce())


def _calendar() -> Rows:
    """A weekend with a holiday behind it, both clock changes, and a minute past New Year that is last year in UTC."""
    return merged(
        contact(30, "holiday", "2025-12-05 16:00", {"mql": "2025-12-05 16:30"}),
        call(30, 30, "2025-12-09 09:30"),
        contact(31, "spring.forward", "2026-03-28 11:00", {"mql": "2026-03-28 12:00"}),
        call(31, 31, "2026-03-30 09:30"),
        contact(32, "fall.back", "2025-10-25 11:00", {"mql": "2025-10-25 12:00"}),
        call(32, 32, "2025-10-27 09:30"),
        contact(33, "new.year", "2026-01-01 00:10", {"mql": "2026-01-01 00:15"}),
    )


def _contacts() -> Rows:
    """In contact before it was due, only contacted from outside, not yet due, written down late, by an unknown rep."""
    reply = {"Record ID": "39000135", "Activity date": "2026-02-10 12:00", "Create date": "2026-02-10 12:00"}
    reply |= {"Email direction": "INCOMING_EMAIL", "Activity assigned to": "Ottavia Lanfranchi"}
    missed = {"Record ID": "39000235", "Meeting start time": "2026-02-10 15:00", "Create date": "2026-02-10 10:30"}
    missed |= {"Meeting outcome": "No Show", "Activity assigned to": "Ottavia Lanfranchi"}
    begins_after_end = {
        "Record ID": "39000236",
        "Meeting start time": "2026-02-12 15:00",
        "Meeting outcome": "Completed",
    }
    begins_after_end |= {"Meeting end time": "2026-02-12 14:00", "Create date": "2026-02-11 10:30"}
    begins_after_end |= {"Activity assigned to": "Ottavia Lanfranchi", "Associated Contact IDs": "990037"}
    who = {"Associated Contact IDs": "990035"}
    return merged(
        contact(34, "in.contact", "2026-02-03 09:00", {"mql": "2026-02-04 09:00"}),
        call(34, 34, "2026-02-03 10:00"),
        contact(35, "only.inbound", "2026-02-10 09:00", {"mql": "2026-02-10 10:00"}),
        call(35, 35, "2026-02-10 11:00", Call_direction="Inbound"),
        {EMAILS: [reply | who], MEETINGS: [missed | who, begins_after_end]},
        contact(36, "pending", "2026-10-09 16:30", {"mql": "2026-10-09 16:40"}),
        contact(37, "logged.late", "2026-02-11 09:00", {"mql": "2026-02-11 10:00"}),
        call(37, 37, "2026-02-11 10:30", Create_date="2026-02-16 09:00"),
        contact(41, "departed.rep", "2026-02-17 09:00", {"mql": "2026-02-17 10:00"}),
        call(41, 41, "2026-02-17 10:20", Activity_assigned_to="Departed Rep"),
    )


def _salesforce() -> Rows:
    """Done before it was due, twenty minutes in the queue; handed on before the first call; left in the queue."""
    qualified = "Marketing Qualified"
    return merged(
        lead(38, "due.date", [("2026-03-10 09:00:00", qualified)]),
        change(3980, 38, "2026-03-10 09:20:00", "Owner", "Enterprise Inbound", "Isotta Valmori"),
        change(3981, 38, "2026-03-10 09:20:00", "Owner", QUEUE, REP),
        task(38, lead_id(38), "2026-03-10 09:40:00", ActivityDate="2026-03-20 00:00:00"),
        lead(
            39,
            "reassigned",
            [("2026-03-11 09:00:00", qualified), ("2026-03-12 08:30:00", "Working - Contacted")],
            OTHER_REP,
        ),
        change(3990, 39, "2026-03-11 15:00:00", "Owner", "Isotta Valmori", "Brigida Castellari"),
        change(3991, 39, "2026-03-11 15:00:00", "Owner", REP, OTHER_REP),
        task(39, lead_id(39), "2026-03-12 08:00:00", OwnerId=OTHER_REP),
        lead(40, "queue", [("2026-03-13 09:00:00", qualified)], QUEUE),
        task(40, lead_id(40), "2026-03-13 09:05:00", OwnerId=QUEUE),
        task(41, lead_id(40), "2026-03-13 09:10:00", IsClosed="0", Status="Not Started", CompletedDateTime=""),
        lead(43, "local.quarter", [("2026-03-31 22:30:00", qualified)]),
    )
