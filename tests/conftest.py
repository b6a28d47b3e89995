"""Fixtures that several tests share; a fixture that only one file needs is in that file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from orchestration.lib.language import language, speak
from orchestration.settings import choose_language, read_language
from tests import campaign_figures

# A busy machine is slow for a moment, and what is tested is as right as before.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")
# The demo company is built first, so that no worker waits for it; small files come last, so that all workers end
# together. Needs --no-loadscope-reorder.
ORDER = ("end_to_end/test_hard_cases.py", "definitions/", "end_to_end/", "faults/", "unit/", "conventions/")

AGREEMENT = """\
version: "2026-01"
effective_from: 2026-01-01
company: {name: Acme, currency: EUR, time_zone: Europe/Rome, growth: high}
revenue_streams:
  shop:
    name: Shop
    quota: {amount: 1000, per: month}
    deal_size: 100
    lead_types:
      form:
        share_of_quota: 0.6
        rates: {mql_to_sql: 0.5, sql_to_customer: 0.5}
      event:
        share_of_quota: 0.4
        rates: {mql_to_customer: 0.25}
calendars:
  office:
    time_zone: Europe/Rome
    hours:
      monday: ["09:00-13:00", "14:00-18:00"]
    holidays: [2026-04-06]
commitments:
  contact:
    team: sales
    kind: clock
    starts_at: mql
    within: 24h
    clock: calendar
    calendar: office
    counts: [call]
    target_rate: 0.9
  value: {team: marketing, kind: lead_value, per: month}
tolerance: 0.1
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the files by ORDER; the order within a file does not change."""
    items.sort(key=lambda item: next((at for at, part in enumerate(ORDER) if part in item.path.as_posix()), len(ORDER)))


def is_campaign(config: pytest.Config) -> bool:
    """Whether this process is that of a campaign as a whole, and not one of its workers."""
    return config.option.markexpr in ("campaign", "faults") and not hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """Forget the figures of earlier campaigns."""
    if is_campaign(config):
        campaign_figures.start()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Put the figures of a campaign into the page."""
    if is_campaign(session.config):
        campaign_figures.write_page()


@pytest.fixture(autouse=True)
def language_of_the_others() -> Iterator[None]:
    """A verb that a test runs in this process chooses the language of the process; the next test has its own."""
    before, chosen = language(), read_language()
    yield
    speak(before)
    choose_language(chosen)


@pytest.fixture
def valid() -> str:
    """The text of a small agreement without a mistake, named 2026-01."""
    return AGREEMENT


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text into a file of tmp_path."""

    def to_file(text: str, name: str = "2026-01.yml") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return to_file
