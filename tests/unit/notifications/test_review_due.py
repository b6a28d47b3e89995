"""A review that is due: who is notified, with which agenda, and once."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.agreement.reading import read_agreement
from orchestration.lib.notifications.messages import MAIL, WEBHOOK
from orchestration.lib.notifications.run import Places, dry_run, open_channels, send
from orchestration.lib.review.agenda import Agenda, agenda_text, read_agenda
from tests.tables import create, fill
from tests.unit.notifications.receivers import Receivers, open_receivers

PERIOD = "2026-01-01..2026-04-30"
TABLES = (
    *("marts.dim_account", "marts.dim_agreement", "marts.dim_build", "marts.dim_commitment", "marts.dim_owner"),
    *("marts.dim_person", "marts.dim_revenue_stream", "marts.dim_target", "marts.fct_notifications"),
    *("marts.fct_owner_links", "marts.fct_person_links", "marts.fct_reviews"),
    *("marts.dim_quota_period", "marts.fct_kpis", "marts.fct_review_measures"),
    *("reports.rpt_page_header", "reports.rpt_review_findings"),
    *("reports.rpt_open_clocks", "reports.rpt_review_rates"),
)
# Agreed 34 %, measured 150 of 300; sales agreed to improve 20 % to 25 %, and 31 of 150 have shown 20.7 %.
STEPS = [
    ("mql", "sql", 0.34, 0.34, None),
    ("sql", "customer", 0.25, 0.2, "sales"),
    ("customer", None, None, None, None),
]
RATES = [(1, 300, 150, 0.5, 0.45, 0.55, "measured"), (2, 150, 31, 0.207, 0.155, 0.27, "measured")]


@pytest.fixture
def receivers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receivers]:
    """Both servers, reached without a proxy."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with open_receivers() as receivers:
        yield receivers


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A build of an hour ago, in which the review of four months is due; of both managers one is an owner twice."""
    names = ("copy.duckdb", "warehouse.duckdb", "outbox.sqlite", "tasks", "published", "printing")
    found = Places(*(tmp_path / name for name in names))
    at = datetime.now().replace(microsecond=0) - timedelta(hours=1)
    owners = {"crm:1": "Ada Neri", "crm:2": "Ugo Riva"}
    plan = {"agreement_version": "v1", "revenue_stream": "shop", "lead_type": "form", "quota_amount": 500}
    plan |= {"quota_period": "year", "quota_share": 1, "deal_size": 20, "basis": "assumed"}
    with duckdb.connect(found.published) as connection:
        create(connection, *TABLES)
        fill(connection, "marts.dim_build", [{"as_of": at, "time_zone": "UTC", "fiscal_year_start_month": 1}])
        version = {"agreement_version": "v1", "marketing_signed_by": "Ada Neri", "sales_signed_by": "Ugo Riva"}
        fill(connection, "marts.dim_agreement", [version])
        event = {"event": "review_due", "notification_id": f"review_due:{PERIOD}", "about": PERIOD, "occurred_at": at}
        fill(connection, "marts.fct_notifications", [event | {"agreement_version": "v1"}])
        fill(connection, "marts.fct_reviews", [{"period_name": PERIOD, "line_count": 0, "decided_lines": 0}])
        fill(
            connection,
            "marts.dim_owner",
            [{"owner_id": k, "owner_name": n, "is_automatic": False} for k, n in owners.items()],
        )
        links = [{"owner_id": key, "record_id": key, "is_first_record": True, "is_listed": True} for key in owners]
        fill(connection, "marts.fct_owner_links", links)
        targets = [
            {"step_number": number, "stage": stage, "next_stage": next_, "agreed_rate": rate, "base_rate": base}
            | {"owed_by": team}
            for number, (stage, next_, rate, base, team) in enumerate(STEPS, 1)
        ]
        fill(connection, "marts.dim_target", [plan | target for target in targets])
        keys = (
            "step_number",
            "entered",
            "converted",
            "measured_rate",
            "measured_rate_low",
            "measured_rate_high",
            "basis",
        )
        of = {
            "review_period": "months",
            "period_from": "2026-01-01",
            "period_to": "2026-05-01",
            "agreement_version": "v1",
        }
        of |= {"revenue_stream": "shop", "lead_type": "form", "undecided": 0}
        rates = [of | dict(zip(keys, rate, strict=True)) for rate in RATES]
        fill(connection, "reports.rpt_review_rates", [rate | {"effective_entered": rate["entered"]} for rate in rates])
    with duckdb.connect(found.warehouse) as connection:
        create(
            connection,
            "intermediate.int_owner_links",
            types="record_id varchar, owner_email varchar, is_automatic boolean",
        )
        mails = [{"record_id": key, "owner_email": f"{key[-1]}@example.com", "is_automatic": False} for key in owners]
        fill(connection, "intermediate.int_owner_links", mails)
    return found


def test_both_managers_and_the_team_are_notified_once(
    places: Places, receivers: Receivers, write: Callable[[str], Path], valid: str
) -> None:
    agreements = [read_agreement(write(valid + "notifications: {tell: [review_due]}\n"))]
    urls = f"smtp://127.0.0.1:{receivers.mail_port}", "sla@example.com", f"http://127.0.0.1:{receivers.web_port}/"
    planned = dry_run(places, agreements, (MAIL, WEBHOOK)).plan
    assert sorted((each.channel, each.receiver_name, each.address) for each in planned.messages) == [
        ("mail", "Ada Neri", "1@example.com"),
        ("mail", "Ugo Riva", "2@example.com"),
        ("webhook", "the team's channel", ""),
    ]
    outcomes = [send(places, agreements, open_channels(*urls)) for _ in range(3)]
    assert [(each.queued, each.delivery.sent) for each in outcomes] == [(3, 3), (0, 0), (0, 0)]
    assert (len(set(receivers.mails)), len(receivers.mails), len(receivers.posts)) == (2, 2, 1)
    text = next(iter(receivers.texts[receivers.mails[0]]))
    assert f"Subject: The review of {PERIOD} is due" in text
    # What the agenda shows changes from build to build, and nobody is notified of it again.
    with duckdb.connect(places.published) as connection:
        connection.execute("update marts.fct_reviews set line_count = 2, decided_lines = 1")
    assert send(places, agreements, open_channels(*urls)).queued == 0


def test_after_a_kill_nothing_is_planned_again(
    places: Places, receivers: Receivers, write: Callable[[str], Path], valid: str
) -> None:
    """The process ends while the first server has answered: what was queued stays, with its keys."""
    agreements = [read_agreement(write(valid + "notifications: {tell: [review_due]}\n"))]
    url = f"smtp://127.0.0.1:{receivers.mail_port}"

    class Killed(BaseException):
        """As if the process had ended."""

    class Dying:
        def deliver(self, message: object) -> None:
            raise Killed

        def close(self) -> None:
            """Nothing is open."""

    with pytest.raises(Killed):
        send(places, agreements, {MAIL: Dying()})
    after = send(places, agreements, open_channels(url, "sla@example.com", ""))
    assert (after.queued, after.delivery.sent, len(receivers.mails)) == (0, 2, 2)


def test_a_manager_without_an_address_is_named(places: Places, write: Callable[[str], Path], valid: str) -> None:
    agreements = [read_agreement(write(valid + "notifications: {tell: [review_due]}\n"))]
    with duckdb.connect(places.published) as connection:
        connection.execute("update marts.dim_agreement set sales_signed_by = 'Eva Blu'")
    assert dry_run(places, agreements, (MAIL,)).plan.without_address == [f"Eva Blu: The review of {PERIOD} is due"]
    with duckdb.connect(places.published) as connection:
        connection.execute("update marts.dim_agreement set sales_signed_by = null, marketing_signed_by = null")
    plan = dry_run(places, agreements, (MAIL, WEBHOOK)).plan
    assert [each.channel for each in plan.messages] == [WEBHOOK]
    assert plan.without_address == [f"(nobody has signed): The review of {PERIOD} is due"]


def test_the_agenda(places: Places) -> None:
    with duckdb.connect(places.published) as connection:
        agenda = read_agenda(connection, PERIOD, "v1", Path("/published"))
        connection.execute("update marts.fct_reviews set line_count = 2, decided_lines = 1")
        later = read_agenda(connection, PERIOD, "v1", Path("/published"))
    assert agenda_text(agenda) == (
        "1 of 2 lines would change. No line is decided yet.\n"
        "\n"
        "Would change:\n"
        "- shop/form/mql_to_sql: agreed 34.0 %, measured 50.0 % (150 of 300, 45.0 % to 55.0 %), proposed 50.0 %\n"
        "\n"
        "Improvements that are outstanding:\n"
        "- shop/form/sql_to_customer, of sales: agreed 25.0 %, measured 20.7 % (150 entered)\n"
        "\n"
        f"Page: /published/site/reviews/{PERIOD}.html (if it is missing: smarketing review {PERIOD})\n"
        f"Decide on each line: smarketing decide {PERIOD} LINE --accept --why TEXT --by NAME\n"
        f"The next version: smarketing review {PERIOD} --propose FILE, and both teams sign it\n"
    )
    assert "1 of 2 lines are decided." in agenda_text(later)


def test_a_period_in_which_nobody_entered_a_stage() -> None:
    text = agenda_text(Agenda("2026-Q3", Path("/p.html"), (), ()))
    assert text.startswith("Nobody entered a stage in it. No line is decided yet.\n\nPage: ")
