"""Comments in the admin besides the queue: the list, one comment's page, and what hangs on it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation, reports, submission
from comments.models import Comment, Decision, EmailAddress, Erasure, Mail, Report
from comments.spam import Arrival
from tests.comments.correspondents import ADDRESS, create_confirmed_comment
from tests.comments.test_receipt import planned_draft
from tests.factories import (
    create_author,
    create_comment,
    create_editor,
    create_post,
    create_superuser,
    create_user,
    in_days,
)
from tests.pages import Answer, all_with_class, form_values, parse, visible_text, with_class
from tests.rows import every_row

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/comment/"
MAILS = "/admin/comments/mail/"
VISITOR = f"{LIST}bezoeker/"


@pytest.fixture
def moderator() -> User:
    """Who sits behind the desk."""
    return create_editor(username="karin")


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    """A browser in which a moderator is logged in."""
    client.force_login(moderator)
    return client


def fresh(comment: Comment) -> Comment:
    """The comment as the database has it now."""
    return Comment.objects.get(pk=comment.pk)


def page_url(comment: Comment) -> str:
    """The page of one comment."""
    return f"{LIST}{comment.pk}/change/"


def text_of(client: Client, address: str) -> str:
    """What somebody reads at an address."""
    return visible_text(parse(client.get(address).content))


def edit(comment: Comment, text: str) -> Comment:
    """What the writer makes of a comment within a quarter of an hour."""
    return submission.edit(comment, name=comment.name, text=text, arrival=Arrival())


def report(comment: Comment, explanation: str = "") -> Report:
    """What a reader thinks of a comment."""
    return reports.report(comment, ground=Report.Ground.INSULT, explanation=explanation)


# --- The list -----------------------------------------------------------------------------------


def rows(page: Element) -> list[str]:
    """Who wrote each comment of the list, from top to bottom."""
    return [visible_text(next(row.iter("th"))) for row in list_of(page)]


def list_of(page: Element) -> list[Element]:
    """The rows of the list."""
    found = [table for table in page.iter("table") if table.get("id") == "result_list"]
    return [row for table in found for body in table.iter("tbody") for row in body]


def tick(client: Client, action: str, *comments: Comment, address: str = LIST) -> Answer:
    """Tick comments in the list as it stands now, and carry out an action."""
    page = parse(client.get(address).content)
    form = next(form for form in page.iter("form") if form.get("id") == "changelist-form")
    ticked = [comment.pk for comment in comments]
    values = form_values(form) | {"action": action, "_selected_action": ticked}
    return client.post(address, values, follow=True)


@pytest.mark.parametrize(
    ("action", "status"), [("approve", "approved"), ("reject", "rejected"), ("mark_spam", "spam")]
)
def test_action_decides_about_what_was_ticked(desk: Client, action: str, status: str) -> None:
    post = create_post()
    ticked = [create_comment(post=post, status="pending") for _number in range(3)]
    left = create_comment(post=post, status="pending")

    response = tick(desk, action, *ticked)

    assert Comment.objects.filter(status=status).count() == 3
    assert fresh(left).status == "pending"
    assert Decision.objects.count() == 3
    assert "Over 3 reacties beslist." in visible_text(parse(response.content))


def test_list_shows_the_whole_text_that_it_lets_approve(desk: Client) -> None:
    words = "Alinea één.\n\n" + "heel lang " * 150 + "tot het eind."
    create_comment(status="pending", text=words)

    (text,) = all_with_class(parse(desk.get(LIST).content), "list-text")

    assert text.text == words


def test_list_does_not_decide_about_a_text_that_it_did_not_show(desk: Client) -> None:
    post = create_post()
    edited, reported = create_comment(post=post, text="Gezien."), create_comment(post=post)
    edit(edited, "Niet gezien.")
    made = report(reported)

    response = tick(desk, "approve", edited, reported)

    text = visible_text(parse(response.content))
    assert "2 reacties bleven zoals ze waren" in text
    assert fresh(edited).text == "Gezien."
    made.refresh_from_db()
    assert made.outcome == ""
    assert fresh(edited).waiting_since
    assert fresh(reported).waiting_since


def test_edit_that_came_after_the_list_is_not_approved(desk: Client) -> None:
    comment = create_comment(status="pending", text="Gezien.")
    page = parse(desk.get(LIST).content)
    form = next(form for form in page.iter("form") if form.get("id") == "changelist-form")
    edit(comment, "Niet gezien.")

    desk.post(LIST, form_values(form) | {"action": "approve", "_selected_action": [comment.pk]})

    assert fresh(comment).status == "pending"


def test_list_tells_what_waits_of_a_comment_that_readers_see(desk: Client) -> None:
    post = create_post()
    edit(create_comment(post=post, name="Anna"), "Toch anders.")
    report(create_comment(post=post, name="Bram"))

    bram, anna = list_of(parse(desk.get(LIST).content))

    assert "Goedgekeurd wijziging wacht" in visible_text(anna)
    assert "Goedgekeurd gemeld" in visible_text(bram)


def test_filters_find_what_waits_and_what_was_reported(desk: Client) -> None:
    post = create_post()
    create_comment(post=post, name="Anna", status="pending")
    create_comment(post=post, name="Bram", status="spam")
    report(create_comment(post=post, name="Chris"))
    kept = create_comment(post=post, name="Dirk")
    report(kept)
    moderation.approve(kept, by=create_editor(), version=1)

    def found(query: str) -> list[str]:
        return rows(parse(desk.get(f"{LIST}?{query}").content))

    assert found("status__exact=spam") == ["Bram"]
    assert found("wacht=ja") == ["Chris", "Anna"]
    assert found("gemeld=open") == ["Chris"]
    assert found("gemeld=ooit") == ["Dirk", "Chris"]


def test_comments_on_one_post_are_a_click_away(desk: Client) -> None:
    create_comment(name="Anna")
    create_comment(name="Bram")
    _bram, anna = list_of(parse(desk.get(LIST).content))
    (link,) = [a for a in anna.iter("a") if "artikel=" in a.get("href", "")]

    assert rows(parse(desk.get(LIST + link.get("href", "")).content)) == ["Anna"]


@pytest.mark.parametrize("value", ["x", "0", "-1", "9" * 40, "²"])
def test_filter_on_a_post_that_does_not_exist_is_no_filter(desk: Client, value: str) -> None:
    create_comment(name="Anna")

    assert rows(parse(desk.get(f"{LIST}?artikel={value}").content)) == ["Anna"]


def test_spam_folder_has_the_newest_first_and_approves_after_all(desk: Client) -> None:
    post = create_post()
    first, _second = [
        create_comment(post=post, name=name, status="spam") for name in ("Anna", "Bram")
    ]
    folder = f"{LIST}?status__exact=spam"
    page = parse(desk.get(folder).content)

    tick(desk, "approve", first, address=folder)

    assert rows(page) == ["Bram", "Anna"]
    options = [visible_text(option) for option in page.iter("option")]
    assert "Toch goedkeuren" in options
    assert "Goedkeuren" in [visible_text(o) for o in parse(desk.get(LIST).content).iter("option")]
    assert fresh(first).is_public


def test_list_and_page_know_nothing_past_its_term(desk: Client) -> None:
    comment = create_comment(status="rejected")

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        desk.force_login(create_editor())
        assert rows(parse(desk.get(LIST).content)) == []
        assert desk.get(page_url(comment)).status_code == 404


def test_nothing_is_written_or_deleted_here(desk: Client) -> None:
    comment = create_comment()

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    tick(desk, "delete_selected", comment)
    assert Comment.objects.filter(pk=comment.pk).exists()


def test_list_costs_as_many_queries_with_thirty_comments_as_with_one(desk: Client) -> None:
    post = create_post()
    create_comment(post=post)
    desk.get(LIST)

    with CaptureQueriesContext(connection) as with_one:
        desk.get(LIST)
    for _number in range(29):
        create_comment(post=post)
    with CaptureQueriesContext(connection) as with_thirty:
        desk.get(LIST)

    assert len(with_thirty) == len(with_one)


def test_comments_of_a_post_that_lost_its_address_can_still_be_read(desk: Client) -> None:
    comment = create_comment()
    report(comment)
    planned_draft(comment.post, title="???", slug="")

    for address in (LIST, page_url(comment), f"{LIST}wachtrij/"):
        assert desk.get(address).status_code == 200


def test_hostile_comment_is_harmless_to_its_moderator(desk: Client) -> None:
    words = "<script>alert(1)</script>"
    comment = create_comment(name=words, text=words)
    edit(comment, f"{words} anders")
    report(comment, words)
    moderation.reject(comment, by=create_editor(), version=2, reason=words)

    for page in ("", f"{comment.pk}/change/", f"{comment.pk}/aanpassen/", f"{comment.pk}/wissen/"):
        html = desk.get(LIST + page).content.decode()
        assert words not in html
        assert "&lt;script&gt;alert(1)" in html


# --- One comment --------------------------------------------------------------------------------


def buttons(page: Element) -> list[str]:
    """The decisions that the card offers."""
    places = all_with_class(page, "queue-buttons")
    found = [visible_text(button) for place in places for button in place.iter("button")]
    return [words.rpartition(" ")[0] for words in found]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("pending", ["Goedkeuren", "Afwijzen", "Spam"]),
        ("approved", ["Afwijzen", "Spam"]),
        ("rejected", ["Toch goedkeuren", "Spam"]),
        ("spam", ["Toch goedkeuren", "Afwijzen"]),
    ],
)
def test_page_offers_what_would_change_something(
    desk: Client, status: str, offered: list[str]
) -> None:
    comment = create_comment(status=status)

    assert buttons(parse(desk.get(page_url(comment)).content)) == offered


def decide(desk: Client, comment: Comment, choice: str, **fields: Any) -> Answer:
    """Press a button on the comment's own page."""
    page = parse(desk.get(page_url(comment)).content)
    values = form_values(with_class(page, "queue-form")) | {"choice": choice} | fields
    return desk.post(f"{LIST}{comment.pk}/beslissen/", values)


