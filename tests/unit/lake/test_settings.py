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
    monkeypatch.setenv("SMARKETING_SPARK", text)
    assert settings.read_spark_options() == expected
