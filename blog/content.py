"""What counts as the content of a post: the one list that save, publish, diff and restore share."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was put right in a text that readers had seen, and since when."""

    on: date
    text: str
    # The id of a heading, where the correction is about one section.
    section: str = ""

    def as_json(self) -> JSON:
        """The same as plain data."""
        return {**asdict(self), "on": self.on.isoformat()}

    @classmethod
    def from_json(cls, data: JSON) -> Correction:
        """What `as_json` gave."""
        day = date.fromisoformat(data["on"])
        return cls(on=day, text=data["text"], section=data.get("section", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContent:
    """Everything an editor can change about a post; rows elsewhere are named by their slugs."""

    title: str = ""
    slug: str = ""
    summary: str = ""
    body: str = ""
    theme: str | None = None
    tags: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    reading_minutes_override: int | None = None
    seo_title: str = ""
    seo_description: str = ""
    discloses_own_products: bool = False
    discloses_affiliate_links: bool = False
    sponsored_by: str = ""
    supplied_by: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None
    review_due_on: date | None = None
    corrections: tuple[Correction, ...] = ()

    def as_json(self) -> JSON:
        """The snapshot that a revision keeps: plain JSON values, in the order of the fields."""
        snapshot = asdict(self)
        for name in LISTS:
            snapshot[name] = list(snapshot[name])
        for name in DATES:
            snapshot[name] = snapshot[name] and snapshot[name].isoformat()
        snapshot["corrections"] = [correction.as_json() for correction in self.corrections]
        return snapshot

    @classmethod
    def from_json(cls, snapshot: JSON) -> PostContent:
        """The content of a snapshot; a field that it does not know yet has its default."""
        values = {name: value for name, value in snapshot.items() if name in FIELDS}
        for name in LISTS:
            values[name] = tuple(values.get(name, ()))
        for name in DATES:
            values[name] = date.fromisoformat(values[name]) if values.get(name) else None
        values["corrections"] = tuple(map(Correction.from_json, values.get("corrections", ())))
        return cls(**values)

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the snapshot as canonical JSON.

        What stands at its default is left out: a field that is added later changes no digest.
        """
        nothing = PostContent().as_json()
        snapshot = {name: value for name, value in self.as_json().items() if value != nothing[name]}
        canonical = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def is_commercial(self) -> bool:
        """Whether readers have to be told that somebody earns or paid something."""
        return any(getattr(self, name) for name in DISCLOSURES)

    def changed_fields(self, other: PostContent) -> list[str]:
        """The names of the fields in which two contents differ."""
        return [name for name in FIELDS if getattr(self, name) != getattr(other, name)]


FIELDS = tuple(field.name for field in fields(PostContent))
DATES = ("reviewed_on", "review_due_on")
DISCLOSURES = (
    *("discloses_own_products", "discloses_affiliate_links"),
    *("sponsored_by", "supplied_by"),
)
LISTS = ("tags", "byline", "related")
RELATIONS = ("theme", *LISTS)
COLUMNS = tuple(name for name in FIELDS if name not in RELATIONS)
