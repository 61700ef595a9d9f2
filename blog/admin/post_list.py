"""The list of posts: the state of each, what goes on with it, and how many there are."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.admin.findings import in_numbers
from blog.admin.pages import address_of
from blog.models import Post
from blog.querysets import MARKS, PostQuerySet

MARK_LABELS = {
    "newer": _("Newer changes"),
    "planned": _("Change planned"),
    "withdrawn": _("Taken offline"),
    "offered": _("Offered for review"),
    "due": _("Check due"),
    "points": _("Points to look at"),
}
STATE_CHOICES = [*Post.State.choices, *MARK_LABELS.items()]


class PostList(ChangeList):
    """One page of the list, without the long texts, and with what is to be said of each post."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        posts = cast("PostQuerySet", super().get_queryset(request, exclude_parameters))
        posts = posts.with_marks().select_related("check_result")
        return posts.defer("body", "stored_rendering", "earlier_ids")


class StateFilter(admin.SimpleListFilter):
    """Every state and every mark, with its number; it stands above the list."""

    title = _("state")
    parameter_name = "state"
    template = "admin/blog/post/states.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self.counts = model_admin.get_queryset(request).kept().order_by().counts()
        return STATE_CHOICES

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        return queryset.in_state(value) if value in dict(STATE_CHOICES) else queryset

    def choices(self, changelist: ChangeList) -> Any:
        """As Django makes them, each with its number."""
        numbers: list[int | None] = [None, *(self.counts[name] for name, _l in STATE_CHOICES)]
        for choice, number in zip(super().choices(changelist), numbers, strict=True):
            yield {**choice, "number": number}


class MineFilter(admin.SimpleListFilter):
    """What whoever asks has worked on."""

    title = _("own work")
    parameter_name = "mijn"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("concepten", _("My drafts")),
            ("aangeboden", _("Offered by me")),
            ("laatst", _("Last saved by me")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        if value == "concepten":
            return queryset.drafts_of(request.user)
        if value == "aangeboden":
            return queryset.offered_by(request.user)
        return queryset.last_saved_by(request.user) if value == "laatst" else queryset


def badge(post: Any) -> SafeString:
    """The state of a post of the list and its marks, in words."""
    if post.deleted_at:
        return format_html('<span class="state">{}</span>', gettext("In the wastebasket"))
    marks = [
        points_of(post) if mark == "points" else MARK_LABELS[mark]
        for mark in MARKS
        if getattr(post, f"has_mark_{mark}")
    ]
    if not post.comments_open:
        marks.append(_("Comments closed"))
    return format_html(
        '<span class="state state-{}">{}</span>{}',
        post.state,
        post.state.label,
        format_html_join("", ' <span class="state">{}</span>', ([mark] for mark in marks)),
    )


def points_of(post: Post) -> SafeString:
    """How much the checks found, with the way to it."""
    result = post.check_result
    numbers = in_numbers(errors=result.errors, warnings=result.warnings)
    return format_html('<a href="{}">{}</a>', address_of("findings", post), numbers)
