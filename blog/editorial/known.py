"""What the caller looked up for the checks: plain data, as the renderer is told it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from blog.rendering import Target


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is true around a text.

    `targets` are the own posts and authors that it links to, "post:slug" and the like, as they
    will be when it goes live; `fragments` the ids of their sections. `live_body` is the text that
    readers see now, if any, and `earlier_ids` are those of its sections that still lead to one.
    """

    today: date
    targets: Mapping[str, Target] = field(default_factory=dict)
    fragments: Mapping[str, frozenset[str]] = field(default_factory=dict)
    earlier_ids: frozenset[str] = frozenset()
    live_body: str | None = None
    shop_hosts: frozenset[str] = frozenset()
    is_page: bool = False
