"""Numbers of rows as addresses and forms carry them."""

from __future__ import annotations


def number(value: str | None) -> int | None:
    """A number that somebody put in an address or a form; None for what can be no row's."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None