def test_decision_stays_on_the_page_and_is_undone_there(desk: Client) -> None:
    comment = create_comment(status="spam")

    response = decide(desk, comment, "approve", reason="Was echt.")

    decision = Decision.objects.latest("pk")
    address = f"{page_url(comment)}?besluit={decision.pk}#besluit"
    assert response["Location"] == address
    page = parse(desk.get(address).content)
    notice = with_class(page, "queue-notice")
    assert "Goedgekeurd: reactie van Joke." in visible_text(notice)
    response = desk.post(f"{LIST}ongedaan/", form_values(next(notice.iter("form"))))
    assert response["Location"] == address
    assert fresh(comment).status == "spam"


def test_page_shows_every_step_with_who_why_and_what_was_undone(desk: Client) -> None:
    editor = create_editor(username="piet")
    comment = create_comment(by=editor)
    spam = moderation.mark_spam(comment, by=editor, version=1, reason="Leek reclame.")
    assert spam
    moderation.undo(spam, by=editor)
    submission.withdraw(comment)

    text = text_of(desk, page_url(comment))

    for words in ("Goedgekeurd · piet · tekst 1", "Leek reclame.", "Ongedaan gemaakt op"):
        assert words in text
    assert "Ingetrokken door de schrijver · de schrijver" in text


