"""The jobs of the site: run in the process of a test, or by the real worker beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection
from django_tasks_db.models import DBTaskResult

from comments.mail import jobs
from tests.running_site import ROOT, strangers_environment

Worker = subprocess.Popen[str]


def run_jobs() -> None:
    """Run every job that is due at this moment, as the worker does; none of them may fail.

    Not by the worker's loop: it closes the connection, and with it the transaction of a test.
    """
    worker = jobs.worker()
    while job := DBTaskResult.objects.ready().first():
        job.claim(worker.worker_id)
        worker.run_task(job)
    failed = DBTaskResult.objects.failed().first()
    assert failed is None, failed.traceback


@contextmanager
def running_worker(data_dir: Path, *options: str, **environment: str) -> Iterator[Worker]:
    """A started `manage.py work` on the database of this test; it is gone after the block."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "work", *options],
        cwd=ROOT,
        env=strangers_environment()
        | {"DATA_DIR": str(data_dir), "DATABASE_URL": database_of_this_test()}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.communicate()


def database_of_this_test() -> str:
    """The address of the database, for another process; only what is committed is there."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
