"""Scores and stages in SQL against a second opinion in Python, for persons, events and agreements drawn at random."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest
import yaml

from orchestration import settings
from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.tables import write_tables
from tests.conftest import AGREEMENT
from tests.definitions.scores_by_hand import Person, Version, instants, score, stage_entries
from tests.systems import build_models
from tests.tables import create, fill

STARTS = [date(2025, 3, 1), date(2025, 9, 15), date(2026, 2, 1)]
AS_OF = datetime(2026, 6, 30, 12)
MODELS = (
    "stg_agreement__versions stg_agreement__company known_stages known_stage_labels stg_reference__stage_labels"
    " int_known_activities int_person_activities path:models/intermediate/scoring int_labelled_stage_changes"
    " int_rule_stage_entries"
    " int_stage_entries"
)
# The models that these read and that have no contract.
PARENTS = {
    "intermediate.int_as_of": "as_of timestamp",
    "intermediate.int_person_profiles": """person_id varchar, system varchar, created_at timestamp, country varchar,
        account_country varchar, segment_label varchar, persona varchar, job_title varchar, revenue_stream varchar,
        lead_type varchar, channel varchar, email_domain varchar, employees bigint, owner_id varchar""",
    "intermediate.int_person_touchpoints": """touchpoint_id varchar, person_id varchar, touched_at timestamp,
        touch_label varchar, channel varchar, campaign_label varchar, content_label varchar""",
    "intermediate.int_owner_links": """system varchar, owner_record_id varchar, owner_id varchar,
        is_automatic boolean""",
    "intermediate.int_owner_assignments": "person_id varchar, owned_from timestamp, is_assigned boolean",
    "intermediate.int_person_links": """system varchar, person_record_id varchar, person_id varchar,
        exclusion_reason varchar""",
    "intermediate.int_persons": "system varchar, person_record_id varchar, created_at timestamp",
    "intermediate.int_opportunities": "system varchar, opportunity_record_id varchar, created_at timestamp",
    "intermediate.int_excluded_opportunities": "system varchar, opportunity_record_id varchar, reason varchar",
    "intermediate.int_timed_stage_changes": """system varchar, stage_change_record_id varchar, person_record_id varchar,
        opportunity_record_id varchar, owner_record_id varchar, stage_label varchar, reason_label varchar,
        changed_field varchar, changed_at timestamp, changed_after_at timestamp""",
    # What was left again is tested beside its model; the drawn labels go back and forth.
    "intermediate.int_stages_left_again": "stage_entry_id varchar, person_id varchar",
    "staging.activity_classes": """system varchar, activity_label varchar, outcome_label varchar,
        activity_class varchar, is_wrong_number boolean""",
}

FIT = [
    {"country": ["Italy", "*land"]},
    {"employees": {"from": 20, "to": 500}},
    {"employees": {"to": 19}},
    {"job_title": ["*owner*"], "country": ["*"]},
    {"job_title": ["50% intern", "a_b"]},
]
ENGAGEMENT = [
    {"touch": ["*form"]},
    {"touch": ["*form"], "content": ["Request*", "100%"]},
    {"touch": ["visit", "chat"], "channel": ["Paid *"]},
    {"activity": ["call", "email"], "direction": ["inbound"]},
    {"direction": ["outbound"]},
]


def drawn_version(chance: random.Random, valid: str, number: int) -> dict:
    """An agreement whose scoring is drawn at random; the second hands mql to the rule, the third sql too."""
    weight = chance.choice([0.0, 0.25, 0.5, 0.7])
    fit = {f"f{i}": {"when": when, "points": chance.choice([-40, 12.5, 20, 35])} for i, when in enumerate(FIT)}
    engagement = {
        f"e{i}": {"when": when, "points": chance.choice([-10, 8, 25.5, 60])} for i, when in enumerate(ENGAGEMENT)
    }
    for rule in chance.sample(sorted(engagement), 3):
        engagement[rule]["at_most"] = chance.choice([0, 15, 40])
    mql = {"means": "m", "decided_by": ["label", "rule", "rule"][number], "criteria": {"score_at_least": 22.5 + number}}
    sql = {
        "means": "s",
        "decided_by": ["label", "label", "rule"][number],
        "criteria": {"score_at_least": 30, "grades": ["A1", "A2", "B1", "C1"]},
    }
    return yaml.safe_load(valid) | {
        "version": f"v{number}",
        "effective_from": STARTS[number],
        "scoring": {
            "fit": {"weight": weight, "cap": chance.choice([50, 75]), "rules": fit},
            "engagement": {
                "weight": 1 - weight,
                "cap": 90,
                "half_life_days": chance.choice([7, 30, 45.5]),
                "rules": engagement,
            },
            "grades": {"A": 60, "B": 30, "1": 50, "2": 20},
        },
        "stages": {"mql": mql, "sql": sql},
    }


def drawn_person(chance: random.Random, number: int, boundaries: list[datetime]) -> Person:
    """A person with up to 12 events and 6 labels; some at the same instant, some at the start of a version."""

    def instant() -> datetime:
        drawn = datetime(2025, 1, 1) + timedelta(minutes=chance.randrange(60 * 24 * 540))
        # A time of midnight is kept a microsecond later: midnight itself is a day without a time.
        return chance.choice(boundaries) + timedelta(microseconds=1) if chance.random() < 0.1 else drawn

    profile = {
        "country": chance.choice(["Italy", "switzerLAND", "Peru", None, ""]),
        "employees": chance.choice([None, 5, 19, 20, 500, 501]),
        "job_title": chance.choice([None, "Co-Owner and more", "50% intern", "50 x intern", "a_b", "axb"]),
    }
    person = Person(profile, instant())
    for _ in range(chance.randrange(13)):
        at = chance.choice([person.created, *(at for at, _ in person.events)]) if chance.random() < 0.2 else instant()
        touch = {
            "touch": chance.choice(["first form", "form", "visit", "chat"]),
            "channel": chance.choice(["Paid Search", "Direct", None]),
            "content": chance.choice(["Request a quote", "100%", "1000", None]),
        }
        call = {
            "activity": chance.choice(["call", "email", "note"]),
            "direction": chance.choice(["inbound", "outbound"]),
        }
        person.events.append((at, chance.choice([touch, touch, call])))
    for label in range(chance.randrange(7)):
        at = chance.choice([at for at, _ in person.events]) if person.events and chance.random() < 0.3 else instant()
        stage = chance.choice(["lead", "lead", "mql", "mql", "sal", "sql", "recycled", "recycled", "lost"])
        person.labels.append((f"crm:{number}-{label}", at, stage))
    return person


def lay_out(connection: duckdb.DuckDBPyConnection, persons: list[Person]) -> None:
    create(connection, "intermediate.int_activities", "raw.reference__activity_labels", "raw.reference__stage_labels")
    for parent, types in PARENTS.items():
        create(connection, parent, types=types)
    profiles, touches, activities, links, changes = [], [], [], [], []
    for number, person in enumerate(persons):
        who = f"crm:{number}"
        record = {"system": "crm", "person_record_id": str(number)}
        profiles.append({"person_id": who, "system": "crm", "created_at": person.created, **person.profile})
        links.append(record | {"person_id": who})
        for count, (at, what) in enumerate(person.events):
            if "touch" in what:
                attributes = {
                    "touch_label": what["touch"],
                    "channel": what["channel"],
                    "content_label": what["content"],
                }
                touches.append({"touchpoint_id": f"{who}-{count}", "person_id": who, "touched_at": at, **attributes})
            else:
                attributes = {"activity_label": what["activity"], "is_inbound": what["direction"] == "inbound"}
                activities.append(record | {"activity_record_id": f"{number}-{count}", "happened_at": at, **attributes})
        for name, at, stage in person.labels:
            change = {"stage_change_record_id": name.removeprefix("crm:"), "stage_label": stage, "changed_at": at}
            changes.append(record | change)
    fill(connection, "intermediate.int_person_profiles", profiles)
    fill(connection, "intermediate.int_person_touchpoints", touches)
    fill(connection, "intermediate.int_activities", activities)
    fill(connection, "intermediate.int_person_links", links)
    fill(connection, "intermediate.int_timed_stage_changes", changes)
    fill(connection, "intermediate.int_as_of", [{"as_of": AS_OF}])
    kinds = [{"system": "crm", "activity_label": kind, "activity_type": kind} for kind in ("call", "email", "note")]
    fill(connection, "raw.reference__activity_labels", kinds)
    stages = ("lead", "mql", "sal", "sql", "recycled", "lost")
    labels = [{"system": "crm", "stage_label": stage, "stage": stage} for stage in stages]
    fill(connection, "raw.reference__stage_labels", labels)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    """Persons, versions, and what the models make of them."""
    chance = random.Random(20260630)
    documents = [drawn_version(chance, AGREEMENT, number) for number in range(3)]
    zone = ZoneInfo("Europe/Rome")
    midnights = [
        datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC).replace(tzinfo=None) for day in STARTS
    ]
    ends = [*midnights[1:], datetime(9999, 12, 31)]
    versions = [Version(*each) for each in zip(documents, midnights, ends, strict=True)]
    persons = [drawn_person(chance, number, midnights) for number in range(300)]
    place = settings.Settings(settings.DEMO_COMPANY, tmp_path_factory.mktemp("scores"))
    with duckdb.connect(place.warehouse) as connection:
        write_tables(connection, [Agreement.model_validate(document) for document in documents])
        lay_out(connection, persons)
    build_models(place, "--select", *MODELS.split(), data_tests=False)
    with duckdb.connect(place.warehouse, read_only=True) as connection:
        scores = connection.sql(
            "select person_id, scored_at, agreement_version, fit_points::double, engagement_points::double, "
            "score::double, grade"
            " from intermediate.int_person_scores"
        ).fetchall()
        entries = connection.sql(
            "select person_id, entered_at, stage, entry_source from intermediate.int_stage_entries"
        ).fetchall()
    return persons, versions, scores, entries


def test_every_score_is_that_of_the_agreement(company: tuple) -> None:
    persons, versions, scores, _ = company
    expected = {
        (f"crm:{number}", at): (version.document["version"], *score(person, version, at))
        for number, person in enumerate(persons)
        if person.created <= AS_OF
        for at, version in instants(person, versions, AS_OF).items()
    }
    found = {(person_id, at): tuple(rest) for person_id, at, *rest in scores}
    assert found.keys() == expected.keys()
    for key, (version, fit, engagement, total, grade) in expected.items():
        assert found[key] == (
            version,
            fit,
            pytest.approx(engagement, abs=1e-4),
            pytest.approx(total, abs=2e-4),
            grade,
        ), key
    grades = {rest[-1] for rest in found.values()}
    assert len(grades) >= 7, "the draw shows too little"


def test_every_stage_is_entered_as_the_walk_in_time_enters_it(company: tuple) -> None:
    persons, versions, _, entries = company
    expected = {
        (f"crm:{number}", *entry)
        for number, person in enumerate(persons)
        for entry in stage_entries(person, versions, AS_OF)
    }
    assert set(map(tuple, entries)) == expected
    by_rule = [stage for _, _, stage, source in entries if source == "rule"]
    assert by_rule.count("mql") > 30, "the draw shows too little"
    assert by_rule.count("sql") > 5, "the draw shows too little"
