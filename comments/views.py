"""The visitor's way of a comment: form, answer, receipt."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from blog.delivery.headers import private_page
from blog.models import Post
from comments.forms import CommentForm
from comments.models import Comment
from comments.networks import client_address, network_of
from comments.origin import Origin, judge
from comments.submission import PARENT_GONE, RefusedError, submit


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def comment_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on a page of its own: to answer somebody, or to mend what went wrong."""
    post = get_object_or_404(Post.objects.published().at_address(slug).select_related("theme"))
    if request.method == "POST":
        return receive(request, post)
    return form_page(request, post, CommentForm(), find_parent(post, request.GET.get("op", "")))


def receive(request: HttpRequest, post: Post) -> HttpResponse:
    """Take a comment and point to its receipt, or show the form again with what was typed."""
    parent_uid = request.POST.get("op", "")
    parent = find_parent(post, parent_uid)
    form = CommentForm(request.POST)
    if judge(request) is Origin.FOREIGN:
        form.add_error(None, _("Your comment came from another site. Please send it from here."))
        return form_page(request, post, form, parent, status=HTTPStatus.FORBIDDEN)
    if not form.is_valid():
        return form_page(request, post, form, parent, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if parent_uid and parent is None:
            raise RefusedError(PARENT_GONE)
        comment = submit(
            post,
            name=form.cleaned_data["name"],
            text=form.cleaned_data["text"],
            network=network_of(client_address(request)),
            parent=parent,
        )
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return form_page(request, post, form, None, status=HTTPStatus.CONFLICT)
    if comment.status == Comment.Status.APPROVED:
        return redirect(comment)
    return redirect(comment.receipt_url)


def form_page(
    request: HttpRequest,
    post: Post,
    form: CommentForm,
    parent: Comment | None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The page around the form."""
    context = {"post": post, "form": form, "parent": parent}
    return TemplateResponse(request, "comments/comment_form.html", context, status=status)


def find_parent(post: Post, uid: str) -> Comment | None:
    """The approved comment that this form answers, if it answers one."""
    try:
        return Comment.objects.approved().filter(post=post, uid=uuid.UUID(uid)).first()
    except ValueError:
        return None


@private_page
@require_safe
def receipt(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a comment, for whoever holds its key."""
    comment = get_object_or_404(Comment.objects.select_related("post"), key=key)
    return TemplateResponse(request, "comments/receipt.html", {"comment": comment})
