"""The job `notify` for an Italian company: mails, task files and Today as a PDF, by a real mail server and a Chromium.

The build is the demo's, whose day has passed: the agreement of the copy notifies of events of that age.
"""

import csv
import email
import email.policy
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.inspection.openings import openings_of_copy
from orchestration.lib.language import speaking
from orchestration.lib.notifications.printing import find_chromium, print_page
from orchestration.lib.pages import write_page
from orchestration.lib.pages.today import render_today
from orchestration.lib.systems.finding import known_systems, tables_of
from orchestration.lib.warehouse.connection import open_warehouse
from orchestration.settings import DBT_PROJECT, EXAMPLES, SYSTEMS, foreign_environment
from tests.end_to_end.conftest import Built, chromium, smarketing
from tests.unit.notifications.receivers import Receivers, open_receivers

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]
# As Dagster's daemon does: in a process of its own.
JOB = """
from orchestration.defs.notifications.sensors import notify
from orchestration.defs.resources import CompanyResource

assert notify.execute_in_process(resources={"company": CompanyResource()}).success
"""
A4 = (842, 595)
# Fosca Ridolfini leads marketing and has no open promise; Elio Marzotti is a rep, and covers for Tullio Bernasca.
MANAGER, REP = "Fosca Ridolfini", "Elio Marzotti"
# Parts of English sentences that a mail or a task has.
ENGLISH = re.compile(
    r"\b(is|are|was|since|became|came|opened|rose|warms|overdue|due|of them|promises|When|Owner|Absent|Revenue|Call|"
    r"attached|more|nobody|Escalated)\b"
)


