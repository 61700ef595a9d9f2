"""Typed readers for the environment: a wrong value stops the start and says what to set."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

HOST = re.compile(r"[A-Za-z0-9.:-]+")
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def env_text(name: str, default: str = "") -> str:
    """The variable as it stands, without spaces around it."""
    return os.environ.get(name, default).strip()


def env_bool(name: str, *, default: bool = False) -> bool:
    """A yes or no, written as 1/0, true/false, yes/no or on/off."""
    value = env_text(name, "on" if default else "off").lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to 1 or 0.")
    return value in YES


def env_folder(name: str, default: Path) -> Path:
    """A folder to write in, made where it is not there yet.

    A relative one is seen from the folder where the command starts.
    """
    value = env_text(name)
    folder = Path(value).expanduser().resolve() if value else default
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is {folder}: {error.strerror}. Set it to a folder that can be written."
        ) from error
    return folder


def env_database(name: str, default: str) -> dict[str, Any]:
    """Django's settings for a database from its URL."""
    value = env_text(name) or default
    try:
        return dict(dj_database_url.parse(value))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read: write it as postgres://user:password@host/name."
        ) from error


def env_networks(name: str) -> tuple[Network, ...]:
    """Addresses or networks, separated by commas: "127.0.0.1, 10.0.0.0/8"."""
    words = [word.strip() for word in env_text(name).split(",") if word.strip()]
    try:
        return tuple(ipaddress.ip_network(word) for word in words)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}: {error}. Write addresses or networks with commas between them."
        ) from error


def env_site_url(name: str, default: str) -> str:
    """The address of the site: scheme and host, with https unless the host is this machine."""
    value = env_text(name) or default
    try:
        parts = urlsplit(value.rstrip("/"))
        well_formed = parts.port != 0 and HOST.fullmatch(parts.hostname or "")
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}: {error}.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or not well_formed:
        raise ImproperlyConfigured(f"{name} is {value!r}: write it as https://www.example.org.")
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(f"{name} is {value!r}: leave out all that follows the host.")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ImproperlyConfigured(
            f"{name} is {value!r}: plain http is for this machine only; set it to https://…"
        )
    return f"{parts.scheme}://{parts.netloc}"


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
