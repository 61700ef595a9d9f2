"""The pages around what a visitor typed: the form again, or the text alone where it cannot go."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from comments.discussion import Discussion
from comments.formatting import format_comment
from comments.forms import OneTimeCommentForm
from comments.models import Comment


def form_page(
    request: HttpRequest,
    form: OneTimeCommentForm,
    parent: Comment | None,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    problem: str | Promise = "",
    retry_after: int | None = None,
    **shown: Any,
) -> HttpResponse:
    """The form on a page of its own, with what is wrong, or what else is shown above it."""
    if problem:
        form.add_error(None, str(problem))
    quoted = format_comment(parent.text) if parent and parent.is_public else ""
    context = {"post": form.post, "form": form, "parent": parent, "quoted": quoted, **shown}
    response = TemplateResponse(request, "comments/comment_form.html", context, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def closed_page(
    request: HttpRequest, post: Post, discussion: Discussion, text: str
) -> HttpResponse:
    """A post that takes no comments now: why, and the text, to be copied."""
    context = {"post": post, "discussion": discussion, "text": text}
    return TemplateResponse(request, "comments/kept_text.html", context, status=HTTPStatus.CONFLICT)


def lost_page(request: HttpRequest, gone: Post | None, text: str) -> HttpResponse:
    """A post that went, or never was: the text, to be copied.

    Of what is gone nothing shows but the reason.
    """
    if gone:
        why, status = _("This post is no longer on the site."), HTTPStatus.GONE
    else:
        why, status = _("There is no post at this address."), HTTPStatus.NOT_FOUND
    context = {"why": why, "reason": gone.gone_reason if gone else "", "text": text}
    return TemplateResponse(request, "comments/kept_text.html", context, status=status)
