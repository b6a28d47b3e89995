"""A text that would be code in SQL, a template, YAML or a page is a text, wherever a company writes it.

Every place at once, and a file that the text would write: it is never there. Labels in `smarketing source` are tested
in tests/unit/onboarding/.
"""

from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import Built, smarketing
from tests.end_to_end.small_company import AGREEMENT, OWNER, REFERENCE, USERS, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
HEADER = "Record ID,First Name,Last Name,Email,Create Date,Lifecycle Stage,Contact owner,Original Source"


def poisons(written: Path) -> dict[str, str]:
    """Texts that would write the file: of a model, of a string in SQL, of an identifier in SQL."""
    copy = f"copy (select 42) to $${written}$$"
    return {
        "template": '{# {% endraw %}{{ run_query("' + copy + '") }}{% raw %} #}',
        "call": "{{ run_query('" + copy + "') }}",
        "string": f"'; {copy}; --",
        "identifier": f'"; {copy}; --',
        "markup": "<script>document.title='x'</script>",
    }


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def agreement_of(texts: dict[str, str]) -> str:
    """The agreement with a text in each name and meaning that people write."""
    folded = " ".join(texts.values()).replace("'", "''")
    agreement = AGREEMENT.replace("name: Acme,", f"name: '{folded}',").replace("name: Main", f"name: '{folded}'")
    return agreement.replace("{means: somebody wrote}", f"{{means: '{folded}'}}")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Path]:
    folder = tmp_path_factory.mktemp("texts")
    written = folder / "written.csv"
    texts = poisons(written)
    rows = [
        f"{number},Ada,{cell(text)},ada{number}@lead.example,2025-02-0{number} 10:00,{cell(text)},{OWNER},{cell(text)}"
        for number, text in enumerate(texts.values(), start=1)
    ]
    rows.append(f"9,Ada,Neri,neri@lead.example,2025-03-03 10:00,Lead,{OWNER},Organic Search")
    stages = "".join(f"hubspot,{cell(text)},lead,,\n" for text in texts.values())
    channels = "".join(f"hubspot,{cell(text)},,{cell(text)},website_form,,\n" for text in texts.values())
    users = USERS + f"2,Ada,{cell(' '.join(texts.values()))},ada@acme.example,Sales\n"
    labels = ",".join(cell(text) for text in texts.values())
    one = f"{HEADER}\n8,Bo,Neri,bo@lead.example,2025-02-09 10:00,Lead,,\n"
    files = {
        "hubspot/contacts.csv": "\n".join([HEADER, *rows, ""]),
        # Undeclared columns, whose labels are kept with their cells.
        "hubspot/companies.csv": f"Record ID,Company name,{labels}\n1,{cell(texts['markup'])},a,b,c,d,e\n",
        "hubspot/users.csv": users,
        f"hubspot/contacts {texts['call'].replace('/', ' ')}.csv": one,
    }
    reference = {
        "stage_labels": REFERENCE["stage_labels"] + stages,
        "channel_rules": REFERENCE["channel_rules"] + channels,
    }
    company = write_company(folder / "company", files, reference, agreement_of(texts))
    (company / "company.yml").write_text("published_email: none\n# " + texts["template"] + "\n")
    (company / "exports" / "salesforce").mkdir()
    with duckdb.connect(company / "exports" / "salesforce" / "connector.duckdb") as database:
        names = ", ".join(f"'x' as {cell(text)}" for text in texts.values())
        name = texts["string"].replace("'", "''")
        database.execute(
            f"create table lead as select '00Q000000000001AAA' as \"Id\", '{name}' as \"LastName\", 'Web' as "
            f'"LeadSource", timestamp \'2025-02-03 10:00\' as "CreatedDate", \'Qualified\' as "Status", {names}'
        )
    result = smarketing("run", "--company", company, "--home", folder / "home")
    assert result.returncode == 0, result.stdout + result.stderr
    return Built(company, folder / "home", result.stdout + result.stderr), written


def test_nothing_was_executed(run: tuple[Built, Path]) -> None:
    built, written = run
    assert not written.exists()
    assert "Traceback" not in built.output


def test_the_texts_are_what_the_tables_have(run: tuple[Built, Path]) -> None:
    built, written = run
    texts = set(poisons(written).values())
    assert {channel for (channel,) in built.query("select distinct channel from marts.fct_touchpoints")} >= texts
    assert built.query("select count(*) from marts.dim_person") == [(8,)]
    [(name,)] = built.query("select company_name from marts.dim_build")
    assert name == " ".join(poisons(written).values())


def test_no_page_has_the_markup(run: tuple[Built, Path]) -> None:
    built, _ = run
    pages = [path for path in (built.home / "published").rglob("*.html") if path.is_file()]
    assert pages
    for page in pages:
        assert "<script>document" not in page.read_text(), page


@pytest.mark.parametrize("text", ["published_email: {{ x }}\n", "published_email: '{{ 1 + 1 }}'\n"])
def test_a_setting_that_is_a_template_is_refused(run: tuple[Built, Path], text: str) -> None:
    built, _ = run
    (built.company / "company.yml").write_text(text)
    ended = smarketing("check", "--company", built.company, "--home", built.home)
    assert ended.returncode == 2
    assert "company.yml" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
