"""What to read after a post: chosen by an editor, else on the same subject, else recent."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from blog.content import PostContent
from blog.models import Address, Post, RelatedPost, Tag
from blog.querysets import PostQuerySet

POSTS = 3
NEAREST_FIRST = ("-shares", "-published_at", "-pk")


def further_reading(post: Post) -> PostQuerySet:
    """At most three other public posts, in one query.

    First those that an editor chose, in that order; then the newest that share a tag; then the
    newest of all.
    """
    chosen = RelatedPost.objects.filter(post=post, related=OuterRef("pk"))
    tags = Post.tags.through.objects.filter(post=post).values("tag")
    # One look at every post; picking candidates first took longer at 2,000 and at 20,000 posts.
    return (
        others(post, tags=tags)
        .annotate(place=Subquery(chosen.values("position")))
        .order_by(F("place").asc(nulls_last=True), *NEAREST_FIRST)[:POSTS]
    )


def further_reading_of(content: PostContent, *, post: Post) -> list[Post]:
    """The same for content, by the slugs of today, that is not on the row of the post."""
    posts = others(post, tags=Tag.objects.filter(slug__in=content.tags).values("pk"))
    addresses = Address.objects.filter(slug__in=content.related)
    posts_at = dict(addresses.values_list("slug", "post"))
    by_pk = posts.in_bulk(list(posts_at.values()))
    # Each once: two of the addresses may lead to one post by now.
    pks = dict.fromkeys(posts_at.get(slug) for slug in content.related)
    chosen = [by_pk[pk] for pk in pks if pk in by_pk][:POSTS]
    rest = posts.exclude(pk__in=by_pk).order_by(*NEAREST_FIRST)
    return [*chosen, *rest[: POSTS - len(chosen)]]


def others(post: Post, *, tags: QuerySet[Any, Any]) -> PostQuerySet:
    """Every other public post, and whether it has one of these tags."""
    shared = Post.tags.through.objects.filter(post=OuterRef("pk"), tag__in=tags)
    return (
        Post.objects.published()
        .exclude(pk=post.pk)
        .annotate(shares=Exists(shared))
        .select_related("theme")
        .defer("body", "stored_rendering")
    )
