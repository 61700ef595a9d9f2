"""What editors do with posts: each use case is atomic and locks the post's row first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Max
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from authors.models import Author
from blog.content import COLUMNS, PostContent
from blog.earlier_ids import carry_over
from blog.models import Address, Byline, Post, RelatedPost, Revision, Tag, Theme
from blog.rendering import TooComplexError, render
from blog.stored_renderings import follow_links, store_rendering
from blog.taxonomy import up_to_date

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Addresses at the top level that the house keeps for itself, now or later.
KEPT_SLUGS = {"archief", "feed", "healthz", "media", "static", "tag", "voorbeeld", "zoeken"}

TAKEN = _("Another post has or had this address. Choose another.")


class StaleRevisionError(Exception):
    """Somebody else saved since this copy was opened; nothing was written."""

    def __init__(self, newest: Revision) -> None:
        super().__init__(str(newest))
        self.newest = newest


class NotReadyError(Exception):
    """A revision cannot go live; `field` names the content that stands in the way, if any does."""

    def __init__(self, field: str | None, message: object) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def save_draft(
    post: Post, content: PostContent, *, by: User, base: Revision | None, note: str = ""
) -> Revision:
    """Keep this content as the newest revision; what readers see of a live post stays as it is.

    `base` is the revision that the editor started from. Content equal to the newest revision
    makes no new one. Raises StaleRevisionError when `base` is no longer the newest, and
    PermissionDenied when this user may not change posts.
    """
    is_new = post.pk is None
    if is_new:
        post.save()
    post = post.locked()
    require_permission(by, "add" if is_new else "change", post)
    newest = post.newest_revision
    if newest and up_to_date(content) == up_to_date(newest.content):
        return newest
    if newest and newest != base:
        raise StaleRevisionError(newest)
    revision = Revision.objects.create(
        post=post,
        number=(post.revisions.aggregate(highest=Max("number"))["highest"] or 0) + 1,
        base=base,
        snapshot=content.as_json(),
        digest=content.digest,
        note=note,
        made_by=by,
    )
    post.newest_revision = revision
    if post.live_revision is None:
        put_on_row(post, content)
    post.save()
    return revision


@transaction.atomic
def publish(
    revision: Revision, *, by: User, at: datetime | None = None, notable: bool = False
) -> Post:
    """Make one revision what readers see: from the given time when it is the first, else now.

    A notable change moves the date of "updated". Publishing what is live already changes nothing
    else.
    Raises NotReadyError when something stands in the way, and PermissionDenied when this user
    may not publish.
    """
    post = revision.post.locked()
    require_permission(by, "publish", post)
    now = timezone.now()
    if post.live_revision == revision and not post.deleted_at:
        if notable:
            post.changed_at = now
            post.save(update_fields=["changed_at"])
        return post
    content = revision.content
    # What links to a post that was live at this address already leads there.
    moved = post.live_revision_id is None or post.slug != content.slug
    claim_address(post, content)
    put_on_row(post, content)
    if post.was_seen:
        carry_over_ids(post, content)
    else:
        # Readers get this revision, and none that was planned before it.
        post.revisions.update(goes_live_at=None)
    post.gone_reason = ""
    if post.published_at is None:
        post.published_at = at or now
    elif notable:
        post.changed_at = now
    post.live_revision = revision
    store_rendering(post)
    post.save()
    transaction.on_commit(partial(follow_links, post.pk, moved=moved))
    revision.goes_live_at = max(now, post.published_at)
    revision.save(update_fields=["goes_live_at"])
    return post


@transaction.atomic
def unpublish(post: Post, *, by: User, reason: str = "") -> Post:
    """Take a post away from readers; its text, addresses and date are kept.

    Whoever comes to its address reads the reason, if there is one.
    """
    post = post.locked()
    require_permission(by, "publish", post)
    if post.live_revision is None or post.newest_revision is None:
        return post
    if not post.was_seen:
        # A date that passes later must not say otherwise.
        post.revisions.update(goes_live_at=None)
        post.published_at = None
    post.live_revision = None
    post.gone_reason = reason
    put_on_row(post, post.newest_revision.content)
    post.stored_rendering = {}
    post.references.all().delete()
    post.save()
    transaction.on_commit(partial(follow_links, post.pk))
    return post


@transaction.atomic
def throw_away(post: Post, *, by: User) -> None:
    """Put a post in the wastebasket, with its comments; readers no longer see it."""
    post = post.locked()
    require_permission(by, "delete", post)
    # The first moment stays: it says whether readers ever saw the post.
    post.deleted_at = post.deleted_at or timezone.now()
    post.save(update_fields=["deleted_at"])
    transaction.on_commit(partial(follow_links, post.pk))


@transaction.atomic
def take_back(post: Post, *, by: User) -> None:
    """Take a post out of the wastebasket, as it was."""
    post = post.locked()
    require_permission(by, "delete", post)
    post.deleted_at = None
    post.save(update_fields=["deleted_at"])
    transaction.on_commit(partial(follow_links, post.pk))


@transaction.atomic
def open_comments(post: Post, *, by: User, opened: bool, reason: str = "") -> None:
    """Let visitors comment on a post, or no longer; they read since when, and the reason."""
    post = post.locked()
    require_permission(by, "publish", post)
    if opened:
        post.comments_closed_at = None
    elif post.comments_open:
        post.comments_closed_at = timezone.now()
    post.comments_open = opened
    post.comments_closed_reason = "" if opened else reason
    post.save(update_fields=["comments_open", "comments_closed_at", "comments_closed_reason"])


@transaction.atomic
def moderate_comments(post: Post, *, by: User, moderation: str) -> None:
    """Choose which comments on a post wait: a value of `Moderation`, or "" for the site's."""
    post = post.locked()
    require_permission(by, "publish", post)
    post.comments_moderation = moderation
    post.save(update_fields=["comments_moderation"])


