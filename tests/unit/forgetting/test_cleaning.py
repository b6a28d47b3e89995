"""Store, outbox, files and database files without a forgotten person: everything else in them stays."""

import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.forgetting.closed_months import count_closed, hide_closed
from orchestration.lib.forgetting.files import files_with, remove_copies, remove_files
from orchestration.lib.forgetting.texts import names_one
from orchestration.lib.forgotten.kept import add_to_list, is_pending, note_done, read_forgotten
from orchestration.lib.forgotten.listed import EMAIL, Forgotten
from orchestration.lib.notifications.messages import Attachment, Message
from orchestration.lib.notifications.outbox import Outbox
from orchestration.lib.notifications.outbox_cleaning import clean_outbox
from orchestration.lib.notifications.tasks import task_row, write_task_files
from orchestration.lib.store.database import attached
from orchestration.lib.warehouse.rewriting import drop_all_but, rewrite

NONE = Forgotten("k" * 64)
VALUES = [("record of crm", "301"), ("record of salesforce", "00Q5g000001AbCd"), (EMAIL, "ann@a.example")]
LIST = NONE.with_values(VALUES)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Call: Alfa (crm:301) became SQL", True),
        ("became_sql:crm:301#1", True),
        ("<td>crm:301</td>", True),
        ("see crm:301.", True),
        ("salesforce:00Q5g000001AbCdEAF", True),
        ("wrote to Ann@A.example, twice", True),
        ("crm:3010 crm:1301 xcrm:301 erp:301 301", False),
        ("joann@a.example ann@a.example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_a_text_names_a_person(text: str | None, is_named: bool) -> None:
    assert names_one(text, LIST) is is_named


def test_closed_months_keep_their_figures(tmp_path: Path) -> None:
    ids = ["crm:301#1:call", "crm:3010#1:call", "salesforce:00Q5g000001AbCdEAF#2:x", "win_rate:crm:301:x"]
    with duckdb.connect() as connection, attached(connection, tmp_path / "store"):
        for each in ids:
            connection.execute(
                "insert into store.closing__commitments (commitment_id, status, kept_at) values (?, 'missed', ?)",
                [each, datetime(2026, 1, 1)],
            )
        assert (count_closed(connection, NONE), count_closed(connection, LIST)) == (0, 2)
        assert (hide_closed(connection, LIST), hide_closed(connection, LIST)) == (2, 0)
        rows = connection.execute("select commitment_id, status from store.closing__commitments order by 1").fetchall()
        assert [row[0] for row in rows if not row[0].startswith("forgotten:")] == [ids[1], ids[3]]
        assert len({row[0] for row in rows}) == 4
        assert {row[1] for row in rows} == {"missed"}


def test_the_list_has_hashes_alone(tmp_path: Path) -> None:
    with duckdb.connect() as connection, attached(connection, tmp_path / "store"):
        assert not read_forgotten(connection)
        added = add_to_list(connection, VALUES)
        assert (len(added.hashes), is_pending(connection)) == (3, True)
        assert add_to_list(connection, VALUES) == added
        note_done(connection)
        assert not is_pending(connection)
        assert added.hashes == added.with_values(VALUES).hashes
        text = str(connection.execute("from store.forgotten").fetchall())
        assert "ann@" not in text
    assert Forgotten("x" * 64).with_values(VALUES).hashes.isdisjoint(added.hashes)


def test_messages_are_removed_or_emptied_and_nothing_is_sent_twice(tmp_path: Path) -> None:
    path, tasks = tmp_path / "outbox.sqlite", tmp_path / "tasks"
    bodies = {"crm:301": "301", "crm:302": "302"}
    with Outbox(path) as outbox:
        for person, record in bodies.items():
            body = task_row("hubspot", "Call", "", "", "", record)
            outbox.queue(
                [Message(f"task {record[-1]}", "tasks", "hubspot", "", "", "Call", body, (f"sql:{person}#1",))], 1.0
            )
        write_task_files(outbox, tasks, 2.0)
        both = ("missed:crm:301#1:x", "missed:crm:302#1:x")
        outbox.queue([Message("both", "mail", "crm:7", "Ada", "ada@o.example", "Two", "crm:302", both)], 3.0)
        one = ("sql:crm:302#1",)
        outbox.queue([Message("other", "mail", "crm:7", "Ada", "ada@o.example", "One", "crm:302", one)], 4.0)

    def clean(is_rehearsal: bool) -> int:
        hashed = lambda text: LIST.hash_of("notification", text)  # noqa: E731
        return clean_outbox(path, tasks, lambda text: names_one(text, LIST), hashed, is_rehearsal)

    before = path.read_bytes()
    assert clean(is_rehearsal=True) == 2
    assert (path.read_bytes(), clean(is_rehearsal=False), clean(is_rehearsal=False)) == (before, 2, 0)
    assert b"301" not in path.read_bytes() + b"".join(file.read_bytes() for file in tmp_path.glob("outbox.sqlite-*"))
    assert "302" in (tasks / "hubspot_tasks_000001.csv").read_text()
    assert "301" not in (tasks / "hubspot_tasks_000001.csv").read_text()
    with Outbox(path) as outbox:
        assert outbox.counts() == {("mail", "waiting"): 1, ("tasks", "sent"): 2}
        # What waited about both is planned again for the other; what was sent stays known.
        known = {notification for notification, *_ in outbox.notified()}
        assert known == {"sql:crm:302#1", f"forgotten:{LIST.hash_of('notification', 'sql:crm:301#1')}"}
        outbox.queue([Message("new", "tasks", "hubspot", "", "", "Call", json.dumps({}), ("sql:crm:303#1",))], 5.0)
        assert list(outbox.batches("hubspot")) == [2]


def test_a_page_that_waits_to_be_sent_goes_with_its_message(tmp_path: Path) -> None:
    """A PDF is compressed: whom it names is found in the page that it was printed from."""
    path = tmp_path / "outbox.sqlite"
    pages = {"names": "<td>crm:301</td>", "other": "<td>crm:302</td>"}
    with Outbox(path) as outbox:
        for number, (key, page) in enumerate(pages.items()):
            carried = Attachment("Today.pdf", b"%PDF-" + key.encode(), page)
            ids = (f"weekly_digest:2026-03-09:crm:{number}",)
            message = Message(key, "mail", "crm:7", "Ada", "ada@o.example", "Week", "", ids, attachment=carried)
            outbox.queue([message], 1.0)
    hashed = lambda text: LIST.hash_of("notification", text)  # noqa: E731
    assert clean_outbox(path, tmp_path / "tasks", lambda text: names_one(text, LIST), hashed) == 1
    left = path.read_bytes() + b"".join(file.read_bytes() for file in tmp_path.glob("outbox.sqlite-*"))
    assert (b"301" in left, b"%PDF-names" in left, b"%PDF-other" in left) == (False, False, True)
    with Outbox(path) as outbox:
        assert outbox.notified() == {("weekly_digest:2026-03-09:crm:1", "mail", "crm:7")}, "the other is planned again"


def test_files_that_name_the_person_go(tmp_path: Path) -> None:
    texts = {
        "published/reviews/2026-Q1.html": "<td>crm:301</td>",
        "published/reviews/2026-Q2.html": "<td>crm:302</td>",
        "published/copies/000001/x.txt": "crm:301",
        "logs/dbt.log": "ann@a.example",
        "logs/old.log": "nobody",
        "dagster/index.db": "x crm:301",
        "dagster/runs.db": "x",
        "replay/warehouse.duckdb": "x",
        "damaged/warehouse.duckdb": "x",
        "store/outbox.sqlite": "crm:301",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "published" / "current").symlink_to("copies/000001")
    assert [path.name for path in files_with(tmp_path, LIST)] == ["index.db", "dbt.log", "2026-Q1.html"]
    assert len(remove_files(tmp_path, LIST)) == 3
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {
        "published/reviews/2026-Q2.html",
        "published/copies/000001/x.txt",
        "logs/old.log",
        "store/outbox.sqlite",
    }
    (tmp_path / "published" / "copies" / "000000").mkdir()
    remove_copies(tmp_path / "published", keeps_current=True)
    assert [path.name for path in (tmp_path / "published" / "copies").iterdir()] == ["000001"]
    remove_copies(tmp_path / "published", keeps_current=False)
    assert not (tmp_path / "published").exists()


def test_a_file_that_is_written_once_more_has_no_deleted_row(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("create schema raw; create schema marts; create schema staging")
        connection.execute("create table raw.leads (name varchar, rows bigint default 0)")
        connection.execute("insert into raw.leads values ('Anna Quaresima', 1); checkpoint")
        connection.execute("create table marts.leads as from raw.leads; create view staging.leads as from raw.leads")
        connection.execute("checkpoint; update raw.leads set name = 'x'; checkpoint")
        drop_all_but(connection, "raw")
        connection.execute("checkpoint")
    path.chmod(0o600)
    assert b"Quaresima" in path.read_bytes()
    rewrite(path)
    assert b"Quaresima" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    with duckdb.connect(path) as connection:
        connection.execute("insert into raw.leads (name) values ('y')")
        assert connection.execute("from raw.leads order by name").fetchall() == [("x", 1), ("y", 0)]
