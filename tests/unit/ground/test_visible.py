"""What would steer a terminal or turn a line is replaced; every letter of every language stays."""

import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.commands.endings import print_line
from orchestration.lib.pages.rendering import _environment, shown
from orchestration.lib.visible import visible
from tests.unit.commands.companies import make_company


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred\x1b[0m", "a�[31mred�[0m"),
        ("a\rb\x08\x7f\x9bc", "a�b���c"),
        ("invoice\u202efdp.exe \u2066x\u2069 \u200e\u200f\u2028", "invoice�fdp.exe �x� ���"),
        ("half \ud83d", "half �"),
        ("two\n\tlines", "two\n\tlines"),
        ("Zoë, Ωmega, 名前, שלום, مرحبا, e\u0301, 👩\u200d💻", "Zoë, Ωmega, 名前, שלום, مرحبا, e\u0301, 👩\u200d💻"),
    ],
)
def test_what_steers_is_replaced(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_pages_and_terminal_replace_it(capsys: pytest.CaptureFixture[str]) -> None:
    template = _environment("en").from_string("<b>{{ name }}</b>{{ markup|safe }}")
    page = shown(template, name="<\u202e>", markup="<i>\x1b</i>")
    assert page == "<b>&lt;�&gt;</b><i>�</i>"
    print_line("x \x1b[2J")
    assert capsys.readouterr().out == "x �[2J\n"


def test_a_terminal_with_few_letters_shows_the_numbers_of_others(tmp_path: Path) -> None:
    company = make_company(tmp_path / "Zoë")
    words = [sys.executable, "-m", "orchestration.cli", "check", "--company", str(company)]
    result = subprocess.run(
        words, capture_output=True, env={"PYTHONIOENCODING": "ascii", "PATH": "", "LC_ALL": "C.UTF-8"}
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"Zo\\xeb" in result.stdout
