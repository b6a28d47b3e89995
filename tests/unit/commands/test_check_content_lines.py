"""`smarketing check` names the lines of content.csv whose persona the agreement does not have, and ends well."""

from pathlib import Path

import pytest

from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.inspection.content_lines import ContentLine, persona_faults
from tests.unit.commands.companies import make_company, smarketing, write

LINES = [ContentLine("content.csv", 2, "owner"), ContentLine("content.csv", 3, "ownr")]


@pytest.mark.long
def test_a_persona_that_nobody_agreed_is_named(tmp_path: Path) -> None:
    company = make_company(tmp_path / "acme")
    rows = ["name_pattern,content,kind,stage,persona", "*guide,Guide,guide,lead,", "*,All,page,,ownr", ""]
    write(company, {"reference/content.csv": "\n".join(rows)})
    result = smarketing("check", "--company", company)
    assert result.exit_code == 0, result.stdout
    assert (
        "! reference/content.csv line 3: persona ownr is in no version of the agreement, so the content"
        in result.stdout
    )
    assert "content.csv line 2" not in result.stdout


def test_any_version_may_have_it_and_without_one_nothing_is_said() -> None:
    demo = read_agreements(Path(__file__).resolve().parents[3] / "seeds" / "agreements")
    [fault] = persona_faults(LINES, demo)
    assert "content.csv line 3: persona ownr" in fault
    assert "write one of architect, buyer, office_manager, owner, or leave it empty" in fault
    assert list(persona_faults(LINES, [])) == []
