"""A page that tells a visitor one thing, and leads back."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from blog.models import Post

GONE_FOR_GOOD = _("What you wrote, and what we knew of you with it, is gone for good.")

Words = str | Promise


def message(
    request: HttpRequest,
    heading: Words,
    text: Words,
    *,
    post: Post | None = None,
    typed: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The page, with the way to a post, or to the home page; and what was typed, to be copied."""
    context = {"heading": heading, "text": text, "post": post, "typed": typed}
    return TemplateResponse(request, "comments/message.html", context, status=status)
