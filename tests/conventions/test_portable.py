"""SQL has the same meaning on every engine; an engine's own words are in macros/engine, one function per file.

Belongs here: words and forms that are searched for in the text of models, macros, generic tests and of the SQL in YAML
(arguments of data tests, rows of unit tests). That no result depends on where nulls sort, test_dbt_unit_tests.py shows.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import yaml

from tests.conventions.test_models import FOLDERS, PROJECT

WORDS = {
    "concat": (r"\bconcat\s*\(", "null in one engine, text in another: concat_ws, or || "),
    "starts_with": (r"\bstarts_with\s*\(", "left(text, n) = '...'"),
    "unnest": (r"\b(?:unnest|explode|unpivot)\b(?!_)", "unnest_list, integer_series, map_entries"),
    "range": (r"\b(?:range|generate_series)\s*\(", "integer_series"),
    "map": (r"\bmap\s*(?:\{|\()(?!\s*(?:varchar|string)\b)", "map_of_one"),
    "::": (r"(?<=[\w)\]'])::(?=[a-z])", "cast(... as ...)"),
    "list functions": (r"\b(?:list|array)_\w+\s*\(", "a macro of macros/engine"),
    "strftime": (r"\bstr[fp]time\s*\(", "date_trunc, extract"),
    "lateral": (r"\blateral\b", "a join"),
    "asof": (r"\basof\b", "a range join"),
    "exclude": (r"\*\s*exclude\b", "name the columns"),
    "round": (r"\bround\s*\(", "rounded"),
    "trim": (r"\b[lr]?trim\s*\(", "trimmed"),
    "not in a query": (r"\bnot\s+in\s*\(\s*(?:select|with)\b", "not exists"),
    "chr": (r"\bchr\s*\((?!\d{1,2}\)|1\d\d\))", "character"),
    "a quotient of decimals": (
        r" / \d+\.\d",
        "cast(... as double) / 7, or / 7e0: each engine has other digits",
    ),
    "a window of a window": (
        r"\bover\s*\(\s*(?!partition|order|rows|range|and\b)\w",
        "two named windows",
    ),
    "a named window and a minus": (r"\bover \w+ -", "(... over a) - ...: a name with a hyphen for one engine"),
    "ignore nulls": (r"\b(?:ignore|respect) nulls\b", "last_known"),
    "try_cast": (r"\btry_cast\s*\(", "cast_or_null"),
    "split_part": (r"(?<!dbt\.)\bsplit_part\s*\(", "dbt.split_part"),
    "an engine's own word": (
        r"\b(?:epoch(?:_us|_ms)?|make_timestamp|timezone|quantile_cont|percentile_cont|median|isodow|dayofweek|date_diff"
        r"|datediff|date_add|to_days|to_months|string_split|list|array_agg)\s*\(|\bat time zone\b",
        "a macro of macros/engine",
    ),
    "varchar": (r"\bvarchar\b", "string"),
}
CAST_THAT_ROUNDS = re.compile(r"(?:bigint|integer|decimal\(\d+, ?[0-4]\))$", re.IGNORECASE)
# Sources are what ingestion reads: their types are DuckDB's.
FILES = sorted(
    path
    for folder in FOLDERS
    for path in folder.rglob("*.*")
    if path.parent.name != "engine"
    and (path.suffix == ".sql" or (path.suffix == ".yml" and not path.stem.endswith("_sources")))
) + sorted((PROJECT / "dbt_project" / "seeds").glob("*.yml"))


def plain(text: str, suffix: str) -> str:
    """The text with comments blanked, so that lines and places stay."""
    comments = r"\{#.*?#\}|--[^\n]*" if suffix == ".sql" else r"(?<!\S)#[^\n]*|description: [^\n]*|--[^\n]*"
    return re.sub(comments, lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.DOTALL)


def inner(text: str, start: int) -> str:
    """The text between a bracket, which ends before `start`, and the one that closes it."""
    depth, place = 1, start
    while depth and place < len(text):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        place += 1
    return text[start : place - 1]


def level(text: str) -> str:
    """The text with blanks for its brackets and what is in them, and for line breaks: places stay."""
    text = text.replace("\n", " ")
    while (blanked := re.sub(r"\([^()]*\)", lambda found: " " * len(found[0]), text)) != text:
        text = blanked
    return text


def names_of_two(text: str, place: int, window: str) -> set[str]:
    """Names in the window of this `qualify` that its select changes: one engine takes the old value, one the new."""
    flat = level(text[:place])
    start = flat.find("select", flat.rfind("(") + 1)
    end = start + flat[start:].find(" from ") if start >= 0 else -1
    commas = [start, *(found.start() for found in re.finditer(",", flat[:end]) if found.start() > start), end]
    columns = (re.fullmatch(r"\W*(.*)\bas (\w+)\s*", text[a:b], re.DOTALL) for a, b in pairwise(commas))
    changed = {found[2] for found in columns if found and re.search(rf"\b{found[2]}\b", found[1])}
    return {name for name in changed if re.search(rf"(?<![\w.'\"]){name}\b", window)}


def doubles() -> set[str]:
    """Columns that every declaration calls a double: of them no id and no text is made."""
    types: dict[str, set[str]] = {}
    for path in (path for folder in FOLDERS for path in folder.rglob("*.yml")):
        declared = yaml.safe_load(path.read_text()) or {}
        holders = [
            *declared.get("models", []),
            *(table for each in declared.get("sources", []) for table in each["tables"]),
        ]
        for column in (column for holder in holders for column in holder.get("columns", [])):
            types.setdefault(column["name"], set()).add(column.get("data_type", ""))
    return {name for name, kinds in types.items() if kinds == {"double"}}


def faults(text: str, of_doubles: set[str]) -> Iterator[tuple[int, str, str]]:
    """Place, fault and remedy, of all that the text does against the rules."""
    for fault, (form, remedy) in WORDS.items():
        for found in re.finditer(form, text, re.IGNORECASE):
            yield found.start(), fault, remedy
    for found in re.finditer(r"(?<![\w.])select\s+\*", text):
        query = re.split(r"\bunion\b|\bendmacro\b", level(inner(text, found.end())))[0]
        if re.search(r"\bjoin\b", query):
            yield found.start(), "select * over a join", "name the table: a column of two is ambiguous"
    for found in re.finditer(r"(?<![\w.])select\s", text):
        query, *others = re.split(r"\bunion\b", level(inner(text, found.end())).partition("endmacro")[0])
        is_in_union = others or re.search(r"\bunion(?:\s+all)?\s*$", text[: found.start()])
        if is_in_union and re.search(r"\w\.\*", query) and re.search(r"\busing\b", query):
            yield found.start(), "a star over a join by using in a union", "on: Spark has the keys first"
    for found in re.finditer(r"\bqualify\b", text):
        window = inner(text, found.start()).partition("endmacro")[0]
        for name in sorted(names_of_two(text, found.start(), window)):
            yield found.start(), f"{name} before and after its change", "table.column in the window"
        if re.search(r"\bby\b[^=]*\b(?:sum|count|max|min)\([^()]*\)(?! over)", window):
            yield found.start(), "an aggregate in a qualify", "a column of the select"
        if re.search(r"\b(?:export_utc|local_date|start_of_date|company_zone)\(", window):
            yield found.start(), "the company's zone in a qualify", "a column of a query before it"
    for found in re.finditer(r"\b(\w+) as \(", text):
        body = inner(text, found.end())
        if re.search(rf"\b(?:from|join)\s+{found[1]}\b", body) and re.search(r"\bunion\b(?!\s+all)", body):
            yield found.start(), "union in a recursion", "union all, and a path that ends circles"
    for found in re.finditer(r"\bcast\(", text):
        value, _, kind = inner(text, found.end()).rpartition(" as ")
        own = value.strip()
        if CAST_THAT_ROUNDS.search(kind.strip()) and re.search(r"[^\s(] [*/] ", own):
            exact = re.match(r"\{\{\s*rounded\(|floor\(|\(?floor\(|least\(floor\(", own) or "as decimal(" in own
            if not exact and "cast_or_null" not in own:
                yield found.start(), "a cast that rounds", "rounded"
        name = own.rpartition(".")[2]
        if kind.strip() in ("varchar", "string") and name in of_doubles:
            yield found.start(), f"a text of the double {name}", "a decimal, or readable_number"


def offenders(name: str, text: str, of_doubles: set[str]) -> list[str]:
    """One line for each fault, with its file and line."""
    known = plain(text, Path(name).suffix)
    return [
        f"{name}:{known[:place].count(chr(10)) + 1}: {fault}; write {remedy}"
        for place, fault, remedy in sorted(faults(known, of_doubles))
        # A description has calculations; the figures of a unit test's rows are checked by both engines.
        if not (fault == "a quotient of decimals" and name.endswith(".yml"))
    ]


def test_sql_has_one_meaning_on_every_engine() -> None:
    of_doubles = doubles()
    assert {"tolerance_rate", "score_at_least"} <= of_doubles
    found = [
        line for path in FILES for line in offenders(path.relative_to(PROJECT).as_posix(), path.read_text(), of_doubles)
    ]
    assert not found, "\n".join(found)


def test_each_form_is_found() -> None:
    """A rule that finds nothing in its own example would let everything pass."""
    examples = [
        ("select concat(a, b)", "concat"),
        ("where starts_with(a, 'x')", "starts_with"),
        ("select unnest(a)", "unnest"),
        ("from range(3)", "range"),
        ("select map {'a': 1}", "map"),
        ("select a::date", "::"),
        ("select list_max(a)", "list functions"),
        ("select strftime(a, '%G')", "strftime"),
        ("cross join lateral (select 1)", "lateral"),
        ("asof join a", "asof"),
        ("select * exclude (a) from b", "exclude"),
        ("select round(a, 2)", "round"),
        ("select trim(a)", "trim"),
        ("where a not in (\n  select b from c)", "not in a query"),
        ("select try_cast(a as date)", "try_cast"),
        ("select chr(8203)", "chr"),
        ("select sum(a) over b - c from d", "a named window and a minus"),
        ("select max(a) over (b range between 1 preceding and current row)", "a window of a window"),
        ("select a from b group by a qualify rank() over (order by max(c)) = 1", "an aggregate in a qualify"),
        ('qualify max({{ local_date("a") }}) over () = b', "the company's zone in a qualify"),
        ("select a / 7.0 as weeks", "a quotient of decimals"),
        ("select last_value(a ignore nulls) over (order by b)", "ignore nulls"),
        (
            "select b, first_value(a) over c as a from d qualify row_number() over (order by a) = 1",
            "a before and after its change",
        ),
        ("select split_part(a, ':', 1)", "split_part"),
        ("select epoch_us(a)", "an engine's own word"),
        ("cast(null as varchar)", "varchar"),
        ("with a as (select * from b inner join c on b.d = c.d)", "select * over a join"),
        (
            "with a as (select b.*, c.d from b inner join c using (e) union all select * from f)",
            "a star over a join by using in a union",
        ),
        (
            "with a as (select * from f union all\n select b.*, c.d from b inner join c using (e))",
            "a star over a join by using in a union",
        ),
        ("with recursive a as (select 1 as b union select b from a)", "union in a recursion"),
        ("select cast(a * b as decimal(18, 2))", "a cast that rounds"),
        ("select cast(a.half as string)", "a text of the double half"),
    ]
    for text, fault in examples:
        assert [line.split(": ")[1].split(";")[0] for line in offenders("a.sql", text, {"half"})] == [fault], text
    assert offenders("a.sql", "select left(a, 2), cast(b * c as double) -- trim(a)\n", {"half"}) == []
