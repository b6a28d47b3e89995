"""What the environment tells Spark."""

import pytest

from orchestration import settings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("spark.master=local[8]", {"spark.master": "local[8]"}),
        ("  spark.driver.memory=32g spark.a=b=c ", {"spark.driver.memory": "32g", "spark.a": "b=c"}),
    ],
)
def test_settings_of_spark(monkeypatch: pytest.MonkeyPatch, text: str, expected: dict[str, str]) -> None:
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    monkeypatch.setenv("SMARKETING_SPARK", text)
    assert settings.read_spark_options() == expected


def test_a_server_is_a_setting_or_the_variable_of_spark_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_REMOTE", "sc://one:15002")
    monkeypatch.setenv("SMARKETING_SPARK", "spark.a=b")
    assert settings.read_spark_options() == {"spark.remote": "sc://one:15002", "spark.a": "b"}
    monkeypatch.setenv("SMARKETING_SPARK", "spark.remote=sc://two")
    assert settings.read_spark_options() == {"spark.remote": "sc://two"}
