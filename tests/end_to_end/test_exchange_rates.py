"""Amounts in other currencies at the rates that the European Central Bank publishes, in the file as it is published."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from tests.end_to_end.conftest import Built, build
from tests.end_to_end.small_company import write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.campaign]

# The newest day first, a comma at the end of each line, N/A for a currency that is not quoted any more.
ECB = (
    "Date,USD,JPY,BGN,HRK,GBP,CHF,\n"
    "2025-03-14,1.0890,161.90,1.9558,N/A,0.84165,0.9627,\n"
    "2025-03-07,1.0857,160.55,1.9558,N/A,0.83895,0.9548,\n"
    "2025-03-06,1.0783,159.70,1.9558,N/A,0.83705,0.9559,\n"
    "1999-01-04,1.1789,133.73,N/A,N/A,0.7111,1.6168,\n"
)
# The file of the last day is written in another way, and is newer than all exports.
LAST_DAY = "Date, USD, JPY, GBP, CHF, \n21 March 2025, 1.0827, 161.17, 0.83688, 0.9554, \n"
# A Friday, the Sunday after it, a day before the first rate; the company's own franc; a currency without a rate.
SPEND = (
    "Date,Platform,Campaign,Cost,Currency\n"
    "2025-03-07,Google Ads,Friday,108.57,USD\n2025-03-09,Google Ads,Sunday,83895,GBP\n"
    "2025-03-05,Google Ads,Before,10.00,USD\n2025-03-14,Google Ads,Own,100.00,CHF\n"
    "2025-03-14,Google Ads,Ended,75.00,HRK\n2025-03-14,Google Ads,Euro,7.00,EUR\n2025-03-14,Google Ads,Yen,16190,JPY\n"
)
SALESFORCE = (
    '"Id","Email","LeadSource","Status","CreatedDate"\n'
    '"00Q000000000001AAA","ada@a.example","Web","Open - Not Contacted","2025-03-01 09:00:00"\n'
    '"00Q000000000002AAA","bob@b.example","Web","Open - Not Contacted","2025-03-14 09:00:00"\n'
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("rates")
    exports = {"ecb/eurofxref-hist.csv": ECB, "ecb/eurofxref.csv": LAST_DAY}
    exports |= {"ads/spend.csv": SPEND, "salesforce/Lead.csv": SALESFORCE}
    return build(write_company(folder / "company", exports), folder / "home")


def test_amounts_are_converted_by_the_day(built: Built) -> None:
    rows = built.query("select campaign_label, amount_reporting from marts.fct_ad_spend order by 1")
    assert dict(rows) == {
        "Friday": Decimal("100"),
        "Sunday": Decimal("100000"),
        "Before": None,
        "Own": Decimal("105"),
        "Ended": None,
        "Euro": Decimal("7"),
        "Yen": Decimal("100"),
    }


def test_what_has_no_rate_is_listed_with_its_day(built: Built) -> None:
    issues = "select reason from reports.rpt_data_quality_issues where guard = 'currency_rates' order by 1"
    assert [reason for (reason,) in built.query(issues)] == [
        "10.00 USD has no rate on 2025-03-05",
        "75.00 HRK has no rate on 2025-03-14",
    ]


def test_a_rate_is_nothing_that_has_happened(built: Built) -> None:
    """The file of a day after all exports is read, and moves no clock."""
    assert built.query("select as_of_date from marts.dim_build") == [(date(2025, 3, 14),)]
    with duckdb.connect(built.home / "warehouse.duckdb", read_only=True) as warehouse:
        newest = warehouse.execute(
            "select count(*) from staging.stg_ecb__exchange_rates where published_date = '2025-03-21'"
        )
        assert newest.fetchone() == (4,)
