"""Plans of `smarketing source` for files given by name and text, and what a test looks at in them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration import settings
from orchestration.lib.onboarding import Plan, make_plan
from tests.conventions.test_portable import offenders

LEADS = """\
Lead Id,Full name,Mail,Company,Owner,Source,Created
a-1,Ann Example,ann@example.com,One,Mia,Google Ads,2026-01-13T09:00:00
a-2,Ben Example,ben@example.com,Two,Mia,Club magazine,2026-01-14T09:00:00
a-3,Cy Example,cy@example.com,Two,Leo,,2026-01-15T09:00:00
"""
DEALS = """\
Deal Id,Lead Id,Owner,Stage,Amount,Created,Close date
d-1,a-1,Mia,Closed Won,100.50,2026-01-20,2026-02-01
d-2,a-2,Leo,Closed Lost,80.25,2026-01-21,2026-02-02
"""
ANSWERS = {"time_zone": "Europe/Rome", "currency": "EUR"}
Planner = Callable[..., Plan]


@pytest.fixture
def plan(tmp_path: Path) -> Planner:
    """Plans for files given by name and text. The SQL of each plan has the same meaning on every engine."""

    def make(answers: dict[str, str] | None = None, **texts: str) -> Plan:
        for name, text in texts.items():
            (tmp_path / f"{name}.csv").write_text(text)
        paths = [tmp_path / f"{name}.csv" for name in texts]
        given = ANSWERS if answers is None else answers
        made = make_plan(paths, "shop", tmp_path / "acme", settings.DBT_PROJECT, given)
        models = {path.name: text for path, text in made.writes.texts.items() if path.suffix == ".sql"}
        assert not [fault for name, text in models.items() for fault in offenders(name, text, set())]
        return made

    return make


def text_of(plan: Plan, name: str) -> str:
    return next(text for path, text in (plan.writes.texts | plan.writes.added).items() if path.name == name)


def questions(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {question.key: question.options for question in plan.answers.open_questions}
