"""What the filter knows of words before it has learned anything: a few invented comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from comments.spam.evidence import ALL, Counts
from comments.spam.words import stems

TEXTS = Path(__file__).parent / "texts"


@cache
def base() -> Mapping[str, Counts]:
    """In how many of the invented comments each stem is."""
    genuine, spam = counted("genuine.txt"), counted("spam.txt")
    return {stem: Counts(genuine[stem], spam[stem]) for stem in genuine | spam}


def counted(name: str) -> Counter[str]:
    """The stems of the comments in a file, which stand apart by an empty line."""
    comments = (TEXTS / name).read_text(encoding="utf-8").split("\n\n")
    return Counter(stem for comment in comments for stem in (ALL, *stems(comment)))
