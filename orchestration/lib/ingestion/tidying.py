"""A cell as a person sees it: without what is invisible in it or around it.

Belongs here: the characters that mean nothing, whatever the type of the column is. Does not belong here: formats of
times and numbers (`cell_formats.py`), ids (`identifiers.py`). The function takes and returns SQL.
"""

from orchestration.lib.warehouse.sql import literal

# What a person does not see, except the joiners of Arabic and Indian scripts between two letters of theirs.
INVISIBLE = (
    r"[\x{0}-\x{8}\x{e}-\x{1b}\x{7f}\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{180e}\x{200b}\x{200e}\x{200f}\x{202a}-\x{202e}"
    r"\x{2060}-\x{206f}\x{3164}\x{feff}\x{ffa0}\x{fff9}-\x{fffb}]+"
)
JOINERS, LATIN = r"[\x{200c}\x{200d}]+", r"[ -~\p{Latin}\p{Nd}]"
EDGE = r"[\x{0}-\x{20}\x{7f}-\x{a0}\p{Z}\p{Cf}]+"
TIDY = r"[!-<>-~](?:[ -~]*[!-~])?"


def cleaned(cell: str) -> str:
    """The cell without invisible characters and without blanks around it, null when nothing is left.

    Blanks of any width in it are plain ones. A spreadsheet's `="123"`, which protects a text from it, is the text.
    """
    text = f"regexp_replace({cell}, {literal(INVISIBLE)}, '', 'g')"
    for pattern, given in (
        (f"({LATIN}){JOINERS}", r"\1"),
        (f"{JOINERS}({LATIN})", r"\1"),
        (r"\p{Zs}", " "),
        (rf"^{EDGE}|{EDGE}\z", ""),
    ):
        text = f"regexp_replace({text}, {literal(pattern)}, {literal(given)}, 'g')"
    text = f"regexp_replace({text}, '^=\"(.*)\"$', '\\1')"
    return f"if(regexp_full_match({cell}, {literal(TIDY)}), {cell}, nullif({text}, ''))"
