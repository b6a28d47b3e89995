"""`smarketing serve`: the published pages and the calculator, read again by every request, and nothing else."""

import http.client
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreements
from orchestration.lib.pages.server import HOST, open_port, pages_app


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "published"
    for name, text in {
        "board.html": "the board",
        "reviews/2026-Q2.html": "the review",
        "reviews/2026-Q2.yml": "rates: {}",
        ".leads/1/hubspot-7.html": "a lead",
        "copies/000001/smarketing.duckdb": "the copy",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "leads").symlink_to(".leads/1")
    (folder / "current").symlink_to("copies/000001")
    (tmp_path / "home" / "secret.html").write_text("outside")
    (folder / "way-out.html").symlink_to("../secret.html")
    return folder


Answer = tuple[int, str, dict[str, str]]
Ask = Callable[..., Answer]


@pytest.fixture
def ask(published: Path) -> Iterator[Ask]:
    """Sends a request, as it is written, to the pages served on a free port."""
    agreement = read_agreements(settings.DEMO_COMPANY / "agreements")[0]
    held = open_port(0)
    server = uvicorn.Server(uvicorn.Config(pages_app(published, agreement), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()

    def send(path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection(HOST, held.getsockname()[1], timeout=10)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, {name.lower(): value for name, value in answer.getheaders()}

    while not server.started:
        thread.join(0.01)
    yield send
    server.should_exit = True
    thread.join(10)


def test_pages_are_listed_and_served(ask: Ask) -> None:
    index = ask("/")[1]
    for path, text in {"board.html": "the board", "reviews/2026-Q2.html": "the review"}.items():
        assert f'href="/{path}"' in index
        assert ask(f"/{path}")[:2] == (200, text)
    assert ask("/leads/hubspot-7.html")[1] == "a lead"
    assert 'href="/calculator"' in index
    assert ask("/calculator?quota=500000&deal_size=2000&mql=0.5")[0] == 200


def test_a_copy_that_is_swapped_in_is_served_at_once(ask: Ask, published: Path) -> None:
    assert ask("/leads/hubspot-7.html")[1] == "a lead"
    (published / ".leads/2").mkdir()
    (published / ".leads/2/hubspot-7.html").write_text("the lead of today")
    (published / "leads.new").symlink_to(".leads/2")
    os.replace(published / "leads.new", published / "leads")
    _, text, headers = ask("/leads/hubspot-7.html")
    assert (text, headers["cache-control"]) == ("the lead of today", "no-cache")


OUTSIDE = ("/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html", "/way-out.html")
NO_PAGES = ("/current/smarketing.duckdb", "/reviews", "/nothing.html", "/a%00b.html")


@pytest.mark.parametrize("path", [*OUTSIDE, *NO_PAGES])
def test_nothing_else_is_served(ask: Ask, path: str) -> None:
    assert ask(path)[0] == 404


def test_it_is_read_only_and_of_this_machine(ask: Ask) -> None:
    assert ask("/board.html", method="POST")[0] == 405
    assert ask("/board.html", headers={"Host": "example.com"})[0] == 400


def test_without_a_build_it_says_so(ask: Ask, published: Path) -> None:
    published.rename(published.with_name("gone"))
    assert "Nothing has been built yet" in ask("/")[1]
    assert ask("/board.html")[0] == 404
