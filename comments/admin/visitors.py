"""What we keep of one visitor: to hand over, or to erase, when somebody asks the editors."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from comments.models import Comment, EmailAddress, Erasure
from comments.privacy import visitor_data

EXPORT, CONFIRM = "_export", "_confirm"


class VisitorForm(forms.Form):
    """Whose data."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


def visitor(request: HttpRequest) -> HttpResponse:
    """Look somebody up by address; the address is in no link and in no log."""
    if request.method != "POST":
        return form_page(request, VisitorForm())
    form = VisitorForm(request.POST)
    if not form.is_valid():
        return form_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    email = form.cleaned_data["email"]
    address = visitor_data.find_address(email)
    if address is None:
        form.add_error("email", gettext("We keep nothing of this address."))
        return form_page(request, form)
    if EXPORT in request.POST:
        return visitor_data.as_download(visitor_data.export(email))
    if CONFIRM not in request.POST:
        return form_page(request, form, address)
    count = visitor_data.erase(email, wish=Erasure.Wish.ADDRESS, by=account(request))
    message = ngettext(
        "The address and %(count)d comment were erased for good.",
        "The address and %(count)d comments were erased for good.",
        count,
    )
    messages.success(request, message % {"count": count})
    return redirect("admin:comments_comment_visitor")


def form_page(
    request: HttpRequest,
    form: VisitorForm,
    address: EmailAddress | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The form; with an address it asks whether that and its comments are really to go."""
    context = {
        **admin.site.each_context(request),
        "title": gettext("Data of a visitor"),
        "opts": Comment._meta,
        "form": form,
    }
    if address:
        context["count"] = visitor_data.comments_of(address).count()
        context["unconfirmed"] = visitor_data.unconfirmed_comments_of(address).count()
    return TemplateResponse(request, "admin/comments/comment/visitor.html", context, status=status)
