"""Links from one text to another post, page or author of the site."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models

from authors.models import Author
from blog import clock
from blog.models.address import Address
from blog.rendering import Known, Target, references_in
from blog.rendering.commercial import host_of

if TYPE_CHECKING:
    from blog.models.post import Post


class Reference(models.Model):
    """One thing that a live text links to, by the name that was typed: `post:slug`, `author:slug`.

    A name and no foreign key: the post that it means may not be there yet.
    """

    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="references")
    target = models.CharField(max_length=120, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "target"], name="blog_reference_target_once_a_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.target}"


@dataclass(frozen=True)
class Destination:
    """Where a reference leads, and from when until when; an empty address leads nowhere."""

    url: str
    begins: datetime | None = None
    ends: datetime | None = None

    @classmethod
    def of_post(cls, post: Post) -> Self:
        """The page of a post or plain page, for as long as readers may see it."""
        if post.live_revision_id is None or post.deleted_at:
            return cls(url="")
        ends = None if post.ending == post.Ending.ARCHIVE else post.expires_at
        return cls(post.get_absolute_url(), post.published_at, ends)

    def as_target(self, *, at: datetime) -> Target:
        """What this is to a text that is rendered at the given moment."""
        begun = self.begins is None or self.begins <= at
        ended = self.ends is not None and self.ends <= at
        return Target(self.url, public=bool(self.url) and begun and not ended)

    def as_json(self) -> dict[str, Any]:
        """The same as plain data, for a JSON column."""
        return {
            "url": self.url,
            "begins": self.begins and self.begins.isoformat(),
            "ends": self.ends and self.ends.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `as_json` gave."""
        begins, ends = data["begins"], data["ends"]
        return cls(
            url=data["url"],
            begins=begins and datetime.fromisoformat(begins),
            ends=ends and datetime.fromisoformat(ends),
        )


Destinations = Mapping[str, Destination]


def known_for(
    source: str, *, shop_hosts: frozenset[str] = frozenset(), paid: bool = False
) -> Known:
    """What rendering this text now has to be told, in at most two queries.

    Raises TooComplexError.
    """
    destinations = look_up(references_in(source))
    return known_at(destinations, at=clock.now(), shop_hosts=shop_hosts, paid=paid)


def look_up(references: Collection[str]) -> Destinations:
    """Where these references lead, in at most two queries; those to nothing are left out."""
    slugs = [reference.split(":", 1)[1] for reference in references]
    destinations = {
        f"author:{author.slug}": Destination(author.get_absolute_url())
        for author in Author.objects.filter(slug__in=slugs)
    }
    addresses = Address.objects.filter(slug__in=slugs).select_related("post")
    for address in addresses.defer("post__body", "post__stored_rendering"):
        destinations[f"post:{address.slug}"] = Destination.of_post(address.post)
    return {name: destinations[name] for name in references if name in destinations}


def known_at(
    destinations: Destinations,
    *,
    at: datetime,
    earlier_ids: Mapping[str, str] | None = None,
    shop_hosts: frozenset[str] = frozenset(),
    paid: bool = False,
) -> Known:
    """What the renderer is told at the given moment."""
    return Known(
        targets={name: place.as_target(at=at) for name, place in destinations.items()},
        # In one order, which PostgreSQL's JSON columns do not keep: equal texts give equal HTML.
        earlier_ids=dict(sorted((earlier_ids or {}).items())),
        shop_hosts=shop_hosts,
        paid=paid,
        own_host=host_of(settings.SITE_URL),
    )


def next_change(destinations: Destinations, *, after: datetime) -> datetime | None:
    """The first moment at which time alone opens or closes one of these."""
    moments = [moment for place in destinations.values() for moment in (place.begins, place.ends)]
    return min((moment for moment in moments if moment and moment > after), default=None)
