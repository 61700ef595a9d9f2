"""Jobs: made with what causes them, run by a worker that may die, and swept up behind it."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from blog import publishing
from blog.models import PlannedChange, Post
from comments.mail import jobs
from comments.models import EmailAddress, Link, Mail
from config.management.commands.work import SECONDS_IN_TROUBLE, prune_jobs
from tests.comments.correspondents import ADDRESS
from tests.comments.mail.mailbox import put_mail_in_outbox
from tests.factories import (
    create_comment,
    create_post,
    create_superuser,
    in_days,
    save_draft_of,
)
from tests.mail_server import TAKES_IT, Manner, running_mail_server, use
from tests.running_site import free_port, manage, prepared, shell, wait_until
from tests.worker import run_jobs, running_worker

LATER = jobs.LOST_AFTER + timedelta(minutes=1)

in_one_process = pytest.mark.django_db
with_a_worker = pytest.mark.django_db(transaction=True)


def begun_job() -> DBTaskResult[Any, Any]:
    """The only job, in the hands of a worker that is gone."""
    job = DBTaskResult.objects.get()
    job.claim("gone")
    return job


def status(mail: Mail) -> str:
    """What became of a mail."""
    return Mail.objects.get(pk=mail.pk).status


# --- Made with what causes them -------------------------------------------------------------------


@with_a_worker
def test_comment_that_was_not_kept_leaves_no_mail_and_no_job() -> None:
    post = create_post()

    with transaction.atomic():
        create_comment(post=post, status="pending", email=ADDRESS)
        before = (Mail.objects.count(), DBTaskResult.objects.count())
        transaction.set_rollback(True)

    assert before == (1, 1)
    assert not EmailAddress.objects.exists()
    assert not Mail.objects.exists()
    assert not DBTaskResult.objects.exists()


@in_one_process
def test_job_knows_a_mail_by_its_number_only() -> None:
    mail = put_mail_in_outbox()

    job = DBTaskResult.objects.get()

    assert job.args_kwargs == {"args": [mail.pk], "kwargs": {}}


@in_one_process
def test_job_of_a_mail_that_is_gone_does_nothing() -> None:
    put_mail_in_outbox().delete()

    run_jobs()

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


# --- The sweep ------------------------------------------------------------------------------------


@in_one_process
def test_job_that_a_killed_worker_left_is_run_again() -> None:
    mail = put_mail_in_outbox()
    begun_job()

    jobs.sweep()
    run_jobs()
    at_first = status(mail)
    with time_machine.travel(timezone.now() + LATER):
        jobs.sweep()
        run_jobs()

    assert at_first == "waiting"
    assert status(mail) == "sent"


@in_one_process
def test_job_that_kills_every_worker_is_given_up() -> None:
    put_mail_in_outbox()
    now = timezone.now()

    for run in range(1, jobs.RUNS + 1):
        with time_machine.travel(now + run * LATER, tick=False):
            begun_job()
        with time_machine.travel(now + (run + 1) * LATER, tick=False):
            jobs.revive_jobs()

    job = DBTaskResult.objects.get()
    assert (job.status, len(job.worker_ids)) == ("FAILED", jobs.RUNS)
    assert job.finished_at


@in_one_process
def test_job_that_another_sweep_gave_to_a_new_worker_is_left_to_it() -> None:
    put_mail_in_outbox()
    begun_job()
    others: list[str] = []

    def other_sweep_first(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE") and not others:
            others.append("sweep")
            jobs.revive_jobs()
            DBTaskResult.objects.get().claim("new")
        return execute(sql, *rest)

    with (
        time_machine.travel(timezone.now() + LATER),
        connection.execute_wrapper(other_sweep_first),
    ):
        jobs.revive_jobs()

    job = DBTaskResult.objects.get()
    assert (job.status, job.worker_ids) == ("RUNNING", ["gone", "new"])


@in_one_process
def test_mail_without_a_job_gets_one() -> None:
    mail = put_mail_in_outbox()
    DBTaskResult.objects.all().delete()

    with time_machine.travel(timezone.now() + LATER):
        jobs.sweep()
        run_jobs()

    assert status(mail) == "sent"


@in_one_process
@pytest.mark.parametrize("begun", [False, True])
def test_mail_with_a_job_gets_no_other(begun: bool) -> None:
    put_mail_in_outbox()

    with time_machine.travel(timezone.now() + LATER):
        if begun:
            begun_job()
        jobs.sweep()

    assert DBTaskResult.objects.count() == 1


@in_one_process
def test_mail_that_was_made_just_now_is_left_to_its_own_job() -> None:
    put_mail_in_outbox()
    DBTaskResult.objects.all().delete()

    jobs.sweep()

    assert not DBTaskResult.objects.exists()


@in_one_process
def test_job_that_ended_long_ago_is_taken_away() -> None:
    put_mail_in_outbox()
    run_jobs()

    prune_jobs()
    before = DBTaskResult.objects.count()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        prune_jobs()

    assert before == 1
    assert not DBTaskResult.objects.exists()


# --- The worker as a process ----------------------------------------------------------------------


@with_a_worker
def test_worker_does_what_is_due_and_stops_without_a_word(tmp_path: Path) -> None:
    mail, editor = put_mail_in_outbox(), create_superuser()
    changed = save_draft_of(create_post(by=editor), title="Straks", by=editor)
    publishing.schedule(changed, by=editor, at=in_days(1))
    PlannedChange.objects.update(goes_live_at=in_days(-1))
    with time_machine.travel(in_days(-31)):
        publishing.throw_away(create_post(by=editor, title="Weg"), by=editor)

    with running_mail_server() as server, running_worker(tmp_path, SMTP_URL=server.url) as worker:
        wait_until(lambda: status(mail) == "sent")
        wait_until(lambda: Post.objects.filter(title="Straks").exists())
        wait_until(lambda: not Post.objects.filter(title="Weg").exists())
        worker.send_signal(signal.SIGTERM)
        output, _none = worker.communicate(timeout=5)

    assert [message["To"] for message in server.taken] == [ADDRESS]
    assert (worker.returncode, output) == (0, "")


@pytest.mark.long
@with_a_worker
def test_worker_that_is_stopped_finishes_the_mail_it_is_at(tmp_path: Path) -> None:
    mail = put_mail_in_outbox()

    with (
        running_mail_server(to_text=Manner.TAKES_ITS_TIME) as server,
        running_worker(tmp_path, SMTP_URL=server.url) as worker,
    ):
        wait_until(lambda: server.arrived)
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=10)

    assert status(mail) == "sent"
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


@with_a_worker
def test_mail_in_the_hands_of_a_killed_worker_is_not_sent_again_but_listed(
    tmp_path: Path, settings: Settings
) -> None:
    mail = put_mail_in_outbox()

    with running_mail_server(to_text=Manner.SAYS_NOTHING) as server:
        with running_worker(tmp_path, SMTP_URL=server.url) as worker:
            wait_until(lambda: server.arrived)
            worker.kill()
            worker.wait()
        left_behind = (status(mail), DBTaskResult.objects.get().status)
        use(server, settings)
        server.to_text = TAKES_IT
        with time_machine.travel(timezone.now() + LATER):
            jobs.sweep()
            run_jobs()

    assert left_behind == ("sending", "RUNNING")
    assert list(Mail.objects.filter(status="unknown")) == [mail]
    assert len(server.arrived) == 1
    job = DBTaskResult.objects.get()
    assert (job.status, len(job.worker_ids)) == ("SUCCESSFUL", 2)


@with_a_worker
def test_worker_says_nothing_personal_while_mails_fail(tmp_path: Path) -> None:
    mail = put_mail_in_outbox()
    key = Link.objects.get(purpose="confirm").key

    with (
        running_mail_server(to_recipient=f"451 <{ADDRESS}>: {key}") as server,
        running_worker(tmp_path, SMTP_URL=server.url) as worker,
    ):
        wait_until(lambda: Mail.objects.get(pk=mail.pk).attempts)
        worker.send_signal(signal.SIGTERM)
        output, _none = worker.communicate(timeout=5)

    assert output == ""
    job = DBTaskResult.objects.latest("enqueued_at")
    assert "@" not in job.traceback + str(job.args_kwargs)


@with_a_worker
def test_worker_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    with running_worker(tmp_path, "--parent", "1") as worker:
        output, _none = worker.communicate(timeout=20)

    assert (worker.returncode, output) == (0, "")


@pytest.mark.long
def test_worker_outlives_a_database_that_is_away(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/later/db.sqlite3"
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": url}

    with running_worker(
        tmp_path, **environment, SMTP_URL=f"smtp://127.0.0.1:{free_port()}"
    ) as worker:
        assert worker.stdout
        # The jobs and the timer, each once.
        complaints = [worker.stdout.readline() for _each in range(2)]
        time.sleep(SECONDS_IN_TROUBLE + 1)
        Path(tmp_path, "later").mkdir()
        manage(environment, "migrate", "--verbosity", "0")
        shell(environment, PUT_MAIL_IN_OUTBOX)
        wait_until(lambda: shell(environment, ATTEMPTS))
        worker.send_signal(signal.SIGTERM)
        rest, _none = worker.communicate(timeout=10)

    assert all("OperationalError" in complaint for complaint in complaints)
    assert len({*complaints}) == 2
    assert (worker.returncode, rest) == (0, "")


@pytest.mark.long
def test_duty_that_fails_keeps_no_mail_from_going(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    shutil.copytree(prepared(demo=False), tmp_path, dirs_exist_ok=True)
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        database.execute("DROP TABLE comments_report")  # which the daily clean-up looks at

    with running_worker(tmp_path, **environment) as worker:
        assert worker.stdout
        complaint = worker.stdout.readline()
        shell(environment, PUT_MAIL_IN_OUTBOX)
        wait_until(lambda: list(tmp_path.glob("mail/*")))

    assert "OperationalError" in complaint


@with_a_worker
def test_worker_takes_away_what_is_past_its_term(tmp_path: Path) -> None:
    mail = put_mail_in_outbox()
    long_ago = timezone.now() - timedelta(days=31)
    Mail.objects.filter(pk=mail.pk).update(status="sent", status_at=long_ago)
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=long_ago)

    with running_worker(tmp_path):
        wait_until(lambda: not Mail.objects.exists())
        wait_until(lambda: not DBTaskResult.objects.exists())

    assert EmailAddress.objects.exists()


PUT_MAIL_IN_OUTBOX = """
from comments.mail import jobs
from comments.mail import links
mail = Mail.objects.create(purpose="data", email=EmailAddress.objects.create(email="a@example.org"))
links.make_data_link(mail.email)
jobs.schedule(mail)
"""
ATTEMPTS = "print(Mail.objects.get().attempts or '')"
