"""Links from one text to another post, page or author of the site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from authors.models import Author
from blog.models.address import Address
from blog.rendering import Known, Target, references_in

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


def known_for(source: str, *, earlier_ids: Mapping[str, str] | None = None) -> Known:
    """What rendering this text has to be told: where its references lead at this moment.

    At most two queries, and none for a text without references. Raises TooComplexError.
    """
    known = look_up(references_in(source))
    # In one order, which PostgreSQL's JSON columns do not keep: equal texts give equal HTML.
    return replace(known, earlier_ids=dict(sorted((earlier_ids or {}).items())))


def look_up(references: Collection[str]) -> Known:
    """Where these references lead at this moment, in two queries."""
    slugs = [reference.split(":", 1)[1] for reference in references]
    targets = {
        f"author:{author.slug}": Target(url=author.get_absolute_url(), public=True)
        for author in Author.objects.filter(slug__in=slugs)
    }
    moments: list[datetime] = []
    # Before any post is asked whether it is public: a moment that comes in between is noticed.
    now = timezone.now()
    addresses = Address.objects.filter(slug__in=slugs).select_related("post")
    for address in addresses.defer("post__body", "post__stored_rendering"):
        post = address.post
        public = post.is_published
        url = post.get_absolute_url() if public else ""
        targets[f"post:{address.slug}"] = Target(url=url, public=public)
        moments += moments_of_change(post, after=now)
    return Known(
        targets={name: targets[name] for name in references if name in targets},
        until=min(moments, default=None),
    )


def moments_of_change(post: Post, *, after: datetime) -> Iterator[datetime]:
    """When time alone will make this post public, or take it away."""
    if post.live_revision_id is None or post.deleted_at:
        return
    for moment in (post.published_at, post.expires_at):
        if moment and moment > after:
            yield moment
