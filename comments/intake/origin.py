"""Whether a form was sent from our own pages, judged without a cookie."""

from __future__ import annotations

from enum import Enum, auto
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


class Origin(Enum):
    """Where a POST says that it comes from."""

    OWN = auto()
    UNKNOWN = auto()
    FOREIGN = auto()


def judge(request: HttpRequest) -> Origin:
    """Tell our own form from another site's by the headers that only a browser can set.

    A browser that sends neither Sec-Fetch-Site nor a usable Origin is UNKNOWN, never FOREIGN:
    privacy tools strip these headers, and their users may comment too.
    """
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return Origin.OWN if fetched_from in {"same-origin", "none"} else Origin.FOREIGN
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return Origin.UNKNOWN
    return Origin.OWN if is_ours(origin, request) else Origin.FOREIGN


def is_ours(origin: str, request: HttpRequest) -> bool:
    """Whether an Origin header names this site, at its public address or as it was reached here."""
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return origin == settings.SITE_URL or host == request.get_host()
