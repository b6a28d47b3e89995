"""The end of a build: what is older than `keep_days` of company.yml is removed.

Belongs here: the asset. What is removed, and what never is, is defined in lib/retention.py; of Dagster's history, in
history.py.
"""

import time
from datetime import UTC, datetime

import dagster as dg

from orchestration.defs.publishing.assets import site
from orchestration.defs.resources import SETTINGS
from orchestration.defs.transformation.assets import OWNERS
from orchestration.history import forget_runs
from orchestration.lib.company.company_file import read_company_file
from orchestration.lib.retention import counted, remove_old
from orchestration.mistakes import Mistake

DAY = 24 * 60 * 60.0


@dg.asset(
    key=["published", "kept"],
    group_name="published",
    owners=OWNERS["sources"],
    deps=[site],
    kinds={"sqlite"},
)
def kept(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """What the home keeps of the builds before: nothing older than keep_days, but what no export can give again."""
    days = read_company_file(SETTINGS.company).keep_days
    before = time.time() - days * DAY
    try:
        runs = forget_runs(context.instance, datetime.fromtimestamp(before, UTC))
        removed = [f"{counted(runs, 'run')} of Dagster's history"] if runs else []
        removed += remove_old(SETTINGS.home, (SETTINGS.logs, SETTINGS.project / "logs"), SETTINGS.outbox, before)
    except (OSError, Mistake) as error:
        context.log.warning(f"not all that is older than {days} days could be removed: {error}")
        removed = []
    if not removed:
        return dg.MaterializeResult(metadata={"dagster/row_count": 0})
    return dg.MaterializeResult(metadata={"removed": f"{', '.join(removed)}: older than {days} days (keep_days)"})
