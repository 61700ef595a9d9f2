"""The site as it will be: a public page made at another moment, and everything undone after it."""

from __future__ import annotations

import copy
import re
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils.encoding import iri_to_uri

from blog import clock
from blog.publishing import apply_planned_changes

# Links to our own pages, and not to a style, a picture or the desk.
OWN_LINKS = re.compile(rb'(\b(?:href|action)=")/(?!/|static/|media/|admin/)')
ASKED_BEFORE = ("HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


def page_at(request: HttpRequest, path: str, *, moment: datetime, prefix: str) -> HttpResponse:
    """A public page as it will be at a moment; its links lead to other pages of that moment.

    What is planned until then is carried out, the page is made, and all of it is undone: nobody
    else sees any of it. Raises Http404 where nothing will be.
    """
    view, args, kwargs = resolve(path)
    with transaction.atomic(), clock.at(moment):
        apply_planned_changes()
        response: HttpResponse = view(as_visitor(request, path), *args, **kwargs)
        if isinstance(response, TemplateResponse):
            response.render()
        transaction.set_rollback(True)
    response.content = OWN_LINKS.sub(rb"\1" + prefix.encode(), response.content)
    location = response.headers.get("Location", "")
    if location.startswith("/"):
        response["Location"] = iri_to_uri(prefix + location[1:])
    return response


def as_visitor(request: HttpRequest, path: str) -> HttpRequest:
    """The same question, from somebody without an account, to the public address."""
    asked = copy.copy(request)
    asked.path = asked.path_info = path
    asked.META = {name: value for name, value in request.META.items() if name not in ASKED_BEFORE}
    asked.COOKIES = {}
    asked.user = AnonymousUser()
    return asked
