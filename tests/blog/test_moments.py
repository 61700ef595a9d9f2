"""What readers get one second before a moment and at it, at every kind of address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from blog import publishing
from blog.models import Address, LogRecord, PlannedChange, Post, Theme
from blog.publishing import apply_planned_changes
from tests.factories import (
    create_author,
    create_page,
    create_post,
    create_superuser,
    create_tag,
    create_theme,
    fresh,
    newest,
    save_draft_of,
)
from tests.instants import DAY, HOUR

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
# The hours of a clock in Amsterdam: an ordinary one, and those around the night of the change.
MOMENTS = {
    "an ordinary morning": datetime(2026, 4, 3, 7, tzinfo=UTC),
    "the first of the doubled hours": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "the second of the doubled hours": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    "the hour after the change": datetime(2026, 10, 25, 2, tzinfo=UTC),
}
IN_SHORT = {"an ordinary morning", "the second of the doubled hours"}

OLD, NEW = "De oude zilverreiger", "De nieuwe zilverreiger"
# Every public address that can show a post, by the name of its pattern.
ADDRESSES = {
    "home": "/",
    "post_list": "/blog/",
    "post_detail": "/blog/oud/",
    "post_detail renamed": "/blog/nieuw/",
    "theme_detail": "/thema/vroeger/",
    "theme_detail renamed": "/thema/later/",
    "tag_detail": "/tag/vogels/",
    "author_detail": "/auteurs/mirjam/",
    "archive": "/archief/",
    "archive_year": "/archief/{year}/",
    "archive_month": "/archief/{year}/{month:02}/",
    "search": "/zoeken/?q=zilverreiger",
    "page_detail": "/over-vogels/",
    "comment_form": "/blog/oud/reageren/",
    "comment_form renamed": "/blog/nieuw/reageren/",
    "comment_feed": "/blog/oud/reacties/feed/",
    "comment_feed renamed": "/blog/nieuw/reacties/feed/",
}
# What lives behind a private link, or holds no word of an editor.
WITHOUT_POSTS = {
    *("confirm", "data", "data_erase", "data_erased", "data_request", "data_sent", "edit"),
    *("erase", "erased", "mail_on_replies", "put_back", "receipt", "report", "report_receipt"),
    *("stop", "withdraw", "preview"),
}


def names_in(resolver: URLResolver) -> set[str]:
    """The names of all public patterns."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.add(str(pattern.name))
        elif pattern.app_name != "admin":
            found |= names_in(pattern)
    return found


def test_no_public_pattern_is_left_out() -> None:
    asked = {name.split()[0] for name in ADDRESSES}

    assert names_in(get_resolver()) - WITHOUT_POSTS == asked


def seen(address: str) -> str:
    """What a reader gets, in a word: where they are sent, which title is there, or neither."""
    response = Client().get(address)
    if response.status_code in {301, 302}:
        return f"→ {response['Location']}"
    if response.status_code != 200:
        return str(response.status_code)
    text = response.content.decode()
    titles = [word for word, title in (("old", OLD), ("new", NEW)) if title in text]
    counted = re.search(r"/archief/\d{4}/\d{2}/", text) if address == "/archief/" else None
    return " and ".join(titles) or ("counted" if counted else "nothing")


def look(moment: datetime) -> dict[str, str]:
    """What readers get at every address."""
    places = {"year": moment.year, "month": moment.month}
    return {name: seen(address.format(**places)) for name, address in ADDRESSES.items()}


# What stands at each address while the post does not, and while it does, old or new.
ABSENT = {
    **dict.fromkeys(ADDRESSES, "nothing"),
    **dict.fromkeys(
        [name for name in ADDRESSES if name.startswith(("post_detail", "comment_"))], "404"
    ),
    **dict.fromkeys(["tag_detail", "archive_year", "archive_month"], "404"),
}
AS_OLD = {
    **dict.fromkeys(ADDRESSES, "old"),
    **dict.fromkeys([name for name in ADDRESSES if name.endswith("renamed")], "404"),
    "theme_detail renamed": "nothing",
    "archive": "counted",
    "comment_feed": "old",
}
AS_NEW = {
    **dict.fromkeys(ADDRESSES, "new"),
    "post_detail": "→ /blog/nieuw/",
    "theme_detail": "nothing",
    "archive": "counted",
    # A form that was filled in on the page of before is not lost.
    "comment_form": "new",
    "comment_feed": "→ /blog/nieuw/reacties/feed/",
}


