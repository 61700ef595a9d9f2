"""Two acts at the same instant, each on a thread and a connection of its own, in every order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import Any

import pytest
from django.db import connection, transaction

Act = Callable[[], Any]
Outcomes = tuple[Any, Any]
Together = Callable[[Act, Act], Outcomes]

# SQLite has one lock for all, so there a second act cannot come any further than to wait for it.
HAS_LOCKS_OF_ROWS = connection.features.has_select_for_update
# While the first holds its transaction open, the second ends, or comes to wait for it.
SECONDS_HELD = 0.1 if HAS_LOCKS_OF_ROWS else 0.02
# Longer than an act takes to its first lock. Not the same for both, or they would come to what
# they both want at the same moment, and not each to what the other has.
SECONDS_A_LOCK = (0.05, 0.03) if HAS_LOCKS_OF_ROWS else (0, 0)
SECONDS_AT_MOST = 20

# How a statement asks for rows until its transaction ends; plain changes of rows are not paused.
LOCKS = ("FOR NO KEY UPDATE", "FOR UPDATE", "ON CONFLICT")


def one_first(one: Act, other: Act) -> Outcomes:
    """What both answer or raise; the other begins when one is done but not yet committed."""
    done, ended = threading.Event(), threading.Event()

    def held() -> Any:
        with transaction.atomic():
            try:
                return one()
            finally:
                done.set()
                ended.wait(SECONDS_HELD)

    def following() -> Any:
        connection.ensure_connection()
        assert done.wait(SECONDS_AT_MOST)
        try:
            return other()
        finally:
            ended.set()

    return on_threads(held, following)


def other_first(one: Act, other: Act) -> Outcomes:
    """The same, the other way round."""
    second, first = one_first(other, one)
    return first, second


def at_once(one: Act, other: Act) -> Outcomes:
    """What both answer or raise; whoever is first is first."""
    start = threading.Barrier(2)

    def begun(act: Act) -> Any:
        connection.ensure_connection()
        start.wait(SECONDS_AT_MOST)
        return act()

    return on_threads(lambda: begun(one), lambda: begun(other))


def lock_by_lock(one: Act, other: Act) -> Outcomes:
    """The same, and each pauses when it holds a row: acts that take them crosswise get stuck."""

    def pausing(act: Act, seconds: float) -> Act:
        def pause(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
            result = execute(sql, *arguments)
            if any(lock in sql for lock in LOCKS) and arguments[-1]["cursor"].rowcount > 0:
                time.sleep(seconds)
            return result

        def paused() -> Any:
            with connection.execute_wrapper(pause):
                return act()

        return paused

    first, second = map(pausing, (one, other), SECONDS_A_LOCK)
    return at_once(first, second)


def on_threads(one: Act, other: Act) -> Outcomes:
    """What two acts answer or raise, each on a connection of its own."""

    def perform(act: Act) -> Any:
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        first, second = (pool.submit(perform, act) for act in (one, other))
        return first.result(SECONDS_AT_MOST), second.result(SECONDS_AT_MOST)


def how(outcome: Any) -> str:
    """That something was done, or what the refusal is called."""
    return type(outcome).__name__ if isinstance(outcome, Exception) else "done"


def in_every_order(test: Callable[..., None]) -> Any:
    """Run a test with one first, with the other first, and with both at once, lock by lock."""

    @wraps(test)
    def repeated(*, together: tuple[Together, int], **fixtures: Any) -> None:
        order, rounds = together
        for _round in range(rounds):
            test(together=order, **fixtures)

    return pytest.mark.parametrize("together", ORDERS)(repeated)


# Where one lock is for all, to pause at every lock shows no more than both at once.
BY_LOCKS = () if HAS_LOCKS_OF_ROWS else pytest.mark.long
ORDERS = (
    pytest.param((one_first, 1), id="one_first"),
    pytest.param((other_first, 1), id="other_first"),
    pytest.param((lock_by_lock, 1), id="lock_by_lock", marks=BY_LOCKS),
    pytest.param((at_once, 20), id="at_once_often", marks=pytest.mark.long),
)
