"""The calculator's page as a manager uses it: served by the command, filled in and read in a headless Chromium."""

import re
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.end_to_end.conftest import COMMAND, PROJECT, chromium

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: the page tests are skipped"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The page, served on a free port until the tests are done."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    server = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], cwd=PROJECT)
    try:
        for _ in range(600):
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, "the server has ended"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/calculator"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def page(browser, address: str) -> Iterator:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    messages: list[str] = []
    opened.on("console", lambda message: messages.append(message.text))
    opened.on("pageerror", lambda error: messages.append(str(error)))
    opened.goto(address)
    yield opened
    assert messages == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 1280
    opened.close()


def test_the_worked_example_is_typed_and_read(page) -> None:
    example = {"quota": "500000", "deal_size": "2000", "mql": "34%", "sql": "0.82", "opportunity": "0,23"}
    for field, text in example.items():
        page.fill(f"#{field}", text)
    page.click("text=Compute")
    assert page.inner_text("#needed").startswith("3,900 MQL")
    assert page.inner_text("#lead-value").startswith("128.2")
    for figure in ("500,000 / 2,000 = 250", "1,087 / 0.82 = 1,325.6, rounded up", "1,326 / 0.34 = 3,900"):
        assert figure in page.inner_text("table")
    # What was typed stays in the form, so that one number can be changed.
    assert page.input_value("#mql") == "34%"


def test_a_mistake_is_shown_at_its_field(page) -> None:
    page.fill("#quota", "500,000")
    page.fill("#mql", "34")
    page.click("text=Compute")
    assert "write 500000, without separators" in page.inner_text("#quota-problem")
    assert "write 34% if you mean a percentage" in page.inner_text("#mql-problem")
    assert page.locator("#needed").count() == 0


def test_it_starts_from_the_agreement(page) -> None:
    page.click("text=Small business, outbound prospecting")
    assert page.inner_text("#needed").startswith("2,542 MQL")
    assert re.search(r"197|196.70", page.inner_text("#lead-value"))
    assert page.inner_text("#outstanding") == "636"


def test_another_host_is_refused(page, address: str) -> None:
    answer = page.request.get(address, headers={"Host": "example.com"})
    assert answer.status == 400
