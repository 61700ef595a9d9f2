"""From which page a form was sent, and so to which page its answer leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from comments.admin.numbers import number


@dataclass(frozen=True)
class Place:
    """A page of the queue, or the page of one comment."""

    # Only what came from the network of this comment.
    source: int | None = None
    page: int = 1
    # The comment whose own page it is.
    comment: int | None = None

    @classmethod
    def read(cls, data: QueryDict) -> Place:
        """The page that an address or a form names."""
        return cls(
            source=number(data.get("van")),
            page=number(data.get("pagina")) or 1,
            comment=number(data.get("reactie")),
        )

    def url(self, *, anchor: str = "", **query: Any) -> str:
        """The address of the page, with more in its query."""
        if self.comment:
            address = reverse("admin:comments_comment_change", args=[self.comment])
        else:
            address = reverse("admin:comments_comment_queue")
            query = {"van": self.source, "pagina": self.page if self.page > 1 else None, **query}
        query = {name: value for name, value in query.items() if value is not None}
        return address + (f"?{urlencode(query)}" if query else "") + (anchor and f"#{anchor}")
