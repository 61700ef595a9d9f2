"""Mails that need an editor's look."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.models import EmailAddress, Mail
from tests.comments.admin.desk_pages import COMMENTS, list_of
from tests.comments.correspondents import ADDRESS
from tests.factories import create_superuser, create_user, in_days
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

MAILS = "/admin/comments/mail/"


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


@pytest.mark.parametrize(
    ("query", "words"),
    [("", "Geen enkele mail vraagt aandacht."), ("?status=failed", "Zulke mails zijn er niet.")],
)
def test_empty_list_is_one_sentence_and_offers_nothing_to_do(
    desk: Client, query: str, words: str
) -> None:
    create_mail(Mail.Status.SENT)

    page = parse(desk.get(MAILS + query).content)

    assert words in visible_text(page)
    assert not all_with_class(page, "actions")


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
    deletion = {"action": "delete_selected", "_selected_action": [mail.pk], "post": "yes"}
    desk.post(f"{MAILS}?status=all", deletion)
    assert Mail.objects.get().status == "failed"


def test_mails_past_their_term_are_not_listed(desk: Client) -> None:
    Mail.objects.filter(pk=create_mail(Mail.Status.FAILED).pk).update(status_at=in_days(-31))

    assert list_of(parse(desk.get(MAILS).content)) == []


def test_account_with_mails_can_be_deleted(client: Client, moderator: User) -> None:
    client.force_login(create_superuser())
    create_mail(Mail.Status.SENT, user=moderator)

    client.post(f"/admin/auth/user/{moderator.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(pk=moderator.pk).exists()


def test_start_page_says_how_many_mails_need_a_look(desk: Client, moderator: User) -> None:
    mails = [create_mail(status) for status in Mail.Status]
    old = create_mail(Mail.Status.UNKNOWN, user=moderator)
    Mail.objects.filter(pk=old.pk).update(status_at=in_days(-31))

    start = with_class(parse(desk.get("/admin/").content), "start")

    found = {link.get("href"): visible_text(link) for link in start.iter("a")}
    assert found[MAILS] == "2 mails zijn niet of misschien niet verstuurd"
    assert "Niets." not in visible_text(start)
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).delete()
    done = with_class(parse(desk.get("/admin/").content), "start")
    assert "Niets. Alles is klaar." in visible_text(done)


def test_failed_mails_are_not_told_to_who_may_not_moderate(client: Client) -> None:
    create_mail(Mail.Status.FAILED)
    client.force_login(create_user(may=["add_post", "change_own_post", "view_mail"]))

    start = with_class(parse(client.get("/admin/").content), "start")

    assert MAILS not in [link.get("href") for link in start.iter("a")]
    assert "Niets. Alles is klaar." in visible_text(start)


@pytest.mark.parametrize("address", [MAILS, "/admin/comments/erasure/", COMMENTS])
def test_who_may_not_moderate_reads_none_of_it(client: Client, address: str) -> None:
    client.force_login(create_user(may=["view_mail", "view_erasure", "view_comment"]))

    assert client.get(address).status_code == 403
