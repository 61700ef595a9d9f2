"""The site's own words in the admin: one form, without a list before it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, Q
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from blog.models import Page, SiteSettings


@admin.register(SiteSettings)
class SiteSettingsAdmin(admin.ModelAdmin[SiteSettings]):
    fields = [
        *("name", "promise", "disclaimer"),
        *("privacy_page", "method_page"),
        *("moderation", "comments_close_after"),
        *("shop_hosts", "review_months"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not SiteSettings.objects.exists() and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if SiteSettings.objects.exists():
            return redirect(reverse("admin:blog_sitesettings_change", args=[SiteSettings.ONLY]))
        return redirect("admin:blog_sitesettings_add")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        # The page that was chosen stays a choice while it is offline.
        chosen = SiteSettings.objects.values(db_field.name)
        public = Page.objects.published().values("pk")
        kwargs["queryset"] = Page.objects.filter(Q(pk__in=public) | Q(pk__in=chosen))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
