"""Sign the demo company's agreements again, after a change of the story: `python -m seeds.signatures`.

A signed version is never changed; here the signatures are part of the story, with the days on which its people signed.
"""

import shutil
from datetime import date
from pathlib import Path

from orchestration.lib.agreement.parts import Team
from orchestration.lib.agreement.signing import sign

FOLDER = Path(__file__).parent / "agreements"
SIGNERS: dict[Team, str] = {"marketing": "Fosca Ridolfini", "sales": "Aurelia Montecchi"}
DAYS = {"2025-10": date(2025, 9, 25), "2026-07": date(2026, 6, 24)}


def unsigned(text: str) -> str:
    """The text of a version without its signatures, which are its last field."""
    return text[: text.index("\nsignatures:")] + "\nsignatures: []\n"


if __name__ == "__main__":
    shutil.rmtree(FOLDER / "signed", ignore_errors=True)
    for version in DAYS:
        path = FOLDER / f"{version}.yml"
        path.write_text(unsigned(path.read_text()))
    for version, day in DAYS.items():
        for team, name in SIGNERS.items():
            sign(FOLDER, version, name, team, day)
