"""Whose network a request came from, and the hash that is all we keep of it, for a day."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from datetime import date

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from comments.models import Attempt, DailyKey, Submission

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address(request: HttpRequest) -> Address | None:
    """The visitor's address: the last hop of X-Forwarded-For that is no trusted proxy.

    The header counts only when the connection itself comes from a proxy in TRUSTED_PROXIES.
    None when there is no address to be had, such as behind a Unix socket.
    """
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    hops.append(request.META.get("REMOTE_ADDR", ""))
    address = None
    for hop in reversed(hops):
        try:
            address = plain(ipaddress.ip_address(hop.strip()))
        except ValueError:
            break
        if not any(address in network for network in settings.TRUSTED_PROXIES):
            break
    return address


def plain(address: Address) -> Address:
    """An IPv4 address as itself, where a socket for both versions wraps it into IPv6."""
    return getattr(address, "ipv4_mapped", None) or address


def network_of(address: Address | None) -> str:
    """The neighbourhood of an address: /24 for IPv4, /48 for IPv6."""
    if address is None:
        return ""
    prefix = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def hash_of(*words: str) -> str:
    """A hash that nobody can trace once the key of the day is gone."""
    message = "\0".join(words)
    return hmac.new(key_of(timezone.localdate()), message.encode(), hashlib.sha256).hexdigest()


def fingerprint(network: str, *words: str) -> str:
    """The same for the same words from the same network on one day."""
    return hash_of("fingerprint", network, *words)


def key_of(day: date) -> bytes:
    """The random key of a day, made at its first use."""
    row = DailyKey.objects.filter(day=day).first() or begin(day)
    return bytes(row.key)


@transaction.atomic
def begin(day: date) -> DailyKey:
    """Make the key of a new day; the keys and hashes of earlier days go.

    In one transaction: whoever sees the new key may keep hashes that nobody will remove.
    """
    row, created = DailyKey.objects.get_or_create(
        day=day, defaults={"key": secrets.token_bytes(32)}
    )
    if created:
        DailyKey.objects.exclude(pk=row.pk).delete()
        # Made under keys that are gone: none of them can be recognised any more.
        Submission.objects.all().delete()
        Attempt.objects.all().delete()
    return row
