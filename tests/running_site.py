"""The site as its owner runs it: the real command, in a process and a data folder of its own."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.shell import Shell

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
SECONDS_TO_WAIT = 30

# What sites begin with: the first process of a run makes it, and hands it down to the others.
PREPARED = tempfile.TemporaryDirectory(prefix="leestafel-prepared-")
PREPARED_SITES = Path(os.environ.get("PREPARED_SITES", PREPARED.name))

# What this process may have set, and the terminal of a stranger has not.
OURS = {
    "DATABASE_URL",
    "DEBUG",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "MAIL_FROM",
    "PREPARED_SITES",
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
    environment: Environment
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

    def shell(self, python: str) -> str:
        """What some lines print in a shell that stays: a process of this site like the others."""
        return self._shell.run(python)

    @cached_property
    def _shell(self) -> Shell:
        return Shell(strangers_environment() | self.environment)

    def close(self) -> None:
        """End it, and its shell."""
        try:
            self.stop()
        finally:
            if "_shell" in vars(self):
                self._shell.close()

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
    from_nothing: bool = False,
) -> Iterator[RunningSite]:
    """The server once it answers or has given up; it has ended when the block is left."""
    data_dir.mkdir(exist_ok=True)
    if not from_nothing and not (data_dir / "static").exists():
        shutil.copytree(prepared("--demo" in options), data_dir, dirs_exist_ok=True)
    settings = {"DATA_DIR": str(data_dir)} | (environment or {})
    printed = data_dir / f"terminal-{uuid.uuid4().hex}.txt"
    with printed.open("wb") as terminal:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port or free_port()), *options],
            cwd=ROOT,
            env=strangers_environment() | settings,
            stdout=terminal,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = RunningSite(process, data_dir, settings, printed)
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while "Ctrl-C" not in site.output and process.poll() is None:
            assert time.monotonic() < deadline, site.output
            time.sleep(0.05)
        yield site
    finally:
        site.close()


@cache
def prepared(demo: bool) -> Path:
    """A data folder after the slow steps of a first start, which all processes of a run share."""
    folder = PREPARED_SITES / ("demo" if demo else "empty")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return folder if folder.exists() else prepare(folder, demo=demo)


def prepare(folder: Path, *, demo: bool) -> Path:
    """Take the slow steps of a first start for this folder, which is there when all went well."""
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # of a try that failed
    if demo:
        shutil.copytree(prepared(demo=False), unfinished)
        steps = "load_example()"
    else:
        steps = "migrate(), first_start.collect_static()"
    code = f"from config import first_start; first_start.{steps}"
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", code],
        cwd=ROOT,
        env=strangers_environment() | {"DATA_DIR": str(unfinished)},
        check=True,
    )
    # Each site makes a key of its own.
    for key in unfinished.glob("secret*"):
        key.unlink()
    return unfinished.rename(folder)


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


def processes_of(data_dir: Path) -> list[int]:
    """The processes that were started for this data folder, eldest first."""
    mark = f"DATA_DIR={data_dir}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue  # it ended while we looked, or is somebody else's
    return sorted(found)


def worker_of(data_dir: Path) -> int | None:
    """The process that does the jobs of this data folder."""
    for pid in processes_of(data_dir):
        try:
            if b"work" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                return pid
        except OSError:
            continue  # it ended while we looked
    return None


def mails_in(data_dir: Path) -> str:
    """All mails in the folder."""
    files = sorted(Path(data_dir, "mail").glob("*"))
    return "".join(file.read_text(encoding="utf-8") for file in files)


def manage(environment: Environment, *arguments: str) -> str:
    """What a command of the site prints that is run with these settings."""
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=strangers_environment() | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()


def shell(environment: Environment, python: str) -> str:
    """What some lines print in a shell of their own."""
    return manage(environment, "shell", "--verbosity", "0", "--command", python)


def wait_until(what: Callable[[], object]) -> None:
    """Wait for something that another process is about to do."""
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while not what():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
