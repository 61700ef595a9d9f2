"""A text is checked, the next check falls due, and one click says that nothing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from blog import publishing
from blog.models import Address, LogRecord, Post, Review, SiteSettings
from blog.publishing import NotReadyError, apply_planned_changes, confirm_review
from blog.publishing.review_clock import months_after
from tests.factories import (
    create_draft,
    create_editor,
    create_post,
    create_tag,
    create_user,
    edited,
    fresh,
    newest,
    save_draft_of,
)
from tests.instants import NOON
from tests.pages import parse, visible_text, with_class

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

TODAY, NEXT_YEAR = date(2026, 3, 2), date(2027, 3, 2)
YESTERDAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 3)
ARTS = "A. Arts, huisarts"
OLD: dict[str, Any] = {
    "reviewed_by": ARTS,
    "reviewed_on": date(2025, 2, 1),
    "review_due_on": date(2026, 2, 1),
}


@pytest.fixture
def today() -> Any:
    """Time stands still."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def post() -> Post:
    """A live post of which the check is due."""
    return create_post(published_at=NOON - timedelta(days=400), **OLD)


# --- What readers see -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "on", "due", "line"),
    [
        (
            *(ARTS, YESTERDAY, TOMORROW),
            "Voor het laatst nagekeken op 1 maart 2026 door A. Arts, huisarts"
            " · volgende controle op 3 maart 2026",
        ),
        (
            *(ARTS, YESTERDAY, YESTERDAY),
            "Voor het laatst nagekeken op 1 maart 2026 door A. Arts, huisarts",
        ),
        (
            *("", YESTERDAY, TODAY),
            "Voor het laatst nagekeken op 1 maart 2026 · volgende controle op 2 maart 2026",
        ),
        (ARTS, None, None, "Nagekeken door A. Arts, huisarts"),
        (
            *(ARTS, None, TOMORROW),
            "Nagekeken door A. Arts, huisarts · volgende controle op 3 maart 2026",
        ),
        ("", None, TOMORROW, "Gepubliceerd op 2 maart 2026"),
    ],
)
def test_foot_of_the_text_says_what_is_known_of_checks(
    client: Client, by: str, on: date | None, due: date | None, line: str
) -> None:
    post = create_post(reviewed_by=by, reviewed_on=on, review_due_on=due)

    page = parse(client.get(post.get_absolute_url()).content)

    assert visible_text(next(with_class(page, "post-end").iter("p"))) == line


def test_next_check_is_promised_until_the_end_of_its_day_in_amsterdam(client: Client) -> None:
    post = create_post(reviewed_by=ARTS, review_due_on=TODAY)

    def promises(moment: datetime) -> bool:
        with time_machine.travel(moment, tick=False):
            return "volgende controle" in client.get(post.get_absolute_url()).content.decode()

    assert promises(datetime(2026, 3, 2, 22, 59, tzinfo=UTC))
    assert not promises(datetime(2026, 3, 2, 23, tzinfo=UTC))


# --- The due list ---------------------------------------------------------------------------------


def test_due_is_what_is_live_and_to_be_checked_today_or_before(post: Post) -> None:
    due_today = create_post(review_due_on=TODAY)
    create_post(review_due_on=TOMORROW)
    create_post(review_due_on=None)
    create_draft(review_due_on=YESTERDAY)
    create_post(published_at=NOON + timedelta(days=1), review_due_on=YESTERDAY)
    create_post(
        published_at=NOON - timedelta(days=2),
        expires_at=NOON - timedelta(days=1),
        review_due_on=YESTERDAY,
    )
    save_draft_of(due_today, review_due_on=NEXT_YEAR)

    due = Post.objects.in_state("due")

    assert set(due) == {post, due_today}
    assert Post.objects.counts()["due"] == 2


# --- Nothing changed ------------------------------------------------------------------------------


def test_confirming_shows_todays_date_and_the_next_check_and_nothing_else(post: Post) -> None:
    editor, before = create_editor(), post.content

    confirm_review(post, by=editor)

    post = fresh(post)
    assert post.content == replace(before, reviewed_on=TODAY, review_due_on=NEXT_YEAR)
    assert post.changed_at is None
    assert post.live_revision == post.newest_revision == newest(post)
    assert (newest(post).number, newest(post).note) == (2, "Nagekeken, niets gewijzigd")
    record = LogRecord.objects.get(action=LogRecord.Action.CHECKED)
    assert (record.by, record.subject) == (editor, str(post.uid))


def test_confirming_twice_on_a_day_changes_nothing_more(post: Post) -> None:
    confirm_review(post, by=create_editor())
    confirm_review(post, by=create_editor())

    assert newest(post).number == 2
    assert LogRecord.objects.filter(action=LogRecord.Action.CHECKED).count() == 1


