"""Two people, or two clicks, at the same instant: each on a thread and a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from blog import publishing
from blog.models import Moderation, Post
from comments import moderation, queue, reports, submission
from comments.models import (
    Comment,
    DailyKey,
    Decision,
    Erasure,
    Link,
    Report,
    SpamWord,
    Submission,
    Version,
)
from comments.privacy import erasure, retention
from comments.spam import Arrival
from comments.threads import thread
from tests.comments.forms import send
from tests.comments.together import Together, how, in_every_order, one_first
from tests.factories import (
    create_author,
    create_comment,
    create_editor,
    create_post,
    fresh,
    set_moderation,
)
from tests.pages import Answer, form_values, parse, with_id

pytestmark = pytest.mark.django_db(transaction=True)

ARRIVAL = Arrival(network="198.51.100.0/24")
SEEN = "Deze woorden las de redacteur."
UNSEEN = "Deze woorden las nog niemand."


def comment_on(post: Post, **fields: str) -> Answer:
    """Send the form below a post, in a browser of its own."""
    return send(Client(), post, **fields)


def article(post: Post) -> str:
    """The page that readers see."""
    return Client().get(post.get_absolute_url()).content.decode()


def leads_to(answer: Answer) -> str:
    """The receipt to which an answer leads."""
    assert how(answer) == "done", answer
    assert answer.status_code == 302, answer.content.decode()
    location: str = answer["Location"]
    return location


# --- Sending --------------------------------------------------------------------------------------


@in_every_order
def test_form_that_is_sent_twice_is_one_comment_with_one_receipt(together: Together) -> None:
    post = create_post()
    page = parse(Client().get(f"/blog/{post.slug}/reageren/").content)
    form = form_values(with_id(page, "reactieformulier"))
    form |= {"naam": "Joke", "tekst": "Fijn artikel.", "mailadres": f"joke.{post.pk}@example.org"}

    first, second = together(lambda: comment_on(post, **form), lambda: comment_on(post, **form))

    comment = Comment.objects.get(post=post)
    assert leads_to(first) == leads_to(second) == comment.receipt_url
    assert "used_form" not in [finding["signal"] for finding in comment.spam_findings]
    assert (comment.links.count(), comment.mails.count()) == (1, 1)


@in_every_order
def test_first_comments_of_a_day_are_marked_by_one_key(together: Together) -> None:
    DailyKey.objects.all().delete()
    DailyKey.objects.create(day=timezone.localdate() - timedelta(days=1), key=b"yesterday")
    posts = create_post(), create_post()

    first, second = together(*(lambda post=post: comment_on(post) for post in posts))

    assert DailyKey.objects.get().day == timezone.localdate()
    assert Submission.objects.filter(comment__post__in=posts).count() == 2
    assert [leads_to(comment_on(post)) for post in posts] == [leads_to(first), leads_to(second)]


CLOSINGS: dict[str, Callable[[Post, User], object]] = {
    "closed": lambda post, editor: publishing.open_comments(post, by=editor, opened=False),
    "offline": lambda post, editor: publishing.unpublish(post, by=editor),
    "thrown away": lambda post, editor: publishing.throw_away(post, by=editor),
}


@pytest.mark.parametrize("closing", CLOSINGS)
@in_every_order
def test_comment_on_a_post_that_closes_is_kept_or_comes_back_with_its_text(
    together: Together, closing: str
) -> None:
    post, editor = create_post(), create_editor()

    closed, sent = together(
        lambda: CLOSINGS[closing](post, editor),
        lambda: comment_on(post, tekst="Lang over nagedacht."),
    )

    assert (how(closed), how(sent)) == ("done", "done"), (closed, sent)
    kept = Comment.objects.filter(post=post)
    if together is one_first or sent.status_code != 302:
        assert sent.status_code in {404, 409, 410}
        assert "Lang over nagedacht." in sent.content.decode()
        assert not kept.exists()
    else:
        assert leads_to(sent) == kept.get().receipt_url


# --- A reply, and what becomes of the comment that it answers -------------------------------------

REMOVALS: dict[str, Callable[[Comment, User], object]] = {
    "rejected": lambda comment, editor: moderation.reject(comment, by=editor, version=1),
    "spam": lambda comment, editor: moderation.mark_spam(comment, by=editor, version=1),
    "withdrawn": lambda comment, editor: submission.withdraw(comment),
    "erased": lambda comment, editor: erasure.erase(comment, wish=Erasure.Wish.WRITER),
}


@pytest.mark.parametrize("status", REMOVALS)
@in_every_order
def test_reply_to_a_comment_that_is_removed_is_kept_below_its_place(
    together: Together, status: str
) -> None:
    editor = create_editor()
    parent = create_comment(name="Anna Weg")
    form = {"tekst": "Daar ben ik het mee eens.", "op": str(parent.uid)}

    removed, sent = together(
        lambda: REMOVALS[status](parent, editor), lambda: comment_on(parent.post, **form)
    )

    assert how(removed) == "done", removed
    assert leads_to(sent) == parent.replies.get().receipt_url
    moderation.approve(parent.replies.get(), by=editor, version=1)
    (root,) = thread(parent.post).roots
    assert (fresh(parent).status, root.removed) == (status, True)
    assert [reply.text for reply in root.replies] == ["Daar ben ik het mee eens."]
    page = article(parent.post)
    assert "Daar ben ik het mee eens." in page
    assert "Anna Weg" not in page
    assert parent.text not in page


@pytest.mark.parametrize("status", ["rejected", "erased"])
@in_every_order
def test_approved_reply_stands_below_the_place_of_a_comment_that_is_removed(
    together: Together, status: str
) -> None:
    editor, parent = create_editor(), create_comment()
    reply = create_comment(parent=parent, status="pending")

    removed, approved = together(
        lambda: REMOVALS[status](parent, editor),
        lambda: moderation.approve(reply, by=editor, version=1),
    )

    assert (how(removed), how(approved)) == ("done", "done"), (removed, approved)
    (root,) = thread(parent.post).roots
    assert (fresh(parent).status, root.removed) == (status, True)
    assert [placed.pk for placed in root.replies] == [reply.pk]


@in_every_order
def test_reply_to_a_comment_that_is_cleared_away_is_kept_or_comes_back_with_its_text(
    together: Together,
) -> None:
    parent = create_comment()
    submission.withdraw(parent)
    long_ago = timezone.now() - retention.UNPLACED_COMMENT - timedelta(days=1)
    Comment.objects.filter(pk=parent.pk).update(decided_at=long_ago)
    form = {"tekst": "Daar ben ik het mee eens.", "op": str(parent.uid)}

    cleared, sent = together(retention.clean_up, lambda: comment_on(parent.post, **form))

    assert (how(cleared), how(sent)) == ("done", "done"), (cleared, sent)
    if sent.status_code == 302:
        assert parent.replies.get().text == "Daar ben ik het mee eens."
    else:
        assert sent.status_code == 409
        assert "Daar ben ik het mee eens." in sent.content.decode()


# --- What a moderator saw -------------------------------------------------------------------------


def state(comment: Comment) -> tuple[str, str, int, int]:
    """What readers see or will see, and which wording that is."""
    row = fresh(comment)
    return row.status, row.text, row.version, row.newest_version


@in_every_order
def test_wording_that_the_moderator_did_not_see_is_not_published(together: Together) -> None:
    editor, comment = create_editor(), create_comment(status="pending", text=SEEN)

    approved, edited = together(
        lambda: moderation.approve(comment, by=editor, version=1),
        lambda: submission.edit(comment, name="Joke", text=UNSEEN, arrival=ARRIVAL),
    )

    assert how(edited) == "done", edited
    assert (how(approved), *state(comment)) in [
        ("done", "approved", SEEN, 1, 2),
        ("ChangedError", "pending", UNSEEN, 2, 2),
    ]
    assert fresh(comment).waiting_since
    page = article(comment.post)
    assert UNSEEN not in page
    assert (SEEN in page) == (how(approved) == "done")
    assert fresh(comment).newest_wording.text == UNSEEN


@pytest.mark.parametrize("status", ["rejected", "spam"])
@in_every_order
def test_comment_is_not_decided_about_unseen_and_not_edited_once_it_is_decided(
    together: Together, status: str
) -> None:
    SpamWord.objects.all().delete()
    editor, comment = create_editor(), create_comment(status="pending")

    decided, edited = together(
        lambda: REMOVALS[status](comment, editor),
        lambda: submission.edit(comment, name="Joke", text=UNSEEN, arrival=ARRIVAL),
    )

    assert (how(decided), how(edited), *state(comment)) in [
        ("done", "RefusedError", status, comment.text, 1, 1),
        ("ChangedError", "done", "pending", UNSEEN, 2, 2),
    ]


@in_every_order
def test_edit_of_a_public_comment_waits_while_an_earlier_one_is_approved(
    together: Together,
) -> None:
    editor, comment = create_editor(), create_comment(text="De eerste woorden.")
    submission.edit(comment, name="Joke", text=SEEN, arrival=ARRIVAL)

    approved, edited = together(
        lambda: moderation.approve(comment, by=editor, version=2),
        lambda: submission.edit(comment, name="Joke", text=UNSEEN, arrival=ARRIVAL),
    )

    assert how(edited) == "done", edited
    assert (how(approved), *state(comment)) in [
        ("done", "approved", SEEN, 2, 3),
        ("ChangedError", "approved", "De eerste woorden.", 1, 3),
    ]
    assert fresh(comment).has_waiting_edit
    assert UNSEEN not in article(comment.post)


@in_every_order
def test_undoing_an_approval_never_publishes_an_edit(together: Together) -> None:
    editor, comment = create_editor(), create_comment(status="pending", text=SEEN)
    decision = moderation.approve(comment, by=editor, version=1)
    assert decision

    undone, edited = together(
        lambda: moderation.undo(decision, by=editor),
        lambda: submission.edit(comment, name="Joke", text=UNSEEN, arrival=ARRIVAL),
    )

    assert how(edited) == "done", edited
    assert (how(undone), *state(comment)) in [
        ("done", "pending", UNSEEN, 2, 2),
        ("ChangedError", "approved", SEEN, 1, 2),
    ]
    assert fresh(comment).waiting_since
    assert UNSEEN not in article(comment.post)


PAIRS = [
    (moderation.approve, moderation.approve),
    (moderation.approve, moderation.reject),
    (moderation.approve, moderation.mark_spam),
    (moderation.reject, moderation.mark_spam),
]


@pytest.mark.parametrize(
    ("one", "other"), PAIRS, ids=lambda decide: decide.__name__.removeprefix("mark_")
)
@in_every_order
def test_of_two_decisions_the_last_one_stands_and_both_are_on_record(
    together: Together, one: Callable[..., Any], other: Callable[..., Any]
) -> None:
    SpamWord.objects.all().delete()
    editors, comment = (create_editor(), create_editor()), create_comment(status="pending")

    outcomes = together(
        lambda: one(comment, by=editors[0], version=1),
        lambda: other(comment, by=editors[1], version=1),
    )

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    made = list(Decision.objects.filter(comment=comment))
    assert {decision.pk for decision in made} == {made.pk for made in outcomes if made}
    assert len(made) == (1 if one is other else 2)
    assert [decision.before["status"] for decision in made] == [
        "pending",
        *(decision.status for decision in made[:-1]),
    ]
    row = fresh(comment)
    assert (row.status, row.waiting_since) == (made[-1].status, None)
    assert (comment.text in article(comment.post)) == row.is_public
    lesson = {"approved": (1, 0), "spam": (0, 1), "rejected": None}[row.status]
    counted = SpamWord.objects.filter(stem="").values_list("genuine", "spam").first()
    assert counted == lesson


@in_every_order
def test_comments_that_are_approved_together_get_places_of_their_own(together: Together) -> None:
    post, editor = create_post(), create_editor()
    comments = [create_comment(post=post, status="pending") for _each in range(2)]

    outcomes = together(
        *(
            lambda comment=comment: moderation.approve(comment, by=editor, version=1)
            for comment in comments
        )
    )

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    assert sorted(fresh(comment).position or 0 for comment in comments) == [1, 2]


@in_every_order
def test_comments_that_are_edited_together_and_need_no_moderator_lose_no_words(
    together: Together,
) -> None:
    set_moderation(Moderation.ALL)
    post = create_post()
    comments = [create_comment(post=post, status="pending") for _each in range(2)]
    set_moderation(Moderation.NONE)

    outcomes = together(
        *(
            lambda comment=comment: submission.edit(
                comment, name="Joke", text=f"Bij nader inzien {comment.pk}.", arrival=ARRIVAL
            )
            for comment in comments
        )
    )

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    texts = [fresh(comment).text for comment in comments]
    assert texts == [f"Bij nader inzien {comment.pk}." for comment in comments]


@in_every_order
def test_report_that_the_moderator_did_not_see_is_not_decided_about(together: Together) -> None:
    editor, comment = create_editor(), create_comment()
    seen = queue.Seen.of(comment, reports=0)

    decided, reported = together(
        lambda: queue.decide(comment, "reject", by=editor, seen=seen),
        lambda: reports.report(comment, ground=Report.Ground.INSULT, explanation=""),
    )

    assert (how(decided), how(reported), fresh(comment).status) in [
        ("done", "NotPublicError", "rejected"),
        ("ChangedError", "done", "approved"),
    ]


@in_every_order
def test_answer_is_taken_back_or_rejected(together: Together) -> None:
    editor, comment = create_editor(), create_comment()
    create_author(user=editor)
    (decision,) = queue.answer(comment, by=editor, seen=None, text="Dank je wel!")
    reply = decision.comment

    undone, rejected = together(
        lambda: queue.undo(decision, by=editor),
        lambda: moderation.reject(reply, by=editor, version=1),
    )

    assert (how(undone), how(rejected), fresh(reply).status) in [
        ("done", "ChangedError", "withdrawn"),
        ("ChangedError", "done", "rejected"),
    ]


@in_every_order
def test_same_answer_that_is_sent_twice_is_placed_once(together: Together) -> None:
    editor, comment = create_editor(), create_comment()
    create_author(user=editor)

    def answer() -> Any:
        return queue.answer(comment, by=editor, seen=None, text="Dank je wel!")

    first, second = together(answer, answer)

    assert (how(first), how(second)) == ("done", "done"), (first, second)
    assert comment.replies.count() == 1


@in_every_order
def test_comment_that_is_edited_while_it_is_answered_is_answered_as_it_was(
    together: Together,
) -> None:
    editor, comment = create_editor(), create_comment()
    create_author(user=editor)

    answered, edited = together(
        lambda: queue.answer(comment, by=editor, seen=None, text="Dank je wel!"),
        lambda: submission.edit(comment, name="Joke", text=UNSEEN, arrival=ARRIVAL),
    )

    assert how(edited) == "done", edited
    assert (how(answered), comment.replies.count()) in [("done", 1), ("ChangedError", 0)]


# --- What a writer takes away ---------------------------------------------------------------------


@in_every_order
def test_withdrawn_comment_is_not_public_whatever_is_decided(together: Together) -> None:
    editor, comment = create_editor(), create_comment(status="pending")

    withdrawn, approved = together(
        lambda: submission.withdraw(comment),
        lambda: moderation.approve(comment, by=editor, version=1),
    )

    assert how(withdrawn) == "done", withdrawn
    assert how(approved) in {"done", "ChangedError"}
    assert (fresh(comment).status, fresh(comment).waiting_since) == ("withdrawn", None)
    # Its place is its own for good, once it had one.
    assert fresh(comment).was_public == (how(approved) == "done")
    assert comment.text not in article(comment.post)


@in_every_order
def test_comment_that_is_edited_while_it_is_withdrawn_keeps_the_words_that_were_taken(
    together: Together,
) -> None:
    comment = create_comment(status="pending")

    withdrawn, edited = together(
        lambda: submission.withdraw(comment),
        lambda: submission.edit(comment, name="Joke", text="Andere woorden.", arrival=ARRIVAL),
    )

    assert how(withdrawn) == "done", withdrawn
    assert (how(edited), *state(comment)) in [
        ("done", "withdrawn", "Andere woorden.", 2, 2),
        ("RefusedError", "withdrawn", comment.text, 1, 1),
    ]


@in_every_order
def test_withdrawn_comment_is_not_public_by_undoing_its_rejection(together: Together) -> None:
    editor, comment = create_editor(), create_comment()
    decision = moderation.reject(comment, by=editor, version=1)
    assert decision

    withdrawn, undone = together(
        lambda: submission.withdraw(comment), lambda: moderation.undo(decision, by=editor)
    )

    assert how(withdrawn) == "done", withdrawn
    assert how(undone) in {"done", "ChangedError"}
    assert fresh(comment).status == "withdrawn"
    assert comment.text not in article(comment.post)


@in_every_order
def test_comment_that_is_withdrawn_twice_is_withdrawn_once(together: Together) -> None:
    comment = create_comment()

    outcomes = together(*(lambda: submission.withdraw(comment) for _each in range(2)))

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    assert comment.decisions.filter(status="withdrawn").count() == 1


def assert_nothing_is_left_of(comment: Comment) -> None:
    """Only the place of an erased comment is there."""
    row = fresh(comment)
    assert (row.status, row.name, row.text, row.html, row.key) == ("erased", "", "", "", None)
    assert (row.email, row.waiting_since, row.newest_version) == (None, None, row.version)
    for model in (Link, Submission, Version):
        assert not model._base_manager.filter(comment=comment).exists()
    assert comment.text not in article(comment.post)


@in_every_order
def test_comment_that_is_approved_while_it_is_erased_is_erased(together: Together) -> None:
    SpamWord.objects.all().delete()
    editor, comment = create_editor(), create_comment(status="pending")

    erased, approved = together(
        lambda: erasure.erase(comment, wish=Erasure.Wish.WRITER),
        lambda: moderation.approve(comment, by=editor, version=1),
    )

    assert how(erased) == "done", erased
    assert how(approved) in {"done", "ChangedError"}
    assert_nothing_is_left_of(comment)
    assert not SpamWord.objects.exists()


@in_every_order
def test_comment_that_is_withdrawn_while_it_is_erased_is_erased(together: Together) -> None:
    comment = create_comment()

    erased, withdrawn = together(
        lambda: erasure.erase(comment, wish=Erasure.Wish.WRITER),
        lambda: submission.withdraw(comment),
    )

    assert (how(erased), how(withdrawn)) == ("done", "done"), (erased, withdrawn)
    assert_nothing_is_left_of(comment)


@in_every_order
def test_comment_that_is_put_back_while_it_is_erased_is_erased(together: Together) -> None:
    comment = submission.withdraw(create_comment())

    erased, put_back = together(
        lambda: erasure.erase(comment, wish=Erasure.Wish.WRITER),
        lambda: submission.put_back(comment),
    )

    assert (how(erased), how(put_back)) == ("done", "done"), (erased, put_back)
    assert_nothing_is_left_of(comment)


@in_every_order
def test_comment_that_is_edited_while_it_is_erased_is_erased(together: Together) -> None:
    comment = create_comment()

    erased, edited = together(
        lambda: erasure.erase(comment, wish=Erasure.Wish.WRITER),
        lambda: submission.edit(comment, name="Joke", text=UNSEEN, arrival=ARRIVAL),
    )

    assert how(erased) == "done", erased
    assert how(edited) in {"done", "RefusedError"}
    assert_nothing_is_left_of(comment)


@in_every_order
def test_comment_that_is_reported_while_it_is_erased_is_erased(together: Together) -> None:
    comment = create_comment()
    explanation = "Hier staat mijn naam."

    erased, reported = together(
        lambda: erasure.erase(comment, wish=Erasure.Wish.WRITER),
        lambda: reports.report(comment, ground=Report.Ground.PRIVACY, explanation=explanation),
    )

    assert how(erased) == "done", erased
    assert how(reported) in {"done", "NotPublicError"}
    assert_nothing_is_left_of(comment)
    left = Report.objects.filter(comment=comment).values_list("outcome", "explanation")
    assert list(left) in ([], [("gone", "")])


@in_every_order
def test_mail_that_is_asked_for_while_the_comment_is_erased_leaves_no_address(
    together: Together,
) -> None:
    comment = create_comment()
    form = {"mailadres": f"joke.{comment.pk}@example.org"}

    erased, asked = together(
        lambda: erasure.erase(comment, wish=Erasure.Wish.WRITER),
        lambda: Client().post(f"{comment.receipt_url}mail/", form),
    )

    assert (how(erased), how(asked)) == ("done", "done"), (erased, asked)
    assert asked.status_code in {302, 404}
    assert_nothing_is_left_of(comment)


@in_every_order
def test_comment_that_is_erased_twice_is_erased_once(together: Together) -> None:
    Erasure.objects.all().delete()
    comment = create_comment()

    outcomes = together(
        *(lambda: erasure.erase(comment, wish=Erasure.Wish.WRITER) for _each in range(2))
    )

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    assert Erasure.objects.get().comments == 1
    assert_nothing_is_left_of(comment)


@in_every_order
def test_same_report_sent_twice_is_one_report(together: Together) -> None:
    comment = create_comment()

    outcomes = together(
        *(
            lambda: reports.report(comment, ground=Report.Ground.INSULT, explanation="")
            for _each in range(2)
        )
    )

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    assert outcomes[0] == outcomes[1] == Report.objects.get(comment=comment)
