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
    """What the caller looked up for this text: "post:slug" and the like, with their targets."""

    targets: Mapping[str, Target] = field(default_factory=dict)

    def public_url(self, reference: str) -> str | None:
        """The address behind a reference, when readers may follow it."""
        target = self.targets.get(reference)
        return target.url if target and target.public else None


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
class Rendered:
    """One text as its page shows it; the body comes without the lead and without the sources."""

    html: SafeString
    lead: SafeString
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    references: tuple[str, ...]
    word_count: int

    def as_json(self) -> dict[str, Any]:
        """The same as plain data, for a JSON column."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `as_json` gave, sanitised once more: stored HTML needs no trust."""
        return cls(
            html=sanitize(data["html"]),
            lead=sanitize(data["lead"]),
            sections=tuple(Section.from_json(section) for section in data["sections"]),
            sources=tuple(Source.from_json(source) for source in data["sources"]),
            references=tuple(data["references"]),
            word_count=data["word_count"],
        )
