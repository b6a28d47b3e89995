"""The part of a person's e-mail that leaves the warehouse."""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.company.privacy import PrivacyError, email_key, read_published_email, write_privacy


def test_a_company_without_the_setting_publishes_hashes(tmp_path: Path) -> None:
    assert read_published_email(tmp_path / "company.yml") == "hash"


@pytest.mark.parametrize("choice", ["hash", "plain", "none"])
def test_a_company_chooses(tmp_path: Path, choice: str) -> None:
    (tmp_path / "company.yml").write_text(f"published_email: {choice}\n")
    assert read_published_email(tmp_path / "company.yml") == choice


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("published_email: yes\n", "write hash, plain, none"),
        ("publish: plain\n", "unknown field 'publish'"),
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
    with pytest.raises(PrivacyError, match=message):
        read_published_email(tmp_path / "company.yml")


def test_a_warehouse_keeps_the_key_that_it_made(tmp_path: Path) -> None:
    key = email_key(tmp_path, "")
    assert len(key) == 64
    assert email_key(tmp_path, "") == key
    assert (tmp_path / "email_key").stat().st_mode & 0o077 == 0
    assert email_key(tmp_path, "given by a person") == "given by a person"
    assert email_key(tmp_path / "other", "") != key


@pytest.mark.parametrize("key", ["", "a", "fifteen letters"])
def test_a_key_that_can_be_guessed_is_refused(tmp_path: Path, key: str) -> None:
    (tmp_path / "email_key").write_text(key)  # what a full disk or a killed process left
    with pytest.raises(PrivacyError, match="can be guessed; it needs at least 16; write the one that it had"):
        email_key(tmp_path, "")
    if key:
        with pytest.raises(PrivacyError, match="SMARKETING_EMAIL_KEY: a key of"):
            email_key(tmp_path, key)


def test_a_file_with_comments_alone_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "company.yml").write_text("# published_email: plain\n\n")
    assert read_published_email(tmp_path / "company.yml") == "hash"


def test_the_setting_is_one_row_however_often_it_is_written() -> None:
    connection = duckdb.connect()
    write_privacy(connection, "hash", "a")
    write_privacy(connection, "plain", "b")
    assert connection.execute("from raw.company__privacy").fetchall() == [("plain", "b")]
