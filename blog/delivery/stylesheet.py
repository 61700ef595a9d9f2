"""The public stylesheet: one text per build, inlined in every page and allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.safestring import SafeString, mark_safe

PARTS = ("tokens", "fonts", "base", "prose", "post", "comments", "lists", "home", "print")


def stylesheet() -> SafeString:
    """The parts as one text; font addresses in it carry the hash of the file."""
    return _cached_stylesheet() if not settings.DEBUG else _read_stylesheet()


@lru_cache(maxsize=1)
def content_hash(text: str) -> str:
    """The source expression that allows exactly this text in a Content-Security-Policy."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def stylesheet_hash() -> str:
    """The hash of the stylesheet of this build."""
    return content_hash(stylesheet())


def _read_stylesheet() -> SafeString:
    # Ours, from the repository: no visitor or editor writes a byte of it.
    return mark_safe("\n".join(_read(f"css/{part}.css") for part in PARTS))  # noqa: S308


_cached_stylesheet = lru_cache(maxsize=1)(_read_stylesheet)


def _read(name: str) -> str:
    if settings.DEBUG or not hasattr(staticfiles_storage, "stored_name"):
        return Path(finders.find(name) or "").read_text(encoding="utf-8")
    with staticfiles_storage.open(staticfiles_storage.stored_name(name)) as file:
        return str(file.read(), "utf-8")
