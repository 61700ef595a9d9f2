"""Runs the jobs: planned changes, mails that are due, and what is cleared away every day."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from blog import publishing
from blog.admin.sittings import end_idle_sittings
from blog.checking import check_all
from blog.hits import forget_missing_addresses
from comments.mail import jobs
from comments.privacy import retention
from config import timer

logger = logging.getLogger(__name__)

# How long a job that is due waits at most.
SECONDS_BETWEEN_LOOKS = 1
SECONDS_BETWEEN_SWEEPS = 60
SECONDS_TO_NEXT_TRY = 60
SECONDS_IN_A_DAY = 24 * 60 * 60
SECONDS_IN_TROUBLE = 2
DAYS_TO_KEEP_JOBS = 7


class Command(BaseCommand):
    help = "Run the jobs of the site, such as sending mail, until it is asked to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--parent", type=int, help="stop when this process is not our parent any more"
        )

    def handle(self, *, parent: int | None, **options: Any) -> None:
        """Look for jobs until the end; a job that was begun is finished first."""
        # Beside the jobs: one that waits for a mail server holds up no planned change.
        with timer.running():
            self.do_jobs(parent)

    def do_jobs(self, parent: int | None) -> None:
        """Do what is due, and what comes back every so often."""
        worker = jobs.worker()
        worker.configure_signals()
        duties = [
            Regularly(SECONDS_BETWEEN_SWEEPS, jobs.sweep),
            Regularly(SECONDS_BETWEEN_SWEEPS, end_idle_sittings),
            Regularly(SECONDS_IN_A_DAY, retention.clean_up),
            Regularly(SECONDS_IN_A_DAY, check_all),
            Regularly(SECONDS_IN_A_DAY, forget_missing_addresses),
            Regularly(SECONDS_IN_A_DAY, publishing.empty_wastebasket),
            Regularly(SECONDS_IN_A_DAY, prune_jobs),
        ]
        in_trouble = False
        while worker.running and parent in {None, os.getppid()}:
            try:
                worker.run()
                for duty in duties:
                    duty()
                in_trouble = False
            except Exception as error:
                # Its kind only, and once: the text may quote an address.
                if not in_trouble:
                    logger.error("The worker goes on after an error: %s", type(error).__name__)
                in_trouble = True
                connections.close_all()
            if worker.running:
                time.sleep(SECONDS_IN_TROUBLE if in_trouble else SECONDS_BETWEEN_LOOKS)


class Regularly:
    """Does something at first, and then each time when these seconds have passed.

    What fails is tried again after a minute, so that it keeps nothing else from being done.
    """

    def __init__(self, seconds: float, act: Callable[[], object]) -> None:
        self.seconds = seconds
        self.act = act
        self.next = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + SECONDS_TO_NEXT_TRY
            self.act()
            self.next = time.monotonic() + self.seconds


def prune_jobs() -> None:
    """Take away jobs that ended long ago."""
    call_command("prune_db_task_results", min_age_days=DAYS_TO_KEEP_JOBS, verbosity=0)
