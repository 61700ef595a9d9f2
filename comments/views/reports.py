"""The form to report a comment, and what became of a report."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from blog.delivery.headers import private_page
from blog.models import Post
from comments import reports
from comments.formatting import format_comment
from comments.forms import ReportForm, readable
from comments.intake.limits import Action, LimitError, take
from comments.intake.networks import client_address, network_of
from comments.intake.origin import Origin, judge
from comments.models import Comment
from comments.privacy import retention
from comments.views.messages import message
from comments.views.refusals import dead_link, wait_for_database

GONE = _("This comment is not here any more")
NOTHING_TO_REPORT = _("Readers do not see it, so you need not report it.")
FOREIGN = _("Your report came from another site. Please send it from here.")
BUSY = _("We could not keep your report at this moment. Please send it again in a minute.")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form to report a comment that readers can see."""
    comment = find_comment(uid)
    if comment is None:
        return not_there(request, uid)
    if request.method == "POST":
        return receive(request, comment)
    return form_page(request, comment, ReportForm())


def receive(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Take a report and point to its receipt, or show the form again with what was typed."""
    form = ReportForm(request.POST)
    if judge(request) is Origin.FOREIGN:
        form.add_error(None, FOREIGN)
        return form_page(request, comment, form, status=HTTPStatus.FORBIDDEN)
    if not form.is_valid():
        return form_page(request, comment, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        take(Action.REPORT, network_of(client_address(request)))
        made = reports.report(
            comment,
            ground=form.cleaned_data["ground"],
            explanation=form.cleaned_data["explanation"],
        )
    except reports.NotPublicError:
        return not_there(request, comment.uid)
    except LimitError as limit:
        status, problem, seconds = HTTPStatus.TOO_MANY_REQUESTS, str(limit), limit.retry_after
    except OperationalError:
        status, problem, seconds = HTTPStatus.SERVICE_UNAVAILABLE, str(BUSY), wait_for_database()
    else:
        return redirect("comments:report_receipt", made.key)
    form.add_error(None, problem)
    response = form_page(request, comment, form, status=status)
    response["Retry-After"] = str(seconds)
    return response


def form_page(
    request: HttpRequest,
    comment: Comment,
    form: ReportForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The page around the form."""
    context = {"comment": comment, "text": format_comment(comment.text), "form": form}
    return TemplateResponse(request, "comments/report.html", context, status=status)


def find_comment(uid: UUID) -> Comment | None:
    """A comment that readers can see."""
    shown = Comment.objects.approved().filter(post__in=Post.objects.readable())
    return shown.select_related("post").filter(uid=uid).first()


def not_there(request: HttpRequest, uid: UUID) -> HttpResponse:
    """No reader sees the comment, so nobody need report it."""
    # A post without it is where readers saw it; what they never saw has no place.
    seen = Comment.objects.filter(uid=uid, position__isnull=False)
    post = Post.objects.readable().filter(comments__in=seen).first()
    typed = readable(request.POST.get("toelichting", ""))
    status = HTTPStatus.NOT_FOUND
    return message(request, GONE, NOTHING_TO_REPORT, post=post, typed=typed, status=status)


@private_page
@require_safe
def report_receipt(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a report, for whoever sent it."""
    found = retention.kept_reports().select_related("comment__post").filter(key=key).first()
    if found is None:
        return dead_link(request)
    # The words of the comment are not here: they may be gone.
    return TemplateResponse(request, "comments/report_receipt.html", {"report": found})
