"""Which addresses a link may have and a picture may be loaded from."""

from __future__ import annotations

import re

SCHEMES = ("http", "https", "mailto", "tel")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Browsers skip these in an address, so "java\tscript:" is a scheme to them, and "/\t/host" a host.
SKIPPED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\x9f]")
# "//host" and everything that browsers take for it.
OTHER_HOST = re.compile(r"[/\\]{2}")


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: the web, mail, a telephone, or a place on this site."""
    address = SKIPPED_BY_BROWSERS.sub("", address)
    if scheme := SCHEME.match(address):
        return scheme[1].lower() in SCHEMES
    return is_own_address(address)


def is_own_address(address: str) -> bool:
    """Whether the address names a place on this site, whatever page it stands on."""
    address = SKIPPED_BY_BROWSERS.sub("", address)
    if not address or OTHER_HOST.match(address):
        return False
    # A colon before the first slash makes a scheme, also one that we do not recognise as such.
    first_part = re.split(r"[/?#]", address, maxsplit=1)[0]
    return ":" not in first_part
