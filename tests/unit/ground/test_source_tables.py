"""The declaration of source tables: what is read, and the message for each wrong declaration."""

from pathlib import Path

import pytest

from orchestration.lib.labels import fold_label
from orchestration.lib.source_tables import Column, DeclarationError, SourceTable, read_sources

GOOD = """
version: 2
sources:
  - name: crm
    schema: raw
    config: {meta: {placeholders: [Select], encoding: [utf-8, cp1252]}}
    tables:
      - name: contacts
        identifier: crm__contacts
        config:
          meta:
            {files: ["*Contacts*"], utc_files: ["Contact.*"], footers: ["^Total"], key: [id], encoding: latin-1,
             max_rejected_rate: 0.2}
        columns:
          - {name: id, data_type: bigint, config: {meta: {required: true, labels: [Record ID]}}}
          - {name: email, data_type: varchar, description: Mail., config: {meta: {personal: true}}}
          - {name: kind, data_type: varchar, config: {meta: {accepted: [a, b]}}}
          - {name: entered, data_type: "map(varchar, date)", config: {meta: {pattern: "^Date (.+)$"}}}
          - {name: cost, data_type: double, config: {meta: {placeholders: ["--"]}}}
          - {name: currency, data_type: varchar, config: {meta: {currency_of: cost}}}
      - {name: loads, identifier: crm__loads}
"""


def write(models: Path, text: str) -> Path:
    folder = models / "staging" / "crm"
    folder.mkdir(parents=True)
    (folder / "_crm__sources.yml").write_text(text)
    return models


def test_a_declaration_is_read_whole(tmp_path: Path) -> None:
    (table,) = read_sources(write(tmp_path, GOOD))
    assert table == SourceTable(
        system="crm",
        name="contacts",
        files=("*contacts*",),
        key=("id",),
        columns=(
            Column("id", "bigint", labels=("Record ID",), required=True),
            Column("email", "varchar", personal=True, description="Mail."),
            Column("kind", "varchar", accepted=("a", "b")),
            Column("entered", "map(varchar, date)", pattern="^Date (.+)$"),
            Column("cost", "double", placeholders=("--",)),
            Column("currency", "varchar", currency_of="cost"),
        ),
        encodings=("latin-1",),
        max_rejected_rate=0.2,
        utc_files=("contact.*",),
        footers=("^Total",),
        placeholders=("Select",),
    )
    assert table.columns[3].value_type == "DATE"
    assert table.raw_table == "crm__contacts"


def test_defaults(tmp_path: Path) -> None:
    text = GOOD.replace(", encoding: latin-1,\n             max_rejected_rate: 0.2", "")
    assert text != GOOD
    (table,) = read_sources(write(tmp_path, text))
    assert (table.encodings, table.max_rejected_rate) == (("utf-8", "cp1252"), 0.01)


def test_labels_fold() -> None:
    assert fold_label("  Date entered “X”\u00a0") == fold_label('date ENTERED "x"')


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("key: [id]", "key: [ident]", "key column 'ident' is not declared"),
        ("encoding: latin", "encodign: latin", "unknown key 'encodign'"),
        ("personal: true", "personnal: true", "column email: unknown key 'personnal'"),
        ("personal: true", "personal: yes please", "column email: personal must be true or false"),
        (
            "accepted: [a, b]",
            "labels: [' record id']",
            "column kind: label 'record id' is already one of column id",
        ),
        ("accepted: [a, b]", "labels: Kind", "column kind: labels must be a list"),
        ("bigint", "bigit", "column id: 'bigit' is not a valid type"),
        ("personal: true", "person: rows", "column email: person must be row, cell or name, of a varchar"),
        ("required: true", "person: row", "column id: person must be row, cell or name, of a varchar; found 'row'"),
        ("name: kind, data_type: varchar", "name: kind", "column kind: data_type is missing"),
        ("name: kind", "name: _line", "column _line: the name is reserved for ingestion"),
        ("crm__contacts", "contacts", "identifier must be 'crm__contacts'"),
        ("placeholders: [Select]", "files: [a]", "source crm: unknown key 'files'"),
        ("placeholders: [Select]", "placeholders: Select", "placeholders must be a list"),
        ('"^Total"', '"(Total"', "'(Total' is not a valid regular expression"),
        ('"^Date (.+)$"', '"^Date (.+$"', "column entered: '^Date (.+$' is not a valid regular expression"),
        ('"^Date (.+)$"', '"^Date .+$"', "column entered: the pattern needs a group"),
        ('pattern: "^Date (.+)$"', "labels: [Date]", "column entered: a pattern goes with data_type map"),
        ('{pattern: "^Date', '{labels: [Day], pattern: "^Date', "column entered: a column with a pattern has no"),
        ('"map(varchar, date)"', "date", "column entered: a pattern goes with data_type map"),
        ("currency_of: cost", "currency_of: kind", "column currency: a varchar; currency_of names a column of numbers"),
        ("currency_of: cost", "currency_of: price", "column currency: a varchar; currency_of names a column of"),
        ("latin-1", "latin-99", "unknown encoding 'latin-99'"),
        ("0.2", "2", "max_rejected_rate must be a rate from 0 to 1"),
        ("sources:", "sources: [", "_crm__sources.yml is not valid YAML"),
    ],
)
def test_a_wrong_declaration_names_file_table_and_column(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in GOOD
    with pytest.raises(DeclarationError) as caught:
        read_sources(write(tmp_path, GOOD.replace(old, new, 1)))
    assert expected in str(caught.value)
    assert "_crm__sources.yml" in str(caught.value)
