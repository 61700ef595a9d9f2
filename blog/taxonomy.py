"""What editors do with themes and tags: give them another name, or let two become one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from blog.content import PostContent
from blog.log import note
from blog.models import LogRecord, MenuItem, Post, Tag, Theme
from blog.models.taxonomy import Term

if TYPE_CHECKING:
    from django.contrib.auth.models import User

T = TypeVar("T", Theme, Tag)


class TakenError(ValueError):
    """A name that gives no slug, or the slug of another term; the message is for the editor."""


def slug_for(name: str, *, term: Term) -> str:
    """The slug that this name gives the term: capitals and accents make no difference.

    Raises TakenError when another term of its kind has it, or had it earlier.
    """
    slug = slugify(name)[: Term.SLUG_LENGTH].strip("-")
    if not slug:
        raise TakenError(_("A name needs at least one letter or digit."))
    other = type(term)._default_manager.at_slug(slug)
    if other and other != term:
        if other.slug == slug:
            raise TakenError(_("“%(name)s” is already there.") % {"name": other.name})
        raise TakenError(_("Links to “%(name)s” still use this name.") % {"name": other.name})
    return slug


@transaction.atomic
def rename(term: T, *, name: str, by: User | None = None) -> None:
    """Give a term another name and the slug that goes with it; the earlier slug leads to it.

    Raises TakenError.
    """
    earlier = rows_of(term).get(pk=term.pk).slug
    slug = slug_for(name, term=term)
    term.name, term.slug = name, slug
    term.save(update_fields=["name", "slug"])
    # A name that comes back takes its slug back.
    term.earlier_slugs.filter(slug=slug).delete()
    if earlier != slug:
        lead_on(earlier, to=term)
        record(LogRecord.Action.RENAMED, term, by=by, detail=f"{earlier} → {slug}")


@transaction.atomic
def merge(term: T, *, into: T, by: User | None = None) -> None:
    """Let one term go up in another, with its posts, and lead its addresses there.

    Drafts follow: their revisions name a term by its slug, and the slug leads on. A term that went
    up already, at the first of two clicks, moves nothing.
    """
    if term.pk == into.pk:
        raise ValueError("A term cannot go up in itself.")
    rows = rows_of(term).in_bulk([term.pk, into.pk])
    if term.pk not in rows:
        return
    if isinstance(term, Theme):
        Post._base_manager.filter(theme=term).update(theme=into)
        # A line of a menu in which the other has none becomes the other's.
        there = MenuItem.objects.filter(theme=into).values("place")
        term.menu_items.exclude(place__in=there).update(theme=into)
    else:
        into.posts.add(*Post._base_manager.filter(tags=term).values_list("pk", flat=True))
    term.earlier_slugs.update(term=into)
    lead_on(rows[term.pk].slug, to=into)
    record(LogRecord.Action.MERGED, term, by=by, detail=f"→ {into}")
    term.delete()


def record(action: LogRecord.Action, term: Term, *, by: User | None, detail: str) -> None:
    """Note what somebody did to a theme or a tag."""
    kind = str(term._meta.model_name)
    note(action, kind=kind, subject=str(term.pk), title=term.name, by=by, detail=detail)


def rows_of(term: T) -> QuerySet[T]:
    """The rows of its kind, to be held until the transaction ends, always in the same order."""
    rows: QuerySet[T] = type(term)._default_manager.select_for_update(no_key=True).order_by("pk")
    return rows


def lead_on(slug: str, *, to: Term) -> None:
    """Let a slug that no term has any more lead to this one."""
    earlier = to.earlier_slugs.model._default_manager
    earlier.update_or_create(slug=slug, defaults={"term": to})


def up_to_date(content: PostContent) -> PostContent:
    """The same content with the slugs that its theme, tags and related posts have today."""
    if not (content.theme or content.tags or content.related):
        return content
    theme = Theme.objects.todays_slugs([content.theme])[0] if content.theme else None
    tags = Tag.objects.todays_slugs(content.tags)
    related = Post.objects.todays_slugs(content.related)
    return replace(content, theme=theme, tags=tuple(sorted(set(tags))), related=tuple(related))
