"""The outbox: what becomes of a mail, whatever the mail server does. The server is a real one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import include, path
from django.views.generic import RedirectView
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from comments import moderation
from comments.mail import jobs
from comments.mail import outbox as mailing
from comments.mail.server import RefusedError
from comments.models import Link, Mail
from tests.comments.correspondents import ADDRESS, create_comment_with_mail_on_replies
from tests.comments.mail.mailbox import put_mail_in_outbox
from tests.factories import create_comment, create_editor, create_user
from tests.instants import DAY, MINUTE, NOON, Clock
from tests.mail_server import TAKES_IT, MailServer, Manner, running_mail_server, text_of, use
from tests.running_site import free_port
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db

QUOTING = f"<{ADDRESS}>: Recipient address rejected ({ADDRESS})"


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server that takes what it gets, and that this process sends to."""
    with running_mail_server() as server:
        use(server, settings)
        yield server


def state(mail: Mail) -> tuple[str, int]:
    """What became of a mail, and how often it was refused."""
    mail.refresh_from_db()
    return mail.status, mail.attempts


# --- Taken ----------------------------------------------------------------------------------------


def test_mail_goes_to_the_mail_server_once(server: MailServer) -> None:
    mail = put_mail_in_outbox()

    run_jobs()
    jobs.send(mail.pk)

    assert state(mail) == ("sent", 0)
    assert [message["To"] for message in server.taken] == [ADDRESS]


def test_mail_says_who_and_what_sent_it(server: MailServer, settings: Settings) -> None:
    settings.SITE_URL = "https://www.example.org:8443"
    settings.DEFAULT_FROM_EMAIL = "redactie@example.org"
    put_mail_in_outbox()

    run_jobs()

    (message,) = server.taken
    assert message["From"] == "Leestafel <redactie@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@www.example.org>")
    assert message["Date"].datetime is not None
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"


