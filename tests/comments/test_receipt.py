"""The receipt: what became of a comment, for whoever holds its key, and what they can do there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from blog import publishing
from blog.models import SiteSettings
from comments import moderation, reports, submission
from comments.intake import limits
from comments.intake.limits import Action, Limit
from comments.models import Comment, EmailAddress, Mail, Report
from comments.spam import Arrival
from comments.submission import EDIT_WITHIN
from tests.comments.correspondents import ADDRESS, create_confirmed_comment
from tests.factories import (
    create_comment,
    create_editor,
    create_page,
    create_post,
    fresh,
    planned_draft,
)
from tests.instants import NOON
from tests.pages import Answer, all_with_class, parse, visible_text, with_class, with_id
from tests.rows import every_row

pytestmark = pytest.mark.django_db

A_MONTH = timedelta(days=30)
ARRIVAL = Arrival(network="192.0.2.0/24")
ACTS = ("wijzigen", "intrekken", "terugzetten", "wissen", "mail")
OTHER_SITE = {"sec-fetch-site": "cross-site"}


def shown(client: Client, comment: Comment) -> str:
    """What the receipt says."""
    return visible_text(parse(client.get(comment.receipt_url).content, strict=True))


def act(client: Client, comment: Comment, name: str, **data: Any) -> Answer:
    """Press the button of one of the pages around a receipt."""
    headers = data.pop("headers", {"sec-fetch-site": "same-origin"})
    response: Answer = client.post(f"{comment.receipt_url}{name}/", data, headers=headers)
    return response


def file_as_spam(comment: Comment) -> Comment:
    """What the filter does on its own."""
    Comment.objects.filter(pk=comment.pk).update(
        status="spam", decided_at=comment.created_at, waiting_since=None
    )
    return fresh(comment)


def hidden_after_a_report(*, reason: str = "", **fields: Any) -> Comment:
    """A comment that a reader reported, and that moderators then took away."""
    comment = create_comment(**fields)
    reports.report(comment, ground=Report.Ground.DANGER, explanation="")
    moderation.reject(fresh(comment), by=create_editor(), version=1, reason=reason)
    return fresh(comment)


# --- What it shows --------------------------------------------------------------------------------


def test_receipt_shows_the_words_while_they_wait(client: Client) -> None:
    comment = create_comment(status="pending", name="Joke", text="Eerste.\n\nTweede.")

    text = shown(client, comment)

    for words in ("Joke", "Eerste. Tweede.", comment.post.title.replace("’", "'")):
        assert words in text


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "spam"])
def test_receipt_is_private(client: Client, status: str) -> None:
    response = client.get(create_comment(status=status).receipt_url)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies


def test_receipt_of_an_approved_comment_leads_to_its_place(client: Client) -> None:
    comment = create_comment(status="approved")

    page = parse(client.get(comment.receipt_url).content)

    assert comment.get_absolute_url() in [link.get("href") for link in page.iter("a")]


@pytest.mark.parametrize("status", ["pending", "rejected", "spam"])
def test_receipt_of_a_hidden_comment_leads_to_no_place(client: Client, status: str) -> None:
    comment = create_comment(status=status)

    page = parse(client.get(comment.receipt_url).content)

    assert comment.get_absolute_url() not in [link.get("href") for link in page.iter("a")]


@pytest.mark.parametrize(("status", "links"), [("approved", 1), ("pending", 0), ("rejected", 0)])
def test_link_works_only_where_the_comment_is_public(
    client: Client, status: str, links: int
) -> None:
    comment = create_comment(status=status, text="Zie https://voorbeeld.nl/bron eens.")

    text = with_class(parse(client.get(comment.receipt_url).content), "comment-text")

    assert len(list(text.iter("a"))) == links
    assert "voorbeeld.nl" in visible_text(text)


def test_spam_and_rejected_look_alike(client: Client) -> None:
    post = create_post()
    rejected, spam = (
        shown(client, create_comment(post=post, status=status, text=f"Koop {thing} nu."))
        for status, thing in (("rejected", "pillen"), ("spam", "poeders"))
    )

    assert spam.replace("poeders", "pillen") == rejected


def test_what_the_filter_alone_calls_spam_waits_as_far_as_its_writer_is_told(
    client: Client,
) -> None:
    post = create_post()
    pending = create_comment(post=post, status="pending", text="Een aanbod.")
    filed = file_as_spam(create_comment(post=post, status="pending", text="Een aanbieding."))

    assert shown(client, filed).replace("aanbieding", "aanbod") == shown(client, pending)


def test_edit_that_waits_shows_beside_what_readers_see(client: Client) -> None:
    comment = create_comment(text="Zoals het was.")
    submission.edit(comment, name="Joke", text="Zoals het wordt.", arrival=ARRIVAL)

    page = parse(client.get(comment.receipt_url).content, strict=True)

    wordings = [visible_text(text) for text in all_with_class(page, "comment-text")]
    assert wordings == ["Zoals het wordt.", "Zoals het was."]
    assert "Bedankt voor je wijziging." in visible_text(page)
    assert comment.get_absolute_url() in [link.get("href") for link in page.iter("a")]


def test_edit_that_was_not_wanted_is_told(client: Client) -> None:
    comment = create_comment(text="Zoals het was.")
    submission.edit(comment, name="Joke", text="Zoals het werd.", arrival=ARRIVAL)
    moderation.reject(fresh(comment), by=create_editor(), version=2)

    page = parse(client.get(comment.receipt_url).content, strict=True)

    assert "Je wijziging is niet geplaatst. Je reactie staat er nog" in visible_text(page)
    assert comment.get_absolute_url() in [link.get("href") for link in page.iter("a")]
    assert visible_text(with_class(page, "comment-text")) == "Zoals het was."


def test_comment_taken_away_after_a_report_tells_ground_and_reason(client: Client) -> None:
    comment = hidden_after_a_report(reason="Dit kan gevaarlijk zijn.")

    text = shown(client, comment)

    assert "We hebben je reactie weggehaald." in text
    assert "Er staat gevaarlijk advies over gezondheid in" in text
    assert "De reden: Dit kan gevaarlijk zijn." in text


def test_reason_that_is_for_colleagues_stays_with_them(client: Client) -> None:
    comment = create_comment(status="pending")
    moderation.reject(comment, by=create_editor(), version=1, reason="Alweer die man.")

    text = shown(client, comment)

    assert "besloten hem niet te plaatsen" in text
    assert "Alweer die man." not in text


def test_later_rejection_without_a_report_gives_no_reason_of_before(client: Client) -> None:
    comment = hidden_after_a_report(reason="Van toen.")
    moderation.approve(fresh(comment), by=create_editor(), version=1)
    moderation.reject(fresh(comment), by=create_editor(), version=1)

    assert "Van toen." not in shown(client, comment)


def test_receipt_says_that_editors_took_something_out(client: Client) -> None:
    comment = create_comment(text="Bel Jan op 06-12345678.")
    moderation.redact(comment, by=create_editor(), version=1, name="Joke", text="Bel Jan.")

    text = shown(client, comment)

    assert "De redactie heeft iets uit je reactie gehaald." in text
    assert "12345678" not in text


def test_receipt_outlives_its_post(client: Client) -> None:
    comment = create_comment()
    publishing.throw_away(comment.post, by=create_editor())

    assert client.get(comment.receipt_url).status_code == 200


@pytest.mark.parametrize("act_name", ["", "wijzigen/", "intrekken/", "wissen/", "mail/"])
def test_receipt_gives_nothing_of_a_later_draft_away(client: Client, act_name: str) -> None:
    comment = create_comment()
    planned_draft(comment.post, title="Geheim plan", slug="")

    response = client.get(f"{comment.receipt_url}{act_name}")

    assert response.status_code == 200
    assert "Geheim plan" not in response.content.decode()


@pytest.mark.parametrize("status", ["rejected", "spam", "withdrawn"])
def test_comment_past_its_term_is_not_shown_whether_or_not_it_was_cleaned_up(
    client: Client, status: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        comment = create_comment(status="pending" if status == "withdrawn" else status)
        if status == "withdrawn":
            submission.withdraw(comment)

    with time_machine.travel(NOON + A_MONTH - timedelta(seconds=1)):
        assert client.get(comment.receipt_url).status_code == 200
        assert "1 april 2026" in shown(client, comment)
    with time_machine.travel(NOON + A_MONTH):
        assert client.get(comment.receipt_url).status_code == 404


@pytest.mark.parametrize("status", ["pending", "approved"])
def test_comment_that_waits_or_is_public_has_no_term(client: Client, status: str) -> None:
    comment = create_comment(status=status)

    with time_machine.travel(timezone.now() + timedelta(days=3650)):
        assert client.get(comment.receipt_url).status_code == 200


# --- Keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["refused", "taken away"])
def test_whoever_does_not_agree_reads_where_to_write(client: Client, way: str) -> None:
    privacy = create_page(title="Privacy")
    SiteSettings.objects.create(privacy_page_id=privacy.pk)
    comment = create_comment(status="rejected") if way == "refused" else hidden_after_a_report()

    page = parse(client.get(comment.receipt_url).content, strict=True)

    assert "Ben je het er niet mee eens? Schrijf ons." in visible_text(page)
    assert privacy.get_absolute_url() in [link.get("href") for link in page.iter("a")]


def test_receipt_of_a_refused_comment_leads_to_how_we_work(client: Client) -> None:
    SiteSettings.objects.create(method_page_id=create_page(title="Zo werken wij").pk)

    text = shown(client, create_comment(status="rejected"))

    assert "We hebben besloten hem niet te plaatsen. Zo werken wij" in text
    assert "Je mag het in andere woorden opnieuw proberen." in text


@pytest.mark.parametrize(("status", "told"), [("pending", True), ("rejected", False)])
def test_address_of_the_page_is_worth_keeping_while_one_can_change_something(
    client: Client, status: str, told: bool
) -> None:
    text = shown(client, create_comment(status=status))

    assert ("Zet deze pagina bij je favorieten." in text) is told


@pytest.mark.parametrize("key", ["x", "None", "%00", "a" * 22, "%F0%9F%8C%99", "a" * 500])
def test_receipt_that_does_not_exist_is_not_found(client: Client, key: str) -> None:
    create_comment()

    assert client.get(f"/reacties/{key}/").status_code == 404


def test_key_has_128_bits_and_is_new_each_time() -> None:
    keys = {create_comment().key for _comment in range(3)}

    assert len(keys) == 3
    assert all(key and len(key) == 22 for key in keys)


@pytest.mark.parametrize("name", ["", *(f"{name}/" for name in ACTS)])
def test_one_changed_character_leads_to_a_polite_page_and_nothing_happens(
    client: Client, name: str
) -> None:
    comment = create_comment(status="pending")
    assert comment.key
    other = "B" if comment.key[4] == "A" else "A"
    address = f"/reacties/{comment.key[:4]}{other}{comment.key[5:]}/{name}"
    before = every_row()

    answers = [client.get(address), client.post(address)]

    assert answers[0].status_code == 404
    assert answers[1].status_code == (404 if name else 405)
    for answer in answers[: 2 if name else 1]:
        text = visible_text(parse(answer.content, strict=True))
        assert "Deze link werkt niet (meer)" in text
        assert "Er is niets veranderd." in text
    assert every_row() == before


def test_comment_of_an_editor_has_no_receipt(client: Client) -> None:
    Comment.objects.filter(pk=create_comment().pk).update(key=None)

    assert client.get("/reacties/None/").status_code == 404


# --- What may happen ------------------------------------------------------------------------------


def test_receipt_takes_nothing() -> None:
    comment = create_comment()

    response = Client(enforce_csrf_checks=True).post(comment.receipt_url)

    assert response.status_code == 405


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "withdrawn"])
@pytest.mark.parametrize("name", ["", *(f"{name}/" for name in ACTS)])
def test_looking_changes_nothing(client: Client, name: str, status: str) -> None:
    comment = create_comment(status="pending" if status == "withdrawn" else status)
    if status == "withdrawn":
        submission.withdraw(comment)
    before = every_row()

    response = client.get(f"{comment.receipt_url}{name}")

    assert response.status_code in {200, 302, 409}
    assert "no-store" in response["Cache-Control"]
    assert every_row() == before


@pytest.mark.parametrize("name", ACTS)
def test_form_of_another_site_changes_nothing(client: Client, name: str) -> None:
    comment = create_comment(status="pending")
    if name == "terugzetten":
        submission.withdraw(comment)
    before = every_row()

    response = act(client, comment, name, naam="Joke", tekst="Anders.", headers=OTHER_SITE)

    assert response.status_code == 403
    assert "andere site" in visible_text(parse(response.content, strict=True))
    assert every_row() == before


@pytest.mark.parametrize("name", ["intrekken", "wissen", "mail"])
def test_browser_that_says_nothing_of_its_origin_may_do_everything(name: str) -> None:
    comment = create_comment(status="pending")
    before = every_row()

    response = Client(enforce_csrf_checks=True).post(
        f"{comment.receipt_url}{name}/", {"mailadres": ADDRESS}
    )

    assert response.status_code == 302
    assert every_row() != before


# --- Change ---------------------------------------------------------------------------------------


def test_comment_that_waits_is_changed_in_its_place(client: Client) -> None:
    comment = create_comment(status="pending", text="Zoals het was.")

    response = act(client, comment, "wijzigen", naam="Joke B.", tekst="Zoals het wordt.")

    assert response["Location"] == comment.receipt_url
    assert (fresh(comment).name, fresh(comment).text) == ("Joke B.", "Zoals het wordt.")
    assert fresh(comment).status == "pending"


def test_change_before_a_decision_is_told_to_be_kept(client: Client) -> None:
    comment = create_comment(status="pending")

    act(client, comment, "wijzigen", naam="Joke", tekst="Anders.")

    assert "Je wijziging is bewaard. Een redacteur leest je reactie eerst." in shown(
        client, comment
    )


def test_comment_that_was_put_back_is_no_change(client: Client) -> None:
    comment = create_comment(status="pending")
    act(client, comment, "wijzigen", naam="Joke", tekst="Anders.")
    act(client, comment, "intrekken")

    act(client, comment, "terugzetten")

    assert "Bedankt voor je reactie. Een redacteur leest hem eerst." in shown(client, comment)


def test_change_can_be_looked_at_before_it_is_kept(client: Client) -> None:
    comment = create_comment(status="pending", text="Zoals het was.")

    response = act(
        client, comment, "wijzigen", naam="Joke", tekst="Zo *wordt* het.", voorbeeld="ja"
    )

    page = parse(response.content, strict=True)
    preview = with_class(page, "preview")
    assert [visible_text(word) for word in preview.iter("em")] == ["wordt"]
    assert "Wijziging opslaan" in visible_text(preview)
    assert (page.findtext("head/title") or "").startswith("Voorbeeld: ")
    assert fresh(comment).text == "Zoals het was."


def test_form_to_change_holds_what_was_written_last(client: Client) -> None:
    comment = create_comment(text="Een.")
    submission.edit(comment, name="Joke", text="  Twee.\n", arrival=ARRIVAL)

    page = parse(client.get(f"{comment.receipt_url}wijzigen/").content, strict=True)

    assert with_id(page, "id_naam").get("value") == "Joke"
    assert with_id(page, "id_tekst").text == "  Twee.\n"


def test_readers_see_a_change_only_when_a_moderator_has(client: Client) -> None:
    comment = create_comment(text="Zoals het was.")

    act(client, comment, "wijzigen", naam="Joke", tekst="Zoals het wordt.")

    page = client.get(comment.post.get_absolute_url()).content.decode()
    assert "Zoals het was." in page
    assert "Zoals het wordt." not in page
    assert fresh(comment).waiting_since


def test_comment_can_be_changed_for_15_minutes_and_no_longer(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        comment = create_comment(status="pending", text="Zoals het was.")

    with time_machine.travel(NOON + EDIT_WITHIN - timedelta(seconds=1), tick=False):
        assert "tot 12.15 uur" in shown(client, comment)
        act(client, comment, "wijzigen", naam="Joke", tekst="Net op tijd.")
    with time_machine.travel(NOON + EDIT_WITHIN, tick=False):
        receipt = shown(client, comment)
        late = act(client, comment, "wijzigen", naam="Joke", tekst="Te <b>laat</b>.")

    assert fresh(comment).text == "Net op tijd."
    assert "Wijzigen" not in receipt
    assert late.status_code == 409
    page = parse(late.content, strict=True)
    assert (with_id(page, "id_tekst").text or "").strip() == "Te <b>laat</b>."
    assert "15 minuten" in visible_text(page)


def test_change_that_comes_too_late_while_it_is_being_sent_keeps_its_text(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = create_comment(status="pending")

    def too_late(*args: object, **kwargs: object) -> None:
        raise submission.RefusedError(submission.TOO_LATE)

    monkeypatch.setattr(submission, "edit", too_late)
    response = act(client, comment, "wijzigen", naam="Joke", tekst="Een seconde te laat.")

    assert response.status_code == 409
    page = parse(response.content, strict=True)
    assert (with_id(page, "id_tekst").text or "").strip() == "Een seconde te laat."


@pytest.mark.parametrize("status", ["rejected", "spam"])
def test_comment_that_was_decided_against_cannot_be_changed(client: Client, status: str) -> None:
    comment = create_comment(status=status, text="Koop nu.")

    response = act(client, comment, "wijzigen", naam="Joke", tekst="Iets anders.")

    assert response.status_code == 409
    assert fresh(comment).text == "Koop nu."


def test_comment_that_editors_took_something_out_of_cannot_be_changed(client: Client) -> None:
    comment = create_comment(status="pending", text="Bel Jan op 06-12345678.")
    moderation.redact(comment, by=create_editor(), version=1, name="Joke", text="Bel Jan.")

    response = act(client, comment, "wijzigen", naam="Joke", tekst="Bel toch maar.")

    assert response.status_code == 409
    assert fresh(comment).text == fresh(comment).newest_wording.text == "Bel Jan."


def test_text_for_a_comment_that_is_gone_is_kept(client: Client) -> None:
    comment = create_comment(status="pending")
    address = f"{comment.receipt_url}wijzigen/"
    act(client, comment, "wissen")

    response = client.post(address, {"naam": "Joke", "tekst": "Nog één ding."})

    assert response.status_code == 404
    page = parse(response.content, strict=True)
    assert (with_id(page, "id_tekst").text or "").strip() == "Nog één ding."


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"naam": ""}, 422),
        ({"naam": "x" * 61}, 422),
        ({"tekst": "x" * 2001}, 422),
        ({"headers": OTHER_SITE}, 403),
        ({"tekst": "Bel me: 06-12345678."}, 200),
    ],
)
def test_change_passes_the_checks_of_a_new_comment_and_keeps_its_text(
    client: Client, fields: dict[str, Any], status: int
) -> None:
    comment = create_comment(status="pending", text="Zoals het was.")
    sent = {"naam": "Joke", "tekst": "\n  Met <b>alles</b>.", **fields}

    response = act(client, comment, "wijzigen", **sent)

    assert response.status_code == status
    page = parse(response.content, strict=True)
    assert with_id(page, "id_tekst").text == sent["tekst"]
    assert with_id(page, "id_naam").get("value", "") == sent["naam"]
    assert fresh(comment).text == "Zoals het was."
    boxes = all_with_class(page, "error-summary") + all_with_class(page, "nudge")
    assert [box.get("autofocus") for box in boxes] == [""]


def test_personal_details_may_stand_in_a_change_all_the_same(client: Client) -> None:
    comment = create_comment(status="pending")
    text = "Bel me: 06-12345678."

    nudge = act(client, comment, "wijzigen", naam="Joke", tekst=text)
    page = parse(nudge.content, strict=True)
    told = "Nog niet opgeslagen: er staat een telefoonnummer in je reactie Iedereen"
    assert told in visible_text(with_class(page, "nudge"))
    assert (page.findtext("head/title") or "").startswith("Nog niet opgeslagen: ")
    (button,) = [button for button in page.iter("button") if button.get("name") == "toch"]
    act(client, comment, "wijzigen", naam="Joke", tekst=text, toch=button.get("value"))

    assert fresh(comment).text == text


def test_change_that_comes_too_often_keeps_its_text(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = create_comment(status="pending", text="Zoals het was.")
    monkeypatch.setitem(limits.LIMITS, Action.EDIT, (Limit(0, timedelta(hours=1)),))

    response = act(client, comment, "wijzigen", naam="Joke", tekst="Nog eens.")

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    page = parse(response.content, strict=True)
    assert "Wat je typte, staat hieronder nog." in visible_text(with_class(page, "error-summary"))
    assert with_id(page, "id_tekst").text == "Nog eens."
    assert fresh(comment).text == "Zoals het was."


def test_change_at_a_busy_moment_keeps_its_text(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = create_comment(status="pending")

    def busy(*args: object, **kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(submission, "edit", busy)
    response = act(client, comment, "wijzigen", naam="Joke", tekst="Nog eens.")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    page = parse(response.content, strict=True)
    assert "We konden je reactie nu niet bewaren." in visible_text(
        with_class(page, "error-summary")
    )
    assert with_id(page, "id_tekst").text == "Nog eens."


# --- Withdraw, put back, erase --------------------------------------------------------------------


@pytest.mark.parametrize("status", ["pending", "approved"])
def test_withdrawn_comment_is_gone_for_readers_at_once(client: Client, status: str) -> None:
    comment = create_comment(status=status, text="Toch maar niet.")

    response = act(client, comment, "intrekken")

    assert response["Location"] == comment.receipt_url
    assert fresh(comment).status == "withdrawn"
    assert "Toch maar niet." not in client.get(comment.post.get_absolute_url()).content.decode()
    assert "Je hebt je reactie ingetrokken." in shown(client, comment)


def test_second_click_on_withdraw_is_harmless(client: Client) -> None:
    comment = create_comment()
    act(client, comment, "intrekken")
    before = every_row()

    response = act(client, comment, "intrekken")

    assert response["Location"] == comment.receipt_url
    assert every_row() == before


def test_comment_that_was_put_back_waits_again(client: Client) -> None:
    comment = create_comment(text="Toch maar wel.")
    act(client, comment, "intrekken")

    response = act(client, comment, "terugzetten")

    assert response["Location"] == comment.receipt_url
    assert fresh(comment).status == "pending"
    assert fresh(comment).waiting_since
    assert "Toch maar wel." not in client.get(comment.post.get_absolute_url()).content.decode()


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "spam"])
def test_only_a_withdrawn_comment_can_be_put_back(client: Client, status: str) -> None:
    comment = create_comment(status=status)
    before = every_row()

    act(client, comment, "terugzetten")

    assert every_row() == before


@pytest.mark.parametrize("status", ["rejected", "spam"])
def test_withdrawing_gives_no_way_round_a_decision(client: Client, status: str) -> None:
    comment = create_comment(status=status)

    act(client, comment, "intrekken")
    act(client, comment, "terugzetten")

    assert fresh(comment).status == status


def test_putting_back_too_often_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    comment = create_comment()
    act(client, comment, "intrekken")
    monkeypatch.setitem(limits.LIMITS, Action.EDIT, (Limit(0, timedelta(hours=1)),))

    response = act(client, comment, "terugzetten")

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert fresh(comment).status == "withdrawn"


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "spam"])
def test_erased_comment_leaves_nothing_behind_its_address(client: Client, status: str) -> None:
    comment = create_comment(status=status, text="Toch maar niet.")
    receipt = comment.receipt_url

    response = act(client, comment, "wissen")

    gone = parse(client.get(response["Location"]).content, strict=True)
    assert "Je reactie is gewist" in visible_text(gone)
    assert comment.post.get_absolute_url() in [link.get("href") for link in gone.iter("a")]
    assert client.get(receipt).status_code == 404
    assert client.post(f"{receipt}wissen/").status_code == 404
    assert "Toch maar niet." not in client.get(comment.post.get_absolute_url()).content.decode()


def test_comment_can_be_erased_after_it_was_withdrawn(client: Client) -> None:
    comment = create_comment()
    act(client, comment, "intrekken")

    act(client, comment, "wissen")

    assert fresh(comment).status == "erased"


@pytest.mark.parametrize(
    ("standing", "acts"),
    [
        ("pending", ["wijzigen", "intrekken", "wissen"]),
        ("approved", ["wijzigen", "intrekken", "wissen"]),
        ("rejected", ["wissen"]),
        ("spam", ["wissen"]),
        ("withdrawn", ["terugzetten", "wissen"]),
    ],
)
def test_receipt_offers_what_can_be_done(client: Client, standing: str, acts: list[str]) -> None:
    comment = create_comment(status="pending" if standing == "withdrawn" else standing)
    if standing == "withdrawn":
        submission.withdraw(comment)

    actions = with_class(parse(client.get(comment.receipt_url).content), "receipt-actions")

    addresses = [
        element.get("href") or element.get("action")
        for element in actions.iter()
        if element.tag in {"a", "form"}
    ]
    assert addresses == [f"{comment.receipt_url}{name}/" for name in acts]


# --- Mail when somebody answers -------------------------------------------------------------------


def test_writer_without_an_address_can_ask_for_mail(client: Client) -> None:
    comment = create_comment(status="pending")

    response = act(client, comment, "mail", mailadres=ADDRESS)

    comment = Comment.objects.select_related("email").get(pk=comment.pk)
    assert response["Location"] == f"{comment.receipt_url}#mail"
    assert comment.email
    assert comment.email.email == ADDRESS
    assert comment.wants_replies
    assert [mail.purpose for mail in Mail.objects.filter(email=comment.email)] == ["confirm"]
    assert "h…@voorbeeld.nl" in shown(client, comment)
    assert "Volg die eerst" in shown(client, comment)


def test_writer_with_a_confirmed_address_needs_one_click_to_start_and_one_to_stop(
    client: Client,
) -> None:
    comment = create_confirmed_comment()
    Comment.objects.filter(pk=comment.pk).update(wants_replies=False)

    assert "We kunnen die sturen naar h…@voorbeeld.nl" in shown(client, comment)
    act(client, comment, "mail")
    assert fresh(comment).wants_replies
    assert "Je krijgt mail op h…@voorbeeld.nl" in shown(client, comment)
    act(client, comment, "mail", stop="")
    assert not fresh(comment).wants_replies


@pytest.mark.parametrize("state", ["on", "off", "stopped"])
def test_address_that_is_there_is_not_changed_by_the_receipt(client: Client, state: str) -> None:
    comment = create_confirmed_comment()
    Comment.objects.filter(pk=comment.pk).update(wants_replies=state != "off")
    EmailAddress.objects.update(stopped_at=NOON if state == "stopped" else None)

    act(client, comment, "mail", mailadres="ander@voorbeeld.nl")

    assert fresh(comment).email == comment.email


def test_receipt_tells_that_all_mail_was_stopped(client: Client) -> None:
    comment = create_confirmed_comment()
    EmailAddress.objects.update(stopped_at=NOON)

    assert "Je hebt al onze mails naar h…@voorbeeld.nl gestopt." in shown(client, comment)


@pytest.mark.parametrize("stopped", [False, True])
def test_asking_again_is_answered_though_no_second_mail_goes(client: Client, stopped: bool) -> None:
    comment = create_confirmed_comment() if stopped else create_comment(email=ADDRESS)
    if stopped:
        EmailAddress.objects.update(stopped_at=NOON)

    response = act(client, comment, "mail")

    place, _mark, section = response["Location"].partition("#")
    page = parse(client.get(place).content, strict=True)
    assert "We hebben je verzoek." in visible_text(with_id(page, section))
    assert "We hebben je verzoek." not in shown(client, comment)


def test_turning_mail_off_leads_back_to_what_is_so_now(client: Client) -> None:
    comment = create_comment(email=ADDRESS)

    response = act(client, comment, "mail", stop="")

    assert response["Location"] == f"{comment.receipt_url}#mail"
    section = with_id(parse(client.get(comment.receipt_url).content), "mail")
    assert section.get("tabindex") == "-1"
    assert "Je krijgt geen mail als iemand antwoordt." in visible_text(section)


@pytest.mark.parametrize("name", ["", "mail/", "intrekken/", "wissen/"])
def test_address_never_shows_in_full(client: Client, name: str) -> None:
    comment = create_confirmed_comment(status="pending")

    page = client.get(f"{comment.receipt_url}{name}").content.decode()

    assert "hanneke.bos" not in page


@pytest.mark.parametrize("typed", ["", "hanneke", "a@b", "x" * 250 + "@voorbeeld.nl", "a@b\0.nl@"])
def test_what_is_no_address_comes_back_with_a_message(client: Client, typed: str) -> None:
    comment = create_comment(status="pending")
    before = every_row()

    response = act(client, comment, "mail", mailadres=typed)

    assert response.status_code == 422
    page = parse(response.content, strict=True)
    assert with_class(page, "error-summary").get("autofocus") == ""
    assert with_id(page, "id_mailadres").get("aria-invalid") == "true"
    assert "id_mailadres_error" in with_id(page, "id_mailadres").get("aria-describedby", "")
    assert every_row() == before


def test_asking_for_mail_too_often_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = create_comment(status="pending")
    monkeypatch.setitem(limits.LIMITS, Action.MAIL, (Limit(0, timedelta(hours=1)),))

    response = act(client, comment, "mail", mailadres=ADDRESS)

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert with_id(parse(response.content), "id_mailadres").get("value") == ADDRESS
    assert fresh(comment).email is None


def test_no_mail_is_promised_for_a_comment_that_nobody_sees(client: Client) -> None:
    comment = create_comment(status="rejected")

    response = act(client, comment, "mail", mailadres=ADDRESS)

    assert response["Location"] == comment.receipt_url
    assert fresh(comment).email is None
    assert "Mail bij een antwoord" not in shown(client, comment)


def test_masked_address_shows_its_first_sign_and_domain() -> None:
    assert EmailAddress(email="hanneke.bos@voorbeeld.nl").masked == "h…@voorbeeld.nl"


def test_address_that_was_mistyped_is_mended_on_the_receipt(client: Client) -> None:
    comment = create_comment(status="pending", email="hanneke.bso@voorbeeld.nl")

    section = with_id(parse(client.get(comment.receipt_url).content), "mail")
    response = act(client, comment, "mail", mailadres=ADDRESS)

    comment = fresh(comment)
    assert "Een ander adres, als dit niet klopt" in visible_text(section)
    assert response["Location"] == f"{comment.receipt_url}#mail"
    assert comment.email == EmailAddress.objects.get(email=ADDRESS)
    assert [mail.email for mail in comment.mails.all()] == [comment.email]


def test_address_that_nobody_confirmed_stays_when_no_other_is_typed(client: Client) -> None:
    comment = create_comment(status="pending", email=ADDRESS)

    act(client, comment, "mail", mailadres="")
    refused = act(client, comment, "mail", mailadres="hanneke@")

    assert fresh(comment).email == comment.email
    assert refused.status_code == 422


@pytest.mark.parametrize("name", ["intrekken", "wissen", "mail"])
def test_busy_database_is_told_politely(
    client: Client,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    comment = create_confirmed_comment()

    def busy(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(Comment, "save", busy)
    monkeypatch.setattr("comments.privacy.erasure.wipe", busy)
    Comment.objects.filter(pk=comment.pk).update(wants_replies=False)
    response = act(client, comment, name)

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Dit lukte nu even niet." in visible_text(parse(response.content, strict=True))
    assert "The database took nothing" in caplog.text
