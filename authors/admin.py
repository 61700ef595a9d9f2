"""Authors in the admin."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from authors.models import Author


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin[Author]):
    list_display = ["name", "credentials", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "credentials"]
    fields = ["name", "slug", "credentials", "bio", "user"]

    # Revisions and links name an author by the slug: it is chosen once.

    def get_readonly_fields(self, request: HttpRequest, obj: Author | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Author | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ("name",)}
