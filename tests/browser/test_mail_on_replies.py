"""Mail on replies from end to end: asked for, confirmed, sent, followed, and stopped by a click."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.checks import follows_every_rule, way_of_the_keyboard
from tests.browser.journeys import ARTICLE, HELD, approve_comment, fill_in, log_in, own, press
from tests.mail_server import MailServer, addresses_in, running_mail_server, text_of
from tests.running_site import RunningSite, own_database, running_site, wait_until

SEND_ALL_THAT_WAITS = """
import time
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from comments.models import Mail
DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
deadline = time.monotonic() + 30
while Mail.objects.filter(status__in=["waiting", "sending"]).exists():
    assert time.monotonic() < deadline, "a mail still waits"
    time.sleep(0.1)
"""

Stop = Callable[[Page, EmailMessage], None]


@pytest.fixture(scope="module")
def mails() -> Iterator[MailServer]:
    """The mail server that the site hands its mails to."""
    with running_mail_server() as mails:
        yield mails


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mails: MailServer) -> Iterator[RunningSite]:
    """The example site under the production server, which sends mail."""
    folder = tmp_path_factory.mktemp("mails")
    with own_database() as environment:
        environment = environment | {"SMTP_URL": mails.url}
        with running_site(folder, "--demo", environment=environment) as site:
            yield site


@pytest.fixture(scope="module")
def browser_context_args(browser_context_args: dict[str, Any], site: RunningSite) -> dict[str, Any]:
    """Addresses without a host are of that site."""
    return {**browser_context_args, "base_url": site.url}


@pytest.fixture
def visitor(new_context: Callable[..., BrowserContext], scripts: bool) -> Page:
    """Who asks something, and wants to know when it is answered."""
    return new_context(java_script_enabled=scripts).new_page()


@pytest.fixture
def other(new_context: Callable[..., BrowserContext], scripts: bool) -> Page:
    """Who answers."""
    return new_context(java_script_enabled=scripts).new_page()


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext], site: RunningSite, scripts: bool) -> Page:
    """An editor who is logged in."""
    desk = new_context(java_script_enabled=scripts).new_page()
    log_in(desk, site.admin_password)
    return desk


def title(page: Page, text: str) -> None:
    """Await the page with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def mails_to(mails: MailServer, address: str) -> list[EmailMessage]:
    """Every mail that came at an address, oldest first."""
    return [mail for mail in mails.taken if mail["To"] == address]


def link_in(mail: EmailMessage, path: str) -> str:
    """The one address with this path to which a mail leads."""
    (found,) = [address for address in addresses_in(text_of(mail)) if path in address]
    return found


def own_address() -> str:
    """An e-mail address that no other test has."""
    return f"hanneke-{uuid4().hex[:8]}@voorbeeld.nl"


def ask(page: Page, mails: MailServer, *, question: str, address: str) -> EmailMessage:
    """Comment with an e-mail address; the mail that asks to confirm it."""
    page.goto(ARTICLE)
    page.get_by_label("E-mailadres").fill(address)
    fill_in(page, name="Hanneke", text=question)
    title(page, HELD)
    wait_until(lambda: mails_to(mails, address))
    (confirmation,) = mails_to(mails, address)
    return confirmation


def answer(page: Page, *, question: str, text: str) -> None:
    """Answer a comment below the article."""
    page.goto(ARTICLE)
    asked = page.locator("#reacties article.comment", has_text=question)
    asked.get_by_role("link", name="Beantwoord Hanneke").click()
    title(page, "Reactie op Hanneke")
    fill_in(page, name="Bas", text=text)
    title(page, HELD)


def by_one_click(_visitor: Page, mail: EmailMessage) -> None:
    """Stop our mails as a mail program does, which opens no page (RFC 8058)."""
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip().strip("<>")
    with urllib.request.urlopen(address, b"List-Unsubscribe=One-Click", timeout=10) as response:
        assert response.status == 200


def by_the_button(visitor: Page, mail: EmailMessage) -> None:
    """Stop our mails on the page to which the mail leads."""
    visitor.goto(link_in(mail, "/reacties/stoppen/"))
    title(visitor, "Geen mail meer?")
    assert way_of_the_keyboard(visitor) == ["Alle mail stoppen", "Naar de voorpagina"]

    press(visitor, "Alle mail stoppen")
    title(visitor, "We mailen je niet meer")


@pytest.mark.long
@pytest.mark.parametrize("stop", [by_one_click, by_the_button])
def test_answers_are_mailed_from_the_confirmation_until_the_stop(
    site: RunningSite, mails: MailServer, visitor: Page, other: Page, desk: Page, stop: Stop
) -> None:
    address = own_address()
    question, first, second = own("Helpt dit ook?"), own("Bij mij wel."), own("Bij mij niet.")

    # A visitor comments with an e-mail address, and confirms it with the link in the mail.
    confirmation = ask(visitor, mails, question=question, address=address)
    visitor.goto(link_in(confirmation, "/reacties/bevestigen/"))
    title(visitor, "Is dit jouw reactie?")
    assert way_of_the_keyboard(visitor) == ["Ja, mijn adres bevestigen"]
    press(visitor, "Ja, mijn adres bevestigen")
    title(visitor, "Je adres is bevestigd")
    visitor.get_by_role("link", name="Naar je reactie").click()
    expect(visitor.get_by_role("region", name="Mail bij een antwoord")).to_contain_text(
        "Je krijgt mail op h…@voorbeeld.nl"
    )

    # Somebody answers; while that waits for an editor, no mail comes.
    approve_comment(desk, words=question)
    answer(other, question=question, text=first)
    site.shell(SEND_ALL_THAT_WAITS)
    assert mails_to(mails, address) == [confirmation]

    # It is approved: the mail leads to its place below the article.
    approve_comment(desk, words=first)
    site.shell(SEND_ALL_THAT_WAITS)
    (_confirmation, notice) = mails_to(mails, address)
    assert first in text_of(notice)
    visitor.goto(link_in(notice, f"{ARTICLE}#reactie-"))
    expect(visitor.locator("article.comment:target")).to_contain_text(first)
    expect(visitor.locator("article.comment:target")).to_be_in_viewport()

    # After the stop, the next answer is placed, and no mail comes.
    stop(visitor, notice)
    answer(other, question=question, text=second)
    approve_comment(desk, words=second)
    site.shell(SEND_ALL_THAT_WAITS)
    visitor.goto(ARTICLE)
    expect(visitor.locator("article.comment", has_text=second)).to_be_visible()
    assert mails_to(mails, address) == [confirmation, notice]


@pytest.mark.long
def test_pages_behind_the_links_break_no_rule_of_axe(page: Page, mails: MailServer) -> None:
    confirmation = ask(page, mails, question=own("Wie slaapt er goed?"), address=own_address())

    for path, button in (
        ("/reacties/bevestigen/", "Ja, mijn adres bevestigen"),
        ("/reacties/stoppen/", "Alle mail stoppen"),
    ):
        page.goto(link_in(confirmation, path))
        follows_every_rule(page)
        press(page, button)
        follows_every_rule(page)
