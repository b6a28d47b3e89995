"""The JSON Schema of an agreement, for editors: completion, hover, and a red line under a mistake while it is typed.

Belongs here: making it from the model of document.py. Write it again after a change of the model:

    python -m orchestration.lib.agreement.schema > docs/agreement.schema.json

It checks each field alone; rules between fields (shares that add up, names that must exist) are checked when the
agreement is read.
"""

import json
from typing import Any

from orchestration.lib.agreement.document import Agreement


def agreement_schema() -> dict[str, Any]:
    """The schema of one version (JSON Schema 2020-12), with the short forms that may be written."""
    schema = Agreement.model_json_schema(by_alias=True, mode="validation")
    _tidy(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "The agreement between sales and marketing",
    }


def _tidy(schema: Any) -> None:
    """Remove titles, which repeat the field's name, and empty defaults; refuse names that no pattern allows."""
    if isinstance(schema, list):
        for each in schema:
            _tidy(each)
    if not isinstance(schema, dict):
        return
    if isinstance(schema.get("title"), str):
        del schema["title"]
    if schema.get("default", 0) is None:
        del schema["default"]
    # A field that may be omitted is never written as null.
    kinds = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if "anyOf" in schema and len(kinds) < len(schema["anyOf"]):
        del schema["anyOf"]
        schema.update(kinds[0] if len(kinds) == 1 else {"anyOf": kinds})
    if "patternProperties" in schema:
        schema["additionalProperties"] = False
    for each in schema.values():
        _tidy(each)


def schema_text() -> str:
    """The text of docs/agreement.schema.json."""
    return json.dumps(agreement_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