def test_page_shows_every_text_and_every_report(desk: Client) -> None:
    comment = create_comment(text="Eerst dit.")
    edit(comment, "En nu dit.")
    report(comment, "Wat een toon.")
    moderation.approve(comment, by=create_editor(), version=2, reason="Het mag.")

    text = text_of(desk, page_url(comment))

    for words in ("Eerst dit.", "En nu dit.", "Wat een toon.", "De reactie blijft staan"):
        assert words in text
    assert "Het mag." in text


def test_text_that_was_replaced_is_shown_for_thirty_days(desk: Client, moderator: User) -> None:
    comment = create_comment(text="Eerst dit.")
    edit(comment, "En nu dit.")
    moderation.approve(comment, by=moderator, version=2)
    assert "Eerst dit." in text_of(desk, page_url(comment))

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        desk.force_login(moderator)
        assert "Eerst dit." not in text_of(desk, page_url(comment))


def test_last_decision_is_undone_on_the_page(desk: Client) -> None:
    comment = create_comment(status="rejected")
    page = parse(desk.get(page_url(comment)).content)
    (form,) = with_class(page, "queue-history").iter("form")

    desk.post(f"{LIST}ongedaan/", form_values(form))

    assert fresh(comment).status == "pending"


def test_what_the_writer_or_a_redaction_did_is_not_undone(desk: Client) -> None:
    withdrawn, redacted = create_comment(), create_comment()
    submission.withdraw(withdrawn)
    moderation.redact(redacted, by=create_editor(), version=1, name="Joke", text="[…]")

    for comment in (withdrawn, redacted):
        history = all_with_class(parse(desk.get(page_url(comment)).content), "queue-history")
        assert not [form for part in history for form in part.iter("form")]


