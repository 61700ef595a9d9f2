"""`manage.py serve`, which is what `make demo` and `make site` start, as a real process."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from config.supervise import SECONDS_BETWEEN_WORKERS
from tests.running_site import (
    ROOT,
    Environment,
    RunningSite,
    mails_in,
    own_database,
    processes_of,
    running_site,
    shell,
    wait_until,
    worker_of,
)


@pytest.fixture(scope="module")
def environment() -> Iterator[Environment]:
    """Where these sites keep their rows: on PostgreSQL they share one database."""
    with own_database() as environment:
        yield environment


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory, environment: Environment) -> RunningSite:
    """The very first start of the example site, which is over."""
    folder = tmp_path_factory.mktemp("first")
    with running_site(folder, "--demo", environment=environment, from_nothing=True) as site:
        assert site.process.poll() is None, site.output
    return site


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A new data folder."""
    return tmp_path / "data"


@pytest.fixture
def site(data_dir: Path, environment: Environment) -> Iterator[RunningSite]:
    """A site that runs."""
    with running_site(data_dir, environment=environment) as site:
        yield site


def read(url: str) -> str:
    """The page at this address, which must answer 200."""
    with urllib.request.urlopen(url, timeout=10) as response:
        assert response.status == 200
        text: str = response.read().decode()
        return text


def test_first_start_prints_the_password_once_and_the_addresses(first_start: RunningSite) -> None:
    assert first_start.output.count("Wachtwoord: ") == 1
    assert first_start.url + "/admin/" in first_start.output
    assert first_start.url + "/blog/" in first_start.output


@pytest.mark.long
def test_second_start_prints_no_password_and_keeps_what_an_editor_changed(
    first_start: RunningSite, environment: Environment
) -> None:
    mirjam = "Author.objects.filter(slug='mirjam')"
    shell(first_start.environment, f"{mirjam}.update(name='Door de redactie veranderd')")

    with running_site(first_start.data_dir, "--demo", environment=environment) as site:
        assert read(site.url)
        name = shell(site.environment, f"print({mirjam}.get().name)")

    assert name == "Door de redactie veranderd"
    assert "Wachtwoord: " not in site.output
    assert "make password" in site.output


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGINT, marks=pytest.mark.long),
        pytest.param(signal.SIGHUP, marks=pytest.mark.long),
    ],
)
def test_stop_signal_leaves_no_process_and_one_closing_line(
    site: RunningSite, number: signal.Signals
) -> None:
    assert read(site.url)
    wait_until(lambda: worker_of(site.data_dir))
    before = site.output

    status = site.stop(number)

    assert status == 0
    assert site.output.removeprefix(before) == "\nGestopt.\n"
    assert processes_of(site.data_dir) == []


@pytest.mark.long
def test_server_that_dies_ends_the_command_and_its_workers(site: RunningSite) -> None:
    wait_until(lambda: worker_of(site.data_dir))

    # The command itself is the first of them.
    os.kill(processes_of(site.data_dir)[1], signal.SIGKILL)

    status = site.wait()

    assert status == 1
    assert "Traceback" not in site.output
    assert processes_of(site.data_dir) == []


@pytest.mark.long
def test_comment_that_is_sent_to_the_site_is_answered_by_a_mail(
    first_start: RunningSite, environment: Environment
) -> None:
    form = {"naam": "Joke", "mailadres": "joke@example.org", "tekst": "Daar herken ik me in."}

    with running_site(first_start.data_dir, "--demo", environment=environment) as site:
        url = f"{site.url}/blog/magnesium-voor-het-slapengaan/reageren/"
        urllib.request.urlopen(url, urlencode(form).encode(), timeout=10).close()
        wait_until(lambda: "List-Unsubscribe" in mails_in(site.data_dir))

    assert "To: joke@example.org" in mails_in(site.data_dir)
    assert f"{site.url}/reacties/bevestigen/" in mails_in(site.data_dir)
    assert str(site.data_dir / "mail") in site.output


@pytest.mark.long
def test_killed_worker_is_followed_by_another_and_the_site_goes_on(site: RunningSite) -> None:
    wait_until(lambda: worker_of(site.data_dir))
    first, begun = worker_of(site.data_dir), time.monotonic()
    assert first

    os.kill(first, signal.SIGKILL)
    wait_until(lambda: worker_of(site.data_dir) not in {None, first})

    # Not at once: one that dies when it starts would keep the machine busy.
    assert time.monotonic() - begun > SECONDS_BETWEEN_WORKERS - 2
    assert read(site.url)
    assert "Traceback" not in site.output


@pytest.mark.long
def test_worker_ends_when_the_command_is_killed(site: RunningSite) -> None:
    wait_until(lambda: worker_of(site.data_dir))

    os.kill(site.process.pid, signal.SIGKILL)
    try:
        wait_until(lambda: worker_of(site.data_dir) is None)
    finally:
        # The server itself goes on, as it always did.
        for pid in processes_of(site.data_dir):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.long
def test_taken_port_moves_on_to_the_next_and_says_so(
    data_dir: Path, environment: Environment
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as neighbour:
        taken = neighbour.getsockname()[1]

        with running_site(data_dir, port=taken, environment=environment) as site:
            assert read(site.url)

    assert f":{taken}/" not in site.output
    assert str(taken) in site.output


@pytest.mark.long
def test_second_server_on_one_folder_refuses_and_says_where_the_first_is(
    site: RunningSite, environment: Environment
) -> None:
    with running_site(site.data_dir, environment=environment) as second:
        assert second.wait() == 1

    assert len(second.output.splitlines()) == 1
    assert site.url in second.output
    assert read(site.url)


@pytest.mark.long
def test_address_of_the_owner_is_the_one_that_is_shown(
    data_dir: Path, environment: Environment
) -> None:
    theirs = environment | {"SITE_URL": "https://www.example.org/"}

    with running_site(data_dir, environment=theirs) as site:
        assert "https://www.example.org/admin/" in site.output
        assert "example.org//" not in site.output


def test_word_in_the_place_of_a_port_is_refused_in_one_line(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", "overal"],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "overal" in result.stderr
