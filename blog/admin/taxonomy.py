"""Themes and tags in the admin."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from blog.models import Tag, Theme
from blog.models.taxonomy import Term


class TermAdmin(admin.ModelAdmin[Term]):
    """The slug is chosen once: revisions and links name a theme or tag by it."""

    search_fields = ["name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Term | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ("name",)}


@admin.register(Theme)
class ThemeAdmin(TermAdmin):
    list_display = ["name", "colour", "illustration", "position"]
    fields = ["name", "slug", "introduction", "colour", "illustration", "position"]


@admin.register(Tag)
class TagAdmin(TermAdmin):
    list_display = ["name", "introduction"]
    fields = ["name", "slug", "introduction"]
