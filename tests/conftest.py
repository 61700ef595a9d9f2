"""What every test stands on: a data folder of its own, and Django set up inside it."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import django
import pytest
from pytest_django import DjangoDbBlocker, Settings

from tests.running_site import PREPARED_SITES

# The settings read the environment once, so this comes before Django loads them: no test reads
# or writes the data of the site in this checkout, and no terminal's settings change a result.
DATA_DIR = tempfile.TemporaryDirectory(prefix="leestafel-tests-")
for name in ("DEBUG", "MAIL_FROM", "SECRET_KEY", "SITE_URL", "SMTP_URL", "TRUSTED_PROXIES"):
    os.environ.pop(name, None)
os.environ["DATA_DIR"] = DATA_DIR.name
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
Path(DATA_DIR.name, "static").mkdir()  # WhiteNoise warns when it is not there
# Before other processes of this run begin.
os.environ["PREPARED_SITES"] = str(PREPARED_SITES)
django.setup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """A database in a file, as the site has it: one in memory cannot be shared by two writers."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(DATA_DIR.name, "test.sqlite3"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """At the end no session of a thread or server that stops keeps PostgreSQL from removing it."""
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Static files under their own names: hashing them is the server's start, not a test's."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": settings.PLAIN_STATIC_FILES},
    }


@pytest.fixture(autouse=True)
def hits_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of addresses, which a thread would write in the middle of a later test."""
    from blog import hits

    monkeypatch.setattr(hits, "Timer", Mock())
    monkeypatch.setattr(hits.hits, "counts", Counter())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, and not for each test, why tests were skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in sorted({report.longrepr[2] for report in skipped}):
        terminalreporter.write_line(reason, yellow=True)
