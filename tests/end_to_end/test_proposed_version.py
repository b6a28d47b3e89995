"""The agreement that a review proposes, by the commands of a user: checked, compared, signed, and in force.

60 leads become MQL in the first fiscal quarter (February to April 2025) and 12 of them SQL, five days later. The review
proposes 12 of 60 for the agreed half, which chance does not explain, and 5,000 for the agreed deal size of 4,000: 36
deals of 4,600 and 5,400 are won in the quarter. What follows by hand: 240,000 in deals of 4,000 are 60 customers, 120
opportunities, 240 SQL, and at one half 480 MQL of 500 each; in deals of 5,000 they are 48, 96, 192, and at 20 % 960 of
250 each.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Built, build, smarketing
from tests.end_to_end.small_company import AGREEMENT, write_company

pytestmark = [pytest.mark.end_to_end, pytest.mark.slow]

CONTACTS = (
    "Record ID,Email,Create Date,Lifecycle Stage,Contact owner,Business unit,Original Traffic Source,"
    '"Date entered ""Lead (Lifecycle Stage Pipeline)""",'
    '"Date entered ""Marketing Qualified Lead (Lifecycle Stage Pipeline)""",'
    '"Date entered ""Sales Qualified Lead (Lifecycle Stage Pipeline)"""\n'
)
CALLS = "Record ID,Activity date,Call direction,Call outcome,Activity assigned to,Associated Contact IDs\n"
DEALS = (
    "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Currency,Create Date,Close Date,Deal owner,Deal Type,Business unit,"
    "Associated Contact IDs,Is Deal Closed?,Is Closed Won\n"
)
TARGETS = (
    "select stage, needed, round(lead_value, 2) from marts.dim_target where agreement_version = '{}' order by needed"
)


def contact(number: int, day: date, is_sql: bool) -> str:
    """A lead that becomes MQL on its first day."""
    stage, later = ("Sales Qualified Lead", f"{day + timedelta(days=5)} 10:00") if is_sql else (
        "Marketing Qualified Lead", ""
    )  # fmt: skip
    begun = f"{day} 09:00"
    person = f"{number},p{number}@a{number}.example,{begun},{stage},Elio Marzo,Main,Organic Search"
    return f"{person},{begun},{day} 10:00,{later}\n"


def call(number: int, day: date) -> str:
    return f"{number},{day} 12:00,Outbound,Connected,Elio Marzo,{number}\n"


def deal(number: int) -> str:
    """A deal without a contact, won on one of 36 days from 10 February on."""
    day = date(2025, 2, 10) + timedelta(days=number)
    sums = f"{4600 if number % 2 else 5400},EUR,2025-02-01 09:00,{day} 10:00"
    return f"{900 + number},Deal {number},Sales Pipeline,Closed Won,{sums},Elio Marzo,newbusiness,Main,,true,true\n"


def write(folder: Path) -> Path:
    """60 leads from 1 February on, one every day; the data end on 10 May."""
    days = [date(2025, 2, 1) + timedelta(days=number) for number in range(60)]
    contacts = "".join(contact(number, day, number % 5 < 1) for number, day in enumerate(days, start=1))
    exports = {
        "hubspot/contacts.csv": CONTACTS + contacts,
        "hubspot/calls.csv": CALLS + call(1, date(2025, 5, 10)),
        "hubspot/deals.csv": DEALS + "".join(map(deal, range(36))),
    }
    # A comment of the teams, which the proposal keeps.
    return write_company(
        folder, exports, agreement=AGREEMENT.replace("    deal_size:", "    # by hand\n    deal_size:")
    )


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("proposed")
    return build(write(folder / "company"), folder / "home")


def succeed(*arguments: str | Path) -> str:
    result = smarketing(*arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_a_proposal_is_checked_compared_signed_and_evaluates_the_next_quarter(before: Built) -> None:
    company, place = before.company, ("--company", before.company, "--home", before.home)
    draft = company / "agreements" / "next.yml"
    printed = succeed("review", "2025-Q1", "--propose", draft, *place)
    text = draft.read_text()
    assert text == (before.site / "reviews" / "2025-Q1.yml").read_text()
    assert "revenue_streams.main.lead_types.website_form.rates.mql_to_sql.measured" in printed
    assert "# Review of 2025-Q1, mql_to_sql: 12 of 60 = 20.0 %" in text
    assert "    # by hand\n    # Review of 2025-Q1, deal_size: 5,000 on 36 deals, interval 4,8" in text
    assert "; agreed: 4,000\n    deal_size: 5000\n" in text
    page = (before.site / "reviews" / "2025-Q1.html").read_text()
    assert "Why the target moves" in page
    again = smarketing("review", "2025-Q1", "--propose", draft, *place)
    assert (again.returncode, "exists already; give a new file" in again.stderr) == (2, True)

    assert "agreement, version 2025-06: draft from 2025-06-01, signed by nobody" in succeed("check", *place)
    compared = succeed("compare", "2025-01", "2025-06", "--period", "2025-Q1", *place)
    assert "needed for the quota" in compared
    for name, role in (("Ada Neri", "marketing"), ("Ugo Riva", "sales")):
        signed = succeed("sign", "2025-06", "--name", name, "--role", role, "--company", company)
    assert "It is in force from 2025-06-01." in signed

    # The second fiscal quarter: ten leads in May, twenty in June, thirty in July, and a call in August.
    firsts = [(61, date(2025, 5, 2), 10), (71, date(2025, 6, 2), 20), (91, date(2025, 7, 1), 30)]
    rows = [(first + at, day + timedelta(days=at)) for first, day, number in firsts for at in range(number)]
    later = company / "exports" / "hubspot"
    (later / "contacts-2025-Q2.csv").write_text(
        CONTACTS + "".join(contact(number, day, number % 5 < 1) for number, day in rows)
    )
    (later / "calls-2025-Q2.csv").write_text(CALLS + call(61, date(2025, 8, 20)))
    after = build(company, before.home)
    assert after.query(TARGETS.format("2025-01")) == [
        ("customer", 60, 500), ("opportunity", 120, 500), ("sql", 240, 500), ("mql", 480, 500),
    ]  # fmt: skip
    assert after.query(TARGETS.format("2025-06")) == [
        ("customer", 48, 250), ("opportunity", 96, 250), ("sql", 192, 250), ("mql", 960, 250),
    ]  # fmt: skip
    delivered = """
        select month_date, cast(sum(actual) as double) from marts.fct_reported_commitments
        where kind = 'lead_value' and month_date between '2025-05-01' and '2025-07-01' group by all order by all
    """
    assert after.query(delivered) == [
        (date(2025, 5, 1), 10 * 500), (date(2025, 6, 1), 20 * 250), (date(2025, 7, 1), 30 * 250),
    ]  # fmt: skip
    reviewed = """
        select agreement_version, agreed_rate, converted, entered from reports.rpt_review_rates
        where review_period = 'quarter' and period_from = '2025-05-01' and from_stage = 'mql'
    """
    assert after.query(reviewed) == [("2025-06", 0.2, 12, 60)]
    # What is agreed was measured again: the review proposes no other rate.
    assert "no clause changes" in (after.site / "reviews" / "2025-Q2.html").read_text()
