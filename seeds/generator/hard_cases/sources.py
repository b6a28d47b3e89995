"""Edge cases of the sources of leads: missing, entered as unknown, not chosen; and touches."""

from seeds.generator.hard_cases.cells import Rows, contact, lead, merged


def rows() -> Rows:
    """The rows by the path of their file."""
    qualified = [("2026-03-18 09:00:00", "Marketing Qualified")]
    partner = {"Original_Traffic_Source": "Referrals", "Original_Traffic_Source_Drill-Down_1": "partners.example.net"}
    return merged(
        contact(
            50,
            "no.source",
            "2026-03-18 09:00",
            **{"Original_Traffic_Source": "", "Original_Traffic_Source_Drill-Down_1": ""},
        ),
        lead(51, "unknown.source", qualified, LeadSource="Unknown"),
        lead(52, "placeholder.source", qualified, LeadSource="- Select -"),
        contact(52, "unmapped", "2026-03-18 09:00", Original_Traffic_Source="Billboard"),
        contact(53, "partner.before", "2026-03-31 09:00", **partner),
        contact(54, "partner.since", "2026-04-01 09:00", **partner),
        contact(55, "touches", "2026-03-19 09:00"),
        _touches("hardcase.touches@example.org"),
    )


def _touches(email: str) -> Rows:
    """A platform in capitals, a click id alone, a machine that opens mail, a bounce, a webinar that was missed."""
    client = {"client_id": "GA1.2.hardcase-touches"}
    mail = {"recipient": email, "campaign": "Monthly issue 2026-04"}
    return {
        "web/sessions.csv": [
            client
            | {
                "session_id": "1",
                "session_start": "2026-03-20T08:00:00Z",
                "source": "LinkedIn",
                "medium": "Paid_Social",
            },
            client | {"session_id": "2", "session_start": "2026-03-21T08:00:00Z", "gclid": "Cj0hardcase"},
        ],
        "web/chats.csv": [client | {"email": email.upper(), "started_at": "2026-03-21T08:04:00Z", "messages": "3"}],
        "mailing/email_events.csv": [
            mail | {"event": "sent", "timestamp": "2026-04-07T06:30:00Z"},
            mail | {"event": "open", "timestamp": "2026-04-07T06:30:03Z", "machine_open": "true"},
            mail | {"event": "bounced", "timestamp": "2026-04-07T06:31:00Z"},
        ],
        "events/attendance.csv": [
            {"email": email, "event": "Webinar: Hybrid offices", "status": "registered", "at": "2026-05-11T08:00:00Z"},
            {"email": email, "event": "Webinar: Hybrid offices", "status": "no-show", "at": "2026-05-21T09:00:00Z"},
        ],
    }
