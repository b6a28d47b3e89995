"""A person with records in several systems is forgotten: no byte of the home has them, and they do not come back.

Belongs here: the verb on a whole home. Which cells of a table are emptied is tests/unit/forgotten/.
"""

import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.notifications.messages import Message, message_key
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.tasks import task_row, write_task_files
from tests.end_to_end.conftest import COMMAND, Built, build, dump, smarketing
from tests.end_to_end.small_company import OWNER, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

ANNA, AGAIN, LEAD = "990700123", "990700999", "00Q5g00000AnnaXEAZ"
SECRETS = ("anna.quaresima", "Quaresima", "347 5550199", "3475550199", ANNA, LEAD[:15])
OTTO = ("otto@lenz", "Otto Lenz", "00Q5g00000Other")
CALLS = "Record ID,Activity date,Call outcome,Activity assigned to,Associated Contact IDs\n"
CONTACTS = (
    "Record ID,First Name,Last Name,Email,Phone Number,Create Date,Lifecycle Stage,Contact owner,"
    "Original Traffic Source,"
    'Business unit,"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)""",Remark\n'
)
OTHERS = "".join(
    f"{number},Good{number},Segreti,good{number}@priv.example,+39 333 00{number},2026-02-0{number % 7 + 1} 09:00,"
    f"Marketing Qualified Lead,{OWNER},Organic Search,Main,2026-02-0{number % 7 + 1} 10:00,\n"
    for number in range(100, 260)
)
HERS = (
    f"{ANNA},Anna,Quaresima,Anna.Quaresima@alfa.example,+39 347 555 0199,2026-02-03 09:00,Marketing Qualified Lead,"
    f"{OWNER},Organic Search,Main,2026-02-03 10:00,Anna Quaresima\n"
)
SHIFTED = f"400,Good400,Segreti,good400@priv.example,,anna.quaresima@alfa.example,Lead,{OWNER},Organic Search,Main,,\n"
EXPORTS = {
    "hubspot/contacts.csv": CONTACTS + OTHERS + HERS + SHIFTED,
    "hubspot/calls.csv": CALLS
    + f"7001,2026-02-03 12:00,Connected,{OWNER},{ANNA}\n"
    + f"7002,2026-02-04 12:00,Connected,{OWNER},{ANNA};101\n"
    + f"7003,2026-03-05 12:00,Connected,{OWNER},102\n",
    "hubspot/deals.csv": "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency,Create Date,Close Date,Business unit,"
    "Associated Contact IDs,Associated Contact\n"
    f"8001,Anna Quaresima - chairs,Closed Won,Sales,4000,EUR,2026-02-10 09:00,2026-02-20 09:00,Main,{ANNA};101,"
    "Anna Quaresima (anna.quaresima@alfa.example);Good101 (good101@priv.example)\n",
    "salesforce/Lead report.csv": "Lead ID,Full Name,Email,Phone,Created Date,Lead Status,Lead Source\n"
    f"{LEAD},Anna Quaresima,anna.quaresima@alfa.example,0039 347 5550199,2/4/2026 9:00,Open - Not Contacted,Web\n"
    "00Q5g00000Other1EA,Otto Lenz,otto@lenz.example,,2/4/2026 9:00,Open - Not Contacted,Web\n",
    "mailing/email_events.csv": "recipient,event,happened_at,campaign,link\n"
    "anna.quaresima@alfa.example,click,2026-02-06 10:00,Spring,https://a.example/?e=anna.quaresima%40alfa.example\n"
    "good101@priv.example,click,2026-02-06 10:00,Spring,https://a.example/?to=1\n",
}
DISPUTES = f"""\
lead,opened_on,opened_by,objection,decision,decided_on,decided_by
hubspot:{ANNA},2026-02-04,{OWNER},Anna Quaresima has no budget,,,
hubspot:102,2026-02-06,{OWNER},Knows Anna Quaresima,keep,2026-02-07,Bea Roth
"""
# Rules that were in force before she came.
EXCLUSIONS = f"""\
match_on,value,reason,valid_from,valid_to
record_id,hubspot:{ANNA},test,2025-01-01,2025-02-01
email,anna.quaresima@alfa.example,test,2025-01-01,2025-02-01
email_domain,acme-test.example,internal,,
"""
MINE, OTHER = f"became_sql:hubspot:{ANNA}#1", "became_sql:hubspot:102#1"


