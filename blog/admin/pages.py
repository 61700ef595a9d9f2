"""What our own pages about one post share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blog.models import Post

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin

BUSY = _("The database was busy. Press the button once more.")
NEWER_MEANWHILE = _("Somebody saved a newer text meanwhile. Look at it first.")


def page_of_post(
    admin: ContentAdmin,
    request: HttpRequest,
    post: Post,
    template: str,
    *,
    title: str,
    status: int | None = None,
    **context: Any,
) -> TemplateResponse:
    """A page about a post in the admin; its template extends admin/blog/post/page.html."""
    return TemplateResponse(
        request,
        template,
        {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "original": post,
            "title": title,
            "subtitle": post.newest_title,
            **context,
        },
        status=status,
    )


def address_of(name: str, post: Post) -> str:
    """A page of the admin about a post or a plain page."""
    return reverse(f"admin:blog_{post.kind}_{name}", args=[post.pk])
