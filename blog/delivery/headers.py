"""Who may keep a page, and what a page may load: said once, on the view's first line."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

from blog.delivery.stylesheet import stylesheet_hash

P = ParamSpec("P")
View = Callable[P, HttpResponseBase]
PrivateView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public_page(view: View[P]) -> View[P]:
    """The same page for everybody: anyone may keep it, if they ask each time whether it changed.

    A view that knows better, such as a redirect, sets its own Cache-Control.
    """

    @wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(*args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    # Nothing to protect: a POST is refused as such, whatever token it carries.
    return csrf_exempt(require_safe(conditional_page(kept)))


def private_page(view: PrivateView[P]) -> PrivateView[P]:
    """Made for one visitor: nobody keeps it, no search engine lists it.

    The answer to a form holds what was typed, and the visitor's own browser keeps it: whoever
    reads a page in between and goes back finds the text again.
    """

    @wraps(view)
    def unlisted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            if request.method == "POST":
                patch_cache_control(response, private=True, no_cache=True)
            else:
                add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        # With "no-referrer" a browser would send "Origin: null" from the page's own forms.
        response["Referrer-Policy"] = "same-origin"
        return response

    # Visitors have no cookie and so no CSRF token; a view that takes a POST judges its origin.
    return csrf_exempt(unlisted)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The policy from the settings, with the hash of the stylesheet that pages carry inside."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        parts.update = {**(parts.update or {}), "style-src": [stylesheet_hash()]}
        return parts
