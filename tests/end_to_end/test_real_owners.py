"""Who had a record before, by the exports of a drafted system: whose lead and whose deal it was when it counted."""

from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import build
from tests.end_to_end.source_shapes import OWNERS
from tests.end_to_end.test_real_source import EURO, ZONE, source

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]


def test_who_had_a_record_is_known_from_the_exports(tmp_path: Path) -> None:
    """In March Mia's lead Ann, her won deal and Leo's open one are with another owner; Cy's is spelled otherwise."""
    source(tmp_path, "crm", {name: text for name, (text, _) in OWNERS.items()}, ZONE, EURO)
    exports = tmp_path / "company" / "exports" / "crm"
    for name, (text, later) in OWNERS.items():
        (exports / f"{name}.csv").rename(exports / f"{name} 2026-02-10.csv")
        (exports / f"{name} 2026-03-10.csv").write_text(later or text)
    built = build(tmp_path / "company", tmp_path / "home")
    names = "marts.dim_owner using (owner_id)"
    deals = f"select status, owner_name, amount_reporting::text from marts.fct_opportunities join {names} order by 1"
    assert built.query(deals) == [("open", "Mia Bo", "200.500000"), ("won", "Mia Bo", "100.125000")]
    with duckdb.connect(built.home / "warehouse.duckdb", read_only=True) as connection:
        owners = connection.execute(
            "select person_id, owner_name, owned_from::date::text from intermediate.int_owner_assignments "
            f"join {names} order by 1, 3"
        ).fetchall()
    # From its creation, and from the day of the export (midnight in Rome) on.
    assert owners == [("crm:a-1", "Mia Bo", "2026-01-13"), ("crm:a-1", "Leo Ax", "2026-03-09")]
