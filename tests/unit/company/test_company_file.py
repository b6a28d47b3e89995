"""What a company decides in company.yml, and what is refused there, with its line."""

from pathlib import Path

import pytest

from orchestration.lib.company.company_file import CompanyFile, CompanyFileError, is_by_spark, read_company_file


def test_a_company_without_the_setting_publishes_hashes(tmp_path: Path) -> None:
    assert read_company_file(tmp_path) == CompanyFile("hash", 90)


@pytest.mark.parametrize("choice", ["hash", "plain", "none"])
def test_a_company_chooses(tmp_path: Path, choice: str) -> None:
    (tmp_path / "company.yml").write_text(f"published_email: {choice}\n")
    assert read_company_file(tmp_path).published_email == choice


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("published_email: yes\n", "write hash, plain, none"),
        ("publish: plain\n", "company.yml line 1: unknown field 'publish'; known are published_email, keep_days"),
        (
            "# published_email: no\n\nkeep_days: 30\npublished_email: no\n",
            "line 4: published_email is 'no'; write hash",
        ),
        ("published_name: hash\n", "line 1: published_name is 'hash'; write none, plain"),
        ("hubspot_portal: acme\n", "line 1: hubspot_portal is 'acme'; write the number of the account"),
        (
            "salesforce_url: javascript:alert(1)\n",
            "line 1: salesforce_url is 'javascript:alert\\(1\\)'; write the address",
        ),
        ("salesforce_url: http://acme.my.salesforce.com\n", "write the address of the organisation"),
        ("engine: flink\n", "company.yml line 1: engine is 'flink'; write duckdb, spark"),
        ("today_by_mail: Eva Blu\n", "line 1: today_by_mail is 'Eva Blu'; write the names of owners as in the CRM"),
        ("today_by_mail: [Eva Blu, 7]\n", "write the names of owners as in the CRM in brackets, as in \\[Eva Blu"),
        ("today_by_mail: ['']\n", "write the names of owners"),
        ("keep_days: 6\n", "line 1: keep_days is '6'; write a whole number of days from 7 to 3650"),
        ("keep_days: -1\n", "keep_days is '-1'; write a whole"),
        ("keep_days: 7.5\n", "keep_days is '7.5'; write a whole"),
        ("keep_days: 90d\n", "keep_days is '90d'; write a whole"),
        ("keep_days: true\n", "keep_days is 'True'; write a whole"),
        ("keep_days:\n", "keep_days is 'None'; write a whole"),
        (
            "- plain\n",
            "line 1: the settings of a company are a list of fields; write fields such as",
        ),
        ("published_email: [\n", "line 2: this is not YAML"),
        ("published_email: hash\npublished_email: none\n", "line 2: published_email: the field is defined twice"),
        ("a: &a [x, x]\npublished_email: [*a, *a]\n", "line 1: this is not YAML"),
        ("published_email: 2026-99-99\n", "published_email is '2026-99-99'"),
        (f"published_email: {'9' * 5000}\n", "published_email is 'inf'"),
        ("[" * 5000, "nested too deep"),
        ("published_email: !!python/object/apply:os.system [x]\n", "line 1: this is not YAML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "company.yml").write_text(text)
    with pytest.raises(CompanyFileError, match=message):
        read_company_file(tmp_path)


def test_a_company_decides_how_long_what_is_of_no_use_is_kept(tmp_path: Path) -> None:
    (tmp_path / "company.yml").write_text("keep_days: 30\n")
    assert read_company_file(tmp_path) == CompanyFile("hash", 30)


@pytest.mark.parametrize(("text", "is_spark"), [("engine: spark\n", True), ("", False), ("engine: flink\n", False)])
def test_a_company_chooses_its_engine(tmp_path: Path, text: str, is_spark: bool) -> None:
    (tmp_path / "company.yml").write_text(text)
    assert is_by_spark(tmp_path) is is_spark


@pytest.mark.parametrize(("text", "names"), [("", ()), ("[]", ()), ("[Eva Blu, Ugo Riva]", ("Eva Blu", "Ugo Riva"))])
def test_a_company_names_who_gets_today_by_mail(tmp_path: Path, text: str, names: tuple[str, ...]) -> None:
    (tmp_path / "company.yml").write_text(f"today_by_mail: {text}\n" if text else "")
    assert read_company_file(tmp_path).today_by_mail == names


def test_a_file_with_comments_alone_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "company.yml").write_text("# published_email: plain\n\n")
    assert read_company_file(tmp_path) == CompanyFile("hash", 90)


def test_a_company_names_where_its_records_are_opened(tmp_path: Path) -> None:
    assert read_company_file(tmp_path).record_urls == {}
    text = "hubspot_portal: 1234567\nsalesforce_url: https://acme.my.salesforce.com/\npublished_name: plain\n"
    (tmp_path / "company.yml").write_text(text)
    read = read_company_file(tmp_path)
    assert read.published_name == "plain"
    assert read.record_urls == {
        "hubspot": "https://app.hubspot.com/contacts/1234567/record/0-1/",
        "salesforce": "https://acme.my.salesforce.com/",
    }
