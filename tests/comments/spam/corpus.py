"""Invented comments, genuine and spam: one half to learn from, and one held back to judge by."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from comments.spam import Arrival, Verdict, examine, learn

FOLDER = Path(__file__).parent
# Chosen once. What the filter weighs was tuned on the learning half alone.
SEED = 2026

# What the filter must do with the half that is held back, once it has learned the other.
SPAM_HELD_AT_LEAST, GENUINE_FILED_AT_MOST = 0.90, 0.02


@dataclass(frozen=True)
class Half:
    """Texts of both kinds."""

    genuine: list[str]
    spam: list[str]


@dataclass(frozen=True)
class Figures:
    """The share of each kind that is held with a reason, and the share that is filed as spam."""

    spam_held: float
    spam_filed: float
    genuine_held: float
    genuine_filed: float

    @property
    def are_good(self) -> bool:
        """Whether they keep the bounds."""
        return self.spam_held >= SPAM_HELD_AT_LEAST and self.genuine_filed <= GENUINE_FILED_AT_MOST


def texts(name: str) -> list[str]:
    """The comments in a file; they stand apart by an empty line, and a heading is none."""
    blocks = (FOLDER / name).read_text(encoding="utf-8").split("\n\n")
    return [block.strip() for block in blocks if not block.startswith("# ")]


def halves() -> tuple[Half, Half]:
    """The half to learn from, and the half that is held back."""
    genuine, spam = split(texts("genuine.txt")), split(texts("spam.txt"))
    return Half(genuine[0], spam[0]), Half(genuine[1], spam[1])


def split(comments: list[str]) -> tuple[list[str], list[str]]:
    """Two halves, the same ones each time."""
    shuffled = comments.copy()
    random.Random(SEED).shuffle(shuffled)
    middle = len(shuffled) // 2
    return shuffled[:middle], shuffled[middle:]


def learn_from(half: Half) -> None:
    """Teach the filter as moderators would who decide about all of these."""
    for text in half.genuine:
        learn(text, genuine=True)
    for text in half.spam:
        learn(text, genuine=False)


def judged(text: str) -> Verdict:
    """The verdict about a text of which nothing else is known."""
    return examine(name="Joke", text=text, arrival=Arrival())


def figures(half: Half) -> Figures:
    """How the filter does now."""
    genuine, spam = list(map(judged, half.genuine)), list(map(judged, half.spam))
    return Figures(
        spam_held=sum(verdict.is_suspicious for verdict in spam) / len(spam),
        spam_filed=sum(verdict.is_spam for verdict in spam) / len(spam),
        genuine_held=sum(verdict.is_suspicious for verdict in genuine) / len(genuine),
        genuine_filed=sum(verdict.is_spam for verdict in genuine) / len(genuine),
    )
