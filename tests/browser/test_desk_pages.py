"""A draft from its first line to the wastebasket, on pages that everybody can use."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import LONG_WORD, Look, overflow, show, violations
from tests.browser.journeys import own, pages_about, press, publish_post

LOOKS: tuple[tuple[Look, int], ...] = (("light", 320), ("dark", 1280))


def open_without_faults(page: Page) -> None:
    """Hold that the page breaks no rule on a phone and on a dark desk."""
    for look, width in LOOKS:
        show(page, look=look, width=width)
        # Links of the admin fade to their new colour.
        page.reload()

        assert violations(page) == [], (look, width)
        assert overflow(page) == 0, (look, width)


@pytest.mark.long
def test_draft_is_offered_returned_and_removed_on_pages_that_break_no_rule(
    scripted_desk: Page,
) -> None:
    desk, title = scripted_desk, own("Wakker worden zonder wekker")
    desk.goto("/admin/blog/post/add/")
    desk.get_by_label("Titel:", exact=True).fill(title)
    press(desk, "Concept opslaan")
    form, about = desk.url, pages_about(desk)

    desk.goto(f"{about}aanbieden/")
    open_without_faults(desk)
    desk.get_by_label("Bericht aan de redactie").fill("Graag deze week.")
    press(desk, "Aanbieden aan de redactie")
    expect(desk.get_by_text("Graag deze week.")).to_be_visible()
    desk.goto("/admin/")
    expect(desk.get_by_role("link", name=title).first).to_be_visible()
    open_without_faults(desk)

    desk.goto(f"{about}terugsturen/")
    open_without_faults(desk)
    desk.get_by_label("Opmerking voor de schrijver").fill("Noem een bron.")
    press(desk, "Terugsturen naar de schrijver")
    expect(desk.get_by_text("Noem een bron.")).to_be_visible()

    desk.goto(f"{about}delete/")
    open_without_faults(desk)
    desk.get_by_label("Reden").fill("Dubbel.")
    press(desk, "Naar de prullenbak")
    desk.goto(form)
    desk.get_by_role("link", name="Definitief verwijderen…").click()
    open_without_faults(desk)
    press(desk, "Definitief verwijderen")

    desk.goto("/admin/blog/logrecord/")
    expect(desk.get_by_text("Dubbel.")).to_be_visible()
    assert overflow(desk) == 0


@pytest.mark.long
def test_list_fits_the_screen_with_a_long_title_and_a_mark(desk: Page, scripted_desk: Page) -> None:
    # Their own words come first: of a long title the address has only the beginning.
    for title in (f"{own('De')} {LONG_WORD}", own("Kort")):
        publish_post(desk, title=title)
    desk.get_by_label("Titel:", exact=True).fill(own("Nieuwer"))
    desk.get_by_role("button", name="Concept opslaan").click()
    scripted_desk.goto("/admin/blog/post/")

    for width in (1280, 1024, 768, 360):
        show(scripted_desk, look="light", width=width)

        assert overflow(scripted_desk) == 0, width
    show(scripted_desk, look="light", width=1280)
    table = scripted_desk.locator(".results")
    assert table.evaluate("box => box.scrollWidth - box.clientWidth") == 0
