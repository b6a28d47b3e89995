"""A company as large as one likes: the raw tables of the demo, copied N times, under other ids and e-mails.

Belongs here: which columns name a person or thing that each copy has of its own. Users, campaigns, agreements and
reference stay as they are: a larger company has more leads, and not more rules.
"""

from pathlib import Path

import duckdb

CONSTANT = """
    table_name similar to '(agreement|reference|company|ingestion|([a-z]+_)?ads)__.*'
    or table_name in
    ('hubspot__users', 'salesforce__users', 'salesforce__groups', 'salesforce__campaigns', 'closing__months')
"""
IDS = """
    data_type = 'VARCHAR'
    and column_name similar to '(id|.*_ids?|record_id|calendar_uid|invoice_number)'
    and column_name not in
    ('_load_id', 'owner_id', 'campaign_id', 'sequence_id', 'session_id', 'record_type_id', 'primary_team_id')
"""
ADDRESSES = "column_name in ('email', 'customer_email', 'recipient', 'website', 'company_domain_name')"
NAMES = "column_name in ('company', 'company_name', 'account_name', 'deal_name', 'document_name')"

# Four digits more; Salesforce's ids keep their length, since 15 characters of them count.
COPIED_ID = """
    case
        when regexp_matches({value}, '[0-9a-zA-Z]{{3}}Dm[0-9]')
        then replace({value}, 'Dm', lpad(to_base(copy, 36), 2, '0'))
        when contains({value}, '#') then replace({value}, '#', copy_digits || '#')
        else regexp_replace({value}, '([^;]+)', '\\1' || copy_digits, 'g')
    end
"""
# Another mailbox at another firm; persons excluded by name, such as the company's own people, stay excluded.
COPIED_ADDRESS = """
    case
        when split_part({value}, '@', 2) in (select value from raw.reference__exclusions) then {value}
        when contains({value}, '@') then replace({value}, '@', '@c' || copy_digits || '-')
        else regexp_replace({value}, '^(https?://)?(www\\.)?', '\\1\\2c' || copy_digits || '-')
    end
"""


def copy_raw_tables(source: Path, target: Path, copies: int) -> int:
    """Make the warehouse `target` with `copies` copies of the raw tables of `source`; returns how many leads it has."""
    with duckdb.connect(target) as connection:
        connection.execute(f"attach '{source}' as demo (read_only); create schema raw;")
        query = "select table_name from duckdb_tables() where database_name = 'demo' and schema_name = 'raw'"
        tables = [name for (name,) in connection.execute(query).fetchall()]
        for table in tables:
            connection.execute(f'create table raw."{table}" as from demo.raw."{table}"')
        for table, columns in connection.execute(f"""
            select table_name, list((column_name, case when {IDS} then 'id' when {ADDRESSES} then 'address'
                when {NAMES} then 'name' end) order by column_index)
            from duckdb_columns() where database_name = 'demo' and schema_name = 'raw' and not ({CONSTANT})
                and table_name in (select table_name from duckdb_tables() where estimated_size > 0)
            group by table_name
        """).fetchall():
            copied = ", ".join(_copied(f'"{name}"', kind) for name, kind in columns)
            connection.execute(f"""
                insert into raw."{table}" select {copied}
                from demo.raw."{table}", (
                    select copy, lpad(cast(copy as varchar), 4, '0') as copy_digits
                    from range(1, {copies}) as copies(copy)
                )
            """)
        query = "select (select count(*) from raw.hubspot__contacts) + (select count(*) from raw.salesforce__leads)"
        leads = connection.execute(query).fetchall()[0][0]
        connection.execute("detach demo")
    return leads


def _copied(column: str, kind: str | None) -> str:
    """The expression of one column of a copy."""
    if kind == "name":
        return f"{column} || ' ' || copy"
    return {"id": COPIED_ID, "address": COPIED_ADDRESS}.get(kind or "", "{value}").format(value=column)
