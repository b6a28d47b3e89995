"""Labels, cells and names of files stay texts: in the templates of models, in YAML, on the line of a shell."""

import shlex
from pathlib import Path

import duckdb
import jinja2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from orchestration import settings
from orchestration.lib.onboarding import OnboardingError, make_plan
from orchestration.lib.onboarding.questions import Question
from orchestration.lib.onboarding.texts import quoted_text, sql_text
from tests.unit.onboarding.conftest import ANSWERS, LEADS, Planner, text_of

TEMPLATES = ("{{ 1 + 1 }}", "{% endraw %}{{ 1 + 1 }}{% raw %}", "{# x #}", "{{{%", "'{{ 1 }}'", "-%}{{")
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))
RUN_QUERY = '{# {% endraw %}{{ run_query("copy (select 42) to $$/tmp/x.csv$$") }}{% raw %} #}'


@given(TEXTS | st.lists(st.sampled_from([*TEMPLATES, "{", "%", "#", "'", "a"])).map("".join))
def test_a_text_is_itself_in_a_model_and_in_yaml(text: str) -> None:
    rendered = (
        jinja2.Environment(keep_trailing_newline=True, newline_sequence="\n").from_string(sql_text(text)).render()
    )
    if not {"\r"} & set(text):  # the templates of dbt write one kind of line end
        assert duckdb.sql(f"select {rendered}").fetchall() == [(text,)]
    assert yaml.safe_load(f"a: {quoted_text(text)}") == {"a": text}
    assert len(quoted_text(text).splitlines()) == 1


@pytest.mark.parametrize(
    ("label", "found"),
    [
        (f"MQL date {RUN_QUERY}", "'{#', with which a template begins"),
        ("{{ x }}", "'{{', with which a template begins"),
        ("{% endraw %}", "'{%', with which a template begins"),
        ("Score\x07", "the control character U+0007"),
        ("\x1b[31mScore", "the control character U+001B"),
        ("Score\x7f", "the control character U+007F"),
    ],
)
def test_a_label_that_could_be_code_is_refused(plan: Planner, label: str, found: str) -> None:
    first, *rows = LEADS.splitlines()
    quoted = label.replace('"', '""')
    lines = [f'{first},"{quoted}"', *(f"{row},2026-01-20 10:00" for row in rows)]
    place = len(first.split(",")) + 1
    with pytest.raises(OnboardingError) as refused:
        plan(leads="\n".join(lines) + "\n")
    assert f"leads.csv: the label of column {place} contains {found}; rename the column" in str(refused.value)


def test_a_label_of_two_lines_is_found_again(plan: Planner) -> None:
    first, *rows = LEADS.splitlines()
    made = plan(leads="\n".join([f'{first},"Score\nof it"', *(f"{row},7" for row in rows)]) + "\n")
    declared = yaml.safe_load(text_of(made, "_shop__sources.yml"))
    columns = {column["name"]: column for column in declared["sources"][0]["tables"][0]["columns"]}
    assert columns["score_of_it"].get("config", {}).get("meta", {}).get("labels", ["score of it"])[0].split() == [
        "Score",
        "of",
        "it",
    ]


def test_a_cell_and_an_answer_that_could_be_code_are_texts(plan: Planner) -> None:
    cell = RUN_QUERY.replace('"', '""')
    touches = f'Touch,Lead Id,Touched at,Kind\n1,a-1,2026-01-14,"{cell}"\n2,a-2,2026-01-15,Visit\n'
    answers = ANSWERS | {"touches.opportunities": f"Kind = {RUN_QUERY}", "touches_opportunities.stage_label": "won"}
    model = text_of(plan(answers, leads=LEADS, touches=touches), "stg_shop__opportunities.sql")
    assert "run_query" in model
    calls = jinja2.Environment().parse(model).find_all(jinja2.nodes.Call)
    assert "run_query" not in {call.node.name for call in calls if isinstance(call.node, jinja2.nodes.Name)}


def test_a_name_that_could_be_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "leads {{ 1 }}.csv"
    path.write_text(LEADS)
    with pytest.raises(OnboardingError, match=r"the name of the file contains '\{\{', with which a template begins"):
        make_plan([path], "shop", tmp_path / "acme", settings.DBT_PROJECT, {})


@given(TEXTS)
def test_an_answer_is_one_word_of_a_shell(text: str) -> None:
    asked = Question("leads.zone", "Which?", example=text)
    if "\n" not in text:
        assert shlex.split(asked.sentence().split("--answer ", 1)[1]) == [f"leads.zone={text or '...'}"]
