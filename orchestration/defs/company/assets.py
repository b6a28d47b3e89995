"""The company's own settings, from company.yml into raw.company__privacy.

Belongs here: the asset. The valid settings are defined in lib/company/company_file.py.
"""

import dagster as dg

from orchestration.defs.resources import SETTINGS, WarehouseResource
from orchestration.defs.transformation.assets import OWNERS
from orchestration.lib.company.company_file import CompanyFileError, read_company_file
from orchestration.lib.company.privacy import email_key, write_privacy


@dg.asset(key=["company", "privacy"], group_name="raw_company", owners=OWNERS["sources"], kinds={"yaml", "duckdb"})
def privacy(warehouse: WarehouseResource) -> None:
    """How an e-mail is published, and the key of its hash."""
    try:
        published_email = read_company_file(SETTINGS.company).published_email
    except CompanyFileError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    with warehouse.open() as connection:
        write_privacy(connection, published_email, email_key(SETTINGS.store, SETTINGS.email_key))
