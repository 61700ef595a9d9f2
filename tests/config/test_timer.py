"""The timer beside the jobs: what is planned happens within a second of its moment."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from blog import publishing
from blog.models import PlannedChange, Revision
from config import timer
from tests.factories import create_post, create_superuser, fresh, save_draft_of
from tests.running_site import wait_until


@pytest.fixture
def plan(transactional_db: None) -> PlannedChange:
    """A change that goes live in half a second."""
    editor = create_superuser()
    post = create_post(by=editor)
    changed = save_draft_of(post, title="Straks", by=editor)
    publishing.schedule(changed, by=editor, at=timezone.now() + timedelta(seconds=0.5))
    return PlannedChange.objects.get()


def is_live(revision: Revision) -> bool:
    """Whether readers see this revision."""
    return fresh(revision.post).live_revision == revision


def test_planned_change_goes_live_within_a_second_of_its_moment(plan: PlannedChange) -> None:
    with timer.running():
        wait_until(lambda: is_live(plan.revision))
        late = timezone.now() - plan.goes_live_at

    assert timedelta(0) <= late < timedelta(seconds=1)


def test_timer_goes_on_after_an_error_and_tells_it_once(
    plan: PlannedChange, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(timer, "SECONDS_BETWEEN_LOOKS", 0.05)
    failures = iter([OperationalError("een rij"), OperationalError("nog een")])
    apply = publishing.apply_planned_changes

    def sometimes() -> int:
        for failure in failures:
            # The server of the database went away.
            connection.ensure_connection()
            connection.connection.close()
            raise failure
        return apply()

    monkeypatch.setattr(publishing, "apply_planned_changes", sometimes)

    with caplog.at_level(logging.ERROR), timer.running():
        wait_until(lambda: is_live(plan.revision))

    assert [record.message for record in caplog.records] == [
        "The timer goes on after an error: OperationalError"
    ]
