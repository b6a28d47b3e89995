"""`smarketing check` refuses files, and remarks upon them, in the language that is spoken; in English as ever."""

import re
from pathlib import Path

import pytest

from orchestration.lib.language import ENGLISH, speak
from tests.unit.commands.companies import make_company, smarketing, write

BROKEN: dict[str, str | bytes | None] = {
    "exports/hubspot/hubspot-contacts.csv": "%PDF-1.7\n",
    "exports/hubspot/hubspot-deals.csv": "Deal Nome,Ñu\n1,2\n",
    "exports/hubspot/.hubspot-calls.csv": "x\n1\n",
    "exports/hubspot/hubspot-tasks.csv": "x\n1\n",
    "exports/hubspot/hubspot-tasks.csv.bak": "x\n1\n",
    "exports/hubspot/hubspot-tasks copy.csv": "x\n1\n",
    "exports/hubspot/hubspot-notes.csv.crdownload": "x\n1\n",
    "exports/hubspot/ñandú.csv": "x\n1\n",
    "reference/owner.csv": "x\n1\n",
    "reference/owners.csv": "alias,owner_name,valid_from\nx,Ñu,31/31/2026\n",
    "reference/currency_rates.csv": "",
    "reference/channel_rules.csv": "a\n",
}
NAMED = re.compile(r"^  [x!] .*?(hubspot|reference|ñandú).*$", re.MULTILINE)
PROSE = re.compile(r"\b(is|the|not|read|because|it|which|refused|loaded|column|line|row|found|rejected|name)\b")


@pytest.mark.long
def test_files_are_refused_in_the_language_that_is_spoken(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    write(company, BROKEN)
    printed = {}
    try:
        for language in ("en", "it", "pt_BR"):
            result = smarketing("--language", language, "check", "--company", company)
            assert result.exit_code == 2, result.stdout
            printed[language] = [match[0] for match in NAMED.finditer(result.stdout)]
    finally:
        speak(ENGLISH)
    assert len(printed["en"]) == len(printed["it"]) == len(printed["pt_BR"]) == 12
    assert all(PROSE.search(line) for line in printed["en"])
    assert [line for language in ("it", "pt_BR") for line in printed[language] if PROSE.search(line)] == []
    assert "questo è un PDF; esportare i dati come CSV" in "\n".join(printed["it"])
    assert "é um backup de hubspot-tasks.csv, que é lido" in "\n".join(printed["pt_BR"])
