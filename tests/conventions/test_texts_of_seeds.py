"""Every word of a seed that a page shows is in the catalogues."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.lib.formats import label, words
from orchestration.lib.language.collecting import collected

SEEDS = Path("dbt_project/seeds")


def column(seed: str, name: str) -> set[str]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("seed", "name", "shown"),
    [
        ("default_channels", "channel", str),
        ("known_attribution_models", "model_name", str),
        ("known_attribution_models", "answers", str),
        ("known_attribution_models", "cannot_see", str),
        ("known_cost_kinds", "kind", words),
        ("known_stages", "stage", label),
    ],
)
def test_a_word_of_a_seed_is_in_the_catalogues(seed: str, name: str, shown: Callable[[str], str]) -> None:
    texts = {shown(text) for text in column(seed, name)}
    assert texts
    assert texts - {message.id for message in collected()} == set()
