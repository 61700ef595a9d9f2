"""Runs the production server and the worker as children of this process, and ends them with it."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from urllib.parse import urlsplit

from django.conf import settings

from config.ports import HOST

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_FOR_LAST_REQUESTS = 5
# A worker that dies at once is started no more often than this.
SECONDS_BETWEEN_WORKERS = 5

GRANIAN = [
    *("--interface", "wsgi", "--http", "1", "--no-ws"),
    # One process a core of a small machine. The threads of a worker mostly wait: for SQLite's one
    # writer, and for a slow visitor who is still sending, each of whom holds a thread. With two
    # threads a worker, four such visitors stopped the whole site; eight cost next to nothing.
    *("--workers", "2", "--runtime-mode", "st", "--runtime-threads", "1"),
    *("--blocking-threads", "8"),
    # Without this, one dead worker ends the server.
    "--respawn-failed-workers",
    *("--workers-kill-timeout", str(SECONDS_FOR_LAST_REQUESTS)),
    *("--log-level", "error", "--no-access-log"),
    "config.wsgi:application",
]

Process = subprocess.Popen[bytes]


class Supervisor:
    """Knows whether the server runs, answers, or was asked to stop, and sees that jobs are done."""

    def __init__(self, port: int, site_url: str, *, keep_open: int) -> None:
        """Start the server; `keep_open` is a file that stays open for as long as it lives."""
        self.port = port
        self.host = urlsplit(site_url).netloc
        self._environment = os.environ | {"SITE_URL": site_url}
        self._asked_to_stop = threading.Event()
        for number in STOP_SIGNALS:
            signal.signal(number, self._stop)
        self._server = self._start(
            "-m", "granian", "--host", HOST, "--port", str(port), *GRANIAN, keep_open=[keep_open]
        )
        self._worker: Process | None = None
        self._next_worker_at = time.monotonic()

    def _start(self, *command: str, keep_open: Sequence[int] = ()) -> Process:
        return subprocess.Popen(
            [sys.executable, *command],
            env=self._environment,
            cwd=settings.BASE_DIR,
            pass_fds=keep_open,
            # Ctrl-C reaches every process of the terminal's group: in a group of its own each
            # child hears it once, from us, and all of that group can be ended for certain.
            start_new_session=True,
        )

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop.set()

    def wait_for_answer(self) -> bool:
        """Whether the server got as far as answering a request."""
        while self._runs(seconds=0.05):
            if self._answers():
                return True
        return False

    def wait_for_end(self) -> bool:
        """Whether the end was asked for; otherwise the server broke down.

        Meanwhile a worker does the jobs; another takes the place of one that died.
        """
        while self._runs(seconds=0.5):
            self._see_to_worker()
        return self._asked_to_stop.is_set()

    def end(self) -> None:
        """Let the server and the worker finish what they are at, then leave no process behind."""
        children = [self._server, self._worker] if self._worker else [self._server]
        # Once: a worker of the server that hears it twice drops what it is answering.
        for child in children:
            child.terminate()
        deadline = time.monotonic() + SECONDS_FOR_LAST_REQUESTS + 2
        for child in children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0, deadline - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def _runs(self, *, seconds: float) -> bool:
        return not self._asked_to_stop.wait(seconds) and self._server.poll() is None

    def _see_to_worker(self) -> None:
        runs = self._worker and self._worker.poll() is None
        if runs or time.monotonic() < self._next_worker_at:
            return
        self._next_worker_at = time.monotonic() + SECONDS_BETWEEN_WORKERS
        # It knows whose child it is, and ends when it is an orphan.
        self._worker = self._start("manage.py", "work", "--parent", str(os.getpid()))

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("HEAD", "/", headers={"Host": self.host})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True


@contextmanager
def supervised(port: int, site_url: str, *, keep_open: int) -> Iterator[Supervisor]:
    """The running server; it and the worker have ended when the block is left, however it is."""
    supervisor = Supervisor(port, site_url, keep_open=keep_open)
    try:
        yield supervisor
    finally:
        supervisor.end()
