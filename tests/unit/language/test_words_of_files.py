"""What the reading of files writes about a file is what the catalogues have: a sentence that changed is found here."""

import ast
from pathlib import Path

import pytest

from orchestration.lib import ingestion
from orchestration.lib.language.refusals import REFUSALS
from orchestration.lib.language.sentences import PLACE

CODE = Path(ingestion.__file__).parent
# Composed of two texts by a replacement.
COMPOSED = {"no visible sheet has a cell: the workbook is empty"}


def written() -> list[str]:
    """The literal texts of the reading of files, also those around a value."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(CODE.glob("*.py"))]
    return [
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.fixture(scope="module")
def texts() -> str:
    return "\n".join(written()).replace("{what}", "file")


@pytest.mark.parametrize("sentence", REFUSALS)
def test_a_refusal_is_one_that_the_reading_of_files_writes(sentence: str, texts: str) -> None:
    pieces = [part for piece in PLACE.split(sentence)[::2] for part in piece.split("; ") if len(part) > 12]
    assert not [piece for piece in pieces if piece.strip() not in texts and piece not in COMPOSED]
