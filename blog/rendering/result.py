"""What the renderer is told and what it answers: plain, frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.safestring import SafeString

from blog.rendering.sanitizer import sanitize


@dataclass(frozen=True)
class Target:
    """Where one of the site's own things lives, and whether readers may go there."""

    url: str
    public: bool


@dataclass(frozen=True)
class Known:
    """What the caller looked up for this text.

    `targets` are "post:slug" and the like, and where they lead. `earlier_ids` are the ids that
    headings had before, with the ids that the same headings have today. `shop_hosts` are the sites
    of our own shops. `paid` says that somebody gave money or products for the text; then a link to
    any site but `own_host` counts as paid for.
    """

    targets: Mapping[str, Target] = field(default_factory=dict)
    earlier_ids: Mapping[str, str] = field(default_factory=dict)
    shop_hosts: frozenset[str] = frozenset()
    paid: bool = False
    own_host: str = ""


@dataclass(frozen=True)
class Section:
    """One line of the contents list."""

    id: str
    title: str
    number: int | None = None
    subsections: tuple[Section, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        subsections = tuple(cls.from_json(section) for section in data["subsections"])
        return cls(data["id"], data["title"], data["number"], subsections)


@dataclass(frozen=True)
class Source:
    """One entry of the list of sources, with the marks in the text that lead to it."""

    number: int
    html: SafeString
    marks: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"bron-{self.number}"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["number"], sanitize(data["html"]), tuple(data["marks"]))


@dataclass(frozen=True)
class Term:
    """One abbreviation that the text explains, and the id of its place in the list of them."""

    abbreviation: str
    meaning: SafeString
    id: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["abbreviation"], sanitize(data["meaning"]), data["id"])


@dataclass(frozen=True)
class Rendered:
    """One text as its page shows it, in parts that stand in different places."""

    html: SafeString
    lead: SafeString
    key_points: SafeString
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    references: tuple[str, ...]
    heading_ids: tuple[str, ...]
    heading_titles: tuple[str, ...]
    word_count: int

    @property
    def headings(self) -> tuple[Section, ...]:
        """Every heading that can be linked to, in the order of the text."""
        return tuple(map(Section, self.heading_ids, self.heading_titles))

    def as_json(self) -> dict[str, Any]:
        """The same as plain data, for a JSON column."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `as_json` gave, sanitised once more: stored HTML needs no trust.

        Version 1 had no key points, terms and heading ids, and version 2 no titles of headings;
        what they stored may still be shown.
        """
        return cls(
            html=sanitize(data["html"]),
            lead=sanitize(data["lead"]),
            key_points=sanitize(data.get("key_points", "")),
            sections=tuple(Section.from_json(section) for section in data["sections"]),
            sources=tuple(Source.from_json(source) for source in data["sources"]),
            terms=tuple(Term.from_json(term) for term in data.get("terms", ())),
            references=tuple(data["references"]),
            heading_ids=tuple(data.get("heading_ids", ())),
            heading_titles=tuple(data.get("heading_titles", ())),
            word_count=data["word_count"],
        )
