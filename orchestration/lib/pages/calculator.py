"""The page of the calculator: a form that computes in the browser, so that it needs no server.

Belongs here: what the page gets: the fields, the sentences, and each agreed lead type to start from. The arithmetic is
lib/calculator/figures.py and, in the browser, templates/calculator.js.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

import duckdb

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.agreement.parts import STAGES
from orchestration.lib.agreement.quotas import MONTHS_OF
from orchestration.lib.calculator.figures import FIELDS, POINTS, agreed_fields
from orchestration.lib.calculator.wording import A_LITTLE_OVER, CHANGE, MONTHS, PERIODS, PROBLEMS, ROUNDED, SENTENCES
from orchestration.lib.formats import label, words
from orchestration.lib.language import gettext, later, translated
from orchestration.lib.language.places import separated
from orchestration.lib.language.sentences import PLACE
from orchestration.lib.pages.conditions import a_period
from orchestration.lib.pages.reading import read_header
from orchestration.lib.pages.rendering import render

# A field for each stage that can lead on; one left empty is not in the chain.
CHAIN = STAGES[:-1]
WORDS = {
    "no_rate": later("no rate is given: write, for example, 34%% at the stage that marketing hands over"),
    "rounded": ROUNDED,
    "little": A_LITTLE_OVER,
    "change": CHANGE,
    "months": MONTHS,
    "in_months": later("in %(months)s months"),
}


def render_calculator(connection: duckdb.DuckDBPyConnection, versions: Sequence[Agreement]) -> str:
    """The calculator, with the version in force (before any, the first) to start from. ValueError before any build."""
    header = read_header(connection)
    known = {version.version: version for version in versions}
    version = known.get(header["agreement_version"], versions[0])
    return render(
        "calculator.html.j2",
        "calculator.html",
        header=header,
        version=version.version,
        currency=version.company.currency,
        chain=CHAIN,
        periods=list(reversed(PERIODS)),
        starts=list(_starts(version)),
        page={
            "fields": FIELDS,
            "chain": CHAIN,
            "months": MONTHS_OF,
            "points": POINTS.as_integer_ratio(),
            "periods": {per: a_period(per) for per in PERIODS},
            "separators": [separated(each) for each in (",", ".")],
            "stages": {
                stage: {"label": translated(label(stage)), "words": translated(words(stage))} for stage in STAGES
            },
            "problems": in_braces(PROBLEMS),
            "sentences": in_braces(SENTENCES),
            "words": in_braces(WORDS),
        },
    )


def in_braces(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts in the language that is spoken, with their places as the script of the page fills them: {text}."""
    return {
        name: gettext(text, **{place: f"{{{place}}}" for place in PLACE.findall(text)}) for name, text in texts.items()
    }


def _starts(version: Agreement) -> Iterator[tuple[str, str, str]]:
    """Stream, lead type, and the fields as the agreement has them, as the address of the page has what is typed."""
    for stream in version.revenue_streams.values():
        for name, lead_type in stream.lead_types.items():
            fields, rates = agreed_fields(stream, lead_type)
            yield stream.name, name, urlencode(fields | {step.split("_to_")[0]: rate for step, rate in rates.items()})
