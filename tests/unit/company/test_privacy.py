"""The part of a person's e-mail that leaves the warehouse."""

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.company.privacy import PrivacyError, email_key, write_privacy


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


def test_the_setting_is_one_row_however_often_it_is_written() -> None:
    connection = duckdb.connect()
    write_privacy(connection, "hash", "a")
    write_privacy(connection, "plain", "b")
    assert connection.execute("from raw.company__privacy").fetchall() == [("plain", "b", "none")]
