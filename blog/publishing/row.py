"""From the content of a revision to the columns that pages query."""

from __future__ import annotations

from authors.models import Author
from blog.content import COLUMNS, PostContent
from blog.models import Address, Byline, Post, RelatedPost, Tag, Theme
from blog.taxonomy import up_to_date


def put_on_row(post: Post, content: PostContent) -> None:
    """Copy content onto the post's columns (not yet saved) and its relations (saved).

    A snapshot may name a theme, tag, author or post that is gone; the row goes without.
    """
    content = up_to_date(content)
    for name in COLUMNS:
        setattr(post, name, getattr(content, name))
    post.theme = Theme.objects.filter(slug=content.theme).first()
    post.tags.set(Tag.objects.filter(slug__in=content.tags))
    post.bylines.all().delete()
    Byline.objects.bulk_create(bylines(post, content))
    post.related.all().delete()
    addresses = Address.objects.filter(slug__in=content.related, post__kind=Post.Kind.POST)
    related = {address.slug: address.post_id for address in addresses.exclude(post=post)}
    chosen = dict.fromkeys(related[slug] for slug in content.related if slug in related)
    RelatedPost.objects.bulk_create(
        RelatedPost(post=post, related_id=pk, position=position)
        for position, pk in enumerate(chosen, start=1)
    )


def bylines(post: Post, content: PostContent) -> list[Byline]:
    """The byline of a post with this content (not yet saved), without authors who are gone."""
    authors = {author.slug: author for author in Author.objects.filter(slug__in=content.byline)}
    there = [authors[slug] for slug in content.byline if slug in authors]
    return [
        Byline(post=post, author=author, position=position)
        for position, author in enumerate(there, start=1)
    ]


def take_off_row(post: Post) -> None:
    """Let readers no longer see a post: its columns (not yet saved) mirror the newest draft."""
    if post.live_revision is None or post.newest_revision is None:
        return
    post.live_revision = None
    put_on_row(post, post.newest_revision.content)
    post.stored_rendering = {}
    post.references.all().delete()