@pytest.fixture(scope="module")
def italian(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demo in Italian: its copy and its warehouse, with the page of Today written again."""
    folder = tmp_path_factory.mktemp("italian")
    company, home = folder / "company", folder / "home"
    shutil.copytree(demo.company / "reference", company / "reference")
    (company / "exports").mkdir()
    (company / "agreements").mkdir()
    for version in (demo.company / "agreements").glob("*.yml"):
        text = version.read_text().replace("  notify_within: 7d", "  notify_within: 999d")
        (company / "agreements" / version.name).write_text(re.sub(r"  quiet_hours_outside: .*\n", "", text))
    (company / "company.yml").write_text(f"language: it\ntoday_by_mail: [{MANAGER}, {REP}]\n")
    (home / "published").mkdir(parents=True)
    (home / "published" / "current").symlink_to(demo.copy.parent.resolve())
    shutil.copy(demo.home / "warehouse.duckdb", home / "warehouse.duckdb")
    (home / "company.txt").write_text(f"{company}\n")
    tables = tables_of(DBT_PROJECT, known_systems(SYSTEMS, EXAMPLES, demo.company))
    built = Built(company, home, "")
    shutil.copytree(demo.site / "assets", built.site / "assets")
    with speaking("it"), open_warehouse(demo.copy, read_only=True) as connection:
        write_page(built.site / "index.html", render_today(connection, openings_of_copy(connection, tables)))
    assert read_agreements(company / "agreements")
    return built


def environment(built: Built, receivers: Receivers) -> dict[str, str]:
    return os.environ | {
        "SMARKETING_COMPANY": str(built.company),
        "SMARKETING_HOME": str(built.home),
        "SMARKETING_EMAIL_KEY": "the key of the tests",
        "SMARKETING_NOTIFY": "send",
        "SMARKETING_SMTP_URL": f"smtp://127.0.0.1:{receivers.mail_port}",
        "SMARKETING_MAIL_FROM": "sla@lumen-office.example.com",
        "SMARKETING_CHROMIUM": chromium() or "",
        "no_proxy": "127.0.0.1",
    }


@pytest.fixture(scope="module")
def sent(italian: Built) -> tuple[list[EmailMessage], str]:
    """The mails that the server took in two runs of the job, and what the first one logged."""
    dry = smarketing("notify", "--company", italian.company, "--home", italian.home)
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout.count("(con Oggi in PDF)") == 2, dry.stdout
    with open_receivers() as receivers:
        runs = [
            subprocess.run(
                [sys.executable, "-c", JOB], env=environment(italian, receivers), capture_output=True, text=True
            )
            for _ in range(2)
        ]
        for run in runs:
            assert run.returncode == 0, run.stderr
        assert len(receivers.mails) == len(set(receivers.mails)) > 10, "each once"
        texts = [text for each in receivers.texts.values() for text in each]
    mails = [email.message_from_bytes(text.encode(), policy=email.policy.default) for text in texts]
    return mails, runs[0].stderr  # type: ignore[return-value]


def body_of(mail: EmailMessage) -> str:
    body = mail.get_body()
    assert body
    return body.get_content()


def pages_of(mail: EmailMessage) -> list[EmailMessage]:
    return list(mail.iter_attachments())  # type: ignore[arg-type]


def text_of(reader: PdfReader) -> str:
    return " ".join(unicodedata.normalize("NFKC", " ".join(each.extract_text() for each in reader.pages)).split())


def test_those_named_get_today_and_nobody_else(italian: Built, sent: tuple[list[EmailMessage], str]) -> None:
    mails, log = sent
    carrying = [mail for mail in mails if pages_of(mail)]
    assert {mail["To"].partition("@")[0] for mail in carrying} == {"fosca.ridolfini", "elio.marzotti"}
    assert {mail["Subject"] for mail in carrying} == {"Le promesse aperte di questa settimana"}
    covered = [mail["Subject"] for mail in mails if "Tullio Bernasca" in mail["Subject"] and not pages_of(mail)]
    assert "Le promesse aperte di Tullio Bernasca di questa settimana, in sua sostituzione" in covered
    [manager] = [mail for mail in carrying if mail["To"].startswith("fosca")]
    lines = ["Nessuna delle promesse assegnate è aperta.", "", "Oggi è allegato in PDF, con la situazione al "]
    found = body_of(manager).splitlines()
    assert [*found[:2], found[2][: len(lines[2])]] == lines
    assert not (italian.home / "printing").exists()
    assert "@" not in log, "no address is logged"


def test_the_page_is_two_sheets_in_italian_with_the_figures_of_the_build(
    italian: Built, sent: tuple[list[EmailMessage], str]
) -> None:
    [page, other] = [page for mail in sent[0] for page in pages_of(mail)]
    assert page.get_content() == other.get_content()
    assert (page.get_content_type(), page.get_filename()) == ("application/pdf", "Oggi-2026-10-09.pdf")
    reader = PdfReader(BytesIO(page.get_content()))
    assert 1 <= len(reader.pages) <= 2
    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == A4
    text = text_of(reader)
    [(overdue, soon)] = italian.query(
        "select count(*) filter (where state = 'overdue'), count(*) filter (where state = 'due soon') "
        "from reports.rpt_open_commitments"
    )
    assert overdue > 0
    assert f"In scadenza {soon} in scadenza" in text
    assert f"Scaduto {overdue} scaduto" in text
    assert "ven 9 ott 2026, 18:00" in text
    assert "Impegni aperti" in text.partition("Da dove viene")[0]
    first = reader.pages[0].extract_text()
    assert "hubspot:" in first.partition("Impegni aperti")[2], "rows, and not the head of the table alone"
    # The browser prints neither the address nor the date at the edge; links into the site would name this machine.
    links = [link.get_object()["/A"]["/URI"] for each in reader.pages for link in each.get("/Annots") or []]
    assert [link for link in links if not link.startswith("https://")] == []
    assert "file:" not in text
    assert str(italian.home) not in text


def test_mails_and_tasks_are_italian(italian: Built, sent: tuple[list[EmailMessage], str]) -> None:
    for mail in sent[0]:
        # What a company has named itself stays: promises, documents, accounts.
        head = mail["Subject"].partition(": ")[0]
        assert not ENGLISH.search(head), mail["Subject"]
        if re.match(r"(Quando|When): ", body_of(mail)):
            labels = {line.partition(":")[0] for line in body_of(mail).splitlines()}
            known = {"Quando", "Responsabile", "Assente, sostituto", "Linea di ricavo", "Tipo di lead"}
            assert labels <= known, mail["Subject"]
    texts = "".join(f"{mail['Subject']}\n{body_of(mail)}" for mail in sent[0])
    kinds = (
        "è diventato SQL",
        "è tornato",
        "ha aperto",
        "è salito a",
        "si sta riscaldando",
        "scaduto dal",
        "Escalation: ",
    )
    assert [words for words in kinds if words not in texts] == []
    [path] = (italian.home / "tasks").glob("hubspot_tasks_*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        tasks = list(csv.DictReader(file))
    assert tasks
    for task in tasks:
        assert re.fullmatch(r"Chiamare: .+ è diventato SQL", task["Task Title"]), task
        labels = [line.partition(":")[0] for line in task["Notes"].splitlines()]
        assert labels[:2] == ["Quando", "Responsabile"], task
        assert not ENGLISH.search(" ".join(labels))


def test_a_dark_screen_and_long_names_change_neither_ink_nor_sheets(italian: Built, tmp_path: Path) -> None:
    """A Chromium that is set to be dark prints the same as another; markup in names is text."""
    page = (italian.site / "index.html").read_text()
    name = "<b>Società</b> <script>document.title = 'run'</script>".replace("<", "&lt;") * 5
    page = re.sub(r'(<td><a href="leads/[^"]*">)[^<]*', lambda found: found[1] + name, page)
    dark = tmp_path / "dark"
    program = find_chromium(chromium() or "")
    dark.write_text(f'#!/bin/sh\nexec "{program}" --force-dark-mode --blink-settings=preferredColorScheme=0 "$@"\n')
    dark.chmod(0o755)
    readers = []
    for browser in (program, str(dark)):
        pdf = print_page(page, italian.site / "assets", tmp_path / "printing", browser, foreign_environment())
        readers.append(PdfReader(BytesIO(pdf)))
    bright, other = ([sheet.get_contents().get_data() for sheet in reader.pages] for reader in readers)  # type: ignore[union-attr]
    assert bright == other
    assert "<script>document.title = 'run'</script>" in text_of(readers[0])
    assert readers[0].metadata
    assert readers[0].metadata.title == "Oggi, Lumen Office, 2026-10-09"
