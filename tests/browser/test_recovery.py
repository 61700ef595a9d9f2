"""What an editor typed comes back after a login that ended and a browser that stopped."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, expect

from tests.browser.checks import follows_every_rule, violations
from tests.browser.journeys import own
from tests.running_site import RunningSite

# One page looked at from all sides: `make test` leaves it to the other tests of that page.
pytestmark = pytest.mark.long

ADD = "/admin/blog/post/add/"
# Milliseconds, those of the script.
PAUSE = 3_000
BEAT = 20_000


def title_of(desk: Page) -> Locator:
    """The field of the title."""
    return desk.get_by_label("Titel:", exact=True)


def text_of(desk: Page) -> Locator:
    """The field in which the text is typed."""
    return desk.get_by_label("Tekst:", exact=True)


def save(desk: Page) -> None:
    """Press the button."""
    desk.get_by_role("button", name="Concept opslaan").click()


def end_login(desk: Page) -> None:
    """What a browser does when the session has expired."""
    desk.context.clear_cookies(name="sessionid")


def test_save_after_the_login_ended_goes_on_through_the_login_page(
    desk: Page, demo_site: RunningSite
) -> None:
    text = "\n  Begin met een lege regel.\n\nEn eindig met een.\n"
    desk.goto(ADD)
    title_of(desk).fill(own("Slapen in de trein"))
    text_of(desk).fill(text)
    end_login(desk)
    save(desk)
    expect(desk.get_by_text("Wat je hebt getypt, is veilig")).to_be_visible()

    desk.get_by_label("Gebruikersnaam").fill("redactie")
    desk.get_by_label("Wachtwoord").fill(demo_site.admin_password)
    desk.get_by_role("button", name="Aanmelden").click()

    expect(desk.locator(".messagelist .success")).to_contain_text("Concept opgeslagen.")
    expect(text_of(desk)).to_have_value(text)


def test_text_of_a_browser_that_stopped_without_a_login_is_offered_again(
    scripted_desk: Page, login: Any
) -> None:
    title, context = own("Slapen in een tent"), scripted_desk.context
    scripted_desk.clock.install()
    scripted_desk.goto(ADD)
    end_login(scripted_desk)
    title_of(scripted_desk).fill(title)
    text_of(scripted_desk).fill("Nooit opgeslagen.")
    scripted_desk.clock.fast_forward(PAUSE)
    expect(scripted_desk.get_by_text("Wat je typt, wordt op dit apparaat bewaard.")).to_be_visible()
    scripted_desk.close()

    context.add_cookies(login["cookies"])
    again = context.new_page()
    again.goto(ADD)
    offer = again.locator(".sitting-copies li", has_text=title)
    offer.get_by_role("link", name="Vergelijken en kiezen").click()
    expect(again.locator("#content")).to_contain_text("Nooit opgeslagen.")
    again.get_by_role("link", name="Verder met deze tekst").click()

    expect(text_of(again)).to_have_value("Nooit opgeslagen.")
    save(again)
    expect(again.locator(".messagelist .success")).to_contain_text("Concept opgeslagen.")
    expect(offer).to_have_count(0)


def test_text_is_offered_once_when_the_server_and_the_device_have_it(scripted_desk: Page) -> None:
    title, context = own("Slapen op een vlot"), scripted_desk.context
    scripted_desk.clock.install()
    scripted_desk.goto(ADD)
    title_of(scripted_desk).fill(title)
    with scripted_desk.expect_response("**/zitting/") as arrived:
        scripted_desk.clock.fast_forward(PAUSE)
    arrived.value.finished()
    context.set_offline(True)
    text_of(scripted_desk).fill("Op dit apparaat.")
    scripted_desk.clock.fast_forward(PAUSE)
    expect(scripted_desk.get_by_text("wordt op dit apparaat bewaard")).to_be_visible()
    scripted_desk.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(ADD)
    again.wait_for_load_state("networkidle")
    again.locator(".sitting-copies li", has_text=title).get_by_role("link").click()

    expect(again.locator("#content")).to_contain_text("Op dit apparaat.")


def test_only_who_typed_something_is_warned_before_leaving(scripted_desk: Page) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    changed = scripted_desk.context.new_page()
    for page in (scripted_desk, changed):
        page.on("dialog", accept)
        page.goto(ADD)
        title_of(page).click()
    title_of(changed).press_sequentially("Een")

    for page in (scripted_desk, changed):
        with page.expect_event("close"):
            page.close(run_before_unload=True)

    assert asked == ["beforeunload"]


def test_going_back_makes_no_second_post_of_what_was_saved(scripted_desk: Page) -> None:
    scripted_desk.goto(ADD)
    title_of(scripted_desk).fill(own("Slapen in een kast"))
    save(scripted_desk)
    expect(scripted_desk.locator(".messagelist .success")).to_be_visible()

    scripted_desk.go_back()

    expect(scripted_desk).to_have_url(re.compile(f"{ADD}$"))
    expect(title_of(scripted_desk)).to_have_value("")


def test_text_that_comes_back_passes_by_no_text_of_a_colleague(
    new_context: Callable[..., BrowserContext], login: Any, scripts: bool
) -> None:
    mine, theirs = (
        new_context(storage_state=login, java_script_enabled=scripts).new_page() for _ in range(2)
    )
    mine.on("dialog", lambda dialog: dialog.accept())
    mine.goto(ADD)
    title_of(mine).fill(own("Slapen in een boom"))
    save(mine)
    expect(mine.locator(".messagelist .success")).to_be_visible()
    theirs.goto(mine.url)
    text_of(mine).fill("Van mij.")
    mine.goto("/admin/")
    text_of(theirs).fill("Van haar.")
    save(theirs)
    expect(theirs.locator(".messagelist .success")).to_be_visible()

    mine.go_back()
    expect(text_of(mine)).to_have_value("Van mij.")
    expect(mine.locator(".sitting-newer")).to_contain_text("Je hebt dit zelf opgeslagen")
    if scripts:
        # Django's own fields stand close together.
        assert [v for v in violations(mine) if not v.startswith("target-size")] == []
    save(mine)

    expect(mine.locator(".both-texts")).to_contain_text("Van mij.")
    expect(mine.locator(".both-texts")).to_contain_text("Van haar.")


def test_text_is_kept_on_the_device_while_an_answer_does_not_come(scripted_desk: Page) -> None:
    scripted_desk.clock.install()
    scripted_desk.route("**/zitting/", lambda _route: None)
    scripted_desk.goto(ADD)
    text_of(scripted_desk).fill("Nog onderweg.")

    scripted_desk.clock.fast_forward(PAUSE)

    kept = scripted_desk.evaluate("Object.values(localStorage).join()")
    assert "Nog onderweg." in kept


def test_copy_that_another_tab_saved_is_made_anew(scripted_desk: Page) -> None:
    title = own("Slapen in twee bedden")
    other = scripted_desk.context.new_page()
    scripted_desk.clock.install()
    scripted_desk.goto(ADD)
    title_of(scripted_desk).fill(title)
    with scripted_desk.expect_response("**/zitting/"):
        scripted_desk.clock.fast_forward(PAUSE)
    other.goto(ADD)
    other.locator(".sitting-copies li", has_text=title).get_by_role("link").click()
    other.get_by_role("link", name="Verder met deze tekst").click()
    text_of(other).fill("Hier verder.")
    text_of(scripted_desk).fill("Ook daar nog iets.")
    with scripted_desk.expect_response("**/zitting/"):
        scripted_desk.clock.fast_forward(PAUSE)
    save(other)

    with scripted_desk.expect_response("**/zitting/"):
        scripted_desk.clock.fast_forward(BEAT)
    with scripted_desk.expect_response("**/zitting/"):
        scripted_desk.clock.fast_forward(PAUSE)

    other.reload()
    expect(other.locator(".sitting-copies li", has_text=title)).to_have_count(1)


def test_choice_breaks_no_rule_of_axe(scripted_desk: Page) -> None:
    title = own("Slapen in een hut")
    scripted_desk.clock.install()
    scripted_desk.goto(ADD)
    title_of(scripted_desk).fill(title)
    with scripted_desk.expect_response("**/zitting/"):
        scripted_desk.clock.fast_forward(PAUSE)
    scripted_desk.goto(ADD)
    offer = scripted_desk.locator(".sitting-copies li", has_text=title)
    # Django's own fields stand close together.
    found = violations(scripted_desk)
    assert [v for v in found if not v.startswith("target-size")] == []
    with scripted_desk.expect_navigation():
        offer.get_by_role("link", name="Vergelijken en kiezen").click()
    follows_every_rule(scripted_desk)
