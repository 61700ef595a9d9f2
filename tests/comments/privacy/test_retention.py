"""What is past its term goes, at the edge of each term, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from comments import confirmation, moderation, reports, submission
from comments.intake.limits import Action, take
from comments.mail import correspondence, links
from comments.models import (
    Attempt,
    Comment,
    DailyKey,
    Decision,
    EmailAddress,
    Erasure,
    Link,
    Mail,
    Report,
    Submission,
    Version,
)
from comments.privacy import retention
from comments.privacy.erasure import erase
from comments.privacy.retention import clean_up
from comments.spam import Arrival
from tests.comments.correspondents import ADDRESS, confirm_link, create_confirmed_comment
from tests.factories import create_comment, create_editor, create_post, create_superuser, fresh
from tests.instants import NOON
from tests.rows import every_row

pytestmark = pytest.mark.django_db

A_SECOND = timedelta(seconds=1)
ARRIVAL = Arrival(network="192.0.2.0/24")


@pytest.fixture(autouse=True)
def noon() -> Any:
    """Everything here begins at one moment."""
    with time_machine.travel(NOON, tick=False):
        yield


def clean_up_after(time: timedelta) -> retention.Counts:
    """Clean up so long after noon."""
    with time_machine.travel(NOON + time, tick=False):
        return clean_up()


def goes_after(term: timedelta, is_there: Callable[[], bool]) -> None:
    """Hold that something is there until its term ends, and not after that."""
    clean_up_after(term - A_SECOND)
    assert is_there()
    clean_up_after(term)
    assert not is_there()


def withdrawn(**fields: Any) -> Comment:
    """A comment that readers saw and its writer took back."""
    return submission.withdraw(create_comment(**fields))


def hidden_after_a_report() -> Comment:
    """A comment that moderators took away because of a report."""
    comment = create_comment(text="Slik tien pillen.")
    reports.report(comment, ground=Report.Ground.DANGER, explanation="Tien is te veel.")
    moderation.reject(fresh(comment), by=create_editor(), version=1, reason="Gevaarlijk.")
    return fresh(comment)


# --- Comments -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["rejected", "spam", "withdrawn"])
def test_comment_that_is_not_placed_goes_after_30_days(status: str) -> None:
    comment = withdrawn() if status == "withdrawn" else create_comment(status=status)

    goes_after(timedelta(days=30), lambda: Comment.objects.filter(pk=comment.pk).exists())


def test_term_counts_from_the_decision_and_not_from_the_sending() -> None:
    with time_machine.travel(NOON - timedelta(days=300), tick=False):
        comment = create_comment(status="pending")
    moderation.reject(comment, by=create_editor(), version=1)

    goes_after(timedelta(days=30), lambda: Comment.objects.filter(pk=comment.pk).exists())


def test_place_of_an_erased_comment_without_replies_goes_after_30_days() -> None:
    comment = create_comment()
    erase(comment, wish=Erasure.Wish.WRITER)

    goes_after(timedelta(days=30), lambda: Comment.objects.filter(pk=comment.pk).exists())


@pytest.mark.parametrize("status", ["pending", "approved"])
def test_comment_that_waits_or_is_public_stays_for_good(status: str) -> None:
    comment = create_comment(status=status)

    clean_up_after(timedelta(days=10_000))

    assert fresh(comment).text == comment.text


def test_comment_with_replies_leaves_its_place_and_no_words() -> None:
    comment = withdrawn(name="Anna", text="Mijn verhaal.")
    reply = create_comment(parent=comment, text="Sterkte!")

    goes_after(timedelta(days=30), lambda: fresh(comment).text != "")

    assert (fresh(comment).status, fresh(comment).name) == ("erased", "")
    assert fresh(reply).parent == comment
    assert fresh(reply).text == "Sterkte!"


def test_place_goes_once_no_reply_hangs_on_it() -> None:
    comment = withdrawn()
    reply = create_comment(parent=comment)
    clean_up_after(timedelta(days=30))
    submission.withdraw(reply)

    counts = clean_up_after(timedelta(days=60))

    assert counts.comments == 2
    assert not Comment.objects.exists()


def test_whole_row_of_replies_goes_at_once() -> None:
    comment = create_comment()
    comments = [comment]
    for _level in range(3):
        comments.append(create_comment(parent=comments[-1]))
    for one in comments:
        submission.withdraw(one)

    clean_up_after(timedelta(days=30))

    assert not Comment.objects.exists()


def test_more_than_one_batch_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    post = create_post()
    for _comment in range(5):
        create_comment(post=post, status="rejected")
    kept = create_comment(post=post)

    counts = clean_up_after(timedelta(days=30))

    assert counts.comments == 5
    assert list(Comment.objects.all()) == [kept]


def test_with_a_comment_goes_what_belongs_to_it_and_the_name_in_the_log_of_the_admin() -> None:
    comment = create_comment(status="rejected", name="Anna")
    LogEntry.objects.create(
        user=create_superuser(),
        content_type=ContentType.objects.get_for_model(Comment),
        object_id=str(comment.pk),
        object_repr="Anna: Mijn verhaal.",
        action_flag=2,
    )

    clean_up_after(timedelta(days=30))

    assert not Decision.objects.exists()
    assert LogEntry.objects.get().object_repr == ""


def test_what_the_filter_learned_stays_when_spam_goes() -> None:
    create_comment(status="spam", text="Goedkope pillen zonder recept.")
    learned = every_row()["comments.SpamWord"]

    clean_up_after(timedelta(days=30))

    assert every_row()["comments.SpamWord"] == learned


# --- Reports --------------------------------------------------------------------------------------


def test_decided_report_goes_after_180_days() -> None:
    comment = create_comment()
    reports.report(comment, ground=Report.Ground.INSULT, explanation="")
    moderation.approve(fresh(comment), by=create_editor(), version=1)

    goes_after(timedelta(days=180), Report.objects.exists)


def test_report_that_waits_stays() -> None:
    reports.report(create_comment(), ground=Report.Ground.INSULT, explanation="")

    clean_up_after(timedelta(days=10_000))

    assert Report.objects.get().outcome == ""


def test_report_outlives_the_words_that_it_is_about() -> None:
    comment = hidden_after_a_report()

    clean_up_after(timedelta(days=30))

    assert fresh(comment).text == ""
    assert Report.objects.get().explanation == "Tien is te veel."
    clean_up_after(timedelta(days=180))
    assert not Comment.objects.exists()


# --- Wordings -------------------------------------------------------------------------------------


def test_original_of_a_redacted_comment_goes_after_30_days() -> None:
    comment = create_comment(text="Bel Jan op 06-12345678.")
    moderation.redact(comment, by=create_editor(), version=1, name="Joke", text="Bel Jan.")

    goes_after(timedelta(days=30), Version.objects.exists)

    assert fresh(comment).text == "Bel Jan."


def test_original_is_there_for_30_days_however_old_it_was_when_it_was_redacted() -> None:
    with time_machine.travel(NOON - timedelta(days=20), tick=False):
        comment = create_comment(text="Een.")
        submission.edit(comment, name="Joke", text="Bel 06-12345678.", arrival=ARRIVAL)
        moderation.approve(fresh(comment), by=create_editor(), version=2)
    moderation.redact(fresh(comment), by=create_editor(), version=2, name="Joke", text="Bel.")

    def original() -> bool:
        return Version.objects.filter(text="Bel 06-12345678.").exists()

    goes_after(timedelta(days=30), original)


def test_wording_that_an_edit_replaced_goes_after_30_days() -> None:
    comment = create_comment(status="pending", text="Een.")
    submission.edit(comment, name="Joke", text="Twee.", arrival=ARRIVAL)

    goes_after(timedelta(days=30), Version.objects.exists)


def test_edit_that_was_rejected_goes_30_days_after_that() -> None:
    with time_machine.travel(NOON - timedelta(days=60), tick=False):
        comment = create_comment(text="Een.")
        submission.edit(comment, name="Joke", text="Twee.", arrival=ARRIVAL)
    moderation.reject(fresh(comment), by=create_editor(), version=2)

    goes_after(timedelta(days=30), Version.objects.exists)

    assert fresh(comment).newest_wording.text == "Een."
    assert fresh(comment).status == "approved"


def test_edit_that_waits_stays() -> None:
    comment = create_comment(text="Een.")
    submission.edit(comment, name="Joke", text="Twee.", arrival=ARRIVAL)

    clean_up_after(timedelta(days=1_000))

    assert fresh(comment).newest_wording.text == "Twee."


# --- Addresses ------------------------------------------------------------------------------------


def test_address_that_nobody_confirmed_goes_after_7_days() -> None:
    comment = create_comment(email=ADDRESS)

    goes_after(timedelta(days=7), EmailAddress.objects.exists)

    assert fresh(comment).email is None
    assert fresh(comment).text == comment.text


def test_address_that_was_asked_again_has_its_days_anew() -> None:
    comment = create_comment(email=ADDRESS)
    with time_machine.travel(NOON + timedelta(days=5), tick=False):
        correspondence.ask_to_confirm(fresh(comment))

    clean_up_after(timedelta(days=12) - A_SECOND)
    assert fresh(comment).email
    clean_up_after(timedelta(days=12))
    assert fresh(comment).email is None


def test_confirmed_address_goes_after_365_days() -> None:
    comment = create_confirmed_comment()
    Comment.objects.update(wants_replies=True)

    goes_after(timedelta(days=365), EmailAddress.objects.exists)

    assert fresh(comment).text == comment.text
    assert (fresh(comment).email, fresh(comment).confirmed_at) == (None, None)
    assert not fresh(comment).wants_replies


def test_days_of_a_confirmed_address_count_from_the_last_time() -> None:
    create_confirmed_comment()
    with time_machine.travel(NOON + timedelta(days=300), tick=False):
        create_confirmed_comment()

    clean_up_after(timedelta(days=665) - A_SECOND)
    assert EmailAddress.objects.exists()
    clean_up_after(timedelta(days=665))
    assert not EmailAddress.objects.exists()


def test_confirmed_address_that_no_comment_has_any_more_goes() -> None:
    create_confirmed_comment(status="rejected")
    EmailAddress.objects.update(asked_at=None)

    clean_up_after(timedelta(days=29))
    assert EmailAddress.objects.exists()
    clean_up_after(timedelta(days=30))
    assert not EmailAddress.objects.exists()


def test_address_whose_owner_stopped_our_mails_is_remembered_for_365_days() -> None:
    create_comment(email=ADDRESS)
    correspondence.stop(links.stop_link(EmailAddress.objects.get()))

    goes_after(timedelta(days=365), EmailAddress.objects.exists)


def test_comment_loses_an_address_that_was_confirmed_for_another_only() -> None:
    create_confirmed_comment()
    unconfirmed = create_comment(email=ADDRESS)

    goes_after(timedelta(days=7), lambda: fresh(unconfirmed).email is not None)

    assert EmailAddress.objects.exists()


def test_link_to_confirm_works_for_all_its_days_whatever_happens_to_the_address() -> None:
    with time_machine.travel(NOON - timedelta(days=20), tick=False):
        create_confirmed_comment()
        old = create_comment()
    correspondence.request_replies(old, ADDRESS)
    link = confirm_link(old)
    EmailAddress.objects.update(asked_at=None)

    clean_up_after(timedelta(days=7) - A_SECOND)

    with time_machine.travel(NOON + timedelta(days=7) - A_SECOND, tick=False):
        assert confirmation.confirm(link).confirmed_at


def test_address_that_got_no_link_because_we_asked_it_today_is_kept_as_long_as_one_that_did() -> (
    None
):
    with time_machine.travel(NOON - timedelta(days=20), tick=False):
        create_confirmed_comment()
        old = create_comment()
    create_comment(email=ADDRESS)
    correspondence.request_replies(old, ADDRESS)
    assert not Link.objects.filter(comment=old).exists()

    goes_after(timedelta(days=7), lambda: fresh(old).email is not None)


def test_address_that_was_confirmed_for_another_comment_only_counts_as_gone_in_time() -> None:
    create_confirmed_comment()
    unconfirmed = create_comment(email=ADDRESS)

    with time_machine.travel(NOON + timedelta(days=7) - A_SECOND, tick=False):
        assert retention.kept_address(fresh(unconfirmed))
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        assert retention.kept_address(fresh(unconfirmed)) is None


@pytest.mark.parametrize("confirmed", [True, False])
def test_address_past_its_term_counts_as_gone_before_it_is_cleaned_up(confirmed: bool) -> None:
    create = create_confirmed_comment if confirmed else create_comment
    comment = create(email=ADDRESS)
    term = timedelta(days=365 if confirmed else 7)

    with time_machine.travel(NOON + term - A_SECOND, tick=False):
        assert retention.kept_address(fresh(comment))
    with time_machine.travel(NOON + term, tick=False):
        assert retention.kept_address(fresh(comment)) is None


# --- Links, mails, hashes -------------------------------------------------------------------------


def test_link_goes_when_it_expires_and_a_link_to_stop_never_does() -> None:
    create_confirmed_comment()
    email = EmailAddress.objects.get()
    stop, confirm = links.stop_link(email), Link.objects.get(purpose="confirm")
    assert confirm.expires_at == NOON + retention.LINK

    goes_after(timedelta(days=7), Link.objects.filter(pk=confirm.pk).exists)

    assert list(Link.objects.all()) == [stop]


@pytest.mark.parametrize("status", Mail.Status.values)
def test_mail_goes_after_30_days(status: str) -> None:
    Mail.objects.create(user=create_superuser(), purpose="queue", status=status)

    goes_after(timedelta(days=30), Mail.objects.exists)


def test_hashes_and_their_key_go_at_midnight() -> None:
    create_comment(status="pending")
    take(Action.COMMENT, "192.0.2.0/24")
    assert all(model.objects.exists() for model in (DailyKey, Submission, Attempt))
    midnight = timedelta(hours=12)

    clean_up_after(midnight - A_SECOND)
    assert all(model.objects.exists() for model in (DailyKey, Submission, Attempt))
    clean_up_after(midnight)
    assert not any(model.objects.exists() for model in (DailyKey, Submission, Attempt))


# --- All of it ------------------------------------------------------------------------------------


def test_nothing_within_its_term_is_touched() -> None:
    create_comment()
    create_comment(status="rejected")
    hidden_after_a_report()
    withdrawn()
    create_confirmed_comment()
    create_comment(email="ander@voorbeeld.nl")
    before = every_row()

    counts = clean_up()

    assert every_row() == before
    assert set(vars(counts).values()) == {0}


def test_cleaning_up_twice_changes_nothing_more() -> None:
    parent = withdrawn()
    create_comment(parent=parent)
    hidden_after_a_report()
    create_comment(email=ADDRESS, status="rejected")
    later = timedelta(days=31)
    clean_up_after(later)
    before = every_row()

    counts = clean_up_after(later)

    assert every_row() == before
    assert set(vars(counts).values()) == {0}


def test_command_prints_what_it_took_away() -> None:
    create_comment(status="rejected")
    printed = StringIO()

    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        call_command("clean_up_comments", stdout=printed)
        call_command("clean_up_comments", verbosity=0, stdout=printed)

    lines = printed.getvalue().splitlines()
    assert lines[0] == "comments: 1"
    assert len(lines) == len(vars(clean_up()))
