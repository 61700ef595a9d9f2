"""What the site has acknowledged is there, whatever becomes of the server a moment later."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from random import Random

import pytest

from tests.running_site import Environment, RunningSite, own_database, processes_of, running_site
from tests.visitors import Visitor

pytestmark = pytest.mark.long

FORM = "/blog/magnesium-voor-het-slapengaan/reageren/"

WRITERS = 8
SECONDS_TO_WAIT = 120


@pytest.fixture(scope="module")
def environment() -> Iterator[Environment]:
    """A proxy before the site says from which network somebody comes."""
    with own_database() as environment:
        yield environment | {"TRUSTED_PROXIES": "127.0.0.1"}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one site, which is started again and again."""
    return tmp_path_factory.mktemp("killed")


@dataclass
class Writers:
    """Many people who write at the same time, each comment from a network of its own."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    # The receipt of each text that was acknowledged.
    receipts: dict[str, str] = field(default_factory=dict)
    # By whom a text was sent to which no answer came.
    unanswered: dict[str, Visitor] = field(default_factory=dict)
    # What was acknowledged last.
    last: tuple[str, Visitor] | None = None

    def write_one(self, site: str) -> bool:
        """Send one more comment; whether an answer came."""
        number = next(self.numbers)
        visitor = Visitor(site, f"10.{number // 256}.{number % 256}.1")
        return self.send(visitor, f"Dit is bericht {number} van vandaag.")

    def send(self, visitor: Visitor, text: str) -> bool:
        """Send a comment, and remember where its receipt is or that no answer came."""
        try:
            answer = visitor.post(FORM, naam="Joke", tekst=text)
        except (OSError, HTTPException):
            self.unanswered[text] = visitor
            return False
        assert answer.status == 302, answer.body
        assert self.receipts.setdefault(text, answer.leads_to) == answer.leads_to
        self.last = text, visitor
        return True

    def write_on(self, site: str) -> None:
        """Send comments until the server does not answer."""
        while self.write_one(site):
            pass

    def try_again(self, site: str) -> None:
        """Send every form again to which no answer came, and one to which an answer did come."""
        again, self.unanswered = self.unanswered, {}
        again |= dict([self.last] if self.last else [])
        for text, visitor in again.items():
            self.send(Visitor(site, visitor.address), text)
        assert not self.unanswered


def kill(data_dir: Path) -> None:
    """End every process of the site, without a word to any of them."""
    while processes := processes_of(data_dir):
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def assert_sound(data_dir: Path, environment: Environment) -> None:
    """The database file is whole, where it is a file."""
    if "DATABASE_URL" in environment:
        return
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def assert_each_is_there_once(writers: Writers, site: RunningSite) -> None:
    """Every acknowledged comment is a row with its receipt, and no comment was kept twice."""
    python = """
import json
from comments.models import Comment
print(json.dumps([[c.text, c.receipt_url] for c in Comment.objects.exclude(key=None)]))
"""
    rows = json.loads(site.shell(python))
    texts = Counter(text for text, _receipt in rows)
    assert [text for text, times in texts.items() if times > 1] == []
    assert writers.receipts.items() <= dict(rows).items()


@pytest.mark.parametrize("rounds", [1, 20])
def test_acknowledged_comments_outlive_a_server_that_is_killed(
    data_dir: Path, environment: Environment, rounds: int
) -> None:
    chance, writers = Random(rounds), Writers()

    for _round in range(rounds):
        with (
            running_site(data_dir, "--demo", environment=environment) as site,
            ThreadPoolExecutor(max_workers=WRITERS) as pool,
        ):
            writers.try_again(site.url)
            enough = len(writers.receipts) + chance.randrange(10, 40)
            at_work = [pool.submit(writers.write_on, site.url) for _each in range(WRITERS)]
            deadline = time.monotonic() + SECONDS_TO_WAIT
            while len(writers.receipts) < enough and time.monotonic() < deadline:
                time.sleep(0.001)
            time.sleep(chance.random() / 50)
            kill(data_dir)
            for writer in at_work:
                writer.result()
        assert len(writers.receipts) >= enough
        assert writers.unanswered
        assert_sound(data_dir, environment)

    with running_site(data_dir, "--demo", environment=environment) as site:
        writers.try_again(site.url)
        assert_each_is_there_once(writers, site)
        reader = Visitor(site.url, "192.0.2.1")
        for text, receipt in writers.receipts.items():
            answer = reader.get(receipt)
            assert (answer.status, text in answer.body) == (200, True)


def test_many_who_write_at_once_are_all_acknowledged(
    data_dir: Path, environment: Environment
) -> None:
    comments, writers = 500, Writers(numbers=count(10_001))

    with running_site(data_dir, "--demo", environment=environment) as site:
        with ThreadPoolExecutor(max_workers=WRITERS) as pool:
            answered = list(pool.map(writers.write_one, [site.url] * comments))
        assert_each_is_there_once(writers, site)

    assert answered == [True] * comments
    assert len(set(writers.receipts.values())) == comments
    assert "locked" not in site.output
    assert "Traceback" not in site.output
    assert_sound(data_dir, environment)
