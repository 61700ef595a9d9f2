"""The time at which the site is looked at: now, or the moment that an editor wants to see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """What every question of a public page takes for now."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The day that it is then, on the clock of the site."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Answer as if it were this moment, for as long as the block lasts."""
    before = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(before)
