"""`smarketing serve`: the published pages, read again by every request, and nothing else."""

import http.client
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from orchestration.lib.pages.rendering import write_page
from orchestration.lib.pages.server import HOST, open_port, pages_app


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "published" / "site"
    for name, text in {
        "index.html": "today",
        "assets/site.css": "p {}",
        "reviews/2026-Q2.html": "the review",
        "reviews/2026-Q2.yml": "rates: {}",
        "leads/hubspot-7.html": "a lead",
        "../copies/000001/smarketing.duckdb": "the copy",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "current").symlink_to("../copies/000001")
    (tmp_path / "home" / "secret.html").write_text("outside")
    (folder / "way-out.html").symlink_to("../secret.html")
    return folder


Answer = tuple[int, str, dict[str, str]]
Ask = Callable[..., Answer]


@pytest.fixture
def ask(site: Path) -> Iterator[Ask]:
    """Sends a request, as it is written, to the pages served on a free port."""
    held = open_port(0)
    server = uvicorn.Server(uvicorn.Config(pages_app(site), log_level="error"))
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


def test_the_site_is_served_as_it_is(ask: Ask) -> None:
    assert ask("/")[:2] == (200, "today")
    for path, text in {"reviews/2026-Q2.html": "the review", "reviews/2026-Q2.yml": "rates: {}"}.items():
        assert ask(f"/{path}")[:2] == (200, text)
    _, text, headers = ask("/assets/site.css")
    assert (text, headers["content-type"]) == ("p {}", "text/css; charset=utf-8")


def test_a_link_to_the_form_of_before_keeps_what_it_has_typed(ask: Ask) -> None:
    status, _, headers = ask("/calculator?quota=500000&mql=34%25")
    assert (status, headers["location"]) == (307, "/calculator.html#quota=500000&mql=34%25")


def test_a_page_that_is_written_again_is_served_at_once(ask: Ask, site: Path) -> None:
    assert ask("/leads/hubspot-7.html")[1] == "a lead"
    write_page(site / "leads" / "hubspot-7.html", "the lead of today")
    _, text, headers = ask("/leads/hubspot-7.html")
    assert (text, headers["cache-control"]) == ("the lead of today", "no-cache")


OUTSIDE = ("/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html", "/way-out.html")
NO_PAGES = ("/current/smarketing.duckdb", "/reviews", "/nothing.html", "/a%00b.html")


@pytest.mark.parametrize("path", [*OUTSIDE, *NO_PAGES])
def test_nothing_else_is_served(ask: Ask, path: str) -> None:
    assert ask(path)[0] == 404


def test_it_is_read_only_and_of_this_machine(ask: Ask) -> None:
    assert ask("/index.html", method="POST")[0] == 405
    assert ask("/index.html", headers={"Host": "example.com"})[0] == 400


def test_without_a_build_it_says_so(ask: Ask, site: Path) -> None:
    site.rename(site.with_name("gone"))
    assert "Nothing has been built yet" in ask("/")[1]