def test_redaction_cannot_be_undone_by_a_forged_form(desk: Client) -> None:
    comment = create_comment()
    moderation.redact(comment, by=create_editor(), version=1, name="Joke", text="[…]")
    before = every_row()

    response = desk.post(
        f"{LIST}ongedaan/",
        {"decision": Decision.objects.latest("pk").pk},
        headers={"accept": "application/json"},
    )

    assert response.status_code == 409
    assert every_row() == before


def test_public_comment_is_answered_from_its_page(desk: Client, moderator: User) -> None:
    create_author(name="Karin", user=moderator)
    comment = create_comment()

    response = decide(desk, comment, "answer", answer="Dank je wel.")

    reply = comment.replies.get()
    assert (reply.name, reply.is_public) == ("Karin", True)
    notice = text_of(desk, response["Location"])
    assert "Beantwoord: reactie van Joke." in notice
    assert "Antwoord van de redactie · karin" in text_of(desk, page_url(reply))


def test_answer_that_was_taken_away_by_a_colleague_can_come_back(
    desk: Client, moderator: User
) -> None:
    create_author(name="Karin", user=moderator)
    answer = moderation.answer(create_comment(), by=moderator, text="Dank je wel.")
    decide(desk, answer, "reject")
    assert not fresh(answer).is_public

    desk.post(f"{LIST}ongedaan/", {"decision": Decision.objects.latest("pk").pk})

    assert fresh(answer).is_public


def test_way_back_to_the_list_keeps_its_filters(desk: Client) -> None:
    create_comment(status="spam")
    folder = f"{LIST}?status__exact=spam"
    (row,) = list_of(parse(desk.get(folder).content))
    link = next(next(row.iter("th")).iter("a")).get("href", "")

    page = parse(desk.get(link).content)

    assert folder in [a.get("href") for a in page.iter("a")]


@pytest.mark.parametrize("pk", ["0", "999", "x", "9" * 40])
@pytest.mark.parametrize("page", ["change", "aanpassen", "wissen"])
def test_page_of_no_comment_is_not_found(desk: Client, pk: str, page: str) -> None:
    assert desk.get(f"{LIST}{pk}/{page}/", follow=True).status_code == 404


def test_words_of_a_visitor_are_not_written_by_the_page(desk: Client) -> None:
    comment = create_comment(status="pending", name="Joke", text="Mijn woorden.")
    before = every_row()

    desk.post(page_url(comment), {"name": "Niet Joke", "text": "x", "status": "spam", "_save": "1"})

    assert every_row() == before


# --- Adapting -----------------------------------------------------------------------------------


def redact_url(comment: Comment) -> str:
    """Where something is taken out of a comment."""
    return f"{LIST}{comment.pk}/aanpassen/"


