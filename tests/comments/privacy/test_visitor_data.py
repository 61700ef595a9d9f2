"""The owner of an address gets all that we keep, or has it erased; nobody else does."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from blog import publishing
from comments import moderation, reports
from comments.intake import limits
from comments.intake.limits import Action, Limit
from comments.mail import links
from comments.models import Comment, EmailAddress, Erasure, Link, Mail, Report
from comments.privacy import visitor_data
from comments.spam import Finding
from tests.comments.correspondents import ADDRESS, create_confirmed_comment
from tests.factories import create_comment, create_editor, create_post
from tests.instants import NOON
from tests.pages import Answer, parse, visible_text, with_class, with_id
from tests.rows import every_row

pytestmark = pytest.mark.django_db

REQUEST = "/reacties/gegevens/"
SENT = "/reacties/gegevens/verstuurd/"
OWNER = Erasure.Wish.ADDRESS


def ask(client: Client, address: str, **headers: str) -> Answer:
    """Fill in the form that asks for a link."""
    response: Answer = client.post(REQUEST, {"mailadres": address}, headers=headers)
    return response


def data_page(email: str = ADDRESS) -> str:
    """The address that we mail to the owner of an e-mail address."""
    return f"{REQUEST}{links.make_data_link(EmailAddress.objects.get(email=email)).key}/"


def say(html: bytes) -> str:
    """What a page says."""
    return visible_text(parse(html, strict=True))


# --- Asking for the link --------------------------------------------------------------------------


def test_known_address_is_mailed_a_link(client: Client) -> None:
    create_confirmed_comment()

    response = ask(client, f" {ADDRESS.title()} ")

    assert response["Location"] == SENT
    assert Mail.objects.filter(purpose="data", email__email=ADDRESS).count() == 1


def test_answer_does_not_tell_whether_an_address_is_known(client: Client) -> None:
    create_confirmed_comment()

    known, unknown = ask(client, ADDRESS), ask(client, "niemand@voorbeeld.nl")

    assert known["Location"] == unknown["Location"] == SENT
    assert known.content == unknown.content
    assert set(known.headers) == set(unknown.headers)
    assert not EmailAddress.objects.filter(email="niemand@voorbeeld.nl").exists()


@pytest.mark.parametrize("page", [REQUEST, SENT])
def test_pages_around_the_link_are_private_and_change_nothing(client: Client, page: str) -> None:
    before = every_row()

    response = client.get(page)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert every_row() == before


@pytest.mark.parametrize("typed", ["", "geen adres", "x" * 250 + "@voorbeeld.nl"])
def test_what_is_no_address_comes_back_with_a_message(client: Client, typed: str) -> None:
    response = ask(client, typed)

    assert response.status_code == 422
    page = parse(response.content, strict=True)
    assert with_class(page, "error-summary").get("autofocus") == ""
    assert with_id(page, "id_mailadres").get("value", "") == typed


def test_form_of_another_site_mails_nobody(client: Client) -> None:
    create_confirmed_comment()
    before = every_row()

    response = ask(client, ADDRESS, **{"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert every_row() == before


def test_asking_too_often_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, Action.MAIL, (Limit(0, timedelta(hours=1)),))

    response = ask(client, ADDRESS)

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert with_id(parse(response.content), "id_mailadres").get("value") == ADDRESS


# --- The page behind the link ---------------------------------------------------------------------


def test_page_counts_and_shows_no_whole_address(client: Client) -> None:
    for _comment in range(2):
        create_confirmed_comment()
    create_comment(email=ADDRESS)

    page = client.get(data_page()).content

    assert "We bewaren 2 reacties die je met h…@voorbeeld.nl hebt bevestigd" in say(page)
    assert "ook ingevuld bij 1 reactie" in say(page)
    assert ADDRESS not in page.decode()


def test_page_shows_each_comment_with_what_became_of_it(client: Client) -> None:
    post = create_post(title="Slapen kun je leren")
    placed = create_confirmed_comment(post=post, text="Ik slaap *slecht*.")
    waiting = create_confirmed_comment(status="pending", text="Ik slaap beter.")

    page = parse(client.get(data_page()).content, strict=True)

    first, second = page.iter("article")
    assert "Slapen kun je leren" in visible_text(first)
    assert "geplaatst" in visible_text(first)
    assert "Ik slaap slecht." in visible_text(first)
    assert placed.receipt_url in [link.get("href") for link in first.iter("a")]
    assert "wacht op een redacteur" in visible_text(second)
    assert waiting.receipt_url in [link.get("href") for link in second.iter("a")]


def test_page_names_no_post_that_is_not_on_the_site(client: Client) -> None:
    comment = create_confirmed_comment(post=create_post(title="Slapen kun je leren"))
    publishing.unpublish(comment.post, by=create_editor())

    page = say(client.get(data_page()).content)

    assert "Slapen kun je leren" not in page
    assert "Een artikel dat nu niet op de site staat" in page


def test_file_is_kept_by_no_browser(client: Client) -> None:
    create_confirmed_comment()

    assert "no-store" in client.post(data_page())["Cache-Control"]


def test_everything_comes_as_a_file_and_as_often_as_asked(client: Client) -> None:
    comment = create_confirmed_comment(name="Hanneke", text="Ik slaap al jaren “slecht”.")
    address = data_page()

    answers = [client.post(address) for _time in range(2)]

    for answer in answers:
        assert answer["Content-Type"] == "application/json"
        assert answer["Content-Disposition"] == 'attachment; filename="reacties-en-gegevens.json"'
        assert "no-store" in answer["Cache-Control"]
        data = answer.json()
        assert data["email"] == ADDRESS
        assert data["comments"][0]["text"] == comment.text


def test_everything_is_erased_after_a_second_page(client: Client) -> None:
    comment = create_confirmed_comment(text="Ik slaap slecht.")
    reply = create_comment(parent=comment, name="Bert")
    address = data_page()

    assert "Alles voorgoed wissen" in say(client.get(f"{address}wissen/").content)
    assert Comment.objects.get(pk=comment.pk).text == "Ik slaap slecht."
    response = client.post(f"{address}wissen/")

    assert response["Location"] == "/reacties/gegevens/gewist/"
    assert "Alles is gewist" in say(client.get(response["Location"]).content)
    assert Comment.objects.get(pk=comment.pk).status == "erased"
    assert Comment.objects.get(pk=reply.pk).name == "Bert"
    assert not EmailAddress.objects.exists()
    assert not Link.objects.exists()
    assert not Mail.objects.filter(email__isnull=False).exists()
    assert client.get(address).status_code == 404
    log = Erasure.objects.get()
    assert (log.wish, log.made_by, log.comments) == ("address", None, 1)


# --- Whose a comment is ---------------------------------------------------------------------------


def test_comment_that_nobody_confirmed_is_neither_shown_nor_erased_but_loses_the_address() -> None:
    create_confirmed_comment(text="Van mij.")
    strangers = create_comment(email=ADDRESS, text="Van een ander.")

    data = visitor_data.export(ADDRESS)
    count = visitor_data.erase(ADDRESS, wish=OWNER)

    assert [comment["text"] for comment in data["comments"]] == ["Van mij."]
    assert data["unconfirmed_comments"] == 1
    assert count == 1
    strangers = Comment.objects.get(pk=strangers.pk)
    assert (strangers.text, strangers.email, strangers.status) == (
        "Van een ander.",
        None,
        "approved",
    )


def test_comments_of_another_address_stay_out_of_it() -> None:
    create_confirmed_comment(text="Van mij.")
    other = create_confirmed_comment(email="ander@voorbeeld.nl", text="Van een ander.")

    data = visitor_data.export(ADDRESS)
    visitor_data.erase(ADDRESS, wish=OWNER)

    assert "Van een ander." not in json.dumps(data)
    assert len(data["mails"]) == 1
    assert Comment.objects.get(pk=other.pk).text == "Van een ander."
    assert EmailAddress.objects.get().email == "ander@voorbeeld.nl"


def test_erasing_an_unknown_address_changes_nothing() -> None:
    create_confirmed_comment()
    before = every_row()

    assert visitor_data.erase("niemand@voorbeeld.nl", wish=OWNER) == 0
    assert every_row() == before


def test_erasing_an_address_without_comments_is_logged_too() -> None:
    create_comment(email=ADDRESS)

    visitor_data.erase(ADDRESS, wish=Erasure.Wish.EDITOR, by=create_editor())

    assert not EmailAddress.objects.exists()
    assert Erasure.objects.get().comments == 0


# --- The file -------------------------------------------------------------------------------------


def full_comment() -> Comment:
    """A comment that was reported, taken away, and changed by editors."""
    comment = create_confirmed_comment(name="Hanneke", text="Bel Jan op 06-12345678.")
    editor = create_editor()
    moderation.redact(
        comment, by=editor, version=1, name="Hanneke", text="Bel Jan.", reason="Onder ons gezegd."
    )
    reports.report(comment, ground=Report.Ground.INSULT, explanation="Ik ben Jan.")
    comment.refresh_from_db()
    moderation.reject(comment, by=editor, version=2, reason="Laat Jan met rust.")
    comment.refresh_from_db()
    return comment


def test_file_holds_what_we_keep_and_nothing_of_others() -> None:
    comment = full_comment()

    data = visitor_data.export(ADDRESS)

    (exported,) = data["comments"]
    assert exported["post"] == comment.post.title
    assert exported["address"] == settings.SITE_URL + comment.post.get_absolute_url()
    assert exported["status"] == "rejected"
    assert exported["text"] == "Bel Jan."
    assert [wording["text"] for wording in exported["other_wordings"]] == [
        "Bel Jan op 06-12345678."
    ]
    assert [decision["status"] for decision in exported["decisions"]] == [
        "approved",
        "approved",
        "rejected",
    ]
    (report,) = exported["reports"]
    assert (report["ground"], report["outcome"]) == ("insult", "hidden")
    assert report["reason"] == "Laat Jan met rust."
    assert {mail["purpose"] for mail in data["mails"]} >= {"confirm"}
    assert "Ik ben Jan." not in json.dumps(data)
    assert "Onder ons gezegd." not in json.dumps(data)


def test_file_holds_no_key_and_no_hash() -> None:
    full_comment()

    text = json.dumps(visitor_data.export(ADDRESS))

    rows = every_row()
    secrets = [row["key"] for row in rows["comments.Link"] + rows["comments.Report"]]
    secrets += [row["key"] for row in rows["comments.Comment"]]
    secrets += [row["network"] for row in rows["comments.Submission"]]
    assert len(secrets) > 3
    assert not [secret for secret in secrets if secret in text]


def test_file_gives_nothing_of_a_post_away_that_readers_cannot_see() -> None:
    comment = create_confirmed_comment()
    publishing.unpublish(comment.post, by=create_editor())

    (exported,) = visitor_data.export(ADDRESS)["comments"]

    assert (exported["post"], exported["address"]) == (None, None)
    assert exported["text"] == comment.text


def test_public_comment_comes_with_its_place() -> None:
    comment = create_confirmed_comment()

    (exported,) = visitor_data.export(ADDRESS)["comments"]

    assert exported["address"] == settings.SITE_URL + comment.get_absolute_url()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (29, {"comments": 1, "wordings": 1, "unconfirmed": 1}),
        (30, {"comments": 0, "unconfirmed": 0}),
    ],
)
def test_what_is_past_its_term_is_not_in_the_file(days: int, expected: dict[str, int]) -> None:
    with time_machine.travel(NOON, tick=False):
        full_comment()
        create_comment(email=ADDRESS, status="rejected")

    with time_machine.travel(NOON + timedelta(days=days), tick=False):
        data = visitor_data.export(ADDRESS)

    assert data["unconfirmed_comments"] == expected["unconfirmed"]
    assert len(data["comments"]) == expected["comments"]
    for comment in data["comments"]:
        assert len(comment["other_wordings"]) == expected["wordings"]


def test_earlier_wordings_reports_and_mails_leave_the_file_one_by_one() -> None:
    with time_machine.travel(NOON, tick=False):
        comment = full_comment()
        moderation.approve(comment, by=create_editor(), version=2)

    def sizes(days: int) -> list[int]:
        with time_machine.travel(NOON + timedelta(days=days), tick=False):
            data = visitor_data.export(ADDRESS)
        (exported,) = data["comments"]
        return [
            len(part) > 0
            for part in (exported["other_wordings"], data["mails"], exported["reports"])
        ]

    assert sizes(29) == [True, True, True]
    assert sizes(30) == [False, False, True]
    assert sizes(180) == [False, False, False]


def test_address_past_its_term_has_no_file() -> None:
    with time_machine.travel(NOON, tick=False):
        create_confirmed_comment()

    with time_machine.travel(NOON + timedelta(days=365), tick=False):
        assert visitor_data.export(ADDRESS) == {}


# --- For the editor -------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    """What the command prints."""
    printed = StringIO()
    call_command("visitor_data", *arguments, stdout=printed)
    return printed.getvalue()


def test_command_prints_the_same_as_the_page_gives() -> None:
    create_confirmed_comment()

    printed: Any = json.loads(run("export", ADDRESS))

    assert printed == visitor_data.export(ADDRESS)


def test_command_says_so_where_there_is_nothing() -> None:
    with pytest.raises(CommandError, match="We bewaren niets bij dit adres"):
        run("export", "niemand@voorbeeld.nl")


def test_command_erases_and_says_how_much() -> None:
    create_confirmed_comment()

    assert run("erase", ADDRESS.upper()) == "1 reactie gewist.\n"
    assert Comment.objects.get().status == "erased"
    assert Erasure.objects.get().wish == "address"


def test_export_says_why_the_filter_held_a_comment_and_leaves_out_what_was_undone() -> None:
    comment, editor = create_confirmed_comment(), create_editor()
    finding = Finding("trap", 3).as_json()
    Comment.objects.filter(pk=comment.pk).update(spam_findings=[finding])
    decision = moderation.reject(comment, by=editor, version=1)
    assert decision
    moderation.undo(decision, by=editor)

    (exported,) = visitor_data.export(ADDRESS)["comments"]

    assert len(exported["spam_filter"]) == 1
    assert [step["status"] for step in exported["decisions"]] == ["approved"]
