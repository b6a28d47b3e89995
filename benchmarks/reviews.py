"""What the review of a large company costs: 50 revenue streams of 5 lead types, until its page is written.

    python benchmarks/reviews.py [STREAMS] [LEAD_TYPES]

Belongs here: the seconds of each part, of the processor, in one process with the libraries that it loads. The company
is made_review.py; what measuring its rates costs is in the table of growth.py.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from made_review import PERIOD, write_review

from orchestration.lib.company.folder import Company
from orchestration.lib.pages import render_review
from orchestration.lib.review.measured import review_period
from orchestration.lib.review.next_version import read_next_version

MOST_SECONDS = 20
Result = TypeVar("Result")


def main(streams: int, lead_types: int) -> float:
    """Print a line for each part; the seconds of all together."""
    parts = {}

    def timed(name: str, work: Callable[[], Result]) -> Result:
        began = time.process_time()
        result = work()
        parts[name] = time.process_time() - began
        return result

    with tempfile.TemporaryDirectory() as folder:
        company = Company(Path(folder), Path(folder, "agreements"), Path(folder, "reference"))
        connection = write_review(company.agreements, streams, lead_types)
        review = timed("rates and targets", lambda: review_period(connection, PERIOD))
        version = timed("the proposed version", lambda: read_next_version(connection, review, company))
        page = timed("the page, with causes and chances", lambda: render_review(connection, review, version))
    rates = [rate for proposal in review.proposals for rate in proposal.rates]
    changed = sum(rate.basis == "measured" for rate in rates)
    print(f"{streams} streams of {lead_types} lead types: {len(rates)} rates, {changed} of them proposed to change")
    for name, seconds in parts.items():
        print(f"{name:<40}{seconds:>8.2f} s")
    print(f"{'together':<40}{sum(parts.values()):>8.2f} s, a page of {len(page) / 1e6:.1f} MB")
    return sum(parts.values())


if __name__ == "__main__":
    sizes = [int(argument) for argument in sys.argv[1:]]
    sys.exit(1 if main(*(sizes or [50, 5])) > MOST_SECONDS else 0)