def redaction_form(page: Element) -> dict[str, Any]:
    """The form as it is filled in."""
    return form_values(with_class(page, "queue-redaction"))


def test_adapted_text_is_what_readers_see(desk: Client, client: Client) -> None:
    comment = create_comment(name="Anna", text="Bel 06-12345678 maar.")
    values = redaction_form(parse(desk.get(redact_url(comment)).content))
    assert (values["name"], values["text"]) == (["Anna"], ["Bel 06-12345678 maar."])

    response = desk.post(
        redact_url(comment), values | {"text": "Bel […] maar.", "reason": "Privacy."}
    )

    assert response["Location"] == page_url(comment)
    article = Client().get(comment.post.get_absolute_url()).content.decode()
    assert "Bel […] maar." in article
    assert "06-12345678" not in article
    text = text_of(desk, page_url(comment))
    for words in ("Aangepast door de redactie · karin", "Privacy.", "Bel 06-12345678 maar."):
        assert words in text


def test_suggestions_take_the_personal_details_out_and_save_nothing(desk: Client) -> None:
    comment = create_comment(name="Anna", text="Bel 06-12345678 of mail anna@voorbeeld.nl.")
    values = redaction_form(parse(desk.get(redact_url(comment)).content))

    response = desk.post(
        redact_url(comment), values | {"_suggest": "", "reason": "Privacy.", "name": "An\0na"}
    )

    suggested = redaction_form(parse(response.content))
    assert "06-12345678" not in suggested["text"][0]
    assert "anna@voorbeeld.nl" not in suggested["text"][0]
    assert (suggested["name"], suggested["reason"]) == (["Anna"], ["Privacy."])
    assert fresh(comment).text == "Bel 06-12345678 of mail anna@voorbeeld.nl."
    assert desk.post(redact_url(comment), suggested).status_code == 302
    assert fresh(comment).text == suggested["text"][0].replace("\r\n", "\n")


def test_edit_that_came_meanwhile_stands_beside_what_was_typed(desk: Client) -> None:
    comment = create_comment(text="Gezien.")
    values = redaction_form(parse(desk.get(redact_url(comment)).content))
    edit(comment, "Niet gezien.")

    response = desk.post(redact_url(comment), values | {"text": "Minder gezien."})

    assert response.status_code == 409
    page = parse(response.content)
    text = visible_text(page)
    assert "De schrijver heeft de reactie net gewijzigd; dit is de nieuwe tekst." in text
    assert "Niet gezien." in text
    again = redaction_form(page)
    assert again["text"] == ["Minder gezien."]
    assert fresh(comment).text == "Gezien."
    assert desk.post(redact_url(comment), again).status_code == 302
    assert fresh(comment).text == "Minder gezien."


@pytest.mark.parametrize(
    "fields",
    [{"text": ""}, {"name": " "}, {"name": "x" * 61}, {"text": "x" * 4_001}, {"version": "x"}],
    ids=str,
)
def test_adaptation_that_cannot_be_saved_comes_back(desk: Client, fields: dict[str, str]) -> None:
    comment = create_comment(text="Zo is het.")
    values = redaction_form(parse(desk.get(redact_url(comment)).content))

    response = desk.post(redact_url(comment), values | {"reason": "Privacy."} | fields)

    assert response.status_code == 422
    assert redaction_form(parse(response.content))["reason"] == ["Privacy."]
    assert fresh(comment).text == "Zo is het."


def test_saving_without_a_change_changes_nothing(desk: Client) -> None:
    comment = create_comment()
    values = redaction_form(parse(desk.get(redact_url(comment)).content))

    response = desk.post(redact_url(comment), values, follow=True)

    assert "Er is niets veranderd" in visible_text(parse(response.content))
    assert fresh(comment).redacted_at is None


def test_adapting_an_edit_that_waits_warns_that_readers_will_see_it(desk: Client) -> None:
    comment = create_comment(text="Eerst dit.")
    edit(comment, "En nu dit.")

    text = text_of(desk, redact_url(comment))

    assert "Dit is een wijziging die nog wacht." in text


