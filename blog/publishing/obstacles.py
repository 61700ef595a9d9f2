"""What keeps a text from going live, and the claim on its address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from authors.models import Author
from blog import clock
from blog.content import PostContent
from blog.models import Address, Post, Tag, Theme
from blog.taxonomy import up_to_date

# Addresses at the top level that the house keeps for itself, now or later.
KEPT_SLUGS = {"archief", "feed", "healthz", "media", "static", "tag", "voorbeeld", "zoeken"}

TAKEN = _("Another post has or had this address. Choose another.")


class NotReadyError(Exception):
    """A revision cannot go live; `field` names the content that stands in the way, if any does."""

    def __init__(self, field: str | None, message: object) -> None:
        super().__init__(message)
        self.field = field


def obstacles(post: Post, content: PostContent) -> Iterator[NotReadyError]:
    """What keeps this content from going live, each with the field to mend."""
    if post.deleted_at:
        yield NotReadyError(None, _("Take it out of the wastebasket first."))
    if not content.title:
        yield NotReadyError("title", _("A title is needed to publish."))
    if not content.slug:
        yield NotReadyError("slug", _("An address is needed to publish."))
    if post.kind == Post.Kind.PAGE and is_kept(content.slug):
        yield NotReadyError("slug", _("The site itself uses this address. Choose another."))
    if Address.objects.filter(slug=content.slug).exclude(post=post.pk).exists():
        yield NotReadyError("slug", TAKEN)
    yield from missing(content)


def missing(content: PostContent) -> Iterator[NotReadyError]:
    """The themes, tags, authors and posts that this content names and that no longer exist."""
    content = up_to_date(content)
    named: list[tuple[str, models.QuerySet[Any], tuple[str, ...]]] = [
        ("theme", Theme.objects.all(), (content.theme,) if content.theme else ()),
        ("tags", Tag.objects.all(), content.tags),
        ("byline", Author.objects.all(), content.byline),
        ("related", Address.objects.filter(post__kind=Post.Kind.POST), content.related),
    ]
    for field, rows, slugs in named:
        there = set(rows.filter(slug__in=slugs).values_list("slug", flat=True))
        for slug in slugs:
            if slug not in there:
                yield NotReadyError(field, _("“%(slug)s” no longer exists.") % {"slug": slug})


def is_kept(slug: str) -> bool:
    """Whether a page cannot have this slug, because another part of the site answers there."""
    if slug in KEPT_SLUGS:
        return True
    try:
        return resolve(f"/{slug}/").view_name != "blog:page_detail"
    except Resolver404:
        return False


def claim_address(post: Post, content: PostContent, *, begins_at: datetime) -> None:
    """Make the slug this post's for good, or say what stands in the way.

    Readers are led there from the given moment; before it, the address gives nothing away.
    Raises NotReadyError.
    """
    for obstacle in obstacles(post, content):
        raise obstacle
    address, _new = Address.objects.get_or_create(
        slug=content.slug, defaults={"post": post, "begins_at": begins_at}
    )
    if address.post_id != post.pk:
        # Another post took it in between, under a lock of its own.
        raise NotReadyError("slug", TAKEN)
    if address.begins_at > clock.now():
        address.begins_at = begins_at
        address.save(update_fields=["begins_at"])


def release_claims(post: Post, *, keeping: set[str], since: datetime | None = None) -> None:
    """Give up the slugs that were claimed for a moment that will not come.

    That is one that has yet to come, or, where it may just have passed, from the given one on.
    """
    claimed = Q(begins_at__gte=since) if since else Q(begins_at__gt=clock.now())
    post.addresses.filter(claimed).exclude(slug__in=keeping).delete()
