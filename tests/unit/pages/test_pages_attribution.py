"""What pages show of attribution: on the board the agreed model and two more, on its own page every model."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.lib.pages import render_attribution
from tests.unit.pages.page_tables import lay_out
from tests.unit.pages.test_pages import words

CREDITS = """
delete from reports.rpt_attribution;
insert into reports.rpt_attribution (attribution_model, model_name, path_scope, conversion, axis, axis_value,
    model_number, is_shown_first, is_shown_scope, conversions, attributed_amount, cost_amount, cost_per_conversion,
    return_on_cost) values
    ('linear', 'Linear', 'account', 'won', 'channel','Search', 4, true, true, 41.5, 4100.25, 1000, 24.1, 4.1),
    ('linear', 'Linear', 'account', 'won', 'channel','Email', 4, true, true, 0.5, 100.25, null, null, null),
    ('linear', 'Linear', 'account', 'mql', 'channel','Email', 4, true, true, 77, null, null, null, null),
    ('first_touch', 'First touch', 'person', 'won', 'channel','Email', 1, false, false, 66, 6600, null, null, null),
    ('first_touch', 'First touch', 'account', 'won', 'channel','Search', 1, false, true, 42, 4200.5, 1000, 23.81, 4.2),
    ('u_shaped', 'U-shaped', 'account', 'won', 'channel','Search', 5, false, true, 55, 5500, 1000, 18.18, 5.5),
    ('last_touch', 'Last touch', 'account', 'won', 'channel','Search', 2, false, true, 40, 4000, 1000, 25, 4),
    ('last_touch', 'Last touch', 'account', 'won', 'channel','Email', 2, false, true, 2, 200.5, null, null, null),
    ('linear', 'Linear', 'account', 'won', 'channel','Fair', 4, true, true, 0, 0, 800, null, 0),
    ('first_touch', 'First touch', 'account', 'won', 'channel','Fair', 1, false, true, 0, 0, 800, null, 0);
insert into marts.dim_attribution_model (attribution_model, model_number, model_name, answers, cannot_see) values
    ('first_touch', 1, 'First touch', 'Who is met first?', 'The rest.'),
    ('last_touch', 2, 'Last touch', 'Who is met last?', 'The rest.'),
    ('linear', 4, 'Linear', 'Who takes part?', 'Weights.'),
    ('u_shaped', 5, 'U-shaped', 'Who begins?', 'The end.'),
    ('markov_2', 11, 'Markov, by two', 'What is lost?', 'Cause.');
"""


@pytest.fixture
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        lay_out(connection)
        yield connection


@pytest.mark.parametrize(
    "sentence",
    [
        # The agreed model first, then in their order; a model without a figure is named.
        "Opportunities won, by channel and model Channel Linear First touch Last touch U-shaped",
        "Search 41.5 4,100 42 4,200 40 4,000 55 5,500 Email 0.5 100 0 2 200 0 Fair 0 0 0 0 0 0",
        "“unattributed”: no touch in the agreed time. Not known: Markov, by two.",
        # What costs and brings nothing is beside the others; where no cost is known there is no row.
        "Search 1,000 24.10 4.1 for 1 23.81 4.2 for 1 25.00 4.0 for 1 18.18 5.5 for 1 "
        "Fair 800 – 0.0 for 1 – 0.0 for 1 – – – –",
        "MQLs, by channel and model Channel Linear Email 77 Each column",
        "Markov, by two What is lost? Cause.",
    ],
)
def test_the_page_has_every_model(company: duckdb.DuckDBPyConnection, sentence: str) -> None:
    company.execute(CREDITS)
    assert sentence in words(render_attribution(company))


def test_without_a_conversion_the_page_says_so(company: duckdb.DuckDBPyConnection) -> None:
    company.execute("delete from reports.rpt_attribution")
    assert "nothing has converted yet" in words(render_attribution(company))
