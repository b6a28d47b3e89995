"""The Dagster project: loads defs/ and defines how runs are executed. Policy only; assets are in defs/."""

from pathlib import Path

import dagster as dg

from orchestration import progress, settings

settings.apply(settings.read_settings())


@dg.definitions
def defs() -> dg.Definitions:
    """All definitions of defs/, executed in one process: DuckDB allows one writing process."""
    policy = dg.Definitions(executor=dg.in_process_executor, loggers={"console": progress.console_logger})
    return dg.Definitions.merge(dg.load_from_defs_folder(path_within_project=Path(__file__).parent), policy)
