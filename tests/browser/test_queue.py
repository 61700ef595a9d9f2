"""The moderators' queue in a browser: by keyboard alone, by mouse, and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.checks import Look, box_of, overflow, show, violations
from tests.browser.journeys import log_in
from tests.running_site import RunningSite, own_database, running_site

# One page looked at from all sides: `make test` leaves it to the other tests of that page.
pytestmark = pytest.mark.long

QUEUE = "/admin/comments/comment/wachtrij/"
# As long as this, a second press of a key decides nothing: see `static/js/queue.js`.
PAUSE = 450
WRITERS = [f"Anna {number}" for number in range(1, 21)]

# No text comes twice: the second would be held against the first.
FILL = """
from functools import partial
from uuid import uuid4

from authors.models import Author
from blog.models import Post
from comments import moderation, reports, submission
from comments.models import Comment
from comments.spam import Arrival
from django.contrib.auth.models import User
from tests.factories import create_comment, create_post

by = User.objects.get(username="redactie")
for comment in Comment.objects.waiting():
    moderation.reject(comment, by=by, version=comment.newest_version)
post = Post.objects.first() or create_post(slug="waarom-je-wakker-wordt", by=by)
comment = partial(create_comment, post=post, by=by)
"""
SEVERAL = """
for name in {names}:
    comment(name=name, text=f"Dat herken ik, {{uuid4()}}.", status="pending")
"""
# One of each kind: an answer with all that wraps badly, an edit, and a report.
EACH_KIND = """
Author.objects.get_or_create(slug="karin", defaults={"name": "Karin", "user": by})
parent = comment(name="Joost", text=f"Ik drink ’s avonds thee. {uuid4()}")
words = f"Zie https://voorbeeld.nl/{'lang' * 60}\\n\\n> Zo is het.\\n\\n- een\\n- twee {uuid4()}"
comment(name="W" * 50, text=words, parent=parent, status="pending")
edited = comment(name="Bram", text=f"Ik slaap slecht sinds de zomer, en bel 06-12345678. {uuid4()}")
submission.edit(edited, name="Bram", text=edited.text.replace("slecht", "goed"), arrival=Arrival())
reported = comment(name="Chris", text=f"Slik gewoon tien pillen. {uuid4()}")
reports.report(reported, ground="danger", explanation="Dit is gevaarlijk.")
"""
EDIT_THE_FIRST = """
from comments import submission
from comments.models import Comment
from comments.spam import Arrival

