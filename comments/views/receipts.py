"""The private pages of whoever sent a comment, and what they can do there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from blog.delivery.headers import private_page
from blog.models import Post
from comments import submission
from comments.forms import AddressForm, AnotherAddressForm
from comments.intake.limits import Action, LimitError, take
from comments.intake.networks import client_address, network_of
from comments.mail import correspondence
from comments.models import Erasure
from comments.privacy import erasure
from comments.receipts import MailState, Receipt, find_receipt
from comments.views.messages import GONE_FOR_GOOD, message
from comments.views.refusals import dead_link, own_forms_only, too_often


def for_its_writer(
    view: Callable[[HttpRequest, Receipt], HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """Let only who holds a comment's key do this, and no form of another site."""

    @own_forms_only
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def step(request: HttpRequest, key: str) -> HttpResponse:
        found = find_receipt(key)
        return view(request, found) if found else dead_link(request)

    return step


@private_page
@require_safe
def receipt(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a comment, for whoever holds its key."""
    found = find_receipt(key)
    if found is None:
        return dead_link(request)
    asked_again = "gevraagd" in request.GET
    return page(request, "receipt", found, form=address_form(found), asked_again=asked_again)


@private_page
@for_its_writer
def withdraw(request: HttpRequest, found: Receipt) -> HttpResponse:
    """Take one's own comment away; it can be put back for a while."""
    if not found.can_withdraw:
        return redirect(found.comment.receipt_url)
    if request.method != "POST":
        return page(request, "withdraw", found)
    submission.withdraw(found.comment)
    return redirect(found.comment.receipt_url)


@private_page
@for_its_writer
def put_back(request: HttpRequest, found: Receipt) -> HttpResponse:
    """Send a withdrawn comment to the moderators again."""
    if not found.is_withdrawn:
        return redirect(found.comment.receipt_url)
    if request.method != "POST":
        return page(request, "put_back", found)
    try:
        take(Action.EDIT, network_of(client_address(request)))
    except LimitError as error:
        return too_often(request, error)
    submission.put_back(found.comment)
    return redirect(found.comment.receipt_url)


@private_page
@for_its_writer
def erase(request: HttpRequest, found: Receipt) -> HttpResponse:
    """Wipe one's own comment for good."""
    if request.method != "POST":
        return page(request, "erase", found)
    erasure.erase(found.comment, wish=Erasure.Wish.WRITER)
    return redirect(f"{reverse('comments:erased')}?artikel={found.comment.post.slug}")


@private_page
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """The comment is gone; the page knows no more of it than below which post it stood."""
    post = Post.objects.readable().filter(slug=request.GET.get("artikel", "")).first()
    return message(request, _("Your comment has been erased"), GONE_FOR_GOOD, post=post)


@private_page
@for_its_writer
def mail_on_replies(request: HttpRequest, found: Receipt) -> HttpResponse:
    """Ask for a mail when somebody answers, or for none any more."""
    if not found.can_withdraw:
        return redirect(found.comment.receipt_url)
    if request.method != "POST":
        return page(request, "mail_on_replies", found, form=address_form(found))
    if "stop" in request.POST:
        correspondence.stop_replies(found.comment)
        return redirect(f"{found.comment.receipt_url}#mail")
    return ask_for_mail(request, found)


def address_form(found: Receipt, data: QueryDict | None = None) -> AddressForm:
    """Where the writer fills in an address, or mends the one that nobody confirmed."""
    has_none = found.mail_state == MailState.NO_ADDRESS
    return AddressForm(data) if has_none else AnotherAddressForm(data)


def ask_for_mail(request: HttpRequest, found: Receipt) -> HttpResponse:
    """Tie the address that was typed to the comment, or go on with the one that it has."""
    email = ""
    form = address_form(found, request.POST)
    if found.takes_address:
        if not form.is_valid():
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return page(request, "mail_on_replies", found, form=form, status=status)
        email = form.cleaned_data["email"]
    try:
        take(Action.MAIL, network_of(client_address(request)))
    except LimitError as error:
        form.add_error(None, str(error))
        status = HTTPStatus.TOO_MANY_REQUESTS
        response = page(request, "mail_on_replies", found, form=form, status=status)
        response["Retry-After"] = str(error.retry_after)
        return response
    correspondence.request_replies(found.comment, email)
    asked_again = not email and found.mail_state in {MailState.ASKED, MailState.STOPPED}
    return redirect(f"{found.comment.receipt_url}{'?gevraagd' if asked_again else ''}#mail")


def page(
    request: HttpRequest,
    name: str,
    found: Receipt,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    """One of the pages around a receipt."""
    context |= {"receipt": found, "comment": found.comment}
    return TemplateResponse(request, f"comments/{name}.html", context, status=status)
