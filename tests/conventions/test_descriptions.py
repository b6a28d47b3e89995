"""What tables and columns are described as: the texts that BI tools, dbt docs and Dagster show."""

import re
from collections import defaultdict

from tests.conventions.test_models import DBT, MODEL_FOLDERS, PUBLISHED, properties

SHARED = dict(
    re.findall(r"{% docs (\w+) %}(.+?){% enddocs %}", (DBT / "models" / "shared_columns.md").read_text(), re.DOTALL)
)
# A column of the same name that is something else; and names that each table uses for its own values.
OTHERWISE = {("rpt_weekly_work", "team"), ("rpt_daily_changes", "team"), ("dim_kpi", "team")}
OF_EACH_TABLE = {"basis", "kind", "leads", "reason", "status", "status_reason", "target"}
MOST_TEXTS = 4
# A text with fewer letters adds nothing to the name.
FEWEST_LETTERS = 12


def published_texts() -> dict[tuple[str, str], str]:
    """The description of each published column as the YAML has it, by model and column."""
    return {
        (name, column["name"]): column["description"] for name in PUBLISHED for column in properties()[name]["columns"]
    }


def test_a_shared_column_has_its_text_in_one_place() -> None:
    texts = published_texts()
    own = {
        place
        for place, text in texts.items()
        if place[1] in SHARED and not text.startswith(f"{{{{ doc('{place[1]}') }}}}")
    }
    assert own == OTHERWISE, "begin with the block of shared_columns.md, then add what is special here"
    assert set(SHARED) <= {column for _, column in texts}


def test_a_name_with_many_texts_is_a_shared_column() -> None:
    texts: dict[str, set[str]] = defaultdict(set)
    for (_, column), text in published_texts().items():
        texts[column].add(text)
    many = {column for column, different in texts.items() if len(different) > MOST_TEXTS}
    assert many - set(SHARED) == OF_EACH_TABLE, "add a block to shared_columns.md"


def test_a_description_adds_to_the_name() -> None:
    idle = {}
    for (name, column), text in published_texts().items():
        shown = re.sub(r"{{ doc\('(\w+)'\) }}", lambda block: SHARED[block[1]], text)
        words = set(re.findall(r"[a-z]+", shown.lower())) - {"the", "of", "a", "an", "number"}
        if len(re.findall(r"\w", shown)) < FEWEST_LETTERS or words <= set(column.split("_")):
            idle[f"{name}.{column}"] = shown
    assert idle == {}


def test_a_system_is_complete_without_the_texts_of_the_product() -> None:
    """It may be a company's own, and is read by people who see only its folder."""
    files = [path for folder in MODEL_FOLDERS if folder != DBT / "models" for path in folder.rglob("*.yml")]
    assert files
    assert [path.name for path in files if re.search(r"{{\s*doc\(", path.read_text())] == []
