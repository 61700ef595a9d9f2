"""The form for a comment, and what becomes of it when it is sent."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from blog.delivery.headers import private_page
from blog.models import Post, SiteSettings
from blog.querysets import PostQuerySet
from blog.views import elsewhere
from comments.discussion import discussion
from comments.formatting import format_preview
from comments.forms import OneTimeCommentForm, readable
from comments.intake.arrival import arrival_of
from comments.intake.doubles import mark_of, sent_before
from comments.intake.limits import Action, LimitError, take
from comments.intake.origin import Origin, judge
from comments.models import Comment
from comments.nudge import nudge_about
from comments.submission import PARENT_GONE, RefusedError, submit
from comments.views.form_pages import closed_page, form_page, lost_page
from comments.views.refusals import wait_for_database

FROM_ELSEWHERE = _("Your comment came from another site. Please send it from here.")
BUSY = _("We could not keep your comment at this moment. Please send it again in a minute.")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def comment_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on a page of its own: to answer somebody, or to mend what went wrong."""
    posts = Post.objects.at_address(slug)
    post = posts.readable().select_related("theme").first()
    if post is None:
        return answer_without_post(request, posts)
    if request.method == "POST":
        return receive(request, post)
    parent = find_parent(post, request.GET.get("op", ""))
    if parent and not parent.is_public:
        return form_page(request, OneTimeCommentForm(post=post), None, parent_is_gone=True)
    return form_page(request, OneTimeCommentForm(post=post), parent)


def answer_without_post(request: HttpRequest, posts: PostQuerySet) -> HttpResponse:
    """What the address itself would say; whoever typed something gets it back."""
    typed = readable(request.POST.get("tekst", ""))
    if typed.strip():
        return lost_page(request, posts.gone().first(), typed)
    return elsewhere(request, posts)


def receive(request: HttpRequest, post: Post) -> HttpResponse:
    """Look through a form: it goes on, or comes back with what was typed and why."""
    form = OneTimeCommentForm(request.POST, post=post)
    parent_uid = request.POST.get("op", "")
    parent = find_parent(post, parent_uid)
    if judge(request) is Origin.FOREIGN:
        return form_page(request, form, parent, HTTPStatus.FORBIDDEN, problem=FROM_ELSEWHERE)
    if not form.is_valid():
        return form_page(request, form, parent, HTTPStatus.UNPROCESSABLE_ENTITY)
    if parent_uid and parent is None:
        return form_page(request, form, None, HTTPStatus.CONFLICT, problem=PARENT_GONE)
    if "voorbeeld" in request.POST:
        return form_page(request, form, parent, preview=format_preview(form.cleaned_data["text"]))
    if nudge := nudge_about(form):
        return form_page(request, form, parent, nudge=nudge)
    return keep(request, form, parent)


def keep(request: HttpRequest, form: OneTimeCommentForm, parent: Comment | None) -> HttpResponse:
    """Keep a comment that is in order, and lead to its receipt; a public double to its place."""
    arrival = arrival_of(request, form)
    name, text = form.cleaned_data["name"], form.cleaned_data["text"]
    try:
        mark = mark_of(form.post, name=name, text=text, network=arrival.network, parent=parent)
        if double := sent_before(mark):
            # Readers may have seen its words and sent them: they get its place, never its receipt.
            return redirect(double if double.was_public else double.receipt_url)
        take(Action.COMMENT, arrival.network)
        comment = submit(
            form.post,
            name=name,
            text=text,
            email=form.cleaned_data["email"],
            arrival=arrival,
            parent=parent,
        )
    except RefusedError as refusal:
        return refused(request, form, str(refusal))
    except LimitError as limit:
        status, problem, seconds = HTTPStatus.TOO_MANY_REQUESTS, str(limit), limit.retry_after
    except OperationalError:
        status, problem, seconds = HTTPStatus.SERVICE_UNAVAILABLE, str(BUSY), wait_for_database()
    else:
        return redirect(comment.receipt_url)
    return form_page(request, form, parent, status, problem=problem, retry_after=seconds)


def refused(request: HttpRequest, form: OneTimeCommentForm, why: str) -> HttpResponse:
    """Hand back what was typed when a post, its discussion or a parent ended in the meantime."""
    posts = Post.objects.filter(pk=form.post.pk)
    post = posts.readable().first()
    if post is None:
        return lost_page(request, posts.gone().first(), form.data["tekst"])
    now = discussion(post, SiteSettings.objects.current())
    if not now.is_open:
        return closed_page(request, post, now, form.data["tekst"])
    return form_page(request, form, None, HTTPStatus.CONFLICT, problem=why)


def find_parent(post: Post, uid: str) -> Comment | None:
    """The comment that a form answers: one that readers see, or once saw."""
    try:
        return Comment.objects.filter(post=post, uid=uuid.UUID(uid)).exclude(position=None).first()
    except ValueError:
        return None
