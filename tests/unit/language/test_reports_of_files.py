"""What a run prints of files: rejected rows, what was kept apart, what the arrival checks find, in each language."""

import re
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.ingestion import ingest_table
from orchestration.lib.ingestion.report import notes_in_one_line
from orchestration.lib.language import speaking
from orchestration.lib.quality.arrival import check_arrival
from tests.unit.language.broken_files import KEYED

PROSE = re.compile(r"\b(is|the|of|not|row|rows|line|rejected|refused|column|columns|loaded|though|break|and|are)\b")
FIRST = "Ñu report\nid,seats,Ñ\n" + "".join(f"{number},1,\n" for number in range(9)) + "9,x,\n1,7,\n,2,\nTotale,2,\n"


def printed(folder: Path) -> list[str]:
    """The lines of three readings of files, the last of them with a copy, a refusal and fewer records."""
    lines: list[str] = []
    with duckdb.connect() as warehouse:
        for files in (
            {"deals 2026-01-01.csv": FIRST},
            {"deals 2026-02-01.csv": "id,seats\n" + "".join(f"{number},1\n" for number in range(8))},
            {"deals 2026-03-01.csv": "id,seats\n1,1\n", "deals x.csv": "Ñ\n1\n", "deals copied.csv": FIRST},
        ):
            for name, text in files.items():
                (folder / name).write_text(text)
            report = ingest_table(warehouse, KEYED, folder)
            lines += [*report.messages(), *report.problems(), notes_in_one_line("crm", [report])]
            for finding in check_arrival(warehouse, [KEYED])[0]:
                lines += [] if finding.success else [finding.expectation, finding.found]
    return [line.replace("smarketing rejected", "") for line in lines if line]


@pytest.mark.parametrize("language", ["it", "pt_BR"])
def test_a_run_prints_no_english_sentence_about_files(language: str, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    english = printed(tmp_path / "en")
    (tmp_path / language).mkdir()
    with speaking(language):
        spoken = printed(tmp_path / language)
    assert len(english) == len(spoken) >= 15
    assert [line for line in english if not PROSE.search(line)] == []
    assert [line for line in spoken if PROSE.search(line)] == []
