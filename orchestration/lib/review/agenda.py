"""What a review has to talk about: the lines that would change, what is not decided, and what was not reached.

Belongs here: the agenda as data, and its sentences. The notification of a review that is due sends it, and Dagster
shows it beside the page. What a review measures and proposes is measured.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.formats import count, figure
from orchestration.lib.language import gettext, translated
from orchestration.lib.periods import parse_period
from orchestration.lib.review.findings import finding_items
from orchestration.lib.review.items import Item
from orchestration.lib.review.kept import Line, line_of, lines_of
from orchestration.lib.review.measured import Review, fiscal_start, review_period

SIGNED = """
    select marketing_signed_by, sales_signed_by from marts.dim_agreement where agreement_version = ?
"""
DECIDED = "select line_count, decided_lines from marts.fct_reviews where period_name = ?"


@dataclass(frozen=True)
class Agenda:
    """The agenda of one review; `managers` signed the version that asks for it, for marketing and for sales.

    `outstanding` are the improvements that the period has not shown, each with the team that agreed to it.
    """

    period: str
    page: Path
    managers: tuple[str, ...]
    lines: tuple[Line, ...]
    outstanding: tuple[tuple[Line, str], ...] = ()
    findings: tuple[Item, ...] = ()
    kept_lines: int = 0
    decided_lines: int = 0

    @property
    def changed(self) -> list[Line]:
        """The lines that would change."""
        return [each for each in self.lines if each.is_changed]


def outstanding_lines(review: Review) -> tuple[tuple[Line, str], ...]:
    """The improvements that the period has not shown."""
    rates = ((line_of(proposal, rate), rate) for proposal in review.proposals for rate in proposal.rates)
    owners = {line: rate.owed_by for line, rate in rates if rate.is_still_outstanding and rate.owed_by}
    return tuple((line, owners[line.line]) for line in lines_of(review) if line.line in owners)


def read_agenda(connection: duckdb.DuckDBPyConnection, period: str, version: str, pages: Path) -> Agenda:
    """The agenda of the review of a period, which a version asks for, from the published copy beside its pages."""
    review = review_period(connection, parse_period(period, fiscal_start(connection)))
    signed = connection.execute(SIGNED, [version]).fetchone() or ()
    kept = connection.execute(DECIDED, [period]).fetchone() or (0, 0)
    page = pages / "site" / "reviews" / f"{period}.html"
    managers = tuple(filter(None, signed))
    found = finding_items(connection, review.period)
    return Agenda(period, page, managers, lines_of(review), outstanding_lines(review), found, *kept)


def agenda_text(agenda: Agenda) -> str:
    """The agenda in a few lines: what would change, what is open, where the page is, and what to run."""
    changed, number = agenda.changed, len(agenda.lines)
    counted = gettext("Nobody entered a stage in it.")
    if number:
        counted = gettext("%(changed)s of %(lines)s lines would change.", changed=len(changed), lines=number)
    to_decide = gettext("No line is decided yet.")
    if agenda.kept_lines:
        values = {"decided": agenda.decided_lines, "lines": agenda.kept_lines}
        to_decide = gettext("%(decided)s of %(lines)s lines are decided.", **values)
    parts = [f"{counted} {to_decide}\n", *_listed(gettext("Would change:"), map(change_text, changed))]
    outstanding = (outstanding_text(*each) for each in agenda.outstanding)
    parts += _listed(gettext("Improvements that are outstanding:"), outstanding)
    parts += _listed(gettext("Findings:"), (each.figures for each in agenda.findings))
    run = [
        gettext(
            "Page: %(page)s (if it is missing: smarketing review %(period)s)", page=agenda.page, period=agenda.period
        ),
        gettext(
            "Decide on each line: smarketing decide %(period)s LINE --accept --why TEXT --by NAME", period=agenda.period
        ),
        gettext(
            "The next version: smarketing review %(period)s --propose FILE, and both teams sign it",
            period=agenda.period,
        ),
    ]
    return "".join([*parts, "\n", *(f"{line}\n" for line in run)])


def change_text(line: Line) -> str:
    """A line that would change: agreed, measured with its numbers and interval, and proposed."""
    return gettext(
        "%(line)s: agreed %(agreed)s, measured %(measured)s (%(counted)s, %(interval)s), proposed %(proposed)s",
        line=line.line,
        agreed=_figure(line, line.agreed),
        measured=_figure(line, line.measured),
        counted=counted_text(line),
        interval=interval_text(line),
        proposed=_figure(line, line.proposed),
    )


def outstanding_text(line: Line, team: str) -> str:
    """An improvement that is outstanding, with what was measured of it."""
    values = {
        "line": line.line,
        "team": translated(team),
        "agreed": _figure(line, line.agreed),
        "measured": _figure(line, line.measured),
        "entered": count(line.entered),
    }
    if line.measured is None:
        return gettext("%(line)s, of %(team)s: agreed %(agreed)s, not measured (%(entered)s entered)", **values)
    return gettext("%(line)s, of %(team)s: agreed %(agreed)s, measured %(measured)s (%(entered)s entered)", **values)


def counted_text(line: Line) -> str:
    """On what it was measured: 181 of 637, or the number of cases."""
    if line.from_stage:
        return gettext("%(part)s of %(whole)s", part=count(line.converted), whole=count(line.entered))
    return gettext("%(number)s cases", number=count(line.entered))


def interval_text(line: Line) -> str:
    """The 90 % interval of a line, or that there is none."""
    if line.low is None or line.high is None:
        return gettext("no interval")
    return gettext("%(low)s to %(high)s", low=_figure(line, line.low), high=_figure(line, line.high))


def _figure(line: Line, value: float | None) -> str:
    """Without the space that a page does not break at: a mail is plain text."""
    return figure(value, line.unit).replace("\u00a0", " ")


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    listed = [f"- {line}\n" for line in lines]
    return [f"\n{title}\n", *listed] if listed else []
