"""What happens at its moment: a thread that looks twice a second what is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from blog import publishing

logger = logging.getLogger(__name__)

# A planned change goes live within a second of its moment, rendering included.
SECONDS_BETWEEN_LOOKS = 0.5


@contextmanager
def running() -> Iterator[None]:
    """Apply planned changes for as long as the block lasts, whatever else it waits for."""
    ended = threading.Event()
    thread = threading.Thread(target=keep_time, args=[ended], name="timer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def keep_time(ended: threading.Event) -> None:
    """Look what is due until the end; an error is told once, and the next look is another try."""
    in_trouble = False
    while not ended.wait(SECONDS_BETWEEN_LOOKS):
        try:
            publishing.apply_planned_changes()
            in_trouble = False
        except Exception as error:
            if not in_trouble:
                logger.error("The timer goes on after an error: %s", type(error).__name__)
            in_trouble = True
            connection.close()
    connection.close()
