"""Two things at the same moment, as two editors do them."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


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