@pytest.fixture(
    params=[
        pytest.param(moment, id=name, marks=[] if name in IN_SHORT else pytest.mark.long)
        for name, moment in MOMENTS.items()
    ]
)
def moment(request: pytest.FixtureRequest) -> datetime:
    """When it happens."""
    found: datetime = request.param
    return found


def prepared(moment: datetime, *, published_at: datetime | None = None) -> Post:
    """A post of which each kind of page shows the title, and a page that links to it."""
    author = create_author(slug="mirjam")
    theme, tag = create_theme(slug="vroeger"), create_tag(slug="vogels")
    create_theme(slug="later")
    return create_post(
        title=OLD,
        slug="oud",
        theme=theme,
        tags=[tag],
        authors=[author],
        published_at=published_at or moment - HOUR,
    )


def replan(post: Post, moment: datetime) -> None:
    """Let the post get another title, address and theme at a moment."""
    changed = save_draft_of(
        post, title=NEW, slug="nieuw", theme=Theme.objects.get(slug="later").slug
    )
    publishing.schedule(changed, by=create_superuser(), at=moment, notable=True)


# --- First publication ----------------------------------------------------------------------------


def test_first_publication_begins_at_its_second_and_writes_nothing(moment: datetime) -> None:
    with time_machine.travel(moment - DAY, tick=False):
        prepared(moment, published_at=moment)
    expected_before = {**ABSENT, "page_detail": "404"}
    expected = {**AS_OLD, "page_detail": "404"}

    with time_machine.travel(moment - SECOND, tick=False):
        before = look(moment)
    with time_machine.travel(moment, tick=False), CaptureQueriesContext(connection) as queries:
        applied = apply_planned_changes()
        after = look(moment)

    assert before == expected_before
    assert after == expected
    assert applied == 0
    assert [query["sql"] for query in queries if not is_reading(query["sql"])] == []


def is_reading(sql: str) -> bool:
    """Whether a statement changes nothing."""
    return sql.startswith(("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT"))


def test_first_publication_is_hidden_again_when_the_clock_steps_back(moment: datetime) -> None:
    with time_machine.travel(moment - DAY, tick=False):
        post = prepared(moment, published_at=moment)
    with time_machine.travel(moment, tick=False):
        assert seen("/blog/oud/") == "old"

    with time_machine.travel(moment - SECOND, tick=False):
        assert seen("/blog/oud/") == "404"
    with time_machine.travel(moment, tick=False):
        assert seen("/blog/oud/") == "old"
    assert fresh(post).published_at == moment


# --- A planned change -----------------------------------------------------------------------------


def test_planned_change_shows_in_the_first_answer_after_the_timer(moment: datetime) -> None:
    with time_machine.travel(moment - HOUR, tick=False):
        post = prepared(moment)
        create_page(slug="over-vogels", title="Over vogels", body="Zie [dit](post:oud).")
    with time_machine.travel(moment - HOUR / 2, tick=False):
        replan(post, moment)

    with time_machine.travel(moment - SECOND, tick=False):
        applied_before = apply_planned_changes()
        before = look(moment)
    with time_machine.travel(moment, tick=False):
        applied = apply_planned_changes()
        after = look(moment)

    assert (applied_before, applied) == (0, 1)
    assert before == {**AS_OLD, "page_detail": "nothing"}
    assert after == {**AS_NEW, "page_detail": "nothing"}
    assert fresh(post).changed_at == moment


