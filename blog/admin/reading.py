"""The form of a post for who may only look: the newest draft, as text."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from authors.models import Author
from blog.comparison import correction_in_words
from blog.content import COLUMNS, FIELDS, PostContent
from blog.models import Post, Tag, Theme
from blog.taxonomy import up_to_date

# What is no column of a post -> what shows it here; the fields for saving show nothing.
SHOWN = {
    "theme": "drafted_theme",
    "byline": "drafted_byline",
    "tags": "drafted_tags",
    "related": "drafted_related",
    "corrections": "drafted_corrections",
}


class ReadingAdmin(admin.ModelAdmin[Post]):
    """Shows what Django's own page would not: its columns are what readers see."""

    def get_fieldsets(self, request: HttpRequest, obj: Post | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [*shown(fieldsets)]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Post | None = None,
    ) -> HttpResponse:
        if obj and not self.has_change_permission(request, obj):
            context["adminform"].form.instance = drafted(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("theme"))
    def drafted_theme(self, post: Post) -> str:
        """The theme of the newest draft."""
        return in_a_line(Theme.objects.filter(slug=newest_content(post).theme))

    @admin.display(description=_("authors"))
    def drafted_byline(self, post: Post) -> str:
        """The byline of the newest draft, in its order."""
        slugs = newest_content(post).byline
        authors = Author.objects.in_bulk(slugs, field_name="slug")
        return in_a_line(authors[slug] for slug in slugs if slug in authors)

    @admin.display(description=_("tags"))
    def drafted_tags(self, post: Post) -> str:
        """The tags of the newest draft."""
        return in_a_line(Tag.objects.filter(slug__in=newest_content(post).tags))

    @admin.display(description=_("read on"))
    def drafted_related(self, post: Post) -> str:
        """What the newest draft wants to be read after it, in its order."""
        slugs = newest_content(post).related
        found = Post._base_manager.filter(addresses__slug__in=slugs)
        posts = dict(found.values_list("addresses__slug", "title"))
        return in_a_line(posts[slug] for slug in slugs if slug in posts)

    @admin.display(description=_("corrections"))
    def drafted_corrections(self, post: Post) -> str:
        """The corrections of the newest draft."""
        return in_a_line(map(correction_in_words, newest_content(post).corrections))


def shown(fieldsets: Any) -> Iterable[tuple[Any, dict[str, Any]]]:
    """The same fieldsets, as far as there is something to see."""
    for title, options in fieldsets:
        if names := [SHOWN.get(name, name) for name in options["fields"] if name in FIELDS]:
            yield title, {**options, "fields": names}


def drafted(post: Post) -> Post:
    """A copy of the row, never to be saved, with the columns of the newest draft."""
    row, content = copy(post), newest_content(post)
    for name in COLUMNS:
        setattr(row, name, getattr(content, name))
    return row


def newest_content(post: Post) -> PostContent:
    """What was saved last, in today's names."""
    newest = post.newest_revision
    return up_to_date(newest.content) if newest else PostContent()


def in_a_line(things: Iterable[object]) -> str:
    """Several things in a line, or the sign for none."""
    return ", ".join(map(str, things)) or "–"
