"""Typed readers for the environment: a wrong value stops the start and says what to set."""

import ipaddress
import os
import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

HOST = re.compile(r"[A-Za-z0-9.:-]+")
HOST_NAME = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*")
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


@dataclass(frozen=True)
class MailServer:
    """The server that takes our mails, and how to speak with it."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False  # from the first byte on
    starttls: bool = False


def env_mail_server(name: str) -> MailServer | None:
    """A mail server from its URL: smtps://… speaks TLS, smtp://…?starttls=1 begins to.

    A password only goes to another machine under TLS. No message repeats the value: it holds it.
    """
    value = env_text(name)
    if not value:
        return None
    example = f"write {name} as smtp://user:password@mail.example.org:587?starttls=1."
    try:
        parts = urlsplit(value)
        port = parts.port
        options = dict(
            parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        )
    except ValueError:
        raise ImproperlyConfigured(f"{name} cannot be read: {example}") from None
    host = parts.hostname or ""
    if parts.scheme not in {"smtp", "smtps"} or not HOST.fullmatch(host) or port == 0:
        raise ImproperlyConfigured(f"{name} names no mail server: {example}")
    if parts.path not in {"", "/"} or parts.fragment or not options.items() <= {("starttls", "1")}:
        raise ImproperlyConfigured(f"{name} says more than a mail server needs: {example}")
    if bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(
            f"{name} needs both a user and a password, or neither: {example}"
        )
    tls = parts.scheme == "smtps"
    if tls and options:
        raise ImproperlyConfigured(f"{name}: smtps:// speaks TLS already, leave out ?starttls=1.")
    if parts.password and not (tls or options or is_loopback(host)):
        raise ImproperlyConfigured(
            f"{name} sends a password in the clear: add ?starttls=1 or begin with smtps://."
        )
    return MailServer(
        host=host,
        port=port or (465 if tls else 587 if options else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=bool(options),
    )


def env_mail_address(name: str, default: str) -> str:
    """An address that mails come from: "redactie@example.org" or "Naam <redactie@example.org>"."""
    value = env_text(name) or default
    address = parseaddr(value)[1]
    try:
        validate_email(address)
        alone = value.count("@") == 1 and value.endswith((address, f"<{address}>"))
    except ValidationError:
        alone = False
    if not (alone and value.isprintable()):
        raise ImproperlyConfigured(
            f"{name} is {value!r}: write it as Redactie <redactie@example.org>."
        )
    return value


def default_sender(site_url: str) -> str:
    """An address at the site's own domain that does not ask for an answer."""
    host = (urlsplit(site_url).hostname or "").removeprefix("www.")
    return f"noreply@{host}" if HOST_NAME.fullmatch(host) else "noreply@localhost"


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