def carry_over_ids(post: Post, content: PostContent) -> None:
    """Let links to sections of the text that readers saw until now land on the same ones."""
    went_live = post.revisions.filter(goes_live_at__isnull=False).order_by("goes_live_at", "pk")
    seen = post.live_revision or went_live.last()
    if seen is None:
        return
    with suppress(TooComplexError):
        post.earlier_ids = carry_over(
            post.earlier_ids,
            old=render(seen.content.body).heading_ids,
            new=render(content.body).heading_ids,
        )


def require_permission(user: User, action: str, post: Post) -> None:
    """Raise PermissionDenied unless this user may do this with posts, or with pages."""
    if not user.has_perm(f"blog.{action}_{post.kind}"):
        raise PermissionDenied


def claim_address(post: Post, content: PostContent) -> None:
    """Make the slug this post's for good, or say what stands in the way."""
    for obstacle in obstacles(post, content):
        raise obstacle
    address, _new = Address.objects.get_or_create(slug=content.slug, defaults={"post": post})
    if address.post_id != post.pk:
        # Another post took it in between, under a lock of its own.
        raise NotReadyError("slug", TAKEN)


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


def put_on_row(post: Post, content: PostContent) -> None:
    """Copy content onto the post's columns (not yet saved) and its relations (saved).

    A snapshot may name a theme, tag, author or post that is gone; the row goes without.
    """
    content = up_to_date(content)
    for name in COLUMNS:
        setattr(post, name, getattr(content, name))
    post.theme = Theme.objects.filter(slug=content.theme).first()
    post.tags.set(Tag.objects.filter(slug__in=content.tags))
    authors = {author.slug: author for author in Author.objects.filter(slug__in=content.byline)}
    post.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(post=post, author=authors[slug], position=position)
        for position, slug in enumerate(content.byline, start=1)
        if slug in authors
    )
    post.related.all().delete()
    addresses = Address.objects.filter(slug__in=content.related, post__kind=Post.Kind.POST)
    related = {address.slug: address.post_id for address in addresses.exclude(post=post)}
    chosen = dict.fromkeys(related[slug] for slug in content.related if slug in related)
    RelatedPost.objects.bulk_create(
        RelatedPost(post=post, related_id=pk, position=position)
        for position, pk in enumerate(chosen, start=1)
    )