def test_links_follow_a_planned_change_of_the_address(
    moment: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with time_machine.travel(moment - HOUR, tick=False):
        replan(prepared(moment), moment)
        create_page(slug="over-vogels", title="Over vogels", body="Zie [dit](post:oud).")

    with (
        time_machine.travel(moment, tick=False),
        django_capture_on_commit_callbacks(execute=True),  # type: ignore[attr-defined]
    ):
        apply_planned_changes()

    with time_machine.travel(moment, tick=False):
        assert 'href="/blog/nieuw/"' in Client().get("/over-vogels/").content.decode()


def test_planned_change_stays_when_the_clock_steps_back(moment: datetime) -> None:
    with time_machine.travel(moment - HOUR, tick=False):
        post = prepared(moment)
        replan(post, moment)
    with time_machine.travel(moment, tick=False):
        apply_planned_changes()

    with time_machine.travel(moment - SECOND, tick=False):
        applied = apply_planned_changes()
        answers = seen("/blog/oud/"), seen("/blog/nieuw/")

    assert applied == 0
    assert answers == ("→ /blog/nieuw/", "new")
    assert fresh(post).title == NEW


def test_withdrawn_plan_leaves_all_as_it_was(moment: datetime) -> None:
    with time_machine.travel(moment - HOUR, tick=False):
        post = prepared(moment)
        replan(post, moment)
        publishing.withdraw_plan(post, by=create_superuser())

    with time_machine.travel(moment, tick=False):
        applied = apply_planned_changes()
        after = look(moment)

    assert applied == 0
    assert after == {**AS_OLD, "page_detail": "404"}
    assert not Address.objects.filter(slug="nieuw").exists()


def test_plan_that_was_missed_is_carried_out_before_the_first_page(moment: datetime) -> None:
    with time_machine.travel(moment - HOUR, tick=False):
        replan(prepared(moment), moment)

    with time_machine.travel(moment + DAY, tick=False):
        apply_planned_changes()

        assert seen("/blog/nieuw/") == "new"
        assert Post.objects.get().changed_at == moment


def test_plan_of_a_text_that_has_lost_its_theme_fails_and_says_why(moment: datetime) -> None:
    with time_machine.travel(moment - HOUR, tick=False):
        post = prepared(moment)
        replan(post, moment)
        Theme.objects.get(slug="later").delete()

    with time_machine.travel(moment, tick=False):
        first, again = apply_planned_changes(), apply_planned_changes()
        still = seen("/blog/oud/")

    assert (first, again, still) == (0, 0, "old")
    assert PlannedChange.objects.get().problem == "“later” bestaat niet meer."
    records = LogRecord.objects.filter(action="plan_failed")
    assert [record.reason for record in records] == ["“later” bestaat niet meer."]
    assert fresh(post).live_revision != newest(post)


# --- Expiry ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["gone", "redirect", "archive"])
def test_post_expires_at_its_second(moment: datetime, ending: str) -> None:
    with time_machine.travel(moment - HOUR, tick=False):
        post = prepared(moment)
        other = create_page(slug="over-vogels", title="Over vogels")
        publishing.set_expiry(
            post,
            by=create_superuser(),
            at=moment,
            ending=ending,
            leads_to=other if ending == "redirect" else None,
        )
    at_its_address = {"gone": "410", "redirect": "→ /over-vogels/", "archive": "old"}[ending]
    comments = "old" if ending == "archive" else "404"

    with time_machine.travel(moment - SECOND, tick=False):
        before = look(moment)
    with time_machine.travel(moment, tick=False):
        after = look(moment)

    assert before == {**AS_OLD, "page_detail": "nothing"}
    assert after["post_detail"] == at_its_address
    elsewhere = [
        name for name in ADDRESSES if not name.startswith(("post_detail", "comment", "page"))
    ]
    assert {name: after[name] for name in elsewhere} == {name: ABSENT[name] for name in elsewhere}
    assert after["comment_feed"] in {comments, "410", at_its_address}


def test_expired_post_comes_back_when_the_clock_steps_back(moment: datetime) -> None:
    with time_machine.travel(moment - HOUR, tick=False):
        publishing.set_expiry(prepared(moment), by=create_superuser(), at=moment)

    with time_machine.travel(moment, tick=False):
        assert seen("/blog/oud/") == "410"
    with time_machine.travel(moment - SECOND, tick=False):
        assert seen("/blog/oud/") == "old"
