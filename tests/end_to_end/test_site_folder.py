"""The folder of the site as a host serves it; the index of reviews and the agreement against queries written here."""

import re

import pytest

from tests.end_to_end.conftest import Built

pytestmark = pytest.mark.end_to_end


def text_of(demo: Built, place: str) -> str:
    page = re.sub(r"<[^>]+>", " ", (demo.site / place).read_text())
    return re.sub(r"\s+", " ", page.replace("\u00a0", " "))


def test_the_site_has_no_links_and_no_hidden_names(demo: Built) -> None:
    """What a static host or a share would leave out."""
    found = list(demo.site.rglob("*"))
    assert len(found) > 50
    assert [path for path in found if path.is_symlink() or path.name.startswith(".")] == []


def test_the_index_of_reviews_has_the_lines_that_are_decided(demo: Built) -> None:
    """Counted from the lines themselves, not from the report of reviews."""
    text = text_of(demo, "reviews/index.html")
    kept = demo.query(
        "select review_period, count(*), count(decision_by), max(reviewed_date) from marts.fct_review_lines "
        "where not is_item and review_period not similar to '....-(0|1)[0-9]' group by 1"
    )
    assert kept
    for period, lines, decided, _ in kept:
        assert re.search(rf"{period} [^–]*? held {decided} of {lines} ", text), period
    for (period,) in demo.query("select period_name from marts.fct_reviews where status = 'missed'"):
        assert re.search(rf"{period} [\w ]+ not held ", text), period


def test_what_changes_in_the_agreement_is_what_the_targets_say(demo: Built) -> None:
    """The leads of each lead type under both versions, from the targets of the marts."""
    text = text_of(demo, "agreements/2025-10.html")
    needs = demo.query(
        """
        select
            any_value(owed) filter (where agreement_version = '2025-10'),
            any_value(owed) filter (where agreement_version = '2026-07'),
            any_value(lead_value) filter (where agreement_version = '2025-10'),
            any_value(lead_value) filter (where agreement_version = '2026-07')
        from marts.dim_target
        where stage = 'mql' and agreement_version in ('2025-10', '2026-07')
        group by revenue_stream, lead_type
        """
    )
    assert len(needs) == 6
    for old, new, old_value, new_value in needs:
        assert f"{old:,} MQL a year {new:,} MQL a year {old_value:,.2f} {new_value:,.2f}" in text
    assert "Version 2026-07 has taken the place of this one on 1 July 2026." in text
    signed = demo.query("select sales_signed_by, marketing_signed_by from marts.dim_agreement order by 1, 2")
    assert len(signed) == 2
    for place, names in zip(("agreements/2025-10.html", "agreements/2026-07.html"), signed, strict=True):
        for name in names:
            assert name in text_of(demo, place)
