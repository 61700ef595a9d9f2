"""What every public page shows: the site's own words and its menus."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from blog.delivery.stylesheet import stylesheet
from blog.menu import menu
from blog.models import SiteSettings


def house(request: HttpRequest) -> dict[str, Any]:
    """Made only by a template that asks: one query for the words, and what the menus take."""
    return {
        "site_url": settings.SITE_URL,
        "site_settings": SimpleLazyObject(SiteSettings.objects.current),
        "menu": SimpleLazyObject(menu),
        "stylesheet": SimpleLazyObject(stylesheet),
    }
