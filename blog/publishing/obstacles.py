"""What keeps a text from going live, and the claim on its address."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from authors.models import Author
from blog import clock
from blog.checking import errors_in
from blog.content import PostContent
from blog.models import Address, Post, Tag, Theme
from blog.publishing.row import take_off_row
from blog.taxonomy import up_to_date

# Addresses at the top level that the house keeps for itself, now or later.
KEPT_SLUGS = {"archief", "feed", "healthz", "media", "static", "tag", "voorbeeld", "zoeken"}

IN_WASTEBASKET = _("Take it out of the wastebasket first.")
TAKEN = _("Another post has this address. Choose another.")
TAKEN_UNTIL_THEN = _(
    "Until then this address leads readers to another post. Choose another, or publish now."
)


class NotReadyError(Exception):
    """A revision cannot go live; `field` names the content that stands in the way, if any does."""

    def __init__(self, field: str | None, message: object) -> None:
        super().__init__(message)
        self.field = field


class TakenBeforeError(NotReadyError):
    """Another post had this address, which leads to it still; the editor may want to take it."""

    def __init__(self, other: Post) -> None:
        message = _("The address still leads readers to “%(title)s”, which had it before.")
        super().__init__("slug", message % {"title": other.title})
        self.other = other


def obstacles(
    post: Post, content: PostContent, *, at: datetime, taking_over: bool = False
) -> Iterator[NotReadyError]:
    """What keeps this content from going live then, each with the field to mend."""
    yield from hindrances(post, content, taking_over=taking_over)
    for error in errors_in(post, content, at=at):
        yield NotReadyError(error.place.field, error.reason)


def refuse_return(post: Post) -> None:
    """Raise NotReadyError when what has expired cannot come back, because its text has errors."""
    if post.live_revision is None:
        return
    for error in errors_in(post, post.live_revision.content, at=clock.now()):
        message = _("Mend the text first, and publish it: %(reason)s")
        raise NotReadyError(None, message % {"reason": error.reason})


def hindrances(
    post: Post, content: PostContent, *, taking_over: bool = False
) -> Iterator[NotReadyError]:
    """What is missing, or in the way elsewhere; what the checks find comes beside it.

    Taking over an address that another post had earlier is a choice; one that it has now, or will
    have, is in the way.
    """
    if post.deleted_at:
        yield NotReadyError(None, IN_WASTEBASKET)
    if not content.title:
        yield NotReadyError("title", _("A title is needed to publish."))
    if not content.slug:
        yield NotReadyError("slug", _("An address is needed to publish."))
    if post.kind == Post.Kind.PAGE and is_kept(content.slug):
        yield NotReadyError("slug", _("The site itself uses this address. Choose another."))
    address = address_of_another(post, content.slug)
    if address and is_used(address):
        yield NotReadyError("slug", TAKEN)
    elif address and not taking_over:
        yield TakenBeforeError(address.post)
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


def address_of_another(post: Post, slug: str) -> Address | None:
    """This slug, if it belongs to another post."""
    addresses = Address.objects.filter(slug=slug).select_related("post")
    return addresses.exclude(post=post.pk).first()


def is_used(address: Address) -> bool:
    """Whether its post is to be found there, or will be: at its date, or by a planned change."""
    post = address.post
    if post.plan and post.plan.revision.content.slug == address.slug:
        return True
    is_due = post.state == Post.State.SCHEDULED and post.deleted_at is None
    return post.slug == address.slug and (post.is_readable or is_due)


def claim_address(
    post: Post, content: PostContent, *, begins_at: datetime, taking_over: bool
) -> Post | None:
    """Make the slug this post's for good, or say what stands in the way.

    Readers are led there from the given moment; before it, the address gives nothing away. The
    answer is the post that lost it. Raises NotReadyError.
    """
    # What is dated back, or carried out late, is read from now on.
    moment = max(begins_at, clock.now())
    for obstacle in obstacles(post, content, taking_over=taking_over, at=moment):
        raise obstacle
    # Held, so that the post which had it cannot return there at this instant.
    address, _new = Address.objects.select_for_update().get_or_create(
        slug=content.slug, defaults={"post": post, "begins_at": begins_at}
    )
    if address.post_id != post.pk:
        return take_over(address, post, begins_at=begins_at, asked=taking_over)
    if address.begins_at > clock.now():
        address.begins_at = begins_at
        address.save(update_fields=["begins_at"])
    return None


def take_over(address: Address, post: Post, *, begins_at: datetime, asked: bool) -> Post | None:
    """Let an address that another post had lead to this one. Raises NotReadyError."""
    other = address.post
    if not asked or is_used(address):
        # Another post took it in between, under a lock of its own.
        raise NotReadyError("slug", TAKEN)
    if begins_at > clock.now():
        if post.was_seen:
            # Until then it leads to the other post; the planned change takes it at its moment.
            return None
        raise NotReadyError("slug", TAKEN_UNTIL_THEN)
    if other.live_revision_id and other.slug == address.slug:
        # It has expired or was thrown away, and no two live rows have one slug.
        other = other.locked()
        take_off_row(other)
        other.save()
    address.post, address.begins_at = post, begins_at
    address.save(update_fields=["post", "begins_at"])
    return other


def release_claims(post: Post, *, keeping: Collection[str] = ()) -> None:
    """Give up the other slugs that were claimed for a moment that has yet to come."""
    post.addresses.filter(begins_at__gt=clock.now()).exclude(slug__in=keeping).delete()
