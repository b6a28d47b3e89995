{#-
    Tables, views and data tests in one statement each. DuckDB replaces a relation atomically, where dbt's own
    materialization builds a second one, renames twice and drops, at twice the cost of a small model; the SQL that was run is in
    target/compiled already. A contract (names and types) is asserted as dbt does.
-#}
{% materialization table, adapter = "duckdb" %}
    {{ return(replace_relation("table")) }}
{% endmaterialization %}

{% materialization view, adapter = "duckdb" %} {{ return(replace_relation("view")) }} {% endmaterialization %}

{% macro replace_relation(type) %}
    {%- set target = this.incorporate(type=type) %}
    {%- set existing = load_cached_relation(this) %}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {%- if existing is not none and existing.type != type %}
        {% do adapter.drop_relation(existing) %}
    {% endif %}
    {%- set query = sql %}
    {%- if config.get("contract").enforced %}
        {%- do get_assert_columns_equivalent(sql) %} {% set query = get_select_subquery(sql) %}
    {%- endif %}
    {%- set response, nothing = adapter.execute(
        "create or replace " ~ type ~ " " ~ target ~ " as (" ~ query ~ ")"
    ) %}
    {%- do store_result("main", response=response, agate_table=nothing) %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({"relations": [target]}) }}
{% endmacro %}

{#-
    Spark: every model is a table, since a view is analysed again wherever it is named. `lake` begins each build without
    tables (orchestration/lib/lake), so there is nothing to replace. The types of a contract are made; DuckDB asserts them.
-#}
{% materialization table, adapter = "spark" %} {{ return(new_table()) }} {% endmaterialization %}

{% materialization view, adapter = "spark" %} {{ return(new_table()) }} {% endmaterialization %}

{% macro new_table() %}
    {%- set target = this.incorporate(type="table") %}
    {%- set columns = model.columns.values() if config.get("contract").enforced else [] %}
    {{ run_hooks(pre_hooks) }}
    {% call statement("drop") %} drop table if exists {{ target }}
    {% endcall %}
    {% call statement("main") %}
        create table {{ target }} using parquet as
        select
        {% for column in columns -%}
                cast({{ column.name }} as {{ column.data_type }}) as {{ column.name }}{{ "," if not loop.last }}
        {% else -%} *
        {%- endfor %}
        from ({{ sql }}) as model
    {% endcall %}
    {{ run_hooks(post_hooks) }}
    {{ return({"relations": [target]}) }}
{% endmacro %}

{#- A data test that checks several things in one query reports each of them that failed. -#}
{% materialization test, adapter = "duckdb" %}
    {%- set name = (model.test_metadata or {}).get("name") %}
    {%- if should_store_failures() %} {{ return(dbt.materialization_test_default()) }} {% endif %}
    {%- set query = get_test_sql(
        sql,
        config.get("fail_calc"),
        config.get("warn_if"),
        config.get("error_if"),
        config.get("limit"),
    ) %}
    {%- set response, result = adapter.execute(query, fetch=True) %}
    {%- do store_result("main", response=response, agate_table=result) %}
    {%- if name in ("holds", "keys_exist", "ties_to") and result.rows[0][0] %}
        {%- for fault in run_query(sql).rows %}
            {%- do log(model.file_key_name ~ ": " ~ fault[0], info=True) %}
        {%- endfor %}
    {%- endif %}
    {{ return({"relations": []}) }}
{% endmaterialization %}
