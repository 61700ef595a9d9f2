"""The site as its owner runs it: the real command, in a process and a data folder of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20

# Compressing the static files takes seconds: the first site of this process lends its own.
COLLECTED: list[Path] = []

# What this process may have set, and the terminal of a stranger has not.
OURS = {
    "DATABASE_URL",
    "DEBUG",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "MAIL_FROM",
    "SECRET_KEY",
    "SITE_URL",
    "SMTP_URL",
    "TRUSTED_PROXIES",
}

Environment = dict[str, str]


def strangers_environment() -> Environment:
    """The environment of this process without the settings of the site."""
    return {name: value for name, value in os.environ.items() if name not in OURS}


@dataclass
class RunningSite:
    """A started `manage.py serve` and what it printed."""

    process: subprocess.Popen[bytes]
    data_dir: Path
    printed: Path

    @property
    def output(self) -> str:
        """Everything on the terminal so far."""
        return self.printed.read_text(encoding="utf-8")

    @property
    def url(self) -> str:
        """The address of the site, without a slash at its end."""
        found = re.search(r"http://127\.0\.0\.1:\d+(?=/$)", self.output, re.MULTILINE)
        assert found, self.output
        return found[0]

    @property
    def admin_password(self) -> str:
        """The password of the account `redactie`, which only the first start prints."""
        found = re.search(r"^Wachtwoord: (\S+)$", self.output, re.MULTILINE)
        assert found, self.output
        return found[1]

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send every process of the terminal a signal, as Ctrl-C does; the exit status."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end; the exit status."""
        return self.process.wait(SECONDS_TO_STOP)


@contextmanager
def running_site(
    data_dir: Path,
    *options: str,
    port: int | None = None,
    environment: Environment | None = None,
) -> Iterator[RunningSite]:
    """The server once it answers or has given up; it has ended when the block is left."""
    data_dir.mkdir(exist_ok=True)
    if COLLECTED and not (data_dir / "static").exists():
        shutil.copytree(COLLECTED[0], data_dir / "static")
    printed = data_dir / f"terminal-{uuid.uuid4().hex}.txt"
    with printed.open("wb") as terminal:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port or free_port()), *options],
            cwd=ROOT,
            env=strangers_environment() | {"DATA_DIR": str(data_dir)} | (environment or {}),
            stdout=terminal,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = RunningSite(process, data_dir, printed)
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while "Ctrl-C" not in site.output and process.poll() is None:
            assert time.monotonic() < deadline, site.output
            time.sleep(0.05)
        COLLECTED.append(data_dir / "static")
        yield site
    finally:
        site.stop()


def free_port() -> int:
    """A port that nobody used a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def own_database() -> Iterator[Environment]:
    """The setting for a database of its own: on PostgreSQL a new one, otherwise the default."""
    suite = os.environ.get("DATABASE_URL", "")
    if not suite.startswith("postgres"):
        yield {}
        return
    name = f"leestafel_{uuid.uuid4().hex}"
    with psycopg.connect(suite, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": urlsplit(suite)._replace(path=f"/{name}").geturl()}
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
