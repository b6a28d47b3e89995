"""All fields that `smarketing source` can fill, as a page: docs/fields.md, and `smarketing source --fields`.

Belongs here: the text of the page. Does not belong here: the fields (fields.yml), and how columns are recognised.
"""

from orchestration.lib.onboarding.fields import ENGLISH, FIELDS, FILES, Field

TITLE = """\
# The fields of `smarketing source`

What `smarketing source` can read from a company's own files, by the kind of record that one row is. An answer names the
column of a field, `--answer deals.amount="Net value"`, where `deals` is the name of the file; `none` means no column. A
field that is **needed** must have a column, one that is *asked about* is offered the columns that could be it, and the
others are used where a label or the values show them. English labels are listed; those in Italian, Portuguese,
Spanish, German and French are in `orchestration/lib/onboarding/fields.yml`. `smarketing source --fields` prints this
page.

Of a file as a whole, an answer can state `<file>.currency=EUR`, `<file>.time_zone=Europe/Rome`, of ad spend
`<file>.platform=Google Ads`; of an amount, `<file>.amount.unit=cents` or `=whole`; what it contains
(`<file>=opportunities`, `<file>=none`); and which of its rows are records of another kind as well:
`<file>.opportunities="column = value"`, `"column filled"` or `all`. Asked only where the files leave it open are
`<file>.<column>.yes`, `.no` and `.filled`, which is what the rows of a flag such as `Won`, `Canceled` or `Unsubscribed`
are, and `<file>.repeated`: whether rows of two exports with one id are the same record.
"""
KINDS = {
    "text": "words",
    "code": "words or numbers",
    "instant": "time or day",
    "date": "day",
    "money": "amount",
    "number": "number",
    "record": "id",
}
SHOWN = 6


def fields_page() -> str:
    """Return the page, in Markdown."""
    parts = [TITLE]
    for entity, fields in FIELDS.items():
        words = ", ".join(word.replace("_", " ") for word in FILES[entity].split() if ENGLISH[word] == word)
        parts.append(f"## {entity}\nFiles named after {words} and the like.\n")
        parts.append("| field | what | cells | labels |\n|---|---|---|---|")
        parts.append("\n".join(_row(name, spec) for name, spec in fields.items()) + "\n")
    return "\n".join(parts)


def _row(name: str, spec: Field) -> str:
    need = {"required": " (**needed**)", "asked": " (*asked about*)"}.get(spec.need, "")
    kind = f"id or unique name of a record of {spec.target}" if spec.kind == "reference" else KINDS[spec.kind]
    labels = ", ".join(label.replace("{it}", "...") for label in spec.english[:SHOWN])
    return f"| `{name}` | {spec.means}{need} | {kind} | {labels} |"
