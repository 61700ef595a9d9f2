"""Polite pages for what cannot be done, where nothing was typed that could be lost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from comments.intake.limits import LimitError
from comments.intake.origin import Origin, judge
from comments.views.messages import message

logger = logging.getLogger(__name__)

UNCHANGED = _("Nothing has changed")
FOREIGN = _(
    "This came from another site. Open the page on our own site, and press the button there."
)
BUSY = _("We could not do this at this moment. Please try again in a minute.")
DEAD = _("This link does not work (any more)")
LOST = _(
    "Perhaps a part of the address got lost, or what was here is past its time or was erased. "
    "Nothing has changed."
)
TOO_OFTEN = _("That was too often")

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def own_forms_only(view: View[P]) -> View[P]:
    """Let no form of another site change anything; whoever was led there reads why.

    Whoever comes when the database is busy reads that too.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and judge(request) is Origin.FOREIGN:
            return message(request, UNCHANGED, FOREIGN, status=HTTPStatus.FORBIDDEN)
        try:
            return view(request, *args, **kwargs)
        except OperationalError:
            wait = wait_for_database()
            response = message(request, UNCHANGED, BUSY, status=HTTPStatus.SERVICE_UNAVAILABLE)
            response["Retry-After"] = str(wait)
            return response

    return guarded


def wait_for_database() -> int:
    """Log why the database took nothing; after so many seconds a visitor may try again."""
    logger.exception("The database took nothing")
    return 60


def dead_link(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A private address that leads nowhere, or not any more."""
    return message(request, DEAD, reason or LOST, status=HTTPStatus.NOT_FOUND)


def too_often(request: HttpRequest, error: LimitError) -> HttpResponse:
    """Something that this network did too often."""
    response = message(request, TOO_OFTEN, str(error), status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(error.retry_after)
    return response
