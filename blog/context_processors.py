"""What every public page shows: the site's own words, the themes, the plain pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from blog.delivery.stylesheet import stylesheet
from blog.models import Page, SiteSettings, Theme


def house(request: HttpRequest) -> dict[str, Any]:
    """Three queries, made only by a template that asks for them."""
    return {
        "site_url": settings.SITE_URL,
        "site_settings": SimpleLazyObject(SiteSettings.objects.current),
        "themes": Theme.objects.all(),
        "plain_pages": Page.objects.published()
        .only("kind", "slug", "title")
        .order_by("title", "pk"),
        "stylesheet": SimpleLazyObject(stylesheet),
    }
