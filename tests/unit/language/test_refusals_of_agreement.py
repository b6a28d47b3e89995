"""What refuses an agreement is in every language: no sentence of lib/agreement is outside of gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.faults import mistake
from orchestration.lib.agreement.reading import AgreementError, read_agreement
from orchestration.lib.language import speaking
from orchestration.settings import DEMO_COMPANY, PROJECT

ROOM = sorted((PROJECT / "orchestration/lib/agreement").glob("*.py"))
# `smarketing sign` speaks English, and what developers read is not printed.
ENGLISH_FILES = ("signing",)
TRANSLATED = ("gettext", "ngettext", "later")
# Names of parts in a schema or a location, words that are compared, and what developers read.
NAMES = {
    "holidays as a list",
    "holidays of a country",
    "public holidays",
    "counts as a list",
    "counts each",
    "counts all",
    "next in ",
    "Value error, ",
    "The earlier name of .",
    "great britain",
    "quota as an amount",
    "quota by period",
    "The agreement between sales and marketing",
    "A side state that counts only for reasons of these classes.",
    "An assumed rate.",
    "begin transaction",
}
PROSE = re.compile(r"[a-z]{2,}[,;:]? [a-z]{2,}")


def bare_sentences(source: str) -> Iterator[tuple[int, str]]:
    """The line and text of each sentence in Python that is neither documentation nor looked up in a catalogue."""
    yield from _bare(ast.parse(source))


def _bare(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATED:
        for each in node.keywords:
            yield from _bare(each)
    elif isinstance(node, ast.JoinedStr):
        fixed = "".join(each.value for each in node.values if isinstance(each, ast.Constant))
        if PROSE.search(fixed):
            yield node.lineno, fixed
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                yield from _bare(each.value)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and PROSE.search(node.value):
            yield node.lineno, node.value
    else:
        for each in ast.iter_child_nodes(node):
            yield from _bare(each)


@pytest.mark.parametrize("path", [path for path in ROOM if path.stem not in ENGLISH_FILES], ids=lambda path: path.stem)
def test_every_sentence_is_looked_up(path: Path) -> None:
    found = bare_sentences(path.read_text(encoding="utf-8"))
    assert [(line, text) for line, text in found if text not in NAMES] == []


def test_each_exception_is_still_there() -> None:
    found = {text for path in ROOM for _, text in bare_sentences(path.read_text(encoding="utf-8"))}
    assert NAMES - found == set()


@pytest.mark.parametrize(
    "source",
    [
        'def f():\n    raise ValueError("this is wrong; correct it")',
        'def f(x):\n    raise contradiction(f"{x} is wrong; correct it", "field")',
        'def f(x):\n    text = f"{x} is wrong; correct it"\n    raise AgreementError(text)',
        'def f(x):\n    raise AgreementError(gettext("%(x)s", x="this is wrong"))',
        'def f(x):\n    return "this is wrong" if x else gettext("this is right")',
        'WANTED = {"share": "a number above"}',
    ],
)
def test_a_bare_sentence_is_found(source: str) -> None:
    assert len(list(bare_sentences(source))) == 1


# Each is one mistake in the demo's first version: what is replaced, and by what.
MISTAKES = (
    ("currency: EUR", "currency: euro"),
    ("time_zone: Europe/Rome", "time_zone: CET"),
    ("time_zone: Europe/Rome", "time_zone: GMT"),
    ("time_zone: Europe/Rome", "time_zone: Rome/Europe"),
    ("growth: high", "growth: fast"),
    ("growth: high", ""),
    ("growth: high", "growth: high\n  growth: high"),
    ("growth: high", "growth: &high high"),
    ("effective_from: 2025-10-01", "effective_from: yesterday"),
    ("effective_from: 2025-10-01", "effective_from: 2025-02-30"),
    ("effective_from: 2025-10-01", "effective_from: 2025-10-01\neffective_to: 2025-09-01"),
    ('version: "2025-10"', "version: 2025"),
    ("criteria: {after: [mql]}", "criteria: {after: [sal]}"),
    ("criteria: {after: [mql]}", "criteria: {}"),
    ("score_at_least: 25", "score_at_least: much"),
    ("score_at_least: 25", "score_at_least: 700"),
    ("half_life_days: 30", "half_life: 30"),
    ("half_life_days: 30", "half_life_days: -3"),
    ("half_life_days: 30", "half_life_days: 1.5"),
    ("weight: 0.5", "weight: 0.7"),
    ("points: 60", "points: [60]"),
    ("titles: [procurement, purchasing, buyer]", "titles: []"),
)
ENGLISH = re.compile(
    r"\b(the|is|are|not|write|found|[Ii]nput|should|[Ff]ield|required|remove|correct|add|must|which|line|under|or|if)\b"
)


@pytest.fixture(scope="module")
def version() -> str:
    return (DEMO_COMPANY / "agreements/2025-10.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["it", "pt_BR"])
def test_a_wrong_agreement_is_refused_without_an_english_sentence(version: str, tmp_path: Path, language: str) -> None:
    texts, left = set(), []
    for before, after in MISTAKES:
        path = tmp_path / "2025-10.yml"
        assert before in version, before
        path.write_text(version.replace(before, after, 1), encoding="utf-8")
        printed = {}
        for spoken in ("en", language):
            with pytest.raises(AgreementError) as refused, speaking(spoken):
                read_agreement(path)
            printed[spoken] = [line.split(": ", 1)[1] for line in str(refused.value).splitlines()]
        assert len(printed["en"]) == len(printed[language])
        texts |= {line.split(": ", 1)[1] for line in printed["en"] if ": " in line}
        left += [line for line in printed[language] if ENGLISH.search(re.sub(r"'[^']*'", "", line))]
        assert all(ENGLISH.search(line) for line in printed["en"])
    assert left == []
    assert len(texts) >= 20


def test_words_of_pydantic_are_its_own_in_english(version: str) -> None:
    wrong = {"company": {"growth": "fast"}, "scoring": {"fit": {"weight": 7, "rules": 1}}, "commitments": {}, "tell": 1}
    with pytest.raises(ValidationError) as refused:
        Agreement.model_validate(wrong)
    ours = ("model_type", "dict_type", "finite_number", "string_pattern_mismatch", "union_tag_not_found")
    details = [each for each in refused.value.errors(include_url=False) if each["type"] not in ours]
    assert len({each["type"] for each in details}) > 3
    assert [mistake(each) for each in details] == [each["msg"].removeprefix("Value error, ") for each in details]
