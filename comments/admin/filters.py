"""Filters of the list of comments."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from comments.admin.numbers import number
from comments.models import Report


class WaitingFilter(admin.SimpleListFilter):
    """What a moderator has to look at: new, edited or reported."""

    title = _("queue")
    parameter_name = "wacht"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ja", _("In the queue"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.exclude(waiting_since=None) if self.value() else queryset


class ReportedFilter(admin.SimpleListFilter):
    """What somebody reported."""

    title = _("report")
    parameter_name = "gemeld"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Not decided about yet")), ("ooit", _("Ever reported"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        reports = Report.objects.filter(comment=OuterRef("pk"))
        match self.value():
            case "open":
                return queryset.filter(Exists(reports.waiting()))
            case "ooit":
                return queryset.filter(Exists(reports))
        return queryset


class PostFilter(admin.SimpleListFilter):
    """The comments on one post; a list of all posts would be thousands of lines long."""

    title = _("post")
    parameter_name = "artikel"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        posts = Post._base_manager.filter(pk=number(self.value()) or 0)
        return [
            (str(pk), Truncator(title).chars(40)) for pk, title in posts.values_list("pk", "title")
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(post=number(self.value())) if self.value() else queryset
