"""How often an agreement is reviewed: the cycle that it means, the next day, and what cannot be."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.reading import AgreementError, read_agreement
from orchestration.lib.agreement.rows import agreement_rows, review_date

START, COMPANY = "effective_from: 2026-01-01", "growth: high}"


def version(
    write: Callable[[str], Path], text: str, reviews: str = "", starts: str = "2026-01-01", year: str = "high"
) -> Agreement:
    company = f"growth: {year}}}" if year in ("high", "steady") else f"growth: steady, fiscal_year_starts: {year}}}"
    changed = text.replace(START, f"effective_from: {starts}").replace(COMPANY, company)
    return read_agreement(write(changed + (f"reviews: {{{reviews}}}\n" if reviews else "")))


@pytest.mark.parametrize(
    ("reviews", "starts", "year", "kind", "following"),
    [
        # The day after the period in which the version begins.
        ("", "2026-01-01", "high", "quarter", "2026-04-01"),
        ("", "2026-02-10", "high", "quarter", "2026-04-01"),
        ("", "2026-11-01", "steady", "half_year", "2027-01-01"),
        ("", "2026-11-01", "april", "half_year", "2027-04-01"),
        ("next: 2026-09-15", "2026-01-01", "high", "quarter", "2026-09-15"),
        ("every: 2 quarters", "2026-02-01", "high", "half_year", "2026-07-01"),
        ("every: 1 quarter", "2026-02-01", "steady", "quarter", "2026-04-01"),
        ("every: 3 months", "2026-02-01", "february", "quarter", "2026-05-01"),
        ("every: 4 months", "2026-01-01", "high", "months", "2026-05-01"),
        ("every: 4 months", "2026-02-01", "april", "months", "2026-04-01"),
        ("every: 2 months", "2026-02-28", "april", "months", "2026-04-01"),
        ("every: 12 months", "2026-02-01", "april", "months", "2026-04-01"),
        ("every: 3 quarters, counted_from: 2026-02", "2026-01-01", "high", "months", "2026-02-01"),
        ("every: 9 months, counted_from: 2026-02", "2026-02-01", "april", "months", "2026-11-01"),
        ("every: 9 months, counted_from: 2026-02, next: 2026-12-01", "2026-02-01", "april", "months", "2026-12-01"),
    ],
)
def test_the_cycle_and_the_next_day(
    write: Callable[[str], Path], valid: str, reviews: str, starts: str, year: str, kind: str, following: str
) -> None:
    agreement = version(write, valid, reviews, starts, year)
    assert (agreement.review_cycle.kind, review_date(agreement)) == (kind, date.fromisoformat(following))
    [row] = agreement_rows([agreement])["versions"]
    assert row.next_review_date == review_date(agreement)
    assert (row.review_months, row.review_counted_from_date) == (
        agreement.review_cycle.months,
        agreement.review_cycle.counted_from,
    )


@pytest.mark.parametrize(
    ("reviews", "named", "remedy"),
    [
        ("every: 1 month", "reviews.every", "write such as 4 months"),
        ("every: 25 months", "reviews.every", "write such as 4 months"),
        ("every: 9 quarters", "reviews.every", "write such as 4 months"),
        ("every: 4", "reviews.every", ""),
        ("every: 2 years", "reviews.every", ""),
        ("every: 9 months", "reviews.every", "add 'counted_from'"),
        (
            "every: 4 months, counted_from: 2026-02",
            "reviews.counted_from",
            "from the start of the fiscal year; remove it",
        ),
        ("counted_from: 2026-02", "reviews.counted_from", "add 'every', or remove it"),
        ("every: 9 months, counted_from: 2026-13", "reviews.counted_from", ""),
        ("every: 4 months, next: 2026-01-01", "reviews.next", "write a later day"),
        ("", "reviews", "add 'next' or 'every', or remove it"),
    ],
)
def test_what_cannot_be_is_refused_with_line_and_remedy(
    write: Callable[[str], Path], valid: str, reviews: str, named: str, remedy: str
) -> None:
    text = valid + f"reviews: {{{reviews}}}\n"
    with pytest.raises(AgreementError) as caught:
        read_agreement(write(text))
    line = 1 + text.splitlines().index(f"reviews: {{{reviews}}}")
    assert f"line {line}" in str(caught.value)
    assert named in str(caught.value)
    assert remedy in str(caught.value)
