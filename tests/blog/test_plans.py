"""Planned changes, discarded drafts, recovery copies: what stands, what waits and what is kept."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import OperationalError

from blog import publishing
from blog.models import Address, LogRecord, PlannedChange, Post, Revision
from blog.publishing import NotReadyError, PlanStandsError, apply_planned_changes, going_live
from blog.stored_renderings import store_rendering
from blog.taxonomy import rename
from tests.factories import (
    create_draft,
    create_editor,
    create_post,
    create_superuser,
    create_tag,
    create_theme,
    edited,
    fresh,
    in_days,
    newest,
    save_draft_of,
)
from tests.instants import NOON, at_the_same_instant

pytestmark = pytest.mark.django_db


def plan(post: Post, **changes: Any) -> Revision:
    """Let a change of a live post wait until tomorrow."""
    revision = save_draft_of(post, **changes)
    publishing.schedule(revision, by=create_editor(), at=in_days(1))
    return revision


def pass_time(days: float) -> None:
    """Carry out what is due so many days from now."""
    with time_machine.travel(in_days(days)):
        apply_planned_changes()


# --- Plans ----------------------------------------------------------------------------------------


def test_first_publication_is_planned_in_the_row_itself() -> None:
    draft = create_draft()

    publishing.schedule(newest(draft), by=create_editor(), at=in_days(1))

    assert fresh(draft).state == Post.State.SCHEDULED
    assert not PlannedChange.objects.exists()


def test_first_publication_is_planned_anew_and_gives_up_the_address_of_the_first_plan() -> None:
    draft = create_draft(slug="eerst")
    publishing.schedule(newest(draft), by=create_editor(), at=in_days(1))

    later = in_days(2)
    publishing.schedule(save_draft_of(draft, slug="toch"), by=create_editor(), at=later)

    assert fresh(draft).published_at == later
    assert list(Address.objects.values_list("slug", "begins_at")) == [("toch", later)]


def test_scheduled_post_is_published_now() -> None:
    post = create_post(published_at=in_days(3))

    publishing.publish(newest(post), by=create_editor())

    assert fresh(post).is_published
    assert Post.objects.at_address(post.slug).get() == post


def test_plan_takes_the_place_of_an_earlier_plan_and_of_its_address() -> None:
    post = create_post(slug="nu")
    plan(post, slug="straks")
    second = plan(post, slug="later")

    pass_time(1.1)

    assert fresh(post).live_revision == second
    assert set(Address.objects.values_list("slug", flat=True)) == {"nu", "later"}


def test_same_plan_twice_is_one_plan() -> None:
    post, draft, editor, at = create_post(), create_draft(), create_editor(), in_days(1)

    for revision in (save_draft_of(post, title="Straks"), newest(draft)):
        for _click in range(2):
            publishing.schedule(revision, by=editor, at=at)

    actions = LogRecord.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["published", "planned", "planned"]


def test_plan_of_the_same_text_and_moment_can_still_become_notable() -> None:
    post, editor, at = create_post(), create_editor(), in_days(1)
    revision = save_draft_of(post, title="Straks")

    for notable in (False, True):
        publishing.schedule(revision, by=editor, at=at, notable=notable)

    assert PlannedChange.objects.get().notable


def test_planned_address_is_taken_for_others_and_free_after_a_withdrawal() -> None:
    post, other = create_post(slug="nu"), create_draft(slug="straks")
    plan(post, slug="straks")
    with pytest.raises(NotReadyError):
        publishing.publish(newest(other), by=create_editor())

    publishing.withdraw_plan(post, by=create_editor())

    publishing.publish(newest(other), by=create_editor())
    assert fresh(other).is_published


def test_moment_that_has_passed_is_refused() -> None:
    with time_machine.travel(NOON, tick=False), pytest.raises(NotReadyError) as refusal:
        publishing.schedule(newest(create_post()), by=create_editor(), at=NOON)

    assert refusal.value.field == "moment"


def test_text_that_is_too_complex_is_not_planned() -> None:
    changed = save_draft_of(create_post(), body="[" * 100_000)

    with pytest.raises(NotReadyError) as refusal:
        publishing.schedule(changed, by=create_editor(), at=in_days(1))

    assert refusal.value.field == "body"


@pytest.mark.parametrize(("keep_plan", "after"), [(True, "Gepland"), (False, "Nu")])
def test_publishing_while_a_change_is_planned_asks_what_becomes_of_it(
    *, keep_plan: bool, after: str
) -> None:
    post = create_post(title="Eerst", slug="nu")
    plan(post, title="Gepland", slug="gepland")
    now = save_draft_of(post, title="Nu", slug="nu")
    with pytest.raises(PlanStandsError):
        publishing.publish(now, by=create_editor())
    assert fresh(post).title == "Eerst"

    publishing.publish(now, by=create_editor(), keep_plan=keep_plan)

    assert fresh(post).title == "Nu"
    assert Address.objects.filter(slug="gepland").exists() == keep_plan
    pass_time(1.1)
    assert fresh(post).title == after


def test_plan_that_stood_is_withdrawn_when_the_same_text_is_published_once_more() -> None:
    post, editor = create_post(), create_editor()
    plan(post, title="Gepland")
    now = save_draft_of(post, title="Nu")

    for keep_plan in (True, False):
        publishing.publish(now, by=editor, keep_plan=keep_plan)

    assert not PlannedChange.objects.exists()


@pytest.mark.parametrize("slugs", [["eerst", "daarna"], ["straks"]], ids=["others", "its own"])
def test_withdrawn_plan_that_had_failed_takes_no_address_along_that_was_live_since(
    slugs: list[str],
) -> None:
    post, editor = create_post(slug="nu"), create_editor()
    plan(post, slug="straks")
    PlannedChange.objects.update(problem="Het thema bestaat niet meer.", goes_live_at=in_days(-1))
    Address.objects.filter(slug="straks").update(begins_at=in_days(-1))
    for slug in slugs:
        publishing.publish(save_draft_of(post, slug=slug), by=editor, keep_plan=True)

    assert publishing.withdraw_plan(post, by=editor)

    assert set(Address.objects.values_list("slug", flat=True)) == {"nu", *slugs}


def test_plan_that_breaks_down_is_told_and_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posts = [create_post(), create_post()]
    for post in posts:
        plan(post, title="Straks", tags=(create_tag().slug,))
    errors: list[Exception] = [OperationalError("bezet"), RuntimeError("kapot")]
    monkeypatch.setattr(
        going_live,
        "store_rendering",
        lambda post: throw(errors) if errors else store_rendering(post),
    )

    with pytest.raises(OperationalError):  # the timer looks again
        pass_time(1.1)
    pass_time(1.1)

    assert [fresh(post).title == "Straks" for post in posts] == [False, True]
    assert [post.tags.exists() for post in posts] == [False, True]
    assert PlannedChange.objects.get().problem.startswith("De site zelf maakte een fout.")


def throw(errors: list[Exception]) -> None:
    """Raise the next of these."""
    raise errors.pop(0)


@time_machine.travel(NOON, tick=False)
def test_plan_is_named_by_the_clock_of_the_site() -> None:
    plan(create_post(), title="Na de middag")

    assert str(PlannedChange.objects.get()) == "Na de middag · 2 → 2026-03-03 12:00"


def test_withdrawn_post_returns_at_its_planned_moment() -> None:
    post = create_post(title="Terug", published_at=in_days(-5))
    publishing.unpublish(post, by=create_editor())

    publishing.schedule(newest(post), by=create_editor(), at=in_days(1))

    assert fresh(post).live_revision is None
    pass_time(1.1)
    assert fresh(post).is_published


def test_post_taken_offline_is_not_brought_back_by_its_plan() -> None:
    post = create_post()
    plan(post, title="Straks")

    publishing.unpublish(post, by=create_editor())

    pass_time(1.1)
    assert fresh(post).live_revision is None


def test_post_that_has_expired_is_live_again_once_it_is_published() -> None:
    post = create_post(published_at=in_days(-3), expires_at=in_days(-1))

    publishing.publish(save_draft_of(post, title="Weer terug"), by=create_editor())

    assert fresh(post).is_published
    assert fresh(post).expires_at is None


def test_plan_outlives_the_account_of_who_made_it() -> None:
    post, editor = create_post(), create_editor(username="Karin")
    publishing.schedule(save_draft_of(post, title="Straks"), by=editor, at=in_days(1))
    editor.delete()

    pass_time(1.1)

    assert fresh(post).title == "Straks"
    names = LogRecord.objects.filter(by_name="Karin").values_list("action", flat=True)
    assert list(names) == ["planned"]


@pytest.mark.django_db(transaction=True)
def test_plan_that_is_withdrawn_at_its_moment_is_either_carried_out_or_gone() -> None:
    editor = create_superuser()
    post = create_post(by=editor, title="Nu", slug="nu")
    changed = save_draft_of(post, by=editor, title="Straks", slug="straks")
    publishing.schedule(changed, by=editor, at=in_days(1))

    with time_machine.travel(in_days(1.1)):
        outcomes = at_the_same_instant(
            apply_planned_changes,
            lambda: publishing.withdraw_plan(post, by=editor) and "withdrawn",
        )

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert not PlannedChange.objects.exists()
    carried_out = "withdrawn" not in outcomes
    assert carried_out == (1 in outcomes)
    assert fresh(post).title == ("Straks" if carried_out else "Nu")
    assert Address.objects.filter(slug="straks").exists() == carried_out


# --- Discarding and restoring ---------------------------------------------------------------------


def test_discarded_draft_is_no_newer_change_and_stays_in_the_history() -> None:
    post = create_post(body="Live.")
    draft = save_draft_of(post, body="Toch niet.")
    assert fresh(post).has_newer_changes

    publishing.discard(post, by=create_editor(), base=draft)

    assert not fresh(post).has_newer_changes
    assert newest(post).content.body == "Live."
    assert newest(post).restored_from == fresh(post).live_revision
    assert [r.content.body for r in post.revisions.order_by("number")] == [
        "Live.",
        "Toch niet.",
        "Live.",
    ]


def test_draft_that_is_typed_back_is_no_change_though_its_theme_was_renamed() -> None:
    theme = create_theme(name="Slaap")
    post = create_post(body="Live.", theme=theme)
    rename(theme, name="Nachtrust")

    for body in ("Anders.", "Live."):
        save_draft_of(post, body=body, theme="nachtrust")

    assert not fresh(post).has_newer_changes


def test_draft_that_was_never_live_has_nothing_to_be_discarded_for() -> None:
    draft = create_draft()

    with pytest.raises(ValueError, match="live"):
        publishing.discard(draft, by=create_editor(), base=newest(draft))


def test_restoring_makes_a_new_revision_and_loses_nothing_newer() -> None:
    post = create_draft(body="Eerst.")
    first = newest(post)
    save_draft_of(post, body="Later.")

    restored = publishing.restore(first, by=create_editor(), base=newest(post))

    assert restored.number == 3
    assert restored.restored_from == first
    assert [r.content.body for r in post.revisions.order_by("number")] == [
        "Eerst.",
        "Later.",
        "Eerst.",
    ]


# --- Recovery copies ------------------------------------------------------------------------------


def test_recovery_copy_is_in_the_history_and_is_nobodys_newest() -> None:
    post = create_draft(body="Opgeslagen.")
    saved, sitting = newest(post), uuid4()

    copy = publishing.keep_recovery_copy(
        post,
        edited(post, body="Getypt en nooit opgeslagen."),
        by=create_editor(),
        base=saved,
        sitting=sitting,
    )

    assert copy.number == 2
    assert newest(post) == saved
    assert fresh(post).body == "Opgeslagen."
    save_draft_of(post, body="Verder.")
    assert newest(post).number == 3


def test_recovery_copy_of_what_is_in_the_history_adds_nothing() -> None:
    post, sitting = create_draft(), uuid4()
    other = edited(post, body="Anders.")

    for content in (edited(post), other, other):
        publishing.keep_recovery_copy(
            post, content, by=create_editor(), base=newest(post), sitting=sitting
        )

    assert post.revisions.count() == 2


# --- The log --------------------------------------------------------------------------------------


def test_every_deed_is_in_the_log_with_its_reason() -> None:
    editor = create_superuser(username="Karin")
    post = create_post(slug="oud", by=editor, title="Over uilen")
    publishing.publish(save_draft_of(post, slug="nieuw", by=editor), by=editor)
    publishing.unpublish(post, by=editor, reason="Het klopte niet.")
    publishing.publish(save_draft_of(post, slug="weer", by=editor), by=editor)
    publishing.throw_away(post, by=editor)
    publishing.take_back(post, by=editor)

    records = LogRecord.objects.order_by("pk")

    assert [(r.action, r.detail.split(" · ")[0], r.reason) for r in records] == [
        ("published", "versie 1", ""),
        ("renamed", "oud → nieuw", ""),
        ("published", "versie 2", ""),
        ("unpublished", "", "Het klopte niet."),
        ("renamed", "nieuw → weer", ""),
        ("published", "versie 3", ""),
        ("thrown_away", "", ""),
        ("taken_back", "", ""),
    ]
    assert {(r.by_name, r.title, r.subject) for r in records} == {
        ("Karin", "Over uilen", str(post.uid))
    }
