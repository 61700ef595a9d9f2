"""Texts brought to one form: accents, capitals and look-alike letters make no difference."""

from __future__ import annotations

import re
import unicodedata

# Cyrillic and Greek letters that pass for a Latin one, in lower case.
LOOKALIKES = dict(
    zip("авекмнорстухіјѕԁһԛԝ" + "αεικνορτυχ", "abekmhopctyxijsdhqw" + "aeikvoptux", strict=True)
)
LATIN_FOR = str.maketrans(LOOKALIKES)
APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´"))
WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Text in lower case, without accents, apostrophes and invisible signs, in Latin letters."""
    decomposed = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    visible = "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Cf"})
    return visible.casefold().translate(LATIN_FOR)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return WORD.findall(folded(text))
