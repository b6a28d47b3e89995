"""The Public Suffix List: its rules as rows, from the copy that the package contains."""

import duckdb

from orchestration.lib.warehouse.public_suffixes import read_suffixes, write_suffixes

TEXT = """\
// ===BEGIN ICANN DOMAINS===

// ck : a remark
*.ck
!www.ck
uk
CO.uk // ends the rule
公司.cn
"""


def test_a_rule_is_its_name_and_its_kind() -> None:
    rows = {(row.suffix, row.kind) for row in read_suffixes(TEXT)}
    assert rows == {
        ("ck", "wildcard"),
        ("www.ck", "exception"),
        ("uk", "plain"),
        ("co.uk", "plain"),
        ("公司.cn", "plain"),
        ("xn--55qx5d.cn", "plain"),
    }


def test_the_list_of_the_package_replaces_the_table() -> None:
    with duckdb.connect() as connection:
        assert write_suffixes(connection) == write_suffixes(connection) > 9_000
        rows = connection.execute(
            "select count(*), count(distinct (suffix, kind)) from raw.domains__suffixes"
        ).fetchone()
        assert rows[0] == rows[1] == write_suffixes(connection)
        found = connection.execute("select suffix from raw.domains__suffixes where kind = 'plain'").fetchall()
        assert {("com",), ("co.uk",), ("github.io",), ("blogspot.com",)} <= set(found)
