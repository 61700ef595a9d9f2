"""Processor time and queries of pages, asked of Django itself without a server between."""

import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

TIMES = 21


def visitor() -> Any:
    """Somebody who reads."""
    from django.test import Client

    return Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})


def staff() -> Any:
    """Somebody behind the desk who may do everything."""
    from django.contrib.auth import get_user_model

    client = visitor()
    client.force_login(get_user_model().objects.create_superuser("bench"))
    return client


def measured(client: Any, address: str) -> tuple[float, int]:
    """Median processor time in milliseconds, and the number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def ask() -> None:
        response = client.get(address)
        if response.status_code != 200:
            sys.exit(f"{address} answers {response.status_code}.")

    ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
    # Each request forgets the queries of the one before.
    count = len(queries)
    return milliseconds(ask), count


def milliseconds(act: Callable[[], object]) -> float:
    """The median processor time that something takes."""
    return median(seconds(act) for _time in range(TIMES)) * 1_000


def seconds(act: Callable[[], object]) -> float:
    """The processor time that something takes once."""
    start = time.process_time()
    act()
    return time.process_time() - start
