"""The pages behind the links in our mails; opening one changes nothing, its button does."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from blog.delivery.headers import private_page
from comments import confirmation
from comments.mail import correspondence
from comments.mail.links import LinkError, UsedError, find
from comments.models import Link
from comments.privacy import retention
from comments.views.messages import message
from comments.views.refusals import dead_link, own_forms_only

CONFIRMED = _("Your address was confirmed already")


@private_page
@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever owns an address says that a comment is theirs."""
    try:
        link = find(Link.Purpose.CONFIRM, key)
        comment = confirmation.confirm(link) if request.method == "POST" else None
    except UsedError as error:
        return message(request, CONFIRMED, str(error), status=HTTPStatus.NOT_FOUND)
    except LinkError as error:
        return dead_link(request, str(error))
    context = {
        # Before that, the page holds no word of the comment: it may be a stranger's.
        "link": link,
        "comment": comment,
        # Confirmed before, and then stopped.
        "again": link.comment and link.comment.confirmed_at and link.email.stopped_at,
        "days": retention.UNCONFIRMED_ADDRESS.days,
    }
    return TemplateResponse(request, "comments/link_confirm.html", context)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """No more mails to an address; mail programs send this form by themselves (RFC 8058).

    So it may come from anywhere: the key is all that it needs.
    """
    try:
        link = find(Link.Purpose.STOP, key)
        if request.method == "POST":
            correspondence.stop(link)
    except LinkError as error:
        return dead_link(request, str(error))
    context = {"address": link.email.masked, "stopped": request.method == "POST"}
    return TemplateResponse(request, "comments/link_stop.html", context)
