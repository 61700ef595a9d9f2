"""All that is known of a comment when it is judged: plain data, which the signals look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from comments.intake.arrival import Arrival
from comments.spam.addresses import linked_domains, undisguised
from comments.spam.verdict import Finding
from comments.spam.words import stems

# The stem under which comments are counted, beside the words in them.
ALL = ""


@dataclass(frozen=True)
class Counts:
    """In how many genuine and how many spam comments something was."""

    genuine: int = 0
    spam: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.genuine + other.genuine, self.spam + other.spam)


@dataclass(frozen=True)
class Listed:
    """An entry of the lists that the comment hit; an address or network of people is not named."""

    pk: int
    where: str  # word, domain, mail, network
    files: bool  # as spam; else it is held
    value: str = ""


@dataclass(frozen=True)
class Evidence:
    """A comment, how it arrived, and what the database says about it."""

    name: str = ""
    text: str = ""
    email: str = ""
    arrival: Arrival = field(default_factory=Arrival)
    own_domain: str = ""
    form_was_used: bool = False
    copies: int = 0  # other comments with the same text
    copies_in_spam: int = 0
    listed: tuple[Listed, ...] = ()
    learned: Mapping[str, Counts] = field(default_factory=dict)  # by stem
    # What was found about how it first came, and from whom; an edit does not undo that.
    earlier: tuple[Finding, ...] = ()

    @cached_property
    def links(self) -> list[str]:
        """The domain of each link in the text."""
        return linked_domains(undisguised(self.text))

    @cached_property
    def stems(self) -> dict[str, str]:
        """The distinct stems of the text, each with the first word that has it."""
        return stems(self.text)
