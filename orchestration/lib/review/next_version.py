"""The agreement that a review proposes, as a whole version: the present file with the lines that the review changes.

Belongs here: which version follows, its dates, and the rates that change. The terms of a stream are term_edits.py, how
a field is written into the text is agreement/editing.py, what is proposed is measured.py. A proposal is in force only
once both teams have signed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.editing import Edit, edited
from orchestration.lib.agreement.reading import read_version, version_of
from orchestration.lib.agreement.rows import review_date
from orchestration.lib.agreement.streams import AgreedRate
from orchestration.lib.agreement.version_files import version_paths
from orchestration.lib.agreement.versions import standings
from orchestration.lib.agreement.yaml_document import AgreementError, Written
from orchestration.lib.company.folder import Company
from orchestration.lib.comparison.clauses import Clause, differing_clauses
from orchestration.lib.language import gettext
from orchestration.lib.review.kept import Decision, KeptReview, line_of
from orchestration.lib.review.kept_files import read_kept_review
from orchestration.lib.review.measured import Review, ReviewedRate, as_agreed
from orchestration.lib.review.term_edits import REVIEW, in_comment, term_edits
from orchestration.mistakes import Mistake

PROPOSED = "Proposed after the review of"
BUILT = "select seal from marts.dim_agreement where agreement_version = ?"
AS_OF = "select as_of_date from marts.dim_build"


class ProposalError(Mistake):
    """The review proposes no version; the text states why and what to do."""


@dataclass(frozen=True)
class NextVersion:
    """The version that is proposed, its text, and the version that it would replace."""

    present: Agreement
    agreement: Agreement
    text: str

    @property
    def clauses(self) -> list[Clause]:
        """In what the two differ, besides name, dates and signatures."""
        return differing_clauses(self.present, self.agreement)


def read_next_version(
    connection: duckdb.DuckDBPyConnection, review: Review, company: Company, starts: date | None = None
) -> NextVersion:
    """The version that follows from a review and from what was decided on it, from the published copy and the company.

    ProposalError if there is none, AgreementError if a version there is not valid.
    """
    folder = company.agreements
    versions = [read_version(path) for path in version_paths(folder)]
    built = connection.execute(BUILT, [review.agreement_version]).fetchall()
    if not any(agreement.seal == seal for (seal,) in built for _, agreement in versions):
        if not review.proposals:
            period = review.period.name
            raise ProposalError(gettext("nothing was measured in %(period)s, so nothing is proposed", period=period))
        raise ProposalError(
            gettext(
                "the copy that is published was not built with version %(version)s as it is in %(folder)s; "
                "run `smarketing run` first",
                version=review.agreement_version or "",
                folder=folder,
            )
        )
    as_of = connection.execute(AS_OF).fetchall()[0][0]
    return next_version(review, versions, as_of, starts, read_kept_review(company.folder, review.period.name))


def next_version(
    review: Review,
    versions: Sequence[tuple[Written, Agreement]],
    as_of: date,
    starts: date | None = None,
    kept: KeptReview | None = None,
) -> NextVersion:
    """The version that follows from a review which is held on `as_of`. ProposalError if there is none."""
    agreements = sorted((agreement for _, agreement in versions), key=lambda each: each.effective_from)
    last = [each.agreement for each in standings(agreements) if each.is_in_force][-1]
    if last.version != review.agreement_version:
        raise ProposalError(
            gettext(
                "the review of %(period)s is of version %(version)s, and version %(last)s from %(date)s has followed "
                "it; propose from a period that %(last)s has evaluated",
                period=review.period.name,
                version=review.agreement_version,
                last=last.version,
                date=last.effective_from,
            )
        )
    written = next(written for written, agreement in versions if agreement.version == last.version)
    begins = _starts(last, agreements, as_of, starts)
    name = _name(begins, {each.version.casefold() for each in agreements})
    lines = [*_rates(review, last, kept), *term_edits(review, last, written.content, kept)]
    after = edited(written, [*_formal(review, last, name, begins, as_of, written), *lines])
    renamed = Written(written.path.with_name(f"{name}.yml"), after.text, after.root, after.content)
    try:
        return NextVersion(last, version_of(renamed), after.text)
    except AgreementError as error:
        # The present version is valid: what is missing is what it does not agree for the time to come.
        text = gettext(
            "%(problem)s, in version %(version)s or in a new one by hand", problem=error, version=last.version
        )
        raise ProposalError(text) from error


def _starts(last: Agreement, agreements: Sequence[Agreement], as_of: date, wanted: date | None) -> date:
    """The wanted day, else the first of a month that has not begun: no version changes what has happened."""
    if last.effective_to:
        begins = last.effective_to + timedelta(days=1)
        if wanted not in (None, begins):
            raise ProposalError(
                f"--from: version {last.version} ends on {last.effective_to}; give {begins}, or omit it"
            )
        return begins
    taken = {each.effective_from for each in agreements}
    if wanted is not None:
        if wanted <= last.effective_from or wanted in taken:
            raise ProposalError(f"--from: {wanted} is not after {last.effective_from}, or another version starts then")
        return wanted
    earliest = max(as_of, last.effective_from + timedelta(days=1))
    begins = earliest if earliest.day == 1 else _next_month(earliest)
    while begins in taken:
        begins = _next_month(begins)
    return begins


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _name(begins: date, taken: set[str]) -> str:
    """The month of its first day, or that day; with a number if another version has that name."""
    name = f"{begins:%Y-%m}" if begins.day == 1 else begins.isoformat()
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


def _formal(review: Review, last: Agreement, name: str, begins: date, as_of: date, written: Written) -> Iterator[Edit]:
    """Name, dates, the next review if its day has come, and no signatures."""
    why = f"{PROPOSED} {review.period.name} (version {last.version}, data until {as_of}); see docs/review.md"
    yield Edit(("version",), name, (why,), PROPOSED)
    yield Edit(("effective_from",), begins.isoformat())
    if last.effective_to:
        yield Edit(("effective_to",), None)
    if last.reviews and last.reviews.next and last.reviews.next <= max(begins, as_of):
        without = last.reviews.model_copy(update={"next": None})
        following = review_date(last.model_copy(update={"effective_from": begins, "reviews": without}))
        yield Edit(("reviews", "next"), following.isoformat())
    if written.content.get("signatures"):
        yield Edit(("signatures",), [])


def _rates(review: Review, last: Agreement, kept: KeptReview | None) -> Iterator[Edit]:
    """The rates that change, each with its derivation: as it was decided, else as the review proposes it."""
    for proposal in review.proposals:
        lead_type = last.revenue_streams[proposal.revenue_stream].lead_types[proposal.lead_type]
        for rate in proposal.rates:
            step = f"{rate.from_stage}_to_{rate.to_stage}"
            decision = kept.last_decision(line_of(proposal, rate)) if kept else None
            value = as_decided(rate, decision) if decision else as_agreed(rate)
            if value is None or AgreedRate.model_validate(value) == lead_type.rates[step]:
                continue
            where = ("revenue_streams", proposal.revenue_stream, "lead_types", proposal.lead_type, "rates", step)
            why = f"{REVIEW} {review.period.name}, {step}: {derivation(rate)}"
            if decision:
                why += f"; {decision.in_words}"
            yield Edit(where, value, (why,), rf"{REVIEW} \S+, {step}:")


def as_decided(rate: ReviewedRate, decision: Decision) -> float | dict[str, float | str] | None:
    """The rate as the next version writes it after a decision on it; None where the present one stays."""
    if decision.decision == "refused" or decision.rate is None:
        return None
    if decision.decision == "accepted":
        return as_agreed(rate) if decision.rate == rate.agreed_rate else {"measured": decision.rate}
    if rate.owed_by is not None and decision.rate > rate.base_rate:
        return {rate.rate_basis: rate.base_rate, "agreed": decision.rate, "owner_team": rate.owed_by}
    return {"assumed": decision.rate}


def derivation(rate: ReviewedRate) -> str:
    """What a proposed rate was counted from."""
    counted = f"{rate.converted:,} of {rate.entered:,} = {in_comment(rate.measured_rate)}"
    if rate.measured_rate_low is not None and rate.measured_rate_high is not None:
        counted += f", interval {in_comment(rate.measured_rate_low)} to {in_comment(rate.measured_rate_high)}"
    text = f"{counted}; agreed: {in_comment(rate.agreed_rate)}"
    if rate.is_still_outstanding:
        text += f", which {rate.owed_by} has still to reach"
    return text
