"""What is done beside the requests: jobs, which are rows, and the sweep that looks after them."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

# In Django from 6.0 on: from django.tasks import TaskResultStatus, task
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from comments.mail import outbox as mailing
from comments.mail.server import RefusedError, UnclearError, hand_over
from comments.models import Mail

# No job takes as long as this: the worker that ran it is gone.
LOST_AFTER = timedelta(minutes=10)
# As often as this a job is begun before it counts as what kills its worker.
RUNS = 3


class JobError(Exception):
    """What went wrong in a job, by its kind only: the text of an error may quote an address."""


# --- Mail ---------------------------------------------------------------------------------------


def schedule(mail: Mail) -> None:
    """Have a mail delivered when it is due; to be called in the transaction that makes it."""
    deliver.using(run_after=mailing.due_at(mail)).enqueue(mail.pk)


@task()
def deliver(mail_pk: int) -> None:
    """Send one mail of the outbox; done twice, the second time does nothing."""
    try:
        send(mail_pk)
    except Exception as error:
        raise JobError(type(error).__name__).with_traceback(error.__traceback__) from None


def send(mail_pk: int) -> None:
    """Mark a mail, hand it over outside any transaction, and keep what became of it."""
    try:
        message = mailing.take(mail_pk)
    except Exception as error:
        try_again(mail_pk, RefusedError(type(error).__name__))
        raise
    if message is None:
        return
    try:
        hand_over(message)
    except UnclearError as silence:
        mailing.settle(mail_pk, Mail.Status.UNKNOWN, str(silence))
    except RefusedError as refusal:
        try_again(mail_pk, refusal)
    else:
        mailing.settle(mail_pk, Mail.Status.SENT)


@transaction.atomic
def try_again(mail_pk: int, refusal: RefusedError) -> None:
    """Put a mail off, with a job for the next attempt where there is to be one."""
    if pause := mailing.put_off(mail_pk, refusal):
        deliver.using(run_after=timezone.now() + pause).enqueue(mail_pk)


@transaction.atomic
def send_again(mail: Mail) -> bool:
    """Have a mail tried anew, because an editor asks for it; whether there was anything to do."""
    waiting = mailing.start_over(mail.pk)
    if waiting:
        schedule(waiting)
    return waiting is not None


# --- The worker and its sweep -------------------------------------------------------------------


def worker() -> Worker:
    """Runs the jobs that are due, and then returns."""
    return Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )


def sweep() -> None:
    """Put right what a worker left behind that was killed."""
    mailing.give_up_lost()
    revive_jobs()
    remake_jobs()


def revive_jobs() -> None:
    """Have jobs run again whose worker is gone, unless they were begun too often."""
    running = DBTaskResult.objects.running()
    for job in running.filter(started_at__lt=timezone.now() - LOST_AFTER):
        # Not if another sweep was first.
        row = running.filter(pk=job.pk, started_at=job.started_at)
        if len(job.worker_ids) < RUNS:
            row.update(status=TaskResultStatus.READY)
        else:
            row.update(
                status=TaskResultStatus.FAILED,
                finished_at=timezone.now(),
                traceback=f"No worker lived to finish it, {RUNS} times.",
            )


def remake_jobs() -> None:
    """Give mails a new job that wait for longer than a moment without one."""
    waiting = Mail.objects.filter(
        status=Mail.Status.WAITING, status_at__lt=timezone.now() - LOST_AFTER
    )
    # In this order: a job that ends in between has settled its mail.
    mails = {mail.pk: mail for mail in waiting}
    live = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    jobs = DBTaskResult.objects.filter(task_path=deliver.module_path, status__in=live)
    for (mail_pk,) in jobs.values_list("args_kwargs__args__0"):
        mails.pop(mail_pk, None)
    for mail in mails.values():
        schedule(mail)
