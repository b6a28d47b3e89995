"""The page of a comparison: what two versions of the agreement make of one period.

Belongs here: how a Comparison is shown. How it comes about is lib/comparison/; no figure is computed here.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from orchestration.lib.agreement.document import Agreement
from orchestration.lib.comparison.comparing import Comparison
from orchestration.lib.comparison.figures import SECTIONS, Compared, by_section
from orchestration.lib.comparison.names import Names
from orchestration.lib.formats import label, words, written
from orchestration.lib.language import gettext, translated
from orchestration.lib.pages.charts import versions_chart
from orchestration.lib.pages.glossary import anchor
from orchestration.lib.pages.rendering import render
from orchestration.lib.warehouse.rows import Row

# More figures than this side by side are too wide for a page; they go one below the other.
MOST_ACROSS = 3


def render_comparison(header: Row, comparison: Comparison) -> str:
    """The comparison as one HTML document; `header` is that of the published copy."""
    versions = (comparison.first.version, comparison.second.version)
    called, figures = comparison.names, by_section(comparison.figures)
    sections = [_section(name, of_section, versions, called) for name, of_section in figures.items()]
    return render(
        "comparison.html.j2",
        f"comparisons/{'-'.join(versions)}-{comparison.period.name}.html",
        header=header,
        comparison=comparison,
        names=versions,
        compared=sorted(sections, key=lambda section: not section["changed"]),
        figures_file=comparison.leads_file.replace("-leads.csv", ".csv"),
        asked=[text for version in (comparison.first, comparison.second) for text in _asked(version)],
    )


def _asked(version: Agreement) -> Iterator[str]:
    """What a version demands of the score, stage by stage."""
    for stage, definition in version.stages.items():
        criteria = definition.criteria
        if criteria and criteria.score_at_least is not None:
            values = {
                "version": version.version,
                "score": written(f"{criteria.score_at_least:g}"),
                "stage": translated(words(stage)),
            }
            if definition.decided_by == "rule":
                yield gettext("%(version)s: a score of %(score)s decides for %(stage)s.", **values)
            else:
                yield gettext(
                    "%(version)s: a score of %(score)s is evidence beside the CRM's label for %(stage)s.", **values
                )


def _section(name: str, figures: list[Compared], versions: tuple[str, str], called: Names) -> Row:
    heads = {each.figure: each.unit for each in figures}
    subjects = [
        {"names": called.spoken(name, subject), "figures": {each.figure: each for each in group}}
        for subject, group in groupby(figures, key=attrgetter("subject"))
    ]
    is_wide = len(heads) <= MOST_ACROSS
    same = [row for row in subjects if not _differs(row)]
    return {
        "name": name,
        "note": SECTIONS[name].note,
        "models": SECTIONS[name].models,
        "heads": heads,
        "is_wide": is_wide,
        "anchor": anchor(name),
        "differing": [row for row in subjects if _differs(row)],
        "same": same,
        # Where the figures go one below the other, a subject has a row for each.
        "same_rows": len(same) if is_wide else sum(len(row["figures"]) for row in same),
        "figures": len(figures),
        "changed": sum(each.first != each.second for each in figures),
        "chart": _chart(name, figures, versions, called),
    }


def _differs(subject: Row) -> bool:
    return any(each.first != each.second for each in subject["figures"].values())


def _chart(name: str, figures: list[Compared], names: tuple[str, str], called: Names) -> Any:
    """A picture of the first figure, where it is a count of several subjects of one word each."""
    shown = [each for each in figures if each.figure == figures[0].figure and (each.first or each.second)]
    if len(shown) < 2 or figures[0].unit != "count" or any(len(each.subject) != 1 for each in shown):
        return None
    rows = [
        {"subject": label(called.spoken(name, each.subject)[0]), "first": each.first, "second": each.second}
        for each in shown
    ]
    return versions_chart(rows, names, f"{translated(name)}: {translated(words(figures[0].figure))}")
