"""The pages on which the owner of an e-mail address gets what we keep, or has it erased."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from blog.delivery.headers import private_page
from comments.forms import DataRequestForm
from comments.intake.limits import Action, LimitError, take
from comments.intake.networks import client_address, network_of
from comments.mail import correspondence
from comments.mail.links import LinkError, find
from comments.models import Erasure, Link
from comments.privacy import visitor_data
from comments.receipts import receipt_of
from comments.views.messages import GONE_FOR_GOOD, message
from comments.views.refusals import dead_link, own_forms_only

LINK_SENT = gettext_lazy(
    "If comments were sent with this address, you get a mail with a link to them within a few "
    "minutes. Is there none? Then look among the unwanted mail, or whether you used another "
    "address."
)


@private_page
@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def data_request(request: HttpRequest) -> HttpResponse:
    """Ask for a link to one's own data; the answer does not tell whether we know the address."""
    if request.method != "POST":
        return request_page(request, DataRequestForm())
    form = DataRequestForm(request.POST)
    if not form.is_valid():
        return request_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        take(Action.MAIL, network_of(client_address(request)))
    except LimitError as error:
        form.add_error(None, str(error))
        response = request_page(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(error.retry_after)
        return response
    correspondence.send_data_link(form.cleaned_data["email"])
    return redirect("comments:data_sent")


def request_page(
    request: HttpRequest, form: DataRequestForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """The page around the form."""
    return TemplateResponse(request, "comments/data_request.html", {"form": form}, status=status)


@private_page
@require_safe
def data_sent(request: HttpRequest) -> HttpResponse:
    """Where to look for the link."""
    return message(request, _("Look in your mail"), LINK_SENT)


@private_page
@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest, key: str) -> HttpResponse:
    """What we keep of the owner of an address, and as a file."""
    try:
        address = find(Link.Purpose.DATA, key).email
    except LinkError as error:
        return dead_link(request, str(error))
    if request.method == "POST":
        return visitor_data.as_download(visitor_data.export(address.email))
    comments = visitor_data.comments_of(address).select_related("post", "email")
    context = {
        "key": key,
        "address": address.masked,
        "receipts": [receipt_of(comment) for comment in comments.order_by("created_at", "pk")],
        "unconfirmed": visitor_data.unconfirmed_comments_of(address).count(),
    }
    return TemplateResponse(request, "comments/data.html", context)


@private_page
@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def data_erase(request: HttpRequest, key: str) -> HttpResponse:
    """Wipe an address and all that its owner wrote."""
    try:
        address = find(Link.Purpose.DATA, key).email
    except LinkError as error:
        return dead_link(request, str(error))
    if request.method == "POST":
        visitor_data.erase(address.email, wish=Erasure.Wish.ADDRESS)
        return redirect("comments:data_erased")
    context = {
        "key": key,
        "address": address.masked,
        "count": visitor_data.comments_of(address).count(),
        "unconfirmed": visitor_data.unconfirmed_comments_of(address).count(),
    }
    return TemplateResponse(request, "comments/data_erase.html", context)


@private_page
@require_safe
def data_erased(request: HttpRequest) -> HttpResponse:
    """All that was asked for is gone."""
    return message(request, _("Everything has been erased"), GONE_FOR_GOOD)
