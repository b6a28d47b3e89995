"""The languages in which people read pages, mails, tasks and the terminal: one catalogue for each, English in the code.

    spoken.py     the language of this process, and a text in it
    places.py     figures, dates and names of months as they are written there
    sentences.py  what SQL composes in English, and is read in another language
    reasons.py    those sentences that are reasons of rows; refusals.py those of files
    data_words.py words of the pages of the data and of the definitions
    found.py      those of what a review finds
    values.py     words that tables have, such as the name of a status
    kpis.py       the words of the key figures
    it.po pt_BR.po

A text is written in English where it is used, as a whole sentence with named places,
`gettext("%(rows)s rows", rows=…)`, and in templates between `{% trans %}` and `{% endtrans %}`.
`make texts` collects all into the catalogues, with the cells of docs/glossary.md; a test refuses what is not
translated, and what nothing uses. What a company has written itself is never translated.
"""

from orchestration.lib.language.sentences import translated
from orchestration.lib.language.spoken import (
    ENGLISH,
    LANGUAGES,
    gettext,
    language,
    later,
    ngettext,
    speak,
    speaking,
)

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "gettext",
    "language",
    "later",
    "ngettext",
    "speak",
    "speaking",
    "translated",
]
