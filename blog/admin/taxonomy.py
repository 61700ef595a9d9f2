"""Themes and tags in the admin."""

from __future__ import annotations

from django.contrib import admin

from authors.admin import SlugChosenOnce
from blog.models import Tag, Theme


@admin.register(Theme)
class ThemeAdmin(SlugChosenOnce, admin.ModelAdmin[Theme]):
    list_display = ["name", "colour", "illustration", "position"]
    search_fields = ["name"]
    fields = ["name", "slug", "introduction", "colour", "illustration", "position"]


@admin.register(Tag)
class TagAdmin(SlugChosenOnce, admin.ModelAdmin[Tag]):
    list_display = ["name", "introduction"]
    search_fields = ["name"]
    fields = ["name", "slug", "introduction"]
