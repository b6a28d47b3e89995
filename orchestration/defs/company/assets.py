"""The company's own settings, from company.yml, and its kept reviews, from reviews/.

Belongs here: the assets. The valid settings are defined in lib/company/company_file.py, the file of a review in
lib/review/kept_files.py.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.resources import SETTINGS, WarehouseResource
from orchestration.defs.transformation.assets import source_spec
from orchestration.lib.company.company_file import CompanyFileError, read_company_file
from orchestration.lib.company.privacy import email_key, write_privacy
from orchestration.lib.review.kept import ReviewError
from orchestration.lib.review.kept_files import read_kept_reviews
from orchestration.lib.review.tables import TABLES, write_reviews


@dg.multi_asset(specs=[source_spec("company", table, kinds={"yaml", "duckdb"}) for table in ("privacy", "record_urls")])
def privacy(warehouse: WarehouseResource) -> Iterator[dg.MaterializeResult]:
    """What is published of persons, the key of the hash, and where their records are."""
    try:
        chosen = read_company_file(SETTINGS.company)
    except CompanyFileError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    key = email_key(SETTINGS.store, SETTINGS.email_key)
    with warehouse.open() as connection:
        write_privacy(connection, chosen.published_email, key, chosen.published_name, chosen.record_urls)
    for table in ("privacy", "record_urls"):
        yield dg.MaterializeResult(asset_key=["company", table])


@dg.multi_asset(specs=[source_spec("company", table, "agreement", kinds={"yaml", "duckdb"}) for table in TABLES])
def reviews(warehouse: WarehouseResource) -> Iterator[dg.MaterializeResult]:
    """The reviews as they were held, and what was decided; one that was changed by hand stops the build."""
    try:
        kept = read_kept_reviews(SETTINGS.company)
    except ReviewError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    with warehouse.open() as connection:
        rows = write_reviews(connection, kept)
    for table, count in rows.items():
        yield dg.MaterializeResult(asset_key=["company", table], metadata={"dagster/row_count": count})
