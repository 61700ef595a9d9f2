"""What a check answers: a finding says what is the matter, what to do about it, and where."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blog.editorial.known import Known
    from blog.editorial.manuscript import Manuscript


class Severity(StrEnum):
    """An error keeps a text from going live; a warning may be waived, with a note."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Place:
    """Some characters of one field, as it was typed, and the words that stand there."""

    field: str
    start: int = 0
    end: int = 0
    words: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that an editor should look at.

    `subject` is what it is about when that is more than the words of its place, `also` the other
    places of the same matter, and `instead` what may be said in its stead. The runner fills in
    which check found it, and how severe that is.
    """

    reason: str
    hint: str
    place: Place
    subject: str = ""
    also: tuple[Place, ...] = ()
    instead: tuple[str, ...] = ()
    check: str = ""
    severity: Severity = Severity.WARNING

    @property
    def key(self) -> str:
        """The same for the same matter in a later revision, and another once its words change."""
        subject = " ".join((self.subject or self.place.words).split())
        named = "\n".join([self.check, self.place.field, subject])
        return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]


Look = Callable[["Manuscript", "Known"], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """One question about a text; its name is that of the function that asks it."""

    name: str
    severity: Severity
    look: Look


CHECKS: list[Check] = []


def check(severity: Severity) -> Callable[[Look], Look]:
    """Let a function be one of the checks; what it finds is this severe."""

    def add(look: Look) -> Look:
        CHECKS.append(Check(look.__name__, severity, look))
        return look

    return add
