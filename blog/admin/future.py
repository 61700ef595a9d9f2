"""Staff look at the site as it will be at a moment that they choose."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog import clock
from blog.admin.moments import MomentField, in_words, on_our_clock
from blog.admin.publishing_page import MomentForm
from blog.future import page_at

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin

# As it stands in the address: minutes on the clock of the site.
FORMAT = "%Y-%m-%dT%H.%M"
PUBLIC = ("blog", "comments")


class FutureForm(MomentForm):
    """The moment to look at."""

    moment = MomentField(label=_("Look at the site as it will be at"), required=True)


def choose_moment(admin: ContentAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for a moment, and go there."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    form = FutureForm(request.GET or None)
    if form.is_valid():
        moment = timezone.localtime(form.cleaned_data["moment"]).strftime(FORMAT)
        return HttpResponseRedirect(reverse("admin:blog_post_future", args=[moment, ""]))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": gettext("The site at a later moment"),
        "form": form,
    }
    return TemplateResponse(request, "admin/blog/future.html", context)


def future(admin: ContentAdmin, request: HttpRequest, moment: str, page: str) -> HttpResponse:
    """A public page as it will be, with a bar above it that says so."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    at = moment_in(moment)
    path = f"/{page}"
    prefix = reverse("admin:blog_post_future", args=[moment, ""])
    try:
        if resolve(path).app_name not in PUBLIC or request.method not in {"GET", "HEAD"}:
            raise Http404
        response = page_at(request, path, moment=at, prefix=prefix)
    except Http404:
        response = HttpResponse(missing(request), status=HTTPStatus.NOT_FOUND)
    bar = render_to_string("admin/blog/future_bar.html", {"moment": in_words(at)}, request)
    response.content = response.content.replace(b"<main ", bar.encode() + b"<main ", 1)
    for header in ("ETag", "Cache-Control", "Content-Length"):
        response.headers.pop(header, None)
    return response


def moment_in(address: str) -> datetime:
    """The moment that an address names; raises Http404 for none, and for one that has passed."""
    try:
        moment = on_our_clock(datetime.strptime(address, FORMAT))  # noqa: DTZ007 - made aware by it
    except (ValueError, ValidationError) as error:
        raise Http404 from error
    if moment <= clock.now():
        raise Http404
    return moment


def missing(request: HttpRequest) -> str:
    """The page for an address at which nothing will be."""
    return render_to_string("404.html", {"matches": [], "newest": []}, request)