first = Comment.objects.waiting()[0]
submission.edit(first, name=first.name, text="Niet gezien.", arrival=Arrival())
"""


@pytest.fixture(scope="module")
def desk_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """An empty site under the production server."""
    folder = tmp_path_factory.mktemp("queue")
    with own_database() as database, running_site(folder, environment=database) as site:
        yield site


@pytest.fixture(scope="module")
def at_desk(browser: Browser, browser_context_args: dict[str, Any], desk_site: RunningSite) -> Any:
    """What a browser needs to be logged in at that site."""
    arguments = {**browser_context_args, "base_url": desk_site.url}
    context = browser.new_context(**arguments)
    log_in(context.new_page(), desk_site.admin_password)
    arguments["storage_state"] = context.storage_state()
    context.close()
    return arguments


@pytest.fixture
def moderator(browser: Browser, at_desk: Any) -> Iterator[Page]:
    """Somebody at the queue, with scripts."""
    context = browser.new_context(**at_desk)
    yield context.new_page()
    context.close()


@pytest.fixture
def without_scripts(browser: Browser, at_desk: Any) -> Iterator[Page]:
    """Somebody at the queue, without scripts."""
    context = browser.new_context(**at_desk, java_script_enabled=False)
    yield context.new_page()
    context.close()


def fill(site: RunningSite, code: str) -> None:
    """Clear the queue and let comments come in."""
    site.shell(FILL + code)


def card(page: Page, name: str) -> Locator:
    """The card of one writer."""
    return page.get_by_role("article").filter(
        has=page.get_by_role("heading", name=name, exact=True)
    )


def reason_of(card: Locator) -> Locator:
    """The field for a reason, of which most cards show no more than that it is there."""
    field = card.get_by_label("Reden (niet verplicht)")
    expect(field).to_be_hidden()
    card.get_by_text("Reden toevoegen").click()
    return field


def focused(page: Page, name: str) -> None:
    """Wait until the card of this writer has the focus."""
    expect(card(page, name)).to_be_focused()


def says(page: Page, words: str) -> None:
    """Wait until the page says so, also to who does not see it."""
    expect(page.locator(".queue-bar").get_by_role("status")).to_contain_text(words)


# --- By keyboard --------------------------------------------------------------------------------

DECISIONS = {"a": "Goedgekeurd", "r": "Afgewezen", "s": "Spam"}


def test_moderator_decides_all_comments_by_keyboard_and_undoes_each(
    moderator: Page, desk_site: RunningSite
) -> None:
    names = WRITERS
    fill(desk_site, SEVERAL.format(names=names))
    moderator.clock.install()
    moderator.goto(QUEUE)

    for number, name in enumerate(names):
        key = "ars"[number % 3]
        focused(moderator, name)
        moderator.keyboard.press(key)
        says(
            moderator, f"{DECISIONS[key]}: reactie van {name}. Druk op U om dit ongedaan te maken."
        )
        expect(card(moderator, name)).to_have_count(0)
        moderator.keyboard.press("u")
        says(moderator, f"Ongedaan gemaakt: reactie van {name}.")
        focused(moderator, name)
        moderator.keyboard.press(key)
        expect(card(moderator, name)).to_have_count(0)
        moderator.clock.run_for(PAUSE)

    expect(moderator.get_by_text("Er wacht niets. Je bent klaar.")).to_be_focused()
    for part in ("#several", ".queue-count"):
        expect(moderator.locator(part)).to_be_hidden()
    for name in reversed(names):
        moderator.keyboard.press("u")
        focused(moderator, name)
    expect(moderator.get_by_role("article")).to_have_count(len(names))
    expect(moderator.get_by_text(f"{len(names)} reacties wachten.")).to_be_visible()
    moderator.reload()
    assert moderator.get_by_role("article").get_by_role("heading", level=2).all_inner_texts() == (
        names
    )


def test_keys_walk_through_the_cards_and_what_they_do_is_told(
    moderator: Page, desk_site: RunningSite
) -> None:
    fill(desk_site, SEVERAL.format(names=WRITERS[:3]))
    moderator.goto(QUEUE)

    for key, number in ("j2", "j3", "j3", "k2", "k1", "k1"):
        moderator.keyboard.press(key)
        name = f"Anna {number}"
        focused(moderator, name)
        expect(card(moderator, name)).to_be_in_viewport()
    moderator.keyboard.press("j")
    explanation = moderator.get_by_text("De toetsen werken zolang een reactie de focus heeft")
    expect(explanation).to_be_hidden()
    moderator.keyboard.press("?")
    expect(explanation).to_be_in_viewport()
    expect(moderator.get_by_text("Toetsen: J K A R S U ?")).to_be_focused()
    moderator.keyboard.press("?")
    expect(explanation).to_be_hidden()
    focused(moderator, "Anna 2")
    expect(card(moderator, "Anna 2")).to_be_in_viewport()


def test_keys_decide_nothing_while_one_types_or_elsewhere_or_with_another_key(
    moderator: Page, desk_site: RunningSite
) -> None:
    fill(desk_site, EACH_KIND)
    moderator.goto(QUEUE)
    asked: list[str] = []
    moderator.on("request", lambda request: asked.append(request.method))
    chris = card(moderator, "Chris")

    chris.get_by_label("Reden (niet verplicht)").press_sequentially("aarsu")
    chris.get_by_label("Reden (niet verplicht)").press("Enter")
    chris.get_by_text("Antwoorden", exact=True).click()
    chris.get_by_label("Je antwoord aan Chris").press_sequentially("aarsu\n")
    chris.focus()
    for key in ("Shift+A", "Alt+r", "Alt+s", "Control+s", "Meta+u"):
        moderator.keyboard.press(key)
    moderator.get_by_role("button", name="Afmelden").focus()
    moderator.keyboard.press("a")
    moderator.get_by_text("Alles aankruisen").focus()
    moderator.keyboard.press("s")

    assert "POST" not in asked
    expect(moderator.get_by_role("article")).to_have_count(3)
    expect(chris.get_by_label("Reden (niet verplicht)")).to_have_value("aarsu")


def test_key_pressed_twice_decides_one_card(moderator: Page, desk_site: RunningSite) -> None:
    fill(desk_site, SEVERAL.format(names=WRITERS[:3]))
    moderator.goto(QUEUE)
    focused(moderator, "Anna 1")

    moderator.keyboard.press("a")
    moderator.keyboard.press("a")
    focused(moderator, "Anna 2")
    moderator.keyboard.press("a")

    says(moderator, "Goedgekeurd: reactie van Anna 1.")
    moderator.wait_for_timeout(PAUSE)
    expect(card(moderator, "Anna 2")).to_be_focused()
    expect(moderator.get_by_text("2 reacties wachten.")).to_be_visible()


def test_next_page_comes_in_without_loading_when_the_last_card_goes(
    moderator: Page, desk_site: RunningSite
) -> None:
    names = [f"Bezoeker {number}" for number in range(1, 23)]
    fill(desk_site, SEVERAL.format(names=names))
    moderator.goto(QUEUE)
    loads: list[str] = []
    moderator.on("load", lambda page: loads.append(page.url))
    expect(moderator.get_by_role("article")).to_have_count(20)

    moderator.get_by_label("Alles aankruisen").check()
    moderator.locator("#several").get_by_role("button", name="Spam").click()

    says(moderator, "Spam: 20 reacties. Druk op U om dit ongedaan te maken.")
    focused(moderator, "Bezoeker 21")
    expect(moderator.get_by_role("article")).to_have_count(2)
    moderator.keyboard.press("u")
    focused(moderator, "Bezoeker 1")
    headings = moderator.get_by_role("article").get_by_role("heading", level=2)
    expect(headings).to_have_text(names)
    assert loads == []


# --- When it does not go well -------------------------------------------------------------------


def test_text_that_nobody_has_seen_comes_in_the_place_of_the_card(
    moderator: Page, desk_site: RunningSite
) -> None:
    fill(desk_site, SEVERAL.format(names=WRITERS[:2]))
    moderator.clock.install()
    moderator.goto(QUEUE)
    desk_site.shell(EDIT_THE_FIRST)
    reason = reason_of(card(moderator, "Anna 1"))
    reason.fill("Om die reden.")
    card(moderator, "Anna 1").focus()

    moderator.keyboard.press("a")

    says(moderator, "De schrijver heeft de reactie net gewijzigd; dit is de nieuwe tekst.")
    focused(moderator, "Anna 1")
    expect(card(moderator, "Anna 1")).to_contain_text("Niet gezien.")
    expect(reason).to_have_value("Om die reden.")
    moderator.clock.run_for(PAUSE)
    moderator.keyboard.press("a")
    focused(moderator, "Anna 2")


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda page: page.route("**/beslissen/", lambda route: route.abort()), "Dat lukte niet"),
        (lambda page: page.context.clear_cookies(), "Je mag dit niet doen. Meld je opnieuw aan."),
    ],
    ids=["no network", "no login"],
)
def test_failure_is_told_in_words_and_the_card_stays(
    moderator: Page, desk_site: RunningSite, break_it: Callable[[Page], None], words: str
) -> None:
    fill(desk_site, SEVERAL.format(names=WRITERS[:2]))
    moderator.goto(QUEUE)
    focused(moderator, "Anna 1")
    break_it(moderator)

    moderator.keyboard.press("r")

    says(moderator, words)
    focused(moderator, "Anna 1")
    expect(card(moderator, "Anna 1").get_by_role("alert")).to_contain_text(words)
    expect(moderator.get_by_role("article")).to_have_count(2)


def test_queue_loads_nothing_that_its_policy_forbids(
    moderator: Page, desk_site: RunningSite
) -> None:
    fill(desk_site, EACH_KIND)
    complaints: list[str] = []
    moderator.on("console", lambda message: complaints.append(message.text))
    moderator.on("pageerror", lambda error: complaints.append(str(error)))
    moderator.clock.install()

    moderator.goto(QUEUE)
    for key, word in DECISIONS.items():
        moderator.keyboard.press(key)
        says(moderator, word)
        moderator.clock.run_for(PAUSE)
        moderator.keyboard.press("u")
        says(moderator, "Ongedaan gemaakt")

    assert complaints == []


# --- By mouse, and without scripts --------------------------------------------------------------


def test_buttons_do_what_the_keys_do(moderator: Page, desk_site: RunningSite) -> None:
    fill(desk_site, EACH_KIND)
    moderator.goto(QUEUE)

    card(moderator, "Bram").get_by_role("button", name="Afwijzen").click()
    says(moderator, "Wijziging afgewezen: reactie van Bram.")
    focused(moderator, "Chris")
    moderator.locator(".queue-bar").get_by_role("button", name="Ongedaan maken").click()

    focused(moderator, "Bram")
    expect(moderator.get_by_role("article")).to_have_count(3)


def test_on_a_phone_no_key_is_named_and_the_buttons_stand_in_one_row(
    browser: Browser, at_desk: Any, desk_site: RunningSite
) -> None:
    fill(desk_site, SEVERAL.format(names=WRITERS[:2]))
    context = browser.new_context(**at_desk, is_mobile=True, has_touch=True)
    page = context.new_page()
    show(page, look="light", width=360, height=740)
    page.goto(QUEUE)
    names = ("Goedkeuren", "Afwijzen", "Spam")
    buttons = [card(page, "Anna 1").get_by_role("button", name=name, exact=True) for name in names]

    assert len({box_of(button)["y"] for button in buttons}) == 1
    expect(page.locator("kbd >> visible=true")).to_have_count(0)
    buttons[1].tap()
    says(page, "Afgewezen: reactie van Anna 1.")
    bar = page.locator(".queue-bar")
    expect(bar).not_to_contain_text("Druk op U")
    assert box_of(bar)["height"] <= 90
    context.close()


def test_without_scripts_the_queue_decides_and_undoes(
    without_scripts: Page, desk_site: RunningSite
) -> None:
    fill(desk_site, SEVERAL.format(names=WRITERS[:3]))
    without_scripts.goto(QUEUE)
    expect(without_scripts.locator(".queue-keys")).to_be_hidden()
    expect(without_scripts.get_by_text("Alles aankruisen")).to_be_hidden()

    reason_of(card(without_scripts, "Anna 2")).fill("Is reclame.")
    card(without_scripts, "Anna 2").get_by_role("button", name="Spam").click()

    focused(without_scripts, "Anna 3")
    expect(without_scripts.get_by_text("Spam: reactie van Anna 2.")).to_be_in_viewport()
    without_scripts.keyboard.press("Shift+Tab")
    undo = without_scripts.get_by_role("button", name="Ongedaan maken")
    expect(undo).to_be_focused()
    without_scripts.keyboard.press("Enter")
    focused(without_scripts, "Anna 2")
    expect(without_scripts.get_by_text("Ongedaan gemaakt: reactie van Anna 2.")).to_be_visible()
    for name in ("Anna 1", "Anna 3"):
        card(without_scripts, name).get_by_role("checkbox").check()
    without_scripts.locator("#several").get_by_role("button", name="Goedkeuren").click()
    expect(without_scripts.get_by_text("Goedgekeurd: 2 reacties.")).to_be_visible()
    expect(without_scripts.get_by_role("article")).to_have_count(1)


def test_without_scripts_an_answer_approves_and_stands_on_the_page(
    without_scripts: Page, desk_site: RunningSite
) -> None:
    fill(desk_site, EACH_KIND)
    without_scripts.goto(QUEUE)
    chris = card(without_scripts, "Chris")

    chris.get_by_text("Antwoorden", exact=True).click()
    chris.get_by_label("Je antwoord aan Chris").fill("Doe dat niet, Chris.")
    chris.get_by_role("button", name="Goedkeuren en antwoorden").click()

    expect(
        without_scripts.get_by_text("Goedgekeurd en beantwoord: reactie van Chris.")
    ).to_be_visible()
    without_scripts.goto("/blog/waarom-je-wakker-wordt/")
    expect(without_scripts.get_by_text("Doe dat niet, Chris.").last).to_be_visible()


# --- For everybody ------------------------------------------------------------------------------


def comment_page(page: Page) -> None:
    """Open the page of the comment that was edited."""
    page.goto(QUEUE)
    card(page, "Bram").get_by_role("link", name="Geschiedenis, aanpassen of wissen").click()
    expect(page.get_by_role("heading", name="Geschiedenis")).to_be_visible()


def redact_page(page: Page) -> None:
    """Open the form that takes something out of it, filled with suggestions."""
    comment_page(page)
    page.get_by_role("link", name="Aanpassen").click()
    page.get_by_role("button", name="Voorstellen invullen").click()


def erase_page(page: Page) -> None:
    """Open the question whether it is to be erased."""
    comment_page(page)
    page.get_by_role("link", name="Voorgoed wissen").click()


PAGES: dict[str, Callable[[Page], Any]] = {
    "queue": lambda page: page.goto(QUEUE),
    "comment": comment_page,
    "redact": redact_page,
    "erase": erase_page,
    "visitor": lambda page: page.goto("/admin/comments/comment/bezoeker/"),
    "list": lambda page: page.goto("/admin/comments/comment/"),
    "mails": lambda page: page.goto("/admin/comments/mail/?status=all"),
}
SIZES: tuple[tuple[Look, int], ...] = (("dark", 320),)
MORE_SIZES: tuple[tuple[Look, int], ...] = (
    ("light", 320),
    ("dark", 1280),
    ("light", 1280),
)
# Django's own lists put their links and filters close together.
LISTS = ("list", "mails")


# What a moderator has before them all day; the others in the long tests.
OFTEN = ("queue",)


@pytest.mark.parametrize("sizes", [SIZES, pytest.param(MORE_SIZES, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "name",
    [name if name in OFTEN else pytest.param(name, marks=pytest.mark.long) for name in PAGES],
)
def test_page_breaks_no_rule_of_axe_and_fits_every_screen(
    moderator: Page, desk_site: RunningSite, name: str, sizes: Sequence[tuple[Look, int]]
) -> None:
    fill(desk_site, EACH_KIND)

    for look, width in sizes:
        show(moderator, look=look, width=width)
        PAGES[name](moderator)

        found = violations(moderator)
        if name in LISTS:
            found = [violation for violation in found if not violation.startswith("target-size")]
        assert found == [], (look, width)
        assert overflow(moderator) == 0, (look, width)