def test_site_says_after_how_many_months_the_next_check_is(post: Post) -> None:
    SiteSettings.objects.create(review_months=6)

    confirm_review(post, by=create_editor(), on=date(2026, 2, 28))

    assert (fresh(post).reviewed_on, fresh(post).review_due_on) == (
        date(2026, 2, 28),
        date(2026, 8, 28),
    )


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_short_month_has_its_check_on_its_last_day(day: date, months: int, due: date) -> None:
    assert months_after(day, months) == due


def test_newer_draft_stays_the_newest_and_an_offer_of_it_stays_open(post: Post) -> None:
    draft = save_draft_of(post, body="Nog niet af.")
    review = publishing.offer(draft, by=create_editor())

    confirm_review(post, by=create_editor())

    post, review = fresh(post), Review.objects.get(pk=review.pk)
    assert post.body != "Nog niet af."
    assert post.live_revision
    assert post.live_revision.number == 3
    assert newest(post).number == 4
    assert newest(post).content == replace(
        draft.content, reviewed_on=TODAY, review_due_on=NEXT_YEAR
    )
    assert post.has_newer_changes
    assert (review.outcome, review.revision) == (Review.Outcome.OPEN, newest(post))


@pytest.mark.parametrize(
    "told",
    [
        {"reviewed_by": "B. Bakker, arts", "reviewed_on": TODAY, "review_due_on": TOMORROW},
        {"reviewed_by": "", "reviewed_on": None, "review_due_on": None},
    ],
)
def test_draft_with_a_check_of_its_own_goes_on_telling_of_it(
    post: Post, told: dict[str, Any]
) -> None:
    save_draft_of(post, body="Nog niet af.", **told)

    confirm_review(post, by=create_editor())

    post = fresh(post)
    assert (post.reviewed_by, post.reviewed_on) == (ARTS, TODAY)
    draft = newest(post).content
    assert draft.body == "Nog niet af."
    assert {name: getattr(draft, name) for name in told} == told


@pytest.mark.parametrize("is_newest", [True, False])
def test_planned_change_stays_and_puts_no_date_back(post: Post, is_newest: bool) -> None:
    planned = save_draft_of(post, body="Vanaf morgen.", slug="vanaf-morgen")
    publishing.schedule(planned, by=create_editor(), at=NOON + timedelta(days=1))
    if not is_newest:
        save_draft_of(post, body="Nog later.")

    confirm_review(post, by=create_editor())
    assert "Vanaf" not in fresh(post).body
    with time_machine.travel(NOON + timedelta(days=2)):
        assert apply_planned_changes() == 1

    assert (fresh(post).body, fresh(post).slug) == ("Vanaf morgen.", "vanaf-morgen")
    assert fresh(post).review_due_on == NEXT_YEAR
    assert fresh(post).has_newer_changes is not is_newest


def test_draft_that_says_what_is_live_is_not_made_again(post: Post) -> None:
    publishing.discard(post, by=create_editor(), base=save_draft_of(post, body="Weg ermee."))

    confirm_review(post, by=create_editor())

    assert newest(post).number == 4
    assert not fresh(post).has_newer_changes


def test_tag_that_was_removed_stands_in_nobodys_way(post: Post) -> None:
    tag = create_tag()
    save = publishing.save_draft(
        post, edited(post, tags=(tag.slug,)), by=create_editor(), base=newest(post)
    )
    publishing.publish(save, by=create_editor())
    tag.delete()

    confirm_review(post, by=create_editor())

    assert fresh(post).reviewed_on == TODAY
    assert newest(post).content.tags == ()


def test_nobody_known_who_checked_is_in_the_way() -> None:
    post = create_post(reviewed_on=YESTERDAY)

    with pytest.raises(NotReadyError) as obstacle:
        confirm_review(post, by=create_editor())

    assert obstacle.value.field == "reviewed_by"
    assert newest(post).number == 1


@pytest.mark.parametrize("state", ["draft", "offline", "thrown away", "scheduled"])
def test_only_what_is_live_can_be_checked(state: str) -> None:
    post = create_draft(**OLD)
    if state != "draft":
        at = NOON + timedelta(days=1) if state == "scheduled" else None
        publishing.publish(newest(post), by=create_editor(), at=at)
    if state == "offline":
        publishing.unpublish(post, by=create_editor())
    if state == "thrown away":
        publishing.throw_away(post, by=create_editor())

    with pytest.raises(NotReadyError):
        confirm_review(post, by=create_editor())


def test_day_of_a_check_does_not_lie_ahead(post: Post) -> None:
    with pytest.raises(NotReadyError):
        confirm_review(post, by=create_editor(), on=TOMORROW)


def test_confirming_asks_for_permission(post: Post) -> None:
    with pytest.raises(PermissionDenied):
        confirm_review(post, by=create_user(may=["change_post"]))

    assert newest(post).number == 1


def test_earlier_addresses_still_lead_to_a_text_that_was_checked(post: Post) -> None:
    addresses = set(Address.objects.values_list("slug", "post"))

    confirm_review(post, by=create_editor())

    assert set(Address.objects.values_list("slug", "post")) == addresses