# --- Erasing ------------------------------------------------------------------------------------


def test_erasing_asks_first_and_leaves_the_place(desk: Client, moderator: User) -> None:
    comment = create_comment(name="Anna", text="Weg ermee.")
    create_comment(parent=comment, text="Mooi gezegd.")
    address = f"{LIST}{comment.pk}/wissen/"

    question = text_of(desk, address)
    assert "omdat er 1 antwoord op is" in question
    assert fresh(comment).text == "Weg ermee."
    response = desk.post(address)

    assert response["Location"] == LIST
    erased = fresh(comment)
    assert (erased.status, erased.name, erased.text) == ("erased", "", "")
    log = Erasure.objects.get()
    assert (log.wish, log.made_by, log.comments) == ("editor", moderator, 1)
    article = Client().get(comment.post.get_absolute_url()).content.decode()
    assert "Mooi gezegd." in article
    assert "Weg ermee." not in article


def test_log_of_erasures_is_read_and_holds_nothing_that_was_erased(desk: Client) -> None:
    comment = create_comment(name="Annemiek", text="Weg ermee.")
    desk.post(f"{LIST}{comment.pk}/wissen/")

    text = text_of(desk, "/admin/comments/erasure/")

    assert "een redacteur 1 karin" in text
    assert "Annemiek" not in text
    pk = Erasure.objects.get().pk
    assert desk.get("/admin/comments/erasure/add/").status_code == 403
    assert desk.post(f"/admin/comments/erasure/{pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"/admin/comments/erasure/{pk}/change/", {"wish": "x"}).status_code == 403


# --- The data of a visitor ----------------------------------------------------------------------


def test_data_of_a_visitor_is_handed_over_as_a_file(desk: Client) -> None:
    create_confirmed_comment(name="Hanneke", text="Dat zei ik.")

    response = desk.post(VISITOR, {"email": f" {ADDRESS.upper()} ", "_export": ""})

    assert response["Content-Disposition"] == 'attachment; filename="gegevens.json"'
    assert "no-store" in response["Cache-Control"]
    (comment,) = json.loads(response.content)["comments"]
    assert (comment["name"], comment["text"]) == ("Hanneke", "Dat zei ik.")


def test_data_of_a_visitor_is_erased_after_a_question(desk: Client, moderator: User) -> None:
    comment = create_confirmed_comment()

    question = desk.post(VISITOR, {"email": ADDRESS, "_erase": ""})

    assert f"{ADDRESS} en 1 reactie voorgoed wissen?" in visible_text(parse(question.content))
    assert EmailAddress.objects.exists()
    form = form_values(with_class(parse(question.content), "queue-redaction"))
    response = desk.post(VISITOR, form | {"_confirm": ""}, follow=True)
    assert "Het adres en 1 reactie zijn voorgoed gewist." in visible_text(parse(response.content))
    assert fresh(comment).status == "erased"
    assert not EmailAddress.objects.exists()
    assert Erasure.objects.get().made_by == moderator
    assert ADDRESS not in response.redirect_chain[0][0]
    assert not LogEntry.objects.filter(object_repr__contains="@").exists()


@pytest.mark.parametrize("button", ["_export", "_erase", "_confirm"])
def test_address_that_nobody_gave_is_told_to_be_unknown(desk: Client, button: str) -> None:
    create_confirmed_comment()

    response = desk.post(VISITOR, {"email": "piet@voorbeeld.nl", button: ""})

    assert "Van dit adres bewaren we niets." in visible_text(parse(response.content))
    assert EmailAddress.objects.count() == 1


def test_what_is_no_address_comes_back(desk: Client) -> None:
    response = desk.post(VISITOR, {"email": "geen adres", "_export": ""})

    assert response.status_code == 422


# --- Mails --------------------------------------------------------------------------------------


def create_mail(status: Mail.Status, *, user: User | None = None) -> Mail:
    """A mail of the outbox, to a visitor or to a moderator."""
    if user:
        return Mail.objects.create(purpose=Mail.Purpose.QUEUE, user=user, status=status)
    email, _created = EmailAddress.objects.get_or_create(email=ADDRESS)
    return Mail.objects.create(
        purpose=Mail.Purpose.DATA, email=email, status=status, attempts=6, answer="550 vol"
    )


def test_list_of_mails_begins_with_what_needs_a_look(desk: Client, moderator: User) -> None:
    for status in Mail.Status:
        create_mail(status)
    create_mail(Mail.Status.UNKNOWN, user=moderator)

    page = parse(desk.get(MAILS).content)
    everything = parse(desk.get(f"{MAILS}?status=all").content)

    assert len(list_of(page)) == 3
    assert "“Misschien verstuurd”".translate({8220: '"', 8221: '"'}) in visible_text(page)
    assert len(list_of(everything)) == 6
    assert len(list_of(parse(desk.get(f"{MAILS}?status=sent").content))) == 1


def test_mail_shows_no_more_of_an_address_than_is_needed(desk: Client) -> None:
    mail = create_mail(Mail.Status.FAILED)

    for address in (MAILS, f"{MAILS}{mail.pk}/change/"):
        html = desk.get(address).content.decode()
        assert "h…@voorbeeld.nl" in html
        assert ADDRESS not in html
        assert "550 vol" in html


def carry_out(desk: Client, action: str, *mails: Mail) -> str:
    """Tick mails and carry out an action; what is said about it."""
    ticked = [mail.pk for mail in mails]
    values = {"action": action, "_selected_action": ticked}
    return visible_text(parse(desk.post(f"{MAILS}?status=all", values, follow=True).content))


def test_mail_that_did_not_go_is_sent_again(desk: Client) -> None:
    failed, sent = create_mail(Mail.Status.FAILED), create_mail(Mail.Status.SENT)

    text = carry_out(desk, "send_again", failed, sent)

    failed.refresh_from_db()
    sent.refresh_from_db()
    assert (failed.status, failed.attempts, sent.status) == ("waiting", 0, "sent")
    assert "1 mail gaat nog een keer." in text


def test_mail_joins_another_that_waits(desk: Client, moderator: User) -> None:
    failed = create_mail(Mail.Status.FAILED, user=moderator)
    waiting = create_mail(Mail.Status.WAITING, user=moderator)

    carry_out(desk, "send_again", failed)

    assert Mail.objects.get() == waiting


def test_mail_that_does_not_matter_leaves_the_list(desk: Client) -> None:
    unknown, waiting = create_mail(Mail.Status.UNKNOWN), create_mail(Mail.Status.WAITING)

    text = carry_out(desk, "give_up", unknown, waiting)

    assert Mail.objects.get() == waiting
    assert "1 mail is van de lijst gehaald." in text


def test_mail_is_neither_written_nor_deleted_by_hand(desk: Client) -> None:
    mail = create_mail(Mail.Status.FAILED)

    assert desk.get(f"{MAILS}add/").status_code == 403
    assert desk.post(f"{MAILS}{mail.pk}/change/", {"status": "sent"}).status_code == 403
    carry_out(desk, "delete_selected", mail)
    assert Mail.objects.get().status == "failed"


def test_mails_past_their_term_are_not_listed(desk: Client) -> None:
    Mail.objects.filter(pk=create_mail(Mail.Status.FAILED).pk).update(status_at=in_days(-31))

    assert list_of(parse(desk.get(MAILS).content)) == []


def test_account_with_mails_can_be_deleted(client: Client, moderator: User) -> None:
    client.force_login(create_superuser())
    create_mail(Mail.Status.SENT, user=moderator)

    client.post(f"/admin/auth/user/{moderator.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(pk=moderator.pk).exists()


@pytest.mark.parametrize("address", [MAILS, "/admin/comments/erasure/", LIST])
def test_who_may_not_moderate_reads_none_of_it(client: Client, address: str) -> None:
    client.force_login(create_user(may=["view_mail", "view_erasure", "view_comment"]))

    assert client.get(address).status_code == 403
