"""The files of kept reviews and meetings: one of each period in reviews/ of the company folder, sealed.

Belongs here: the file, its seals, reading and adding to it. A build never changes it, so that what a later build
measures can be compared with what was decided. What is kept is kept.py.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, asdict, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from orchestration.lib.agreement.canonical import plain
from orchestration.lib.agreement.yaml_document import AgreementError, Written, document, read_written
from orchestration.lib.labels import one_line
from orchestration.lib.periods import PeriodError, parse_period
from orchestration.lib.review.items import item_of, written
from orchestration.lib.review.kept import Decision, KeptReview, Line, Outcome, ReviewError, find_line
from orchestration.lib.warehouse.holding import written_alone
from orchestration.lib.whole_files import write_whole

FOLDER = "reviews"
LONGEST_NAME, LONGEST_REASON = 100, 1_000
HEADING = """\
# The {kind} of {period} as it was held, and what was decided. Written by `smarketing decide` alone: a changed line
# breaks its seal. Keep the file with the agreements.
"""


class ReviewInUseError(ReviewError):
    """Another process writes it."""

    exit_code = 1


def read_kept_reviews(company: Path) -> list[KeptReview]:
    """All kept reviews of a company folder, by their period's name. ReviewError for the first that is not sealed."""
    return [_read(path) for path in sorted((company / FOLDER).glob("*.yml"))]


def read_kept_review(company: Path, period: str) -> KeptReview | None:
    """The kept review of a period; None before the first decision on it."""
    path = company / FOLDER / f"{period}.yml"
    return _read(path) if path.exists() else None


def decide(company: Path, held: KeptReview, decision: Decision) -> Path:
    """Add a decision to the kept review, which is kept as `held` if it is the first; return its file."""
    path = company / FOLDER / f"{held.period}.yml"
    decision = replace(
        decision,
        by=_given("--by", decision.by, LONGEST_NAME),
        why=_given("--why", decision.why, LONGEST_REASON),
        owner=None if decision.owner is None else _given("--owner", decision.owner, LONGEST_NAME),
    )
    busy = ReviewInUseError(f"{path.parent}: another decision is being written; call it again")
    with written_alone(path.parent, busy, ReviewError):
        kept = _read(path) if path.exists() else held
        find_line(kept, decision.line)
        if decision.decision == "done" and not kept.open_action(decision.line):
            raise ReviewError(
                f"{kept.period}: nobody has anything to do about {decision.line}; --done closes an action"
            )
        write_whole(path, _text(replace(kept, decisions=(*kept.decisions, decision))), 0o644)
    return path


def _given(option: str, text: str, longest: int) -> str:
    words = one_line(text, longest)
    if words is None:
        found = " ".join(text.split())
        raise ReviewError(f"{option}: {found!r} is not a sentence; write 1 to {longest:,} letters, in one line")
    return words


def _seal(content: Any, before: str = "") -> str:
    """SHA-256 of the seal before it and the content as JSON with sorted keys."""
    text = before + json.dumps(plain(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(kept: KeptReview) -> str:
    content = plain(asdict(kept))
    later = {field.name: field.default for field in fields(Line) if field.default is not MISSING}
    content["lines"] = [
        {name: value for name, value in each.items() if name not in later or value != later[name]}
        for each in content["lines"]
    ]
    # What is not there is no content: the files of before keep their seals.
    decisions = [{key: value for key, value in each.items() if value is not None} for each in content.pop("decisions")]
    if content.pop("items"):
        content["items"] = plain([written(each) for each in kept.items])
    seal = content["seal"] = _seal(content)
    for each in decisions:
        seal = each["seal"] = _seal(each, seal)
    kind = "meeting" if kept.items and not kept.lines else "review"
    return HEADING.format(kind=kind, period=kept.period) + document({**content, "decisions": decisions})


def _read(path: Path) -> KeptReview:
    try:
        written = read_written(path)
        content = dict(written.content)
        decisions = [dict(each) for each in content.pop("decisions")]
        seal = content.pop("seal")
        if seal != _seal(content):
            raise _broken(written, ("lines",), "what was measured and proposed is not what was kept")
        for number, each in enumerate(decisions):
            stated = each.pop("seal")
            seal = _seal(each, seal)
            if stated != seal:
                raise _broken(written, ("decisions", number), "a decision was changed, removed or added by hand")
        return _kept(path, content, decisions)
    except AgreementError as error:
        raise ReviewError(str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError, PeriodError) as error:
        raise ReviewError(f"{path}: it is not a kept review ({error}); put it back as it was kept") from error


def _kept(path: Path, content: dict[str, Any], decisions: list[dict[str, Any]]) -> KeptReview:
    """The content as it is typed. ValueError or TypeError if it has other fields."""
    parse_period(content["period"])
    if content["period"] != path.stem:
        raise ValueError(f"its period is {content['period']}")
    if any(each["decision"] not in get_args(Outcome) for each in decisions):
        raise ValueError("a decision has no known outcome")
    names = {field.name for field in fields(Line)}
    return KeptReview(
        content["period"],
        content["agreement_version"],
        datetime.fromisoformat(content["as_of"]),
        tuple(Line(**{name: each[name] for name in names & set(each)}) for each in content["lines"]),
        tuple(_decision(each) for each in decisions),
        tuple(item_of(each) for each in content.get("items", ())),
    )


def _decision(content: dict[str, Any]) -> Decision:
    days = {key: date.fromisoformat(content[key]) for key in ("date", "due") if key in content}
    return Decision(**{"rate": None, **content, **days})


def _broken(written: Written, location: tuple, what: str) -> ReviewError:
    line = written.find(location)[0]
    return ReviewError(f"{written.path} line {line}: {what}; put the file back as `smarketing decide` wrote it")
