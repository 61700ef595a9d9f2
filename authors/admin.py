"""Authors in the admin."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from authors.models import Author


class SlugChosenOnce:
    """For rows that revisions and links name by their slug: it is chosen once."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ("name",)}


@admin.register(Author)
class AuthorAdmin(SlugChosenOnce, admin.ModelAdmin[Author]):
    list_display = ["name", "credentials", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "credentials"]
    fields = ["name", "slug", "credentials", "bio", "user"]
