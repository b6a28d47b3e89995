"""The YAML of a version: words of YAML 1.2, positions, and what is refused."""

from pathlib import Path

import pytest

from orchestration.lib.agreement.yaml_document import AgreementError, parse
from tests.unit.agreement.test_broken_agreements import complaints

HERE = Path("x.yml")
DEEP = "a: " + "[" * 2000 + "]" * 2000 + "\n"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nversion: *b\n"
# Text instead of the agreement's own, and the line that is named.
NOT_YAML = {
    "a tab": (b"version: '1'\ncompany:\n\tname: Acme\n", 3),
    "an open bracket": (b"version: '1'\ncompany: {name: Acme\ntolerance: 0.1\n", 3),
    "an open quote": (b"version: '1\ncompany: {name: Acme}\n", 3),
    "odd indentation": (b"version: '1'\n  company: Acme\n", 2),
    "a list among fields": (b"version: '1'\n- company\n", 2),
    "two colons": (b"version: '1'\ncompany: name: Acme\n", 2),
    "not UTF-8": (b"version: '1'\ncompany: {name: M\xfcller}\n", 2),
    "a null byte": (b"version: '1'\ncompany: \x00\n", 2),
    "nothing": (b"", 1),
    "a word": (b"agreement\n", 1),
    "a list": (b"- version\n", 1),
    "two documents": (b"version: '1'\n---\nversion: '2'\n", 2),
    "an anchor": (b"version: &v '1'\n", 1),
    "an alias": (b"version: '1'\ntolerance: *v\n", 2),
    "a bomb": (BOMB.encode(), 1),
    "a tag": (b"version: '1'\ntolerance: !!python/object:os.system 1\n", 2),
    "nested too deep": (DEEP.encode(), 1),
    "a field for a name": (b"? {a: 1}\n: 2\n", 1),
    "a percent sign": (b"version: '1'\ntolerance: %10\n", 2),
    "a merge": (b"<<: {version: '1'}\n", 1),
}
# Words that YAML 1.1, or a library of its own, takes for a boolean, an hour, a day or another number.
WORDS = {
    "no": "no",
    "On": "On",
    "12:30": "12:30",
    "2026-01-31": "2026-01-31",
    "1_000": "1_000",
    "0x1F": "0x1F",
    "0o14": "0o14",
    "022": 22,
    "1e3": 1000.0,
    "true": True,
    "~": None,
    "'022'": "022",
}


@pytest.mark.parametrize(("word", "value"), WORDS.items())
@pytest.mark.parametrize("directive", ["", "%YAML 1.1\n---\n"])
def test_a_word_is_what_yaml_1_2_reads(word: str, value: object, directive: str) -> None:
    content = parse(HERE, f"{directive}a: {word}\n{word if value is not None else 'b'}: [1]\n").content
    assert (content["a"], type(content["a"])) == (value, type(value) if value != 22 else float)
    assert all(isinstance(name, str) for name in content)


def test_every_key_and_value_has_its_line_and_column() -> None:
    written = parse(HERE, "# ours\na:\n  b: {c: [1, two]}\n")
    line, found, node = written.find(("a", "b", "c", 1))
    assert (line, found, node.value, node.start_mark.column) == (3, ("a", "b", "c", 1), "two", 13)
    assert written.find(("a", "missing"))[:2] == (2, ("a", "missing"))


REFUSED = {
    "a: 1\nb: {c: 1,\n  'c': 2}\n": "x.yml line 3: c: the field is defined twice; remove one",
    "2026: a\n'2026': b\n": "x.yml line 2: 2026: the field is defined twice",
    "b: &x 2\n": "x.yml line 1: this is not YAML: anchors (&) and aliases (*) are not allowed; write the lines out",
    "a: 1\nb: !x 2\n": "x.yml line 2: this is not YAML: tags (!) are not known; remove the tag",
    "a: 1\n? [b]\n: 2\n": "x.yml line 2: this is not YAML: the name of a field is a word; write it as 'name: value'",
    "a: 1\n---\nb: 2\n": "x.yml line 2: this is not YAML: but found another document",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items())
def test_what_is_refused_names_the_line(text: str, message: str) -> None:
    with pytest.raises(AgreementError) as caught:
        parse(HERE, text)
    assert str(caught.value).startswith(message)


def test_a_merge_key_is_a_field_like_any_other() -> None:
    assert parse(HERE, "a: {<<: {b: 1}}\n").content == {"a": {"<<": {"b": 1}}}


@pytest.mark.parametrize(("data", "line"), NOT_YAML.values(), ids=NOT_YAML)
def test_what_is_not_an_agreement_at_all(tmp_path: Path, data: bytes, line: int) -> None:
    lines = complaints(tmp_path / "2025-10.yml", data)
    assert f"2025-10.yml line {line}: " in lines[0]
