"""A company of few rows that every guard holds, for tests that spoil it: what a run does then depends on no size."""

from pathlib import Path

from tests.end_to_end import small_company

CONTACTS = (
    f"{small_company.ASSIGNED_CONTACTS},Primary Associated Company ID,Business unit\n"
    "1,ada@alfa.example,2025-03-03 09:00,Marketing Qualified Lead,Elio Marzo,2025-03-03 09:30,Organic Search,"
    "2025-03-03 09:00,2025-03-03 10:00,11,Main\n"
    "2,bob@beta.example,2025-03-04 09:00,Recycled,Elio Marzo,2025-03-04 09:30,Organic Search,"
    "2025-03-04 09:00,2025-03-04 10:00,12,Main\n"
)
# One broken row of these is less than the share at which a file is refused.
LEADS = "".join(
    f"{number},p{number}@gamma.example,2025-03-05 09:00,Lead,Elio Marzo,2025-03-05 09:30,Organic Search,"
    "2025-03-05 09:00,,13,Main\n"
    for number in range(3, 203)
)
COMPANIES = (
    "Record ID,Company name,Company Domain Name\n11,Alfa,alfa.example\n12,Beta,beta.example\n13,Gamma,gamma.example\n"
)
DEALS = (
    "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Currency,Create Date,Close Date,Deal owner,Deal Type,Business unit,"
    "Associated Contact IDs,Associated Company IDs\n"
    "21,Alfa,Sales Pipeline,Contract Sent,900.00,GBP,2025-03-10 09:00,2025-04-10 09:00,Elio Marzo,newbusiness,Main,"
    "1,11\n"
)
CALLS = (
    "Record ID,Activity date,Call direction,Call outcome,Activity assigned to,Associated Contact IDs\n"
    "31,2025-03-03 11:00,Outbound,Connected,Elio Marzo,1\n32,2025-03-10 12:00,Outbound,Connected,Elio Marzo,1\n"
)
REFERENCE = {
    "stage_labels": f"{small_company.REFERENCE['stage_labels']}hubspot,Recycled,recycled,,\n",
    "currency_rates": f"{small_company.REFERENCE['currency_rates']}GBP,2025-01-01,1.2\n",
}


def write_few_rows(folder: Path) -> Path:
    """Write the company, and return its folder."""
    exports = {"contacts": CONTACTS + LEADS, "companies": COMPANIES, "deals": DEALS, "calls": CALLS}
    files = {f"hubspot/{name}.csv": text for name, text in exports.items()}
    start, _, end = small_company.AGREEMENT.partition("guards:\n")
    return small_company.write_company(
        folder, files, REFERENCE, f"{start}signatures:{end.rpartition('signatures:')[2]}"
    )
