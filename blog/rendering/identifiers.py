"""Ids of headings, callouts and terms: made from the words, unique on the page."""

from __future__ import annotations

from collections import defaultdict

from django.utils.text import slugify

from blog.rendering.sanitizer import IDENTIFIER

FALLBACK = "sectie"
MAX_LENGTH = 80

# What the pages that show a text use themselves.
PAGE_IDS = (
    *("artikelen", "begrippen", "bronnen", "correcties", "fouten-kop", "inhoud", "jouw-reactie"),
    *(
        "nieuw",
        "onderwerpen",
        "reacties",
        "reacties-kop",
        "reageren",
        "reageren-kop",
        "reactieformulier",
    ),
    *("schrijver", "schrijver-kop", "verder-lezen", "zoekwoorden"),
)
PAGE_PREFIXES = ("begrip-", "bron-", "id_", "reactie-", "verwijzing-")


class Identifiers:
    """Hands out ids, and never one that the page or another part of the text has."""

    def __init__(self) -> None:
        self._taken = set(PAGE_IDS)
        # Where to go on counting: of a thousand equal headings none counts from 2 again.
        self._last_number: defaultdict[str, int] = defaultdict(lambda: 1)

    def make(self, words: str, *, prefix: str = "") -> str:
        """An id from some words: "Minder moe overdag" gives `minder-moe-overdag`."""
        identifier = base = prefix + readable_base(words)
        while identifier in self._taken:
            self._last_number[base] += 1
            identifier = f"{base}-{self._last_number[base]}"
        self._taken.add(identifier)
        return identifier

    def claim(self, identifier: str) -> bool:
        """Take an id that an earlier text had; says whether it was free."""
        if (
            identifier in self._taken
            or identifier.startswith(PAGE_PREFIXES)
            or not IDENTIFIER.fullmatch(identifier)
        ):
            return False
        self._taken.add(identifier)
        return True


def readable_base(words: str) -> str:
    """The words as an id, before it is known to be free."""
    base = slugify(words[: 4 * MAX_LENGTH]).strip("-_") or FALLBACK
    if len(base) > MAX_LENGTH:
        base = base[:MAX_LENGTH].rsplit("-", 1)[0]
    # A number behind "verwijzing-1" would not help: `verwijzing-1-2` is a mark as well.
    return f"{FALLBACK}-{base}" if base.startswith(PAGE_PREFIXES) else base
