"""Which column of a table feeds which field of its entity; what is ambiguous becomes a question.

Belongs here: comparing labels and the kinds of cells with the synonyms. Does not belong here: the synonyms (fields.py),
which entity a table contains (entities.py), files that contain several (parts.py), which record a reference means
(links.py), types (column_types.py).
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from orchestration.lib.onboarding.fields import ENGLISH, FIELDS, FILES, Field
from orchestration.lib.onboarding.profile import Column, Table, values_of
from orchestration.lib.onboarding.questions import Answers, OnboardingError, Question
from orchestration.lib.onboarding.reading import Reader
from orchestration.lib.onboarding.signs import Sign
from orchestration.lib.onboarding.texts import folded, forms_of, has_word, is_id_label, sql_text, stage_in
from orchestration.lib.onboarding.words import INBOUND, MONEY, OUTBOUND

EXCLUDED = "none"
EVERY_ROW = {"won": "Won", "lost": "Lost", "open": "Open"}
TIME_WORDS = "date|time|day|created|at|on|data|fecha|datum|tag|jour|giorno|dia|hora|am|em|il|le"
STATE_WORDS = "status|stage|state|result|outcome|phase|stato|fase|etapa|estado|situacao|statut|etape"
MOST_STATES = 30
PERSONAL_FIELDS = {("persons", name) for name in ("email", "full_name", "first_name", "last_name", "job_title")} | {
    ("owners", "owner_email")
}


@dataclass
class Match:
    """One table as one entity: `fields` are its column names by field, `word` is its file's word for a record.

    `whole` is the table of which this one has some rows (`condition`); `stage` is the stage of all of its rows, where
    no column has it. A derived table is in no file: its records are what another table points to. `signs` are cells
    beside the stage, state or outcome that decide it too; `decided` are those that count, with the label they mean.
    """

    table: Table
    entity: str
    word: str
    fields: dict[str, str] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)
    whole: "Match | None" = None
    condition: str = ""
    stage: str = ""
    is_derived: bool = False
    signs: list[Sign] = field(default_factory=list)
    decided: dict[Sign, str] = field(default_factory=dict)

    def decide(self, alias: str, name: str) -> str:
        """Return the cell of a stage, state or outcome, in which answered signs decide first."""
        column, stated = self.fields.get(name), sql_text(self.stage) if self.stage else "cast(null as string)"
        cell = f"{alias}.{column}" if column else stated
        branches = [sign.branch(alias, label) for sign, label in self.decided.items()]
        return f"case {' '.join(branches)} else {cell} end" if branches else cell

    def column(self, name: str) -> Column | None:
        """Return the column of a field, None if the table has none."""
        return self.table.column(self.fields[name]) if name in self.fields else None

    @property
    def kind(self) -> str:
        """The English word for a record of the file: lead, call, deal."""
        return ENGLISH.get(self.word, self.word)

    @property
    def file(self) -> str:
        """The name of its first file."""
        return self.table.files[0].name


def labels_of(match: Match, name: str) -> list[str]:
    """Return the folded labels of a field, best first."""
    words = own_words(match)
    labels = [(each, words if "{it}" in each else [""]) for each in FIELDS[match.entity][name].labels]
    return list(dict.fromkeys(folded(label.replace("{it}", word)) for label, own in labels for word in own))


def own_words(match: Match) -> list[str]:
    """Return the words for a record of the entity, the file's own first."""
    own = [word for word in (match.word, match.whole.word if match.whole else "") if word]
    return [word.replace("_", " ") for word in dict.fromkeys([*own, *FILES[match.entity].split()])]


