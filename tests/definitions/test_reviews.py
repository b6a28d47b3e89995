"""The reviews in Dagster: which periods there are, which of them a schedule runs, and what a run leaves behind."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster._utils.schedules import cron_string_iterator

from orchestration import settings
from orchestration.lib.agreement.reading import read_agreement
from orchestration.lib.periods import Cycle
from tests.conftest import AGREEMENT
from tests.tables import create, fill
from tests.unit.pages.page_tables import lay_out

FOUR, NINE = Cycle(4, date(2000, 1, 1)), Cycle(9, date(2026, 2, 1))
FROM_APRIL = Cycle(2, date(2000, 4, 1), 4)


def test_an_ended_period_can_be_reviewed_and_the_open_one_not(place: settings.Settings) -> None:
    from orchestration.defs.reviews.assets import PARTITIONS, partitions

    def last(definition: dg.PartitionsDefinition) -> list[str]:
        return list(definition.get_partition_keys(current_time=datetime(2026, 11, 22, tzinfo=UTC))[-2:])

    # By their first day: 2026-Q3, 2026-H1; four months from May on; two months of a year that starts in April.
    assert last(PARTITIONS["quarter"]) == ["2026-04-01", "2026-07-01"]
    assert last(PARTITIONS["half_year"]) == ["2025-07-01", "2026-01-01"]
    assert last(partitions(FOUR)) == ["2026-01-01", "2026-05-01"]
    assert last(partitions(FROM_APRIL)) == ["2026-06-01", "2026-08-01"]
    nine = partitions(NINE).get_partition_keys()
    assert [key for key in nine if key.startswith(("2025", "2026", "2027"))] == [
        *("2025-05-01", "2026-02-01", "2026-11-01", "2027-08-01")
    ]


@pytest.mark.parametrize(
    ("reviews", "growth", "kinds"),
    [
        ("", "high", ["half_year", "quarter"]),
        ("", "steady", ["quarter", "half_year"]),
        ("reviews: {every: 1 quarter}", "steady", ["half_year", "quarter"]),
        ("reviews: {every: 4 months}", "high", ["quarter", "half_year", "months"]),
    ],
)
def test_what_is_due_follows_the_agreement(
    place: settings.Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reviews: str,
    growth: str,
    kinds: list[str],
) -> None:
    """The last kind has the schedule; quarters and half-years can be reviewed in every company."""
    from orchestration.defs import resources

    path = tmp_path / "2026-01.yml"
    path.write_text(AGREEMENT.replace("growth: high", f"growth: {growth}") + reviews)
    monkeypatch.setattr(resources, "agreements", lambda: (read_agreement(path),))
    assert list(resources.review_cycles()) == kinds


@pytest.mark.parametrize(
    ("kind", "cycle", "at", "partition"),
    [
        ("quarter", Cycle(3, date(2010, 1, 1)), datetime(2026, 10, 1, 7, tzinfo=UTC), "2026-07-01"),
        ("quarter", Cycle(3, date(2010, 1, 1)), datetime(2027, 1, 1, 7, tzinfo=UTC), "2026-10-01"),
        ("half_year", Cycle(6, date(2010, 1, 1)), datetime(2026, 7, 1, 7, tzinfo=UTC), "2026-01-01"),
        ("half_year", Cycle(6, date(2010, 1, 1)), datetime(2027, 1, 1, 7, tzinfo=UTC), "2026-07-01"),
        ("months", FOUR, datetime(2026, 5, 1, 7, tzinfo=UTC), "2026-01-01"),
        ("months", FROM_APRIL, datetime(2026, 4, 1, 7, tzinfo=UTC), "2026-02-01"),
        ("months", NINE, datetime(2026, 11, 1, 7, tzinfo=UTC), "2026-02-01"),
        ("months", NINE, datetime(2026, 10, 1, 7, tzinfo=UTC), None),
    ],
)
def test_a_review_runs_for_the_period_that_has_just_ended(
    definitions: dg.Definitions, kind: str, cycle: Cycle, at: datetime, partition: str | None
) -> None:
    from orchestration.defs.automation.jobs import review_schedule

    schedule = review_schedule(kind, cycle)
    # The schedule does fall on that instant.
    ticks = cron_string_iterator((at - timedelta(hours=1)).timestamp(), str(schedule.cron_schedule), "UTC")
    assert next(ticks) == at
    with dg.build_schedule_context(
        scheduled_execution_time=at, repository_def=definitions.get_repository_def()
    ) as context:
        evaluate = schedule.decorated_fn.decorated_fn if hasattr(schedule, "decorated_fn") else schedule
        result = evaluate(context)
    assert (result.partition_key if isinstance(result, dg.RunRequest) else None) == partition


def test_the_due_kind_of_the_demo_has_the_schedule(definitions: dg.Definitions) -> None:
    """It grows fast: quarters; the half-years have a job, and no schedule."""
    at = datetime(2026, 10, 1, 7, tzinfo=UTC)
    schedule = definitions.resolve_schedule_def("every_quarter")
    assert schedule.job_name == "review_quarter"
    with dg.build_schedule_context(
        scheduled_execution_time=at, repository_def=definitions.get_repository_def()
    ) as context:
        requests = schedule.evaluate_tick(context).run_requests
    assert [request.partition_key for request in requests or []] == ["2026-07-01"]
    assert definitions.resolve_job_def("review_half_year")


@pytest.fixture
def home(place: settings.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> settings.Settings:
    """A published copy as of 10 July 2026, in which the four months until April were measured."""
    from orchestration.defs.reviews import assets

    home = settings.Settings(settings.DEMO_COMPANY, tmp_path)
    monkeypatch.setattr(assets, "SETTINGS", home)
    copy = home.published / "current" / "smarketing.duckdb"
    copy.parent.mkdir(parents=True)
    with duckdb.connect(copy) as connection:
        lay_out(connection)
        create(connection, "marts.dim_build")
        fill(connection, "marts.dim_build", [{"as_of_date": "2026-07-10", "fiscal_year_start_month": 1}])
        connection.execute(
            "update reports.rpt_review_rates set review_period = 'months', period_from = '2026-01-01', "
            "period_to = '2026-05-01'"
        )
    return home


def run(cycle: Cycle, key: str) -> dg.ExecuteInProcessResult:
    from orchestration.defs.resources import CompanyResource
    from orchestration.defs.reviews.assets import partitions, review_asset

    asset = review_asset("months", cycle, partitions(cycle))
    return dg.materialize([asset], partition_key=key, resources={"company": CompanyResource()}, raise_on_error=False)


def test_a_past_period_is_reviewed_with_its_findings(home: settings.Settings) -> None:
    done = run(FOUR, "2026-01-01")
    assert done.success
    page = home.site / "reviews" / "2026-01-01..2026-04-30.html"
    assert page.is_file()
    [event] = done.get_asset_materialization_events()
    metadata = event.materialization.metadata
    assert metadata["path"].value == str(page)
    assert metadata["proposals"].value == 1
    assert metadata["findings"].value.records == []
    table = metadata["changed_lines"]
    assert isinstance(table, dg.TableMetadataValue)
    [record] = table.records
    assert record.data["line"] == "retail/event/mql_to_sql"
    assert (record.data["measured"], record.data["basis"]) == (0.4, "measured: 400 of 1,000")


def test_a_period_that_has_not_ended_in_the_copy_is_refused(home: settings.Settings) -> None:
    done = run(NINE, "2026-02-01")
    assert not done.success
    [failure] = [event for event in done.all_events if event.is_step_failure]
    assert "2026-02-01..2026-10-31 has not ended in the published copy" in str(failure.step_failure_data)
    assert not (home.site / "reviews").exists()
