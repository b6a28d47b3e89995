"""`smarketing run` where a part of the build has failed: what it still writes, and how it ends."""

from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from orchestration.commands import run as verb


@pytest.mark.parametrize(("is_published", "reviewed"), [(True, ["the last quarter"]), (False, [])])
def test_reviews_are_made_of_a_copy_that_is_published(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    is_published: bool,
    reviewed: list[str],
) -> None:
    """Such as when the serving database is down: the run ends with 1 all the same."""
    (tmp_path / "before").touch()
    (tmp_path / "after").touch()
    copy, made = tmp_path / "copy", []
    copy.symlink_to(tmp_path / "before")
    place = SimpleNamespace(
        company=SimpleNamespace(name="Acme"), home=tmp_path, warehouse=tmp_path / "none", logs=tmp_path, as_of=""
    )
    prepared = SimpleNamespace(place=place, copy=copy, tables=[])

    def fail(*_: object) -> bool:
        if is_published:
            copy.unlink()
            copy.symlink_to(tmp_path / "after")
        return False

    replaced = {
        "prepare": lambda *_, **__: prepared,
        "prepare_project": lambda *_, **__: None,
        "is_by_spark": lambda _: False,
        "require_room": lambda *_: None,
        "room_of_run": lambda *_: 0,
        "begin_unfinished": lambda _: False,
        "execute": fail,
        "open_warehouse": lambda *_, **__: nullcontext(),
        "reviewable_periods": lambda _: ["the last quarter"],
        "latest_of_each_kind": lambda periods: periods,
        "read_words": lambda _: [],
        "openings_of_copy": lambda *_: [],
        "make_reviews": lambda _, periods: made.extend(periods) or [],
    }
    for name, each in replaced.items():
        monkeypatch.setattr(verb, name, each)
    with pytest.raises(typer.Exit) as ended:
        verb.run()
    assert ended.value.exit_code == 1
    assert made == reviewed
    words = "Published, but not all that is made of it" if is_published else "Not published; readers keep"
    assert words in capsys.readouterr().err
