"""connection.yml is read as strictly as an agreement: what hangs or breaks a reader of YAML is a sentence."""

from pathlib import Path

import pytest

from orchestration.lib.ingestion.connections import read_connection
from orchestration.lib.ingestion.refusal import Refused


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 5000, "line 1: it is nested too deep to be read"),
        ("a: &a [x, x]\ntype: [*a, *a]\n", "line 1: this is not YAML: anchors"),
        ("type: postgres\ntype: duckdb\n", "line 2: type: the field is defined twice"),
        ("- type: postgres\n", "line 1: a connection is a list of fields"),
        ("type: postgres\nport: [\n", "line 3: this is not YAML"),
        ("type: postgres\nhost: !!python/object/apply:os.system [x]\n", "line 2: this is not YAML: tags"),
    ],
)
def test_what_breaks_a_reader_is_a_sentence(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "connection.yml"
    path.write_text(text)
    with pytest.raises(Refused) as refused:
        read_connection(path)
    assert str(refused.value).startswith(reason)
