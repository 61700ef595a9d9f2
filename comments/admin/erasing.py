"""Erasing one comment for good, in place of the admin's own deletion."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from authors.accounts import account
from comments.admin.comment_page import existing
from comments.models import Comment, Erasure
from comments.privacy import erasure


def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, and then erase."""
    comment = existing(pk)
    if request.method == "POST":
        erasure.erase(comment, wish=Erasure.Wish.EDITOR, by=account(request))
        messages.success(request, gettext("The comment was erased for good."))
        return redirect("admin:comments_comment_changelist")
    context = {
        **admin.site.each_context(request),
        "title": gettext("Erase for good"),
        "opts": Comment._meta,
        "comment": comment,
        "replies": comment.replies.count(),
    }
    return TemplateResponse(request, "admin/comments/comment/erase.html", context)