def queue(home: Path) -> None:
    """A task for each of two, written; and two messages that wait, of which one is about both."""
    now = time.time()
    with Outbox(home / "store" / "outbox.sqlite") as outbox:
        for notification, record in ((MINE, ANNA), (OTHER, "102")):
            body = task_row("hubspot", "Call", "", "", "", record)
            outbox.queue([message("tasks", "hubspot", body, notification)], now)
        write_task_files(outbox, home / "tasks", now)
        outbox.queue([message("mail", "hubspot:1", f"hubspot:{ANNA}, hubspot:102", MINE, OTHER)], now)
        outbox.queue([message("webhook", "webhook", "hubspot:102", OTHER)], now)


def message(channel: str, receiver: str, body: str, *ids: str) -> Message:
    key = message_key(channel, receiver, ids)
    return Message(key, channel, receiver, "Elio", "elio@acme.example", "Call", body, ids)


def left_in(home: Path, secrets: tuple[str, ...] = SECRETS) -> list[str]:
    """Where a byte or a cell of the home has one of the secrets."""
    found = []
    for path in (each for each in home.rglob("*") if each.is_file() and not each.is_symlink()):
        data = path.read_bytes().lower()
        found += [f"{path.relative_to(home)}: {secret}" for secret in secrets if secret.lower().encode() in data]
        if path.suffix in (".duckdb", ".parquet"):
            found += [f"{path.relative_to(home)}: {each}" for each in cells_of(path, secrets)]
    return found


