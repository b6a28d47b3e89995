"""A sign: cells of a column that decide an outcome beside the column that is read.

Belongs here: one sign, as a condition and in a question. Does not belong here: which columns have signs (deciding.py).
"""

from dataclasses import dataclass

from orchestration.lib.onboarding.texts import sql_text
from orchestration.lib.onboarding.words import NO


@dataclass(frozen=True)
class Sign:
    """Cells of a column that decide an outcome beside the field that is read: some words, or any if there are none."""

    column: str
    label: str
    name: str
    cells: tuple[str, ...]
    word: str

    @property
    def is_plain(self) -> bool:
        """True of a flag, and of what was written; not of a value of another status."""
        return self.name in ("yes", "no", "filled")

    @property
    def shown(self) -> str:
        """The cells as a question shows them."""
        return f"{self.label} = {self.name}" if self.cells else f"a {self.label}"

    def key(self, table: str) -> str:
        """The key of the question about it."""
        return f"{table}.{self.column}.{self.name}"

    def condition(self, cell: str) -> str:
        """Return the SQL condition on a cell."""
        listed = ", ".join(map(sql_text, self.cells or (*NO, "n/a", "none")))
        return f"lower({cell}) {'in' if self.cells else 'not in'} ({listed})"

    def branch(self, alias: str, label: str) -> str:
        """Return the branch of a case that makes the label of it."""
        return f"when {self.condition(f'{alias}.{self.column}')} then {sql_text(label)}"
