"""A visitor's change to their own comment; it passes the same checks as a new one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from blog.delivery.headers import private_page
from comments import submission
from comments.formatting import format_preview
from comments.forms import EditForm
from comments.intake.arrival import arrival_of
from comments.intake.limits import Action, LimitError, take
from comments.intake.origin import Origin, judge
from comments.nudge import nudge_about
from comments.receipts import Receipt, find_receipt
from comments.submission import RefusedError
from comments.views.refusals import dead_link, wait_for_database
from comments.views.submission import BUSY, FROM_ELSEWHERE

LOST = _("This comment is not here any more.")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change one's own comment, for as long as that is possible."""
    found = find_receipt(key)
    text = request.POST.get("tekst", "")
    if found is None:
        return refused_page(request, text, why=LOST) if text else dead_link(request)
    if found.why_not_edit:
        return refused_page(request, text, found, why=found.why_not_edit)
    if request.method == "POST":
        return receive(request, found)
    newest = found.newest
    initial = {"name": newest.name, "text": newest.text}
    return form_page(request, found, EditForm(post=found.comment.post, initial=initial))


def receive(request: HttpRequest, found: Receipt) -> HttpResponse:
    """Look through a change: it is kept, or comes back with what was typed and why."""
    form = EditForm(request.POST, post=found.comment.post)
    if judge(request) is Origin.FOREIGN:
        return form_page(request, found, form, HTTPStatus.FORBIDDEN, problem=FROM_ELSEWHERE)
    if not form.is_valid():
        return form_page(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if "voorbeeld" in request.POST:
        return form_page(request, found, form, preview=format_preview(form.cleaned_data["text"]))
    if nudge := nudge_about(form):
        return form_page(request, found, form, nudge=nudge)
    return keep(request, found, form)


def keep(request: HttpRequest, found: Receipt, form: EditForm) -> HttpResponse:
    """Keep a change that is in order, and lead back to the receipt."""
    name, text = form.cleaned_data["name"], form.cleaned_data["text"]
    arrival = arrival_of(request, form)
    try:
        take(Action.EDIT, arrival.network)
        submission.edit(found.comment, name=name, text=text, arrival=arrival)
    except RefusedError as refusal:
        return refused_page(request, text, found, why=str(refusal))
    except LimitError as limit:
        status, wait = HTTPStatus.TOO_MANY_REQUESTS, limit.retry_after
        return form_page(request, found, form, status, problem=str(limit), retry_after=wait)
    except OperationalError:
        status, wait = HTTPStatus.SERVICE_UNAVAILABLE, wait_for_database()
        return form_page(request, found, form, status, problem=BUSY, retry_after=wait)
    return redirect(found.comment.receipt_url)


def form_page(
    request: HttpRequest,
    found: Receipt,
    form: EditForm,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    problem: str | Promise = "",
    retry_after: int | None = None,
    **shown: Any,
) -> HttpResponse:
    """The page around the form, with what is wrong, or what else is shown above it."""
    if problem:
        form.add_error(None, str(problem))
    context = {"receipt": found, "comment": found.comment, "form": form, **shown}
    response = TemplateResponse(request, "comments/edit.html", context, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def refused_page(
    request: HttpRequest, text: str, found: Receipt | None = None, *, why: str | Promise
) -> HttpResponse:
    """Why a comment cannot be changed now, and what was typed, to be copied."""
    context = {"comment": found and found.comment, "text": text, "why": why}
    status = HTTPStatus.CONFLICT if found else HTTPStatus.NOT_FOUND
    return TemplateResponse(request, "comments/edit_refused.html", context, status=status)
