"""A text that would be code in SQL, a template, YAML or a page is a text, wherever a company writes it.

Every place at once, and a file that the text would write: it is never there. Labels in `smarketing source` are tested
in tests/unit/onboarding/.
"""

import csv
from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import Built, chromium, smarketing
from tests.end_to_end.site_budgets import opened, pages_of
from tests.end_to_end.small_company import AGREEMENT, OWNER, REFERENCE, USERS, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]
HEADER = (
    "Record ID,First Name,Last Name,Email,Create Date,Lifecycle Stage,Contact owner,Original Source,"
    '"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)""",Primary Associated Company ID'
)


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


LONG = "W" * 300
# Of an owner, an account and a label: of pages alone, so that no quote of SQL is needed.
SHOWN = {
    "formula": "=1+1",
    "plus": "+cmd|x",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "image": "<img src=x onerror=document.title='x'>",
    "attribute": '" onmouseover="document.title=1" x="',
    "braces": "{{ 7 * 7 }}",
    "right_to_left": "\u202egnirts\u202c \u05e9\u05dc\u05d5\u05dd",
    "long": LONG,
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
        f"{number},Ada,{cell(text)},ada{number}@lead.example,2025-02-0{number} 10:00,{cell(text)},{OWNER},"
        f"{cell(text)},,"
        for number, text in enumerate(texts.values(), start=1)
    ]
    rows.append(f"9,Ada,Neri,neri@lead.example,2025-03-03 10:00,Lead,{OWNER},Organic Search,,")
    # Each has a lead of an account and an owner of the same name, handed over long ago and never touched.
    rows += [
        f"{number},Ada,{cell(text)},shown{number}@lead.example,2025-03-03 10:00,Marketing Qualified Lead,"
        f"{cell('Ada ' + text)},{cell(text)},2025-03-03 11:00,{number}"
        for number, text in enumerate(SHOWN.values(), start=20)
    ]
    stages = "".join(f"hubspot,{cell(text)},lead,,\n" for text in texts.values())
    channels = "".join(f"hubspot,{cell(text)},,{cell(text)},website_form,,\n" for text in texts.values())
    users = USERS + f"2,Ada,{cell(' '.join(texts.values()))},ada@acme.example,Sales\n"
    users += "".join(f"{n},Ada,{cell(text)},u{n}@acme.example,Sales\n" for n, text in enumerate(SHOWN.values(), 20))
    accounts = "".join(f"{n},{cell(text)},a,b,c,d,e\n" for n, text in enumerate(SHOWN.values(), 20))
    channels += "".join(f"hubspot,{cell(text)},,{cell(text)},website_form,,\n" for text in SHOWN.values())
    labels = ",".join(cell(text) for text in texts.values())
    one = f"{HEADER}\n8,Bo,Neri,bo@lead.example,2025-02-09 10:00,Lead,,,,\n"
    files = {
        "hubspot/contacts.csv": "\n".join([HEADER, *rows, ""]),
        # Undeclared columns, whose labels are kept with their cells.
        "hubspot/companies.csv": f"Record ID,Company name,{labels}\n1,{cell(texts['markup'])},a,b,c,d,e\n{accounts}",
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
    assert built.query("select count(*) from marts.dim_person") == [(8 + len(SHOWN),)]
    [(name,)] = built.query("select company_name from marts.dim_build")
    assert name == " ".join(poisons(written).values())


def test_no_page_has_the_markup(run: tuple[Built, Path]) -> None:
    built, _ = run
    pages = [path for path in (built.home / "published").rglob("*.html") if path.is_file()]
    assert pages
    for page in pages:
        assert "<script>document" not in page.read_text(), page


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped")
@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.campaign)])
def test_the_texts_are_texts_on_every_page(browser, run: tuple[Built, Path], width: int) -> None:
    """No script of theirs ran, nothing was requested, no page is wider for 300 characters, and they are read.

    A table that such a name is in folds, and a page is as tall as the names are long.
    """
    built, _ = run
    found = sorted(opened(browser, built.site, width, "light", pages_of(built.site, 100)))
    faults = [(page, fault) for page, fault in found if "folded on a desktop" not in fault and " tall" not in fault]
    assert not faults, "\n".join(f"{page}: {fault}" for page, fault in faults)
    seen = set()
    page = browser.new_page()
    for name in pages_of(built.site, 100):
        page.goto((built.site / name).as_uri())
        assert page.locator("main img, main [onmouseover]").count() == 0, name
        assert page.title() not in ("x", "1"), name
        text = page.locator("body").text_content()
        seen |= {kind for kind, each in SHOWN.items() if each.replace("\u202e", "").replace("\u202c", "") in text}
    page.close()
    assert seen >= set(SHOWN) - {"right_to_left"}


def test_no_cell_of_a_list_is_a_formula(run: tuple[Built, Path]) -> None:
    built, _ = run
    paths = sorted(built.site.rglob("*.csv"))
    assert paths
    kept = set()
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            cells = [(kind, each) for row in csv.DictReader(file) for kind, each in row.items()]
        texts = [each for _, each in cells if not each.replace("-", "", 1).replace(".", "", 1).isdigit()]
        assert not [each for each in texts if each.startswith(("=", "+", "-", "@", "\t"))], path.name
        kept |= {each for each in texts if each.startswith("'")}
    assert kept >= {"'" + SHOWN[kind] for kind in ("formula", "plus", "minus", "at")}


@pytest.mark.parametrize("text", ["published_email: {{ x }}\n", "published_email: '{{ 1 + 1 }}'\n"])
def test_a_setting_that_is_a_template_is_refused(run: tuple[Built, Path], text: str) -> None:
    built, _ = run
    (built.company / "company.yml").write_text(text)
    ended = smarketing("check", "--company", built.company, "--home", built.home)
    assert ended.returncode == 2
    assert "company.yml" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
