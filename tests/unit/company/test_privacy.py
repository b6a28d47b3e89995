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
        ("- plain\n", "write published_email: hash"),
        ("published_email: [\n", "not valid YAML"),
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
    assert email_key(tmp_path, "given") == "given"
    assert email_key(tmp_path / "other", "") != key


def test_the_setting_is_one_row_however_often_it_is_written() -> None:
    connection = duckdb.connect()
    write_privacy(connection, "hash", "a")
    write_privacy(connection, "plain", "b")
    assert connection.execute("from raw.company__privacy").fetchall() == [("plain", "b")]
