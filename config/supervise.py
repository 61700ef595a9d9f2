"""Runs the production server as a child of this process, and ends it with this process."""

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from urllib.parse import urlsplit

from config.ports import HOST

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_FOR_LAST_REQUESTS = 5

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


class Supervisor:
    """Knows whether the server runs, answers, or was asked to stop."""

    def __init__(self, port: int, site_url: str, *, keep_open: int) -> None:
        """Start the server; `keep_open` is a file that stays open for as long as it lives."""
        self.port = port
        self.host = urlsplit(site_url).netloc
        self._asked_to_stop = threading.Event()
        for number in STOP_SIGNALS:
            signal.signal(number, self._stop)
        self._server = subprocess.Popen(
            [sys.executable, "-m", "granian", "--host", HOST, "--port", str(port), *GRANIAN],
            env=os.environ | {"SITE_URL": site_url},
            pass_fds=[keep_open],
            # Ctrl-C reaches every process of the terminal's group: in a group of its own the
            # server hears it once, from us, and all of that group can be ended for certain.
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
        """Whether the end was asked for; otherwise the server broke down."""
        while self._runs(seconds=0.5):
            pass
        return self._asked_to_stop.is_set()

    def end(self) -> None:
        """Let the server finish what it is answering, then leave no process behind."""
        # Once: a worker that hears it twice drops what it is answering.
        self._server.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._server.wait(SECONDS_FOR_LAST_REQUESTS + 2)
        with suppress(ProcessLookupError):
            os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()

    def _runs(self, *, seconds: float) -> bool:
        return not self._asked_to_stop.wait(seconds) and self._server.poll() is None

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
    """The running server; it has ended when the block is left, however that happens."""
    supervisor = Supervisor(port, site_url, keep_open=keep_open)
    try:
        yield supervisor
    finally:
        supervisor.end()