def cells_of(path: Path, secrets: tuple[str, ...]) -> list[str]:
    with duckdb.connect() as connection:
        tables = [f"'{path}'"]
        if path.suffix == ".duckdb":
            connection.execute(f"attach '{path}' as file (read_only)")
            query = "select schema_name, table_name from duckdb_tables() where database_name = 'file'"
            tables = [f'file."{schema}"."{table}"' for schema, table in connection.execute(query).fetchall()]
        texts = [str(row) for table in tables for row in connection.execute(f"from {table}").fetchall()]
    return [secret for secret in secrets if any(secret.lower() in text.lower() for text in texts)]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A home with the person in it: a build, a closed month, messages, a file with what was rejected."""
    folder = tmp_path_factory.mktemp("forget")
    company = write_company(folder / "company", EXPORTS, {"disputes": DISPUTES, "exclusions": EXCLUSIONS})
    (company / "company.yml").write_text("published_email: plain\npublished_name: plain\n")
    home = folder / "home"
    built = build(company, home)
    closed = smarketing("close", "2026-02", "--company", company, "--home", home)
    queue(home)
    (home / "logs" / "old.log").write_text(f"the line of hubspot:{ANNA} was read\n")
    (home / "lake" / "raw").mkdir(parents=True)  # as `smarketing spark` has it
    with duckdb.connect(home / "warehouse.duckdb", read_only=True) as connection:
        connection.execute(f"copy raw.hubspot__contacts to '{home}/lake/raw/contacts.parquet'")
    assert closed.returncode == 0, closed.stderr
    return built


def closed_figures(home: Path) -> list[tuple]:
    with duckdb.connect(home / "store" / "store.duckdb", read_only=True) as connection:
        return connection.execute(
            "select * exclude (commitment_id), starts_with(commitment_id, 'forgotten:') from closing__commitments "
            "order by all"
        ).fetchall()


def test_forgotten(company: Built) -> None:
    home, options = company.home, ("--company", company.company, "--home", company.home)
    assert {line.split(": ")[1] for line in left_in(home)} >= set(SECRETS) - {"3475550199"}
    assert {Path(line).parts[0] for line in left_in(home / "published", ("Anna Quaresima",))} >= {"copies", "site"}
    before, figures = dump(company.copy), closed_figures(home)

    # What is not known, or not clear, changes nothing.
    for wrong in ("nobody@alfa.example", "hubspot:1", "shop:1", "Anna", "elio@acme.example"):
        result = smarketing("forget", wrong, *options, "--yes")
        assert (result.returncode, "nothing was changed" in result.stderr) == (2, True), result.stderr

    shown = smarketing("forget", "anna.quaresima@alfa.example", *options)
    assert shown.returncode == 0, shown.stderr
    assert "Nothing is removed yet" in shown.stdout
    assert (dump(company.copy), closed_figures(home)) == (before, figures)

    done = smarketing("forget", f"hubspot:{ANNA}", *options, "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert left_in(home) == []
    for line in shown.stdout.splitlines()[1:-2]:
        assert line in done.stdout
    assert "contacts.csv: 2 line(s)" in done.stdout
    assert "disputes.csv: 2 line(s)" in done.stdout
    assert "exclusions.csv: 2 line(s)" in done.stdout
    assert company.query("select person_id, status from marts.fct_disputes") == [("hubspot:102", "kept")]
    assert [secret for secret in SECRETS if secret in done.stdout.replace(f"hubspot:{ANNA}", "")] == []

    # Figures of others, and of the closed month, are what they were; the deal stays with the other contact.
    assert [row[:-1] for row in closed_figures(home)] == [row[:-1] for row in figures]
    hidden = sum(row[-1] for row in closed_figures(home))
    assert hidden > 0
    # The value that marketing delivers is measured without the person now; what was reported stays.
    restated = "select kind, reason, count(*) from marts.fct_restatements group by all order by all"
    assert company.query(restated) == [("clock", "forgotten", hidden), ("lead_value", "value changed", 1)]
    names = {row[0] for row in company.query("select person_id from marts.dim_person")}
    assert len(names) == len(before["marts.dim_person"]) - 1
    assert names >= {"hubspot:101", "hubspot:102"}
    assert company.query("select person_id, amount from marts.fct_opportunities") == [("hubspot:101", 4000)]
    loads = company.query("select sum(rows_forgotten), sum(records - rows_loaded - rows_rejected) from marts.fct_loads")
    assert loads == [(8, 8)]

    # A message that was sent is not sent again; that of another waits, and the task of another is in its file.
    with closing(sqlite3.connect(home / "store" / "outbox.sqlite")) as outbox:
        assert outbox.execute("select channel, status, body != '' from messages order by 1, 2, 3").fetchall() == [
            ("tasks", "sent", 0),
            ("tasks", "sent", 1),
            ("webhook", "waiting", 1),
        ]
    assert (home / "tasks" / "hubspot_tasks_000001.csv").read_text().count("\n") == 2


@pytest.mark.campaign
def test_they_do_not_come_back_and_a_killed_one_is_completed(company: Built) -> None:
    exports, options = company.company / "exports" / "hubspot", ("--company", company.company, "--home", company.home)
    newer = f"300,New,One,new@priv.example,,2026-02-09 09:00,Lead,{OWNER},Organic Search,Main,,\n"
    (exports / "contacts.csv").write_text(CONTACTS + OTHERS + HERS + newer)
    # The record was made again: its id is new, and is known by the address alone.
    (exports / "contacts 2026-03-01.csv").write_text(CONTACTS + HERS.replace(ANNA, AGAIN))
    (exports / "calls of march.csv").write_text(CALLS + f"7009,2026-03-06 12:00,Connected,{OWNER},{AGAIN}\n")
    command = [*COMMAND, "forget", "otto@lenz.example", *map(str, options), "--yes"]
    killed = subprocess.Popen(command, stdout=subprocess.PIPE)
    for line in killed.stdout:
        if line.startswith(b"Removed."):
            killed.kill()
    killed.wait()
    run = build(company.company, company.home)
    assert "completing a `smarketing forget` that was interrupted" in run.output
    assert left_in(company.home, (*SECRETS, AGAIN, *OTTO)) == []
    assert "2 row(s) of forgotten persons not loaded" in run.output
    loads = company.query("select file, rows_forgotten from marts.fct_loads where rows_forgotten > 0 order by file")
    assert loads == [
        ("Lead report.csv", 2),
        ("calls of march.csv", 1),
        ("calls.csv", 1),
        ("contacts 2026-03-01.csv", 1),
        ("contacts.csv", 1),
        ("disputes.csv", 1),
        ("email_events.csv", 1),
        ("exclusions.csv", 2),
    ]
    for person in ("anna.quaresima@alfa.example", "otto@lenz.example"):
        again = smarketing("forget", person, *options, "--yes")
        assert (again.returncode, "forgotten already" in again.stdout) == (0, True), again.stdout + again.stderr
