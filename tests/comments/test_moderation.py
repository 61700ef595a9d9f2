"""What moderators decide about comments, what is remembered of it, and how it is undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from blog.models import Moderation, Post
from comments import moderation, reports, submission
from comments.models import Comment, Decision, Erasure, Report, SpamWord
from comments.moderation import ChangedError
from comments.privacy.erasure import erase
from comments.spam import Arrival
from comments.spam.verdict import SUSPICIOUS_AT
from tests.comments.correspondents import edit
from tests.factories import (
    create_author,
    create_comment,
    create_editor,
    create_post,
    create_user,
    fresh,
)
from tests.instants import NOON

pytestmark = pytest.mark.django_db

Decide = Callable[..., Decision | None]
DECISIONS: list[tuple[Decide, str]] = [
    (moderation.approve, "approved"),
    (moderation.reject, "rejected"),
    (moderation.mark_spam, "spam"),
]


def made(decision: Decision | None) -> Decision:
    """A decision that changed something."""
    assert decision
    return decision


# --- Deciding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("decide", "status"), DECISIONS)
def test_decision_is_recorded_with_who_why_and_when(decide: Decide, status: str) -> None:
    comment, editor = create_comment(status="pending"), create_editor()

    with time_machine.travel(NOON, tick=False):
        decide(comment, by=editor, version=1, reason="Zo spreken we het af.")

    decision = Decision.objects.get()
    after = fresh(comment)
    assert (after.status, after.decided_at, after.waiting_since) == (status, NOON, None)
    assert (decision.comment, decision.status, decision.made_by) == (comment, status, editor)
    assert (decision.reason, decision.made_at) == ("Zo spreken we het af.", NOON)


@pytest.mark.parametrize(("decide", "status"), DECISIONS)
def test_deciding_the_same_again_records_nothing(decide: Decide, status: str) -> None:
    comment = create_comment(status=status)
    before = Comment.objects.values().get()

    assert decide(comment, by=create_editor(), version=1) is None

    assert Comment.objects.values().get() == before
    assert Decision.objects.count() == 1


def test_every_step_of_a_changed_mind_is_recorded() -> None:
    comment, editor = create_comment(status="pending"), create_editor()

    for decide in (moderation.approve, moderation.reject, moderation.approve):
        decide(comment, by=editor, version=1)

    steps = [decision.status for decision in comment.decisions.all()]
    assert steps == ["approved", "rejected", "approved"]


@pytest.mark.parametrize(("decide", "status"), DECISIONS)
def test_deciding_asks_for_its_own_permission(decide: Decide, status: str) -> None:
    comment = create_comment(status="pending")
    others = ["change_comment", "add_comment", "delete_comment", "view_comment", "publish_post"]

    with pytest.raises(PermissionDenied):
        decide(comment, by=create_user(may=others), version=1)

    assert fresh(comment).status == "pending"
    assert Decision.objects.count() == 0
    decide(comment, by=create_user(may=["moderate_comment"]), version=1)
    assert fresh(comment).status == status


def test_rejected_comment_leaves_the_page(client: Client) -> None:
    comment = create_comment(text="Was zichtbaar.")
    assert "Was zichtbaar." in client.get(comment.post.get_absolute_url()).content.decode()

    moderation.reject(comment, by=create_editor(), version=1)

    assert "Was zichtbaar." not in client.get(comment.post.get_absolute_url()).content.decode()


def test_deleted_moderator_leaves_the_decision() -> None:
    editor = create_editor()
    create_comment(by=editor)

    editor.delete()

    assert Decision.objects.get().made_by is None


@pytest.mark.parametrize(("decide", "_status"), DECISIONS)
def test_text_that_nobody_has_seen_is_not_decided_about(
    client: Client, decide: Decide, _status: str
) -> None:
    comment = create_comment(text="Gezien.")
    edit(comment, "Niet gezien.")

    with pytest.raises(ChangedError):
        decide(comment, by=create_editor(), version=1)

    page = client.get(comment.post.get_absolute_url()).content.decode()
    assert "Gezien." in page
    assert "Niet gezien." not in page
    assert fresh(comment).waiting_since


@pytest.mark.parametrize(("decide", "_status"), DECISIONS)
def test_withdrawn_comment_is_not_decided_about(decide: Decide, _status: str) -> None:
    comment = create_comment(status="pending")
    submission.withdraw(comment)

    with pytest.raises(ChangedError):
        decide(comment, by=create_editor(), version=1)

    assert fresh(comment).status == "withdrawn"


def test_approved_edit_takes_the_place_of_the_earlier_text(client: Client) -> None:
    comment = create_comment(text="Eerst dit.")
    edit(comment, "En nu dit.")

    moderation.approve(comment, by=create_editor(), version=2)

    page = client.get(comment.post.get_absolute_url()).content.decode()
    assert "En nu dit." in page
    assert "Eerst dit." not in page


def test_rejected_edit_leaves_the_earlier_text(client: Client) -> None:
    comment = create_comment(text="Eerst dit.")
    edit(comment, "En nu dit.")

    moderation.reject(comment, by=create_editor(), version=2)

    page = client.get(comment.post.get_absolute_url()).content.decode()
    assert "Eerst dit." in page
    assert "En nu dit." not in page
    assert fresh(comment).waiting_since is None


@pytest.mark.parametrize(
    ("decide", "outcome"),
    [(moderation.approve, "kept"), (moderation.reject, "hidden"), (moderation.mark_spam, "hidden")],
)
def test_decision_ends_the_reports_with_its_reason(decide: Decide, outcome: str) -> None:
    comment = create_comment()
    report = reports.report(comment, ground=Report.Ground.INSULT, explanation="")

    decide(comment, by=create_editor(), version=1, reason="Daarom.")

    report.refresh_from_db()
    assert (report.outcome, report.reason) == (outcome, "Daarom.")


# --- Undoing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("decide", "_status"), DECISIONS)
def test_undone_decision_leaves_the_comment_waiting_as_long_as_before(
    decide: Decide, _status: str
) -> None:
    comment, editor = create_comment(status="pending"), create_editor()
    before = fresh(comment)

    moderation.undo(made(decide(comment, by=editor, version=1)), by=editor)

    after = fresh(comment)
    assert (after.status, after.decided_at) == ("pending", None)
    assert after.waiting_since == before.waiting_since
    assert Decision.objects.get().undone_at


@pytest.mark.parametrize(("decide", "_status"), DECISIONS)
def test_edit_that_was_decided_about_waits_again(
    client: Client, decide: Decide, _status: str
) -> None:
    comment, editor = create_comment(text="Eerst dit."), create_editor()
    edit(comment, "En nu dit.")

    moderation.undo(made(decide(comment, by=editor, version=2)), by=editor)

    after = fresh(comment)
    assert after.has_waiting_edit
    assert after.newest_wording.text == "En nu dit."
    page = client.get(comment.post.get_absolute_url()).content.decode()
    assert "Eerst dit." in page
    assert "En nu dit." not in page


@pytest.mark.parametrize(("decide", "_status"), DECISIONS)
def test_reports_that_were_decided_about_wait_again(decide: Decide, _status: str) -> None:
    comment, editor = create_comment(), create_editor()
    report = reports.report(comment, ground=Report.Ground.INSULT, explanation="")

    moderation.undo(made(decide(comment, by=editor, version=1, reason="Daarom.")), by=editor)

    report.refresh_from_db()
    assert (report.outcome, report.reason, report.decided_at) == ("", "", None)
    after = fresh(comment)
    assert after.is_public
    assert after.waiting_since


def test_what_was_learned_from_a_decision_is_unlearned() -> None:
    comment, editor = create_comment(status="pending", text="Nachtmerrie."), create_editor()
    learned = list(SpamWord.objects.order_by("stem").values("stem", "genuine", "spam"))

    decision = made(moderation.mark_spam(comment, by=editor, version=1))
    assert SpamWord.objects.filter(spam__gt=0).exists()
    moderation.undo(decision, by=editor)

    after = SpamWord.objects.exclude(genuine=0, spam=0).order_by("stem")
    assert list(after.values("stem", "genuine", "spam")) == learned
    assert fresh(comment).learned_as == ""


def test_decisions_are_undone_one_after_the_other() -> None:
    comment, editor = create_comment(status="pending"), create_editor()
    first = made(moderation.approve(comment, by=editor, version=1))
    second = made(moderation.mark_spam(comment, by=editor, version=1))

    with pytest.raises(ChangedError):
        moderation.undo(first, by=editor)
    moderation.undo(second, by=editor)
    assert fresh(comment).status == "approved"
    moderation.undo(first, by=editor)

    assert fresh(comment).status == "pending"


def test_decision_is_undone_once() -> None:
    comment, editor = create_comment(status="pending"), create_editor()
    decision = made(moderation.approve(comment, by=editor, version=1))
    moderation.undo(decision, by=editor)

    with pytest.raises(ChangedError):
        moderation.undo(decision, by=editor)


def test_decision_stays_once_the_writer_has_edited() -> None:
    comment, editor = create_comment(status="pending"), create_editor()
    decision = made(moderation.approve(comment, by=editor, version=1))
    edit(comment, "Toch anders.")

    with pytest.raises(ChangedError):
        moderation.undo(decision, by=editor)


def test_decision_stays_once_the_writer_has_withdrawn() -> None:
    comment, editor = create_comment(status="pending"), create_editor()
    decision = made(moderation.approve(comment, by=editor, version=1))
    submission.withdraw(comment)

    with pytest.raises(ChangedError):
        moderation.undo(decision, by=editor)

    assert fresh(comment).status == "withdrawn"


def test_undoing_asks_for_its_own_permission() -> None:
    comment = create_comment(status="pending")
    decision = made(moderation.approve(comment, by=create_editor(), version=1))

    with pytest.raises(PermissionDenied):
        moderation.undo(decision, by=create_user(may=["change_comment", "view_comment"]))

    assert fresh(comment).status == "approved"


# --- Answering ----------------------------------------------------------------------------------


@pytest.fixture
def karin() -> User:
    """A moderator whose account is tied to an author."""
    user = create_editor(username="karin")
    create_author(name="Karin", user=user)
    return user


def test_answer_of_an_editor_stands_below_the_comment_with_a_badge(
    client: Client, karin: User
) -> None:
    comment = create_comment()

    answer = moderation.answer(comment, by=karin, text="Dank je wel.")

    assert (answer.parent, answer.name, answer.badge) == (comment, "Karin", "editor")
    assert answer.key is None
    assert "Dank je wel." in client.get(comment.post.get_absolute_url()).content.decode()


def test_writer_of_the_post_has_another_badge(karin: User) -> None:
    comment = create_comment(post=create_post(authors=[karin.author]))

    assert moderation.answer(comment, by=karin, text="Dank je wel.").badge == "author"


def test_account_without_an_author_cannot_answer() -> None:
    comment = create_comment()

    with pytest.raises(PermissionDenied):
        moderation.answer(comment, by=create_editor(), text="Dank je wel.")

    assert Comment.objects.count() == 1


def test_comment_that_readers_cannot_see_is_not_answered(karin: User) -> None:
    comment = create_comment(status="pending")

    with pytest.raises(ChangedError):
        moderation.answer(comment, by=karin, text="Dank je wel.")

    assert Comment.objects.count() == 1


# --- Redacting ----------------------------------------------------------------------------------


def test_redacted_comment_says_so_to_readers_and_keeps_the_original(client: Client) -> None:
    comment = create_comment(name="Anna", text="Bel 06-12345678.")

    moderation.redact(comment, by=create_editor(), version=1, name="Anna", text="Bel […].")

    page = client.get(comment.post.get_absolute_url()).content.decode()
    assert "Bel […]." in page
    assert "06-12345678" not in page
    assert fresh(comment).redacted_at
    assert comment.versions.get(number=1).text == "Bel 06-12345678."


def test_text_that_nobody_has_seen_is_not_redacted() -> None:
    comment = create_comment(text="Gezien.")
    edit(comment, "Niet gezien.")

    with pytest.raises(ChangedError):
        moderation.redact(comment, by=create_editor(), version=1, name="Joke", text="Minder.")

    assert fresh(comment).text == "Gezien."


def test_redacting_asks_for_its_own_permission() -> None:
    comment = create_comment(text="Zo is het.")

    with pytest.raises(PermissionDenied):
        moderation.redact(
            comment, by=create_user(may=["change_comment"]), version=1, name="Joke", text="x"
        )

    assert fresh(comment).text == "Zo is het."


def test_edit_that_was_refused_is_not_placed_when_a_report_ends_well() -> None:
    comment, editor = create_comment(text="Thee helpt mij."), create_editor()
    submission.edit(comment, name=comment.name, text="Koop mijn thee.", arrival=Arrival())
    moderation.reject(comment, by=editor, version=2)
    reports.report(comment, ground=Report.Ground.OTHER, explanation="Waarom staat dit hier?")

    moderation.approve(comment, by=editor, version=2)

    comment.refresh_from_db()
    assert (comment.text, comment.status) == ("Thee helpt mij.", "approved")
    assert Report.objects.get().outcome == Report.Outcome.KEPT


def test_undone_refusal_lets_the_edit_wait_again() -> None:
    comment, editor = create_comment(text="Thee helpt mij."), create_editor()
    submission.edit(comment, name=comment.name, text="Thee helpt mij goed.", arrival=Arrival())
    decision = moderation.reject(comment, by=editor, version=2)
    assert decision

    moderation.undo(decision, by=editor)
    moderation.approve(comment, by=editor, version=2)

    comment.refresh_from_db()
    assert comment.text == "Thee helpt mij goed."


def test_erasure_cannot_be_undone() -> None:
    comment, editor = create_comment(), create_editor()
    erase(comment, wish=Erasure.Wish.EDITOR, by=editor)

    with pytest.raises(moderation.ChangedError):
        moderation.undo(comment.decisions.get(status="erased"), by=editor)


def test_words_that_were_taken_out_are_unlearned() -> None:
    comment, editor = create_comment(text="Bel Pannekoek maar."), create_editor()
    assert SpamWord.objects.filter(stem__startswith="pannek").exists()

    moderation.redact(comment, by=editor, version=1, name=comment.name, text="Bel […] maar.")

    assert not SpamWord.objects.filter(stem__startswith="pannek").exists()


def test_what_the_filter_filed_is_spam_when_it_was_withdrawn_and_put_back() -> None:
    comment = create_comment(status="pending")
    Comment.objects.filter(pk=comment.pk).update(
        status="spam", spam_score=4, decided_at=timezone.now(), waiting_since=None
    )
    comment.refresh_from_db()

    submission.put_back(submission.withdraw(comment))

    comment.refresh_from_db()
    assert comment.status == "spam"


# --- What writers and readers did meanwhile -----------------------------------------------------


def test_edit_that_was_withdrawn_and_put_back_can_be_rejected() -> None:
    comment, editor = create_comment(text="Thee helpt mij."), create_editor()
    edit(comment, "Thee helpt mij goed.")
    submission.put_back(submission.withdraw(comment))

    assert fresh(comment).text == "Thee helpt mij goed."
    moderation.reject(comment, by=editor, version=2)

    assert fresh(comment).status == "rejected"
    assert fresh(comment).waiting_since is None


@pytest.mark.parametrize("before", ["pending", "approved"])
@pytest.mark.parametrize(
    ("decide", "status"), [(moderation.reject, "rejected"), (moderation.mark_spam, "spam")]
)
def test_decision_that_the_writer_met_by_withdrawing_is_no_way_back(
    before: str, decide: Decide, status: str
) -> None:
    comment = create_comment(status=before)
    decide(comment, by=create_editor(), version=1)

    submission.put_back(submission.withdraw(comment))

    assert fresh(comment).status == status
    assert fresh(comment).waiting_since is None


def test_report_after_a_decision_keeps_it_from_being_undone() -> None:
    comment, editor = create_comment(status="pending"), create_editor()
    decision = made(moderation.approve(comment, by=editor, version=1))
    reports.report(comment, ground=Report.Ground.INSULT, explanation="")

    with pytest.raises(ChangedError):
        moderation.undo(decision, by=editor)

    assert fresh(comment).waiting_since


def test_spam_in_an_edit_is_what_the_filter_learns() -> None:
    comment, editor = create_comment(text="Paardenbloemthee"), create_editor()
    edit(comment, "Gokkastwinst")

    decision = made(moderation.mark_spam(comment, by=editor, version=2))

    words = dict(SpamWord.objects.filter(stem__regex="^(paard|gok)").values_list("stem", "spam"))
    assert [stem[:3] for stem in words] == ["gok"]
    moderation.undo(decision, by=editor)
    assert fresh(comment).text == "Paardenbloemthee"
    assert SpamWord.objects.get(stem__startswith="paard").genuine == 1


def test_moderator_who_agrees_with_the_filter_teaches_it() -> None:
    comment, editor = create_comment(status="pending", text="Gokkastwinst"), create_editor()
    Comment.objects.filter(pk=comment.pk).update(
        status="spam", decided_at=timezone.now(), waiting_since=None
    )

    moderation.mark_spam(comment, by=editor, version=1)

    assert SpamWord.objects.get(stem__startswith="gok").spam == 1
    with pytest.raises(submission.RefusedError):
        edit(comment, "Iets anders.")


def test_refused_edit_is_not_what_an_editor_adapts() -> None:
    comment, editor = create_comment(text="Thee helpt."), create_editor()
    edit(comment, "Jullie zijn gek.")
    moderation.reject(comment, by=editor, version=2)

    moderation.redact(comment, by=editor, version=2, name=comment.name, text="Thee helpt.")

    # That is what readers see already, so there was nothing to adapt.
    assert fresh(comment).newest_version == 2
    assert fresh(comment).offered_wording.text == "Thee helpt."


def test_what_the_filter_said_of_words_that_were_taken_out_is_gone() -> None:
    comment, editor = create_comment(), create_editor()
    Comment.objects.filter(pk=comment.pk).update(spam_findings=[{"signal": "word", "points": 1}])

    moderation.redact(comment, by=editor, version=1, name="Anna", text="Thee.")

    assert fresh(comment).spam_findings == []


def test_comment_past_its_term_cannot_be_brought_back() -> None:
    editor = create_editor()
    with time_machine.travel(NOON, tick=False):
        comment = create_comment(status="pending")
        decision = made(moderation.reject(comment, by=editor, version=1))

    with time_machine.travel(NOON + timedelta(days=31), tick=False):
        with pytest.raises(ChangedError):
            moderation.approve(comment, by=editor, version=1)
        with pytest.raises(ChangedError):
            moderation.undo(decision, by=editor)


def test_edit_of_a_comment_that_was_taken_away_waits_for_a_moderator() -> None:
    comment = create_comment(text="Thee helpt.")
    Post.objects.filter(pk=comment.post_id).update(comments_moderation=Moderation.NONE)
    reports.report(comment, ground=Report.Ground.INSULT, explanation="")
    submission.put_back(submission.withdraw(comment))

    edit(fresh(comment), "Heel anders geschreven.")

    assert fresh(comment).spam_score < SUSPICIOUS_AT
    assert fresh(comment).status == "pending"


def test_edit_that_needs_no_moderator_unteaches_the_words_that_went() -> None:
    comment = create_comment(text="Paardenbloemthee")
    Post.objects.filter(pk=comment.post_id).update(comments_moderation=Moderation.NONE)

    edit(fresh(comment), "Heel anders geschreven.")

    assert fresh(comment).text == "Heel anders geschreven."
    assert not SpamWord.objects.filter(stem__startswith="paard").exists()
