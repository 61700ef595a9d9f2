"""What is wiped of a comment, and what stays: its place, and that something was erased."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client

from comments import moderation, reports, spam, submission
from comments.models import (
    Comment,
    Decision,
    EmailAddress,
    Erasure,
    Link,
    Mail,
    Report,
    SpamWord,
    Submission,
)
from comments.privacy import erasure, retention
from comments.privacy.erasure import NOTHING, erase
from comments.spam import Arrival
from comments.threads import thread
from tests.comments.correspondents import ADDRESS, create_confirmed_comment, edit
from tests.factories import create_comment, create_editor, create_post, create_superuser, fresh
from tests.instants import NOON, at_the_same_instant
from tests.pages import parse, visible_text
from tests.rows import every_row

pytestmark = pytest.mark.django_db

SECRET = "Zwezerik"  # a word that stands nowhere else
WRITER = Erasure.Wish.WRITER


def comment_full_of_it() -> Comment:
    """A comment with the word in all that can be kept about it."""
    comment = create_confirmed_comment(name=SECRET, text=f"{SECRET} een.")
    arrival = Arrival(network="192.0.2.0/24")
    submission.edit(comment, name=SECRET, text=f"{SECRET} twee.", arrival=arrival)
    moderation.approve(fresh(comment), by=create_editor(), version=2, reason=SECRET)
    reports.report(fresh(comment), ground=Report.Ground.OTHER, explanation=SECRET)
    moderation.redact(
        fresh(comment), by=create_editor(), version=2, name=SECRET, text="…", reason=SECRET
    )
    moderation.reject(fresh(comment), by=create_editor(), version=3, reason=SECRET)
    Report.objects.update(reason=SECRET)
    Comment.objects.update(spam_findings=[{"detail": SECRET}])
    LogEntry.objects.create(
        user=create_superuser(),
        content_type=ContentType.objects.get_for_model(Comment),
        object_id=str(comment.pk),
        object_repr=f"{SECRET}: een",
        action_flag=2,
        change_message=SECRET,
    )
    return fresh(comment)


def kept() -> str:
    """Everything in the database, as one text, but for addresses of people and the spam words."""
    tables = every_row()
    for not_about_it in ("comments.EmailAddress", "comments.SpamWord"):
        tables.pop(not_about_it)
    return json.dumps(tables, default=str, ensure_ascii=False).casefold()


def test_nothing_of_the_words_is_left_in_any_table() -> None:
    comment = comment_full_of_it()
    key = comment.key
    assert key
    assert kept().count(SECRET.casefold()) > 10

    erase(comment, wish=WRITER)

    assert SECRET.casefold() not in kept()
    assert key.casefold() not in kept()
    assert not Link.objects.filter(comment=comment).exists()
    assert not Mail.objects.filter(comment=comment).exists()
    assert not Submission.objects.filter(comment=comment).exists()


def test_every_column_is_wiped_or_named_as_harmless() -> None:
    harmless = {
        "id",
        "uid",
        "post",
        "parent",
        "position",
        "version",
        "newest_version",
        "status",
        "created_at",
        "decided_at",
        "waiting_since",
        "announced_at",
    }

    columns = {field.name for field in Comment._meta.concrete_fields}

    assert columns == harmless | NOTHING.keys()


def test_erased_comment_keeps_its_place_and_its_replies(client: Client) -> None:
    post = create_post()
    comment = create_comment(post=post, name="Anna", text="Mijn verhaal.")
    create_comment(parent=comment, name="Bert", text="Sterkte!")

    erase(comment, wish=WRITER)

    (root,) = thread(post).roots
    assert root.removed
    assert [reply.name for reply in root.replies] == ["Bert"]
    text = visible_text(parse(client.get(post.get_absolute_url()).content))
    assert "Reactie verwijderd" in text
    assert "Anna" not in text


def test_erased_comment_without_replies_leaves_no_trace_in_the_thread() -> None:
    comment = create_comment()

    erase(comment, wish=WRITER)

    assert thread(comment.post).roots == []


def test_erasing_twice_is_logged_once_and_changes_nothing_more() -> None:
    comment = create_comment()
    erase(comment, wish=WRITER)
    before = every_row()

    erase(comment, wish=WRITER)

    assert every_row() == before
    assert Erasure.objects.count() == 1


def test_log_says_when_and_at_whose_wish_and_nothing_else() -> None:
    comment, editor = create_comment(), create_editor()

    erase(comment, wish=Erasure.Wish.EDITOR, by=editor)

    log = Erasure.objects.get()
    assert (log.wish, log.made_by, log.comments) == ("editor", editor, 1)
    names = {field.name for field in Erasure._meta.get_fields()}
    assert names == {"id", "wish", "made_at", "made_by", "comments"}


def test_erasing_is_a_step_in_the_life_of_the_comment() -> None:
    comment, editor = create_comment(), create_editor()

    erase(comment, wish=Erasure.Wish.EDITOR, by=editor)

    last = Decision.objects.filter(comment=comment).last()
    assert last
    assert (last.status, last.made_by) == ("erased", editor)
    assert fresh(comment).decided_at == last.made_at


def test_reports_that_wait_end_with_the_comment() -> None:
    comment = create_comment()
    report = reports.report(comment, ground=Report.Ground.INSULT, explanation="Hij zegt “ezel”.")

    erase(comment, wish=WRITER)

    report.refresh_from_db()
    assert (report.outcome, report.explanation) == ("gone", "")
    assert report.decided_at
    assert not Comment.objects.waiting().exists()


def test_outcome_of_a_report_stays() -> None:
    comment = create_comment()
    report = reports.report(comment, ground=Report.Ground.INSULT, explanation="")
    moderation.reject(fresh(comment), by=create_editor(), version=1)

    erase(comment, wish=WRITER)

    report.refresh_from_db()
    assert report.outcome == "hidden"


@pytest.mark.parametrize(
    ("status", "genuine", "spam"), [("approved", 1, 0), ("spam", 1, 1), ("rejected", 1, 0)]
)
def test_filter_forgets_genuine_words_and_no_spam(status: str, genuine: int, spam: int) -> None:
    create_comment(text=f"{SECRET} hielp mij.")
    comment = create_comment(status=status, text=f"{SECRET} helpt.")

    erase(comment, wish=WRITER)

    word = SpamWord.objects.get(stem=SECRET.casefold())
    assert (word.genuine, word.spam) == (genuine, spam)


def test_genuine_words_are_gone_from_what_the_filter_knows() -> None:
    before = every_row()["comments.SpamWord"]
    comment = create_comment(text="Zwezerik helpt tegen slaapgebrek.")
    spam.learn("Iets anders.", genuine=True)
    spam.unlearn("Iets anders.", genuine=True)

    erase(comment, wish=WRITER)

    def counted(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int]]:
        return {
            row["stem"]: (row["genuine"], row["spam"])
            for row in rows
            if row["genuine"] or row["spam"]
        }

    assert counted(every_row()["comments.SpamWord"]) == counted(before)


def test_other_comments_of_the_same_address_keep_it() -> None:
    comment, other = create_confirmed_comment(), create_confirmed_comment()

    erase(comment, wish=WRITER)

    other.refresh_from_db()
    assert other.email
    assert other.email.email == ADDRESS
    assert other.confirmed_at


@pytest.mark.django_db(transaction=True)
def test_erasing_and_deciding_at_the_same_instant_leaves_nothing_public() -> None:
    editor = create_editor()
    comment = create_comment(status="pending", text=SECRET)

    at_the_same_instant(
        lambda: erase(comment, wish=WRITER),
        lambda: moderation.approve(comment, by=editor, version=1),
    )

    assert fresh(comment).status == "erased"
    assert SECRET.casefold() not in kept()


@pytest.mark.django_db(transaction=True)
def test_reply_sent_while_its_parent_is_erased_is_kept() -> None:
    parent = create_comment()

    outcomes = at_the_same_instant(
        lambda: erase(parent, wish=WRITER),
        lambda: create_comment(parent=parent, status="pending", text="Sterkte!"),
    )

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    reply = Comment.objects.get(text="Sterkte!")
    with transaction.atomic():
        moderation.approve(reply, by=create_editor(), version=1)
    (root,) = thread(parent.post).roots
    assert root.removed
    assert [answer.text for answer in root.replies] == ["Sterkte!"]


def test_words_that_were_put_back_and_written_anew_are_unlearned() -> None:
    comment = create_comment(text="Paardenbloemthee")
    submission.put_back(submission.withdraw(comment))
    edit(fresh(comment), "Heel anders geschreven.")

    erasure.erase(fresh(comment), wish=Erasure.Wish.WRITER)

    assert not SpamWord.objects.filter(stem__startswith="paard").exists()


def test_address_of_an_erased_comment_goes_a_day_after_our_last_mail() -> None:
    with time_machine.travel(NOON, tick=False):
        erasure.erase(create_comment(email=ADDRESS), wish=Erasure.Wish.WRITER)

    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        retention.clean_up()

    assert not EmailAddress.objects.exists()