def match_fields(reader: Reader, match: Match, answers: Answers) -> None:
    """Fill in `fields` and `references`; a person's answer has priority, then labels, then the kind of the cells."""
    missing = []
    for name, spec in FIELDS[match.entity].items():
        key = f"{match.table.name}.{name}"
        answer = answers.volunteered(key)
        if answer is None and (name in match.fields or (name == "stage_label" and match.stage)):
            continue  # The rule that made it a part of a file has settled it.
        if answer is not None:
            candidates = _answered(reader, match, name, spec, key, answer)
        else:
            candidates = _candidates(reader, match, name, spec)
            if spec.asks and len(candidates) > 1:
                candidates = _ask(match, answers, key, _which_column(match, name, spec, candidates))
            elif spec.need and not candidates:
                missing.append((name, spec, key))
        _set(match, name, spec, candidates)
        if not candidates and answer is None and not spec.need:
            _set(match, name, spec, _empty(match, name))
    offered: set[str] = set()
    for name, spec, key in missing:
        if name == "closed_at" and {"won_at", "lost_at"} & match.fields.keys():
            continue
        options = _possible(reader, match, name, spec)
        if not options and spec.required:  # Better a column that something else has than no file.
            options = _possible(reader, match, name, spec, used=())
        if options:
            # What an earlier question offers first is not the best candidate for another field too.
            options.sort(key=lambda column: column.name in offered)
            offered.add(options[0].name)
            _set(match, name, spec, _ask(match, answers, key, _which_column(match, name, spec, options, True)))
        elif name == "stage_label":
            _set(match, name, spec, _ask(match, answers, key, _which_column(match, name, spec, [], True)))
        elif spec.required:
            text = (
                f"No column of {match.file} could be {spec.means}, without which the file cannot be used: it has "
                f"{', '.join(column.label for column in match.table.columns)}. Export that column too, or exclude it"
            )
            answers.ask(Question(match.table.name, text, (EXCLUDED,)))
        else:
            _set(match, name, spec, _empty(match, name))


def _set(match: Match, name: str, spec: Field, candidates: list[Column]) -> None:
    if spec.kind == "reference":
        match.references[name] = [column.name for column in candidates]
    elif candidates:
        match.fields[name] = candidates[0].name
        # The name and e-mail of a person are personal, whatever the label is.
        candidates[0].is_personal = candidates[0].is_personal or (match.entity, name) in PERSONAL_FIELDS


def _answered(reader: Reader, match: Match, name: str, spec: Field, key: str, answer: str) -> list[Column]:
    """Return the column that an answer names; a stage can be an answer for every row, as in a list of won deals.

    OnboardingError for a column that the file does not have, and for `none` where it cannot do without.
    """
    called = [column for column in match.table.columns if answer in (column.label, column.name)]
    if called:
        return called[:1]
    if name == "stage_label" and answer.lower() in EVERY_ROW:
        match.stage = EVERY_ROW[answer.lower()]
        return []
    if answer == EXCLUDED and not spec.required:
        return []
    if answer == EXCLUDED:
        best = _candidates(reader, match, name, spec) or _possible(reader, match, name, spec)
        raise OnboardingError(
            f"--answer {key}={EXCLUDED}: {match.file} cannot be used without {spec.means}. Name the column that has it"
            f"{f', such as {best[0].label}' if best else ''}, or exclude the file: --answer {match.table.name}=none"
        )
    labels = " | ".join(column.label for column in match.table.columns)
    raise OnboardingError(f"--answer {key}={answer}: {match.file} has no such column; it has {labels}")


def _ask(match: Match, answers: Answers, key: str, question: Question) -> list[Column]:
    answer = answers.ask(question)
    return [column for column in match.table.columns if column.label == answer]


