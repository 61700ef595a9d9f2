"""The admin's login, which loses no form: what was sent without a login is carried through it."""

from __future__ import annotations

from functools import update_wrapper
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

# The hidden field in which a form travels, as one signed text.
CARRIED = "carried"
SECONDS_TO_CARRY = 24 * 60 * 60


class EditorialDesk(admin.AdminSite):
    """Django's admin; a form that comes without a login waits there until somebody logs in."""

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A page of the admin, to which a carried form comes as if it had just been sent."""
        page = super().admin_view(view, cacheable)
        if getattr(view, "csrf_exempt", False):
            return page

        def arrived(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            would_be_lost = is_form(request) and not self.has_permission(request)
            if not (is_carried(request) or would_be_lost):
                return page(request, *args, **kwargs)  # type: ignore[no-any-return]
            if not self.has_permission(request):
                answer = CarryingLogin.as_view(extra_context=self.each_context(request))(request)
                if not self.has_permission(request):
                    return answer
            try:
                request.POST = unpacked(request)  # type: ignore[assignment] # read as if it were it
            except signing.SignatureExpired:
                return ask_to_send_again(request)
            return page(request, *args, **kwargs)  # type: ignore[no-any-return]

        return update_wrapper(never_cache(csrf_protect(arrived)), view)


class CarryingLogin(LoginView):
    """The login form in the place of a page, with the form that was meant for that page."""

    authentication_form = AdminAuthenticationForm
    template_name = "admin/login_with_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """At first it is the other form that was sent, and no name or password."""
        answered = is_carried(self.request) and "username" in self.request.POST
        return super().get_form_kwargs() | ({} if answered else {"data": None, "files": None})

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in; what there is to see comes from the page itself."""
        login(self.request, form.get_user())
        return HttpResponse()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "title": gettext("Log in"),
            "app_path": self.request.get_full_path(),
            "username": self.request.user.get_username(),
            **carrying(self.request),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        # A script that sent the form must not take this page for a yes.
        return super().render_to_response(context, status=HTTPStatus.FORBIDDEN, **kwargs)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with an old token, as after a login in another tab, is offered to be sent again.

    Only a page of our own gets so far: another site's form meets Django's plain refusal.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if ours and (is_carried(request) or is_form(request)):
        return ask_to_send_again(request)
    return csrf.csrf_failure(request, reason)


def ask_to_send_again(request: HttpRequest) -> HttpResponse:
    """A page that holds the form, and a button that sends it."""
    context = {**admin.site.each_context(request), "title": gettext("Send your text once more")}
    context |= carrying(request)
    return render(request, "admin/send_again.html", context, status=HTTPStatus.FORBIDDEN)


def is_form(request: HttpRequest) -> bool:
    """Whether this is a form of the admin that can be carried; no page ever holds a password."""
    return (
        request.method == "POST"
        and request.path.startswith(reverse("admin:index"))
        and request.path != reverse("admin:logout")
        and not request.FILES
        and not any("password" in name for name in request.POST)
    )


def is_carried(request: HttpRequest) -> bool:
    """Whether the form that was sent holds another one."""
    return request.method == "POST" and CARRIED in request.POST


def carrying(request: HttpRequest) -> dict[str, str]:
    """What the template of a page needs that holds a form: the field's name and value."""
    form = unpacked(request, max_age=None) if is_carried(request) else request.POST
    packed = signing.dumps(form.urlencode(), salt=salt_for(request), compress=True)
    return {"carried_name": CARRIED, "carried": packed}


def unpacked(request: HttpRequest, *, max_age: int | None = SECONDS_TO_CARRY) -> QueryDict:
    """The form that was carried here. Raises SignatureExpired about one of long ago."""
    try:
        form = signing.loads(request.POST[CARRIED], salt=salt_for(request), max_age=max_age)
    except signing.SignatureExpired:
        raise
    except signing.BadSignature as error:
        raise BadRequest("This form was not carried here by us.") from error
    return QueryDict(form)


def salt_for(request: HttpRequest) -> str:
    """A form that is on its way to one page can be brought to no other."""
    return f"authors.login {request.path}"
