"""Moments: one at which time can stand still, and two things done at the same one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine
from django.db import connection

# In Amsterdam; told in UTC, so that a day later is 24 hours later, whatever becomes of the clock.
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DAY = timedelta(days=1)

Clock = time_machine.Traveller


def at_the_same_instant(*acts: Callable[[], object]) -> list[object]:
    """What each of these answers or raises when they start together, each with a connection."""
    start = threading.Barrier(len(acts))
    outcomes: list[object] = []

    def perform(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=5)
            outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=perform, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes, key=lambda outcome: isinstance(outcome, Exception))