def _candidates(reader: Reader, match: Match, name: str, spec: Field) -> list[Column]:
    """Return the columns with one of the field's labels and cells of its kind, best first, without empty columns."""
    ranks: dict[str, tuple[int, Column]] = {}
    for column in match.table.columns:
        for rank, form in enumerate(forms_of(column.label, own_words(match))) if column.filled else ():
            if form not in ranks or rank < ranks[form][0]:
                ranks[form] = (rank, column)
    found = [ranks[label][1] for label in labels_of(match, name) if label in ranks]
    columns = [
        each for each in {column.name: column for column in found}.values() if reader.fits(match.table, each, spec.kind)
    ]
    if name == "stage_label":
        return _ending(reader, match, columns)
    if name == "currency_code":
        return columns[:1] or [each for each in match.table.columns if reader.are_currencies(match.table, each)]
    if name == "refunded_amount":  # Flags are not amounts.
        cells = {each.name: set(values_of(reader.connection, match.table, each.name)) for each in columns}
        return [each for each in columns if "1" not in cells[each.name] or cells[each.name] - {"0", "1"}]
    if match.entity == "activities" and name in ("direction", "activity_label"):
        return [each for each in columns if (name == "direction") == _are_directions(reader, match, each)]
    return columns


def _empty(match: Match, name: str) -> list[Column]:
    """Return the empty column with the best label of a field: its first values come with a later export."""
    used = {*match.fields.values(), *(each for columns in match.references.values() for each in columns)}
    empty = [each for each in match.table.columns if not each.filled and each.name not in used]
    labels, own = labels_of(match, name), own_words(match)
    return [column for label in labels for column in empty if label in forms_of(column.label, own)][:1]


def _ending(reader: Reader, match: Match, columns: list[Column]) -> list[Column]:
    """Return the only one of several columns whose labels mean won and lost; all of them if there is no such one."""
    if len(columns) < 2:
        return columns
    deciding = []
    for column in columns:
        labels = values_of(reader.connection, match.table, column.name)
        if {"customer", "lost"} <= {stage_in(label) for label in labels}:
            deciding.append(column)
    return deciding if len(deciding) == 1 else columns


def _are_directions(reader: Reader, match: Match, column: Column) -> bool:
    """Whether the cells of a column state a direction: a column "Call type" can be that, or the kind of activity."""
    labels = values_of(reader.connection, match.table, column.name)
    return any(has_word(label, f"{INBOUND}|{OUTBOUND}") for label in labels)


def _possible(
    reader: Reader, match: Match, name: str, spec: Field, used: Collection[str] | None = None
) -> list[Column]:
    """Return the columns that nothing uses and whose cells are of the field's kind, the likeliest first."""
    used = match.fields.values() if used is None else used
    free = [column for column in match.table.columns if column.filled and column.name not in used]
    if name == "stage_label":
        free = [each for each in free if 1 < each.distinct <= MOST_STATES and not each.is_personal]
        free = [each for each in free if not is_id_label(each.label)]
        free = [each for each in free if reader.fits(match.table, each, "text")]
        free = [each for each in free if not reader.fits(match.table, each, "instant")]
        return sorted(free, key=lambda each: not has_word(each.label, STATE_WORDS))
    fitting = [each for each in free if not is_id_label(each.label) and reader.fits(match.table, each, spec.kind)]
    if spec.kind in ("instant", "date"):
        return sorted(fitting, key=lambda each: not has_word(each.label, TIME_WORDS))
    order = MONEY.split("|")
    places = {each.name: [order.index(word) for word in order if has_word(each.label, word)] for each in fitting}
    return sorted(
        (each for each in fitting if each.distinct > 2 or places[each.name]),
        key=lambda each: min(places[each.name], default=len(order)),
    )


def _which_column(match: Match, name: str, spec: Field, candidates: list[Column], is_guess: bool = False) -> Question:
    labels = tuple(column.label for column in candidates)
    if name == "stage_label" and is_guess:
        labels += tuple(EVERY_ROW)
    if not spec.required:
        labels += (EXCLUDED,)
    key = f"{match.table.name}.{name}"
    if not is_guess:
        return Question(key, f"Which column of {match.file} is {spec.means}?", labels)
    out = "" if not spec.required else f" (To exclude the file: --answer {match.table.name}={EXCLUDED})"
    rows = " If all rows are, answer so." if name == "stage_label" else ""
    text = f"No column of {match.file} is known to be {spec.means}. Which one is it?{rows}{out}"
    return Question(key, text, labels)