def test_name_in_mail_from_is_kept(server: MailServer, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Redactie Rustpunt <redactie@example.org>"
    put_mail_in_outbox()

    run_jobs()

    assert server.taken[0]["From"] == "Redactie Rustpunt <redactie@example.org>"


@pytest.mark.parametrize("manner", [Manner.HANGS_UP, Manner.SAYS_NOTHING])
def test_goodbye_without_an_answer_changes_nothing(server: MailServer, manner: Manner) -> None:
    server.to_goodbye = manner
    mail = put_mail_in_outbox()

    run_jobs()

    assert state(mail) == ("sent", 0)


def test_mail_that_is_not_for_a_server_lands_in_the_folder(
    settings: Settings, tmp_path: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    mail = put_mail_in_outbox()

    run_jobs()

    assert state(mail) == ("sent", 0)
    (file,) = settings.EMAIL_FILE_PATH.iterdir()
    assert f"To: {ADDRESS}" in file.read_text(encoding="utf-8")


# --- Refused --------------------------------------------------------------------------------------

REFUSALS: list[dict[str, Any]] = [
    {"to_recipient": "451 4.7.1 Try again later"},
    {"to_text": "451 4.7.1 Try again later"},
    {"to_recipient": "421 4.3.2 Shutting down"},
    {"to_recipient": Manner.HANGS_UP},
    {"to_recipient": Manner.SAYS_NOTHING},
]


@pytest.mark.parametrize("manner", REFUSALS, ids=repr)
def test_refused_mail_is_tried_again_until_it_is_taken(
    manner: dict[str, Any], server: MailServer, clock: Clock
) -> None:
    for name, answer in manner.items():
        setattr(server, name, answer)
    mail = put_mail_in_outbox()

    run_jobs()
    after_refusal = state(mail)
    run_jobs()
    server.to_recipient = server.to_text = TAKES_IT
    clock.shift(MINUTE)
    run_jobs()

    assert after_refusal == ("waiting", 1)
    assert state(mail) == ("sent", 1)
    assert len(server.taken) == 1


def test_mail_waits_while_nobody_listens(settings: Settings, clock: Clock) -> None:
    use(MailServer(port=free_port()), settings)
    mail = put_mail_in_outbox()

    run_jobs()

    assert state(mail) == ("waiting", 1)
    assert mail.answer.startswith("ConnectionRefusedError")


def test_mail_waits_while_the_mail_server_has_no_address(settings: Settings) -> None:
    use(MailServer(port=25), settings)
    settings.EMAIL_HOST = "mail..example"
    mail = put_mail_in_outbox()

    run_jobs()

    assert state(mail) == ("waiting", 1)


def test_mail_waits_while_the_password_is_wrong(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = ADDRESS, "geheim"
    server.takes_password = False
    mail = put_mail_in_outbox()

    run_jobs()

    assert state(mail) == ("waiting", 1)
    assert mail.answer.startswith("535")
    assert "geheim" not in mail.answer


def test_mail_waits_while_its_sender_is_refused(server: MailServer, clock: Clock) -> None:
    server.to_sender = "550 5.7.1 Sender not allowed"
    mail = put_mail_in_outbox()

    run_jobs()

    assert state(mail) == ("waiting", 1)


def test_mail_waits_while_the_mail_server_speaks_no_tls(
    server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_USE_TLS = True
    mail = put_mail_in_outbox()

    run_jobs()

    assert state(mail) == ("waiting", 1)
    assert server.arrived == []


def test_pauses_grow_and_end(server: MailServer, clock: Clock) -> None:
    server.to_recipient = "451 4.7.1 Try again later"
    mail = put_mail_in_outbox()
    tried_at = []

    for minute in range(24 * 60):
        clock.move_to(NOON + minute * MINUTE)
        before = mail.attempts
        run_jobs()
        mail.refresh_from_db()
        if mail.attempts > before:
            tried_at.append(minute)

    assert tried_at == [0, 1, 6, 36, 156, 876]
    assert state(mail) == ("failed", 6)


@pytest.mark.parametrize("name", ["to_recipient", "to_text"])
def test_mail_that_is_refused_for_good_is_not_tried_again(
    name: str, server: MailServer, clock: Clock
) -> None:
    setattr(server, name, "550 5.1.1 User unknown")
    mail = put_mail_in_outbox()

    run_jobs()
    server.to_recipient = server.to_text = TAKES_IT
    clock.shift(DAY)
    jobs.sweep()
    run_jobs()

    assert state(mail) == ("failed", 1)
    assert mail.answer == "550 5.1.1 User unknown"
    assert server.taken == []


@pytest.mark.parametrize("answer", [f"550 5.1.1 {QUOTING}", f"451 4.2.0 {QUOTING}"])
def test_answer_is_kept_without_the_address(answer: str, server: MailServer) -> None:
    server.to_recipient = answer
    mail = put_mail_in_outbox()

    run_jobs()

    mail.refresh_from_db()
    assert mail.answer.startswith(answer[:9])
    assert "Recipient address rejected" in mail.answer
    assert "hanneke" not in mail.answer


def test_answer_is_kept_without_a_sign_that_postgresql_cannot_hold(server: MailServer) -> None:
    server.to_recipient = "550 5.1.1 No\0body here"
    mail = put_mail_in_outbox()

    run_jobs()

    mail.refresh_from_db()
    assert mail.answer == "550 5.1.1 Nobody here"


def test_very_long_answer_is_cut(server: MailServer) -> None:
    server.to_recipient = "550 " + "nee " * 100
    mail = put_mail_in_outbox()

    run_jobs()

    assert state(mail) == ("failed", 1)
    assert len(mail.answer) == 200


def test_mail_whose_words_cannot_be_made_waits_and_names_no_key(
    settings: Settings, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    mail = put_mail_in_outbox()
    # No page takes such a key: the error quotes it.
    settings.ROOT_URLCONF = "tests.comments.mail.test_outbox"

    with pytest.raises(AssertionError) as failure:
        run_jobs()

    assert state(mail) == ("waiting", 1)
    assert mail.answer == "NoReverseMatch"
    key = Link.objects.get(purpose="confirm").key
    assert key not in caplog.text + str(failure.value)
    assert "NoReverseMatch" in caplog.text


PAGES = [path("bevestigen/<int:key>/", RedirectView.as_view(), name="confirm")]
urlpatterns = [path("", include((PAGES, "comments")))]


# --- Nobody knows ---------------------------------------------------------------------------------


@pytest.mark.parametrize("manner", [Manner.HANGS_UP, Manner.SAYS_NOTHING])
def test_mail_whose_fate_is_unclear_is_not_sent_again(
    manner: Manner, server: MailServer, clock: Clock
) -> None:
    server.to_text = manner
    mail = put_mail_in_outbox()

    run_jobs()
    after = state(mail)
    server.to_text = TAKES_IT
    for _day in range(3):
        clock.shift(DAY)
        jobs.sweep()
        run_jobs()

    assert after == state(mail) == ("unknown", 0)
    assert len(server.arrived) == 1
    assert list(Mail.objects.filter(status="unknown")) == [mail]


def test_mail_that_a_crash_cut_short_is_not_sent_again(server: MailServer, clock: Clock) -> None:
    mail = put_mail_in_outbox()
    mailing.take(mail.pk)  # and then the power went

    clock.shift(mailing.LOST_AFTER)
    jobs.sweep()
    while_somebody_may_be_at_it = state(mail)
    clock.shift(MINUTE)
    jobs.sweep()
    run_jobs()

    assert while_somebody_may_be_at_it == ("sending", 0)
    assert state(mail) == ("unknown", 0)
    assert server.arrived == []


def test_late_yes_still_counts(clock: Clock) -> None:
    mail = put_mail_in_outbox()
    mailing.take(mail.pk)
    clock.shift(mailing.LOST_AFTER + MINUTE)
    jobs.sweep()

    mailing.settle(mail.pk, Mail.Status.SENT)

    assert state(mail) == ("sent", 0)


# --- Replies that were refused --------------------------------------------------------------------


def test_refused_mail_about_replies_says_next_time_what_is_true_then(
    server: MailServer, clock: Clock
) -> None:
    parent = create_comment_with_mail_on_replies()
    gone = create_comment(parent=parent, text="Deze verdwijnt weer.")
    create_comment(parent=parent, text="Deze blijft.")
    server.to_text = "451 4.3.0 Disk full"
    clock.shift(mailing.REPLY_AFTER)
    run_jobs()

    moderation.reject(gone, by=create_editor(), version=1)
    create_comment(parent=parent, text="Deze kwam erbij.")
    server.to_text = TAKES_IT
    clock.shift(MINUTE)
    run_jobs()

    (message,) = server.taken
    assert "Deze blijft." in text_of(message)
    assert "Deze kwam erbij." in text_of(message)
    assert "Deze verdwijnt weer." not in text_of(message)


def test_refused_mail_about_replies_joins_the_one_that_was_made_meanwhile(
    server: MailServer, clock: Clock
) -> None:
    parent = create_comment_with_mail_on_replies()
    create_comment(parent=parent, text="De eerste.")
    first = Mail.objects.get(purpose="reply")
    mailing.take(first.pk)
    create_comment(parent=parent, text="De tweede.")

    jobs.try_again(first.pk, RefusedError("451"))
    clock.shift(mailing.REPLIES_APART)
    run_jobs()

    (message,) = server.taken
    assert "De eerste." in text_of(message)
    assert "De tweede." in text_of(message)
    assert not Mail.objects.filter(pk=first.pk).exists()


def test_replies_of_a_mail_whose_fate_is_unclear_are_not_told_again(
    server: MailServer, clock: Clock
) -> None:
    parent = create_comment_with_mail_on_replies()
    create_comment(parent=parent, text="De eerste.")
    server.to_text = Manner.HANGS_UP
    clock.shift(mailing.REPLY_AFTER)
    run_jobs()

    server.to_text = TAKES_IT
    create_comment(parent=parent, text="De tweede.")
    clock.shift(mailing.REPLIES_APART)
    run_jobs()

    (message,) = server.taken
    assert "De eerste." not in text_of(message)
    assert "De tweede." in text_of(message)


# --- When a mail may go ---------------------------------------------------------------------------


def test_mail_to_moderators_keeps_its_distance_from_the_last_one(
    server: MailServer, clock: Clock
) -> None:
    create_user(may=["moderate_comment"], email="redacteur@example.org")
    times: list[int] = []

    for minute in range(3 * 60):
        clock.move_to(NOON + minute * MINUTE)
        if minute % 20 == 0:
            create_comment(status="pending")
        run_jobs()
        if len(server.taken) > len(times):
            times.append(minute)

    assert times == [10, 70, 130]


def test_job_of_a_mail_is_due_with_the_mail(clock: Clock) -> None:
    parent = create_comment_with_mail_on_replies()
    create_comment(parent=parent)

    job = DBTaskResult.objects.latest("run_after")

    assert job.run_after == NOON + mailing.REPLY_AFTER


@pytest.mark.parametrize("fate", [Mail.Status.UNKNOWN, Mail.Status.FAILED])
def test_mail_on_replies_that_is_sent_again_says_what_it_said(
    server: MailServer, clock: Clock, fate: Mail.Status
) -> None:
    parent = create_comment_with_mail_on_replies()
    create_comment(parent=parent, text="Dat herken ik.")
    mail = Mail.objects.get(purpose="reply")
    mailing.take(mail.pk)
    mailing.settle(mail.pk, fate)
    clock.shift(MINUTE)

    assert jobs.send_again(mail)
    clock.shift(DAY)
    run_jobs()

    assert "Dat herken ik." in text_of(server.taken[-1])
