"""The article: how it reads, by mouse, finger, keyboard and ear, without scripts, and on paper."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Response,
    Route,
    ViewportSize,
    expect,
)

from tests.browser.checks import STOPS, box_of, overflow, stops, violations
from tests.browser.journeys import ARTICLE, own, publish_post
from tests.missing import skip_or_fail
from tests.running_site import RunningSite

# One page looked at from all sides: `make test` leaves it to the other tests of that page.
pytestmark = pytest.mark.long

MOST_BYTES = 60_000
MOST_BYTES_OF_SCRIPT = 15_000
MOST_REQUESTS = 4
FONT_IS_LATE = 0.4  # seconds
# Of the fonts for which there is a fallback face, whether this machine has one.
HAS_LOCAL_SERIF = """() => Promise.any(
    ["Georgia", "Gelasio", "Times New Roman", "Liberation Serif"]
        .map(name => new FontFace("any", `local("${name}")`).load())
).then(() => true, () => false)"""
SERIF_IS_MISSING = (
    "None of the fonts that readers have is here, so nothing was measured: install one (on Debian "
    "with “sudo apt install fonts-liberation”)."
)

Scheme = Literal["light", "dark"]
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 320, "height": 640}

BODY = """Slapen doe je elke nacht.[^boek]

## In het kort

- Een vaste tijd helpt.
- Licht houdt je wakker.[^boek]

*[PDS]: Prikkelbaredarmsyndroom: een aandoening van de darmen.

## Waarom je slaapt

Niemand weet het precies. Wie PDS heeft, slaapt soms slechter.[^boek] Dat is lang bekend.[^blad]

Daar staan hier nog wat woorden achter, zodat de alinea over meer dan één regel loopt.

## Wat helpt bij het slapen en wat juist niet, in een kop die op een telefoon niet past

### 1. Een vaste tijd

Ga elke avond op dezelfde tijd naar bed.

> **Wist je dat?** Katten slapen twee keer zo lang.

### 2. Minder licht

Doe de lampen op tijd uit.

## Wanneer je hulp vraagt

> **Wanneer naar je huisarts?** Blijf je klachten houden? Bel je huisarts.

[^boek]: Schrijver. *Een boek over slapen*. Uitgever 2015. <https://example.org/boek>
[^blad]: Maker. *Een stuk in een blad*. 2017.
"""
LAST = ("Bronnen", "Begrippen", "Reacties")
HEADINGS = (
    "Waarom je slaapt",
    "Wat helpt bij het slapen en wat juist niet, in een kop die op een telefoon niet past",
    "Wanneer je hulp vraagt",
)

# The layout shift so far, counted after the fonts have come and two frames were painted.
SHIFTED = """async () => {
    await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return await new Promise(done => {
        let sum = 0;
        new PerformanceObserver(list => {
            for (const entry of list.getEntries()) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 200);
    });
}"""


# The headings that are taller than they would be with a sign in the place of their link.
TALLER_WITH_ITS_LINK = """() => {
    const headings = [...document.querySelectorAll(".prose :is(h2, h3):has(.section-link)")];
    if (headings.length < 5) return ["there are hardly any headings"];
    return headings.filter(heading => {
        const words = heading.cloneNode(true);
        words.querySelector(".section-link").replaceWith("\\u2060 #");
        heading.after(words);
        const { height } = words.getBoundingClientRect();
        words.remove();
        return heading.getBoundingClientRect().height > height;
    }).map(heading => heading.innerText);
}"""


@pytest.fixture(scope="module")
def rich(browser: Browser, browser_context_args: dict[str, Any], login: Any) -> str:
    """The address of an article with everything that an article can have."""
    context = browser.new_context(**browser_context_args, storage_state=login)
    address = publish_post(context.new_page(), title=own("Alles over slapen"), body=BODY)
    context.close()
    return address


@pytest.fixture
def article(page: Page, rich: str) -> Page:
    """That article on a wide screen, before a reader with a mouse and a keyboard."""
    page.set_viewport_size(WIDE)
    page.goto(rich)
    return page


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], rich: str) -> Page:
    """That article on the smallest phone, in the hand of somebody with a finger."""
    page = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto(rich)
    return page


@pytest.fixture
def paper(page: Page, rich: str) -> Page:
    """That article as it is printed, by a reader whose screen is dark."""
    page.goto(rich)
    page.emulate_media(media="print", color_scheme="dark")
    return page


def apart(one: Locator, other: Locator) -> bool:
    """Whether two elements leave each other free."""
    a, b = box_of(one), box_of(other)
    return (
        a["y"] + a["height"] <= b["y"]
        or b["y"] + b["height"] <= a["y"]
        or a["x"] + a["width"] <= b["x"]
        or b["x"] + b["width"] <= a["x"]
    )


def mark_of(page: Page, identifier: str = "verwijzing-1-3") -> Locator:
    """A mark in the running text: the third of the first source, unless another is asked."""
    return page.locator(f"#{identifier}")


def preview_of(page: Page) -> Locator:
    """The source that shows beside its mark."""
    return page.locator(".source-preview")


# --- As it arrives ------------------------------------------------------------------------------


def first_visit(page: Page, address: str) -> dict[str, float]:
    """What each file of a page weighs on its way to somebody who has none of them, in bytes."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    requests: dict[str, str] = {}
    weights: dict[str, float] = {}

    def note_weight(event: dict[str, Any]) -> None:
        weights[requests[event["requestId"]]] = event["encodedDataLength"]

    wire.on(
        "Network.requestWillBeSent",
        lambda event: requests.update({event["requestId"]: event["request"]["url"]}),
    )
    wire.on("Network.loadingFinished", note_weight)
    page.goto(address, wait_until="networkidle")
    assert len(weights) == len(requests)
    return weights


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_article_is_light_on_a_first_visit(
    new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()

    weights = first_visit(page, ARTICLE)

    assert len(weights) <= MOST_REQUESTS, weights
    assert 10_000 < sum(weights.values()) <= MOST_BYTES, weights
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Reactie plaatsen")).to_be_visible()


def test_every_article_of_the_example_is_light(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    page.goto("/archief/")
    years = page.locator("main h2 a").evaluate_all("links => links.map(link => link.href)")
    addresses: list[str] = []
    for year in years:
        page.goto(year)
        addresses += page.locator(".row-title a").evaluate_all("all => all.map(link => link.href)")

    assert len(addresses) > 12
    for address in addresses:
        weights = first_visit(new_context().new_page(), address)
        assert len(weights) <= MOST_REQUESTS, weights
        assert sum(weights.values()) <= MOST_BYTES, weights


def test_article_carries_little_script(page: Page) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))

    page.goto(ARTICLE, wait_until="networkidle")

    scripts = [answer for answer in answers if answer.request.resource_type == "script"]
    assert len(scripts) == page.locator("script").count() == 1
    assert 1_000 < sum(len(script.body()) for script in scripts) <= MOST_BYTES_OF_SCRIPT


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("late", [False, True], ids=["font in time", "font late"])
def test_nothing_moves_while_the_article_arrives(page: Page, width: int, late: bool) -> None:
    def hold_up(route: Route) -> None:
        time.sleep(FONT_IS_LATE)
        route.continue_()

    if not page.evaluate(HAS_LOCAL_SERIF):
        skip_or_fail(SERIF_IS_MISSING)
    if late:
        page.route("**/*.woff2", hold_up)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(ARTICLE)

    assert page.evaluate(SHIFTED) == 0
    assert page.evaluate("document.fonts.check('1rem Literata')")


def test_reading_with_every_help_leaves_the_console_empty(page: Page, rich: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        """document.addEventListener("securitypolicyviolation",
            event => console.error("policy: " + event.violatedDirective))"""
    )

    page.context.grant_permissions(["clipboard-write"])
    page.goto(rich)
    mark_of(page).hover()
    preview_of(page).get_by_role("link", name="Naar de bron").click()
    page.locator(".section-link").first.click()
    expect(page.get_by_role("status")).to_have_text("Link gekopieerd")

    assert said == []


# --- The contents list --------------------------------------------------------------------------


def test_contents_list_names_the_sections_and_what_follows_the_text(
    visitor: Page, rich: str
) -> None:
    visitor.goto(rich)

    links = visitor.get_by_role("navigation", name="Op deze pagina").locator(
        ".contents-list > li > a"
    )

    expect(links).to_have_text([*HEADINGS, *LAST])


def test_contents_list_leads_to_every_heading(article: Page) -> None:
    for link in article.locator(".contents-list a").all():
        words, address = link.text_content() or "", link.get_attribute("href") or ""
        target = article.locator(address)

        link.click()

        assert words in LAST or words.split(". ")[-1] in (target.text_content() or "")
        expect(target).to_be_in_viewport()


def test_contents_list_stays_beside_the_text_on_a_wide_screen(article: Page) -> None:
    rail = article.locator(".contents details")
    expect(rail.get_by_role("link", name="1. Een vaste tijd")).to_be_visible()

    article.get_by_role("heading", name="Wanneer je hulp vraagt").scroll_into_view_if_needed()
    article.mouse.wheel(0, 300)

    expect(rail).to_be_in_viewport(ratio=1)
    assert apart(rail, article.locator(".prose"))


def test_contents_list_that_is_longer_than_the_screen_scrolls_by_itself(article: Page) -> None:
    article.set_viewport_size({"width": 1280, "height": 260})
    rail = article.locator(".contents details")
    article.get_by_role("heading", name="Waarom je slaapt").scroll_into_view_if_needed()

    rail.get_by_role("link", name="Reacties").focus()

    expect(rail.get_by_role("link", name="Reacties")).to_be_in_viewport(ratio=1)
    expect(rail).to_be_in_viewport(ratio=1)
    assert violations(article) == []


def test_contents_list_on_a_phone_is_short_and_can_be_closed(phone: Page) -> None:
    contents = phone.get_by_role("navigation", name="Op deze pagina")
    expect(contents.get_by_role("link", name="Waarom je slaapt")).to_be_visible()
    expect(contents.get_by_role("link", name="1. Een vaste tijd")).to_be_hidden()
    below, text = box_of(contents), box_of(phone.locator(".key-points"))
    assert below["y"] + below["height"] <= text["y"]

    contents.get_by_text("Op deze pagina").tap()

    expect(contents.get_by_role("link", name="Waarom je slaapt")).to_be_hidden()


# --- The text -----------------------------------------------------------------------------------


def test_number_of_a_section_hangs_beside_its_title(phone: Page) -> None:
    for heading in phone.locator(".numbered").all():
        number, title = heading.locator("> span").all()

        assert apart(number, title)
        assert box_of(number)["x"] == pytest.approx(box_of(phone.locator(".prose"))["x"], abs=1)


def test_term_leads_to_its_meaning(visitor: Page, rich: str) -> None:
    visitor.goto(rich)

    visitor.get_by_role("link", name="PDS").click()

    meaning = visitor.locator(".terms div")
    expect(meaning).to_be_in_viewport()
    assert meaning.evaluate("meaning => meaning.matches(':target')")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "light"),
        (1280, "dark"),
        pytest.param(320, "dark", marks=pytest.mark.long),
        pytest.param(768, "light", marks=pytest.mark.long),
    ],
)
def test_article_fits_the_screen_and_breaks_no_rule_of_axe(
    article: Page, width: int, scheme: Scheme
) -> None:
    article.set_viewport_size({"width": width, "height": 800})
    article.emulate_media(color_scheme=scheme)
    mark_of(article).focus()
    article.keyboard.press("Shift+Tab")
    article.keyboard.press("Tab")
    expect(preview_of(article)).to_be_visible()

    assert violations(article) == []
    assert overflow(article) == 0


def test_text_can_be_twice_as_large(new_context: Callable[..., BrowserContext], rich: str) -> None:
    # Not zoomed, which is what a small screen tests: a reader whose letters are set to twice as
    # large, in half of a usual window.
    page = new_context(viewport={"width": 640, "height": 900}).new_page()

    for address in (rich, ARTICLE):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(page) == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_forced_colours_leave_every_box_its_border(article: Page, width: int) -> None:
    article.set_viewport_size({"width": width, "height": 800})
    article.emulate_media(forced_colors="active")
    mark_of(article).hover()
    expect(preview_of(article)).to_be_visible()

    for selector in (
        ".key-points",
        ".callout-fact",
        ".callout-care",
        ".source-preview",
        ".button",
        "#id_naam",
        "#id_tekst",
    ):
        border = article.locator(selector).first.evaluate(
            "box => parseFloat(getComputedStyle(box).borderTopWidth)"
        )
        assert border >= 2, selector
    assert violations(article) == []


def test_forced_colours_leave_the_author_a_border(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(ARTICLE)

    expect(page.locator(".author-box")).to_have_css("border-top-width", "2px")


def test_every_stop_by_keyboard_is_seen_and_has_an_outline(article: Page) -> None:
    passed = stops(article)

    assert len(passed) == article.locator(STOPS).filter(visible=True).count()
    assert [stop for stop in passed if not stop["seen"]] == []
    assert [stop for stop in passed if stop["outline"] < 2] == []


def test_other_articles_follow_the_comments(article: Page) -> None:
    more = article.get_by_role("region", name="Verder lezen")

    assert 1 <= more.get_by_role("heading", level=3).count() <= 3
    assert box_of(more)["y"] > box_of(article.locator("#reacties"))["y"]


# --- Sources ------------------------------------------------------------------------------------


def test_source_shows_beside_its_mark_for_a_mouse(article: Page) -> None:
    mark, preview = mark_of(article), preview_of(article)
    expect(preview).to_be_hidden()

    mark.hover()

    expect(preview).to_contain_text("Een boek over slapen")
    expect(preview).not_to_contain_text("Terug naar de tekst")
    assert apart(preview, mark)
    # It can be pointed at, for as long as one likes.
    preview.get_by_role("link", name="example.org/boek").hover()
    article.wait_for_timeout(600)
    expect(preview).to_be_visible()
    article.get_by_role("heading", level=1).hover()
    expect(preview).to_be_hidden()


def test_mouse_that_passes_by_calls_up_nothing(article: Page) -> None:
    box = box_of(mark_of(article))
    article.mouse.move(box["x"] + 2, box["y"] + 2)
    article.mouse.move(5, 5)

    assert preview_of(article).is_hidden()
    article.wait_for_timeout(600)
    assert preview_of(article).is_hidden()


def test_source_shows_beside_its_mark_for_a_keyboard(article: Page) -> None:
    mark, preview = mark_of(article), preview_of(article)
    article.get_by_role("link", name="PDS").focus()

    article.keyboard.press("Tab")

    expect(mark).to_be_focused()
    expect(preview).to_contain_text("Een boek over slapen")
    assert apart(preview, mark)
    article.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(mark).to_be_focused()
    article.keyboard.press("Tab")
    expect(preview).to_contain_text("Een stuk in een blad")
    article.keyboard.press("Enter")
    expect(preview).to_be_hidden()
    expect(article.locator("#bron-2")).to_be_in_viewport()
    assert article.url.endswith("#bron-2")


def test_source_is_told_once(article: Page) -> None:
    mark = mark_of(article)
    expect(mark).to_have_accessible_description("")
    article.get_by_role("link", name="PDS").focus()

    article.keyboard.press("Tab")

    expect(mark).to_have_accessible_name("Bron 1")
    expect(mark).to_have_accessible_description(re.compile("Een boek over slapen"))
    expect(preview_of(article)).not_to_have_attribute("aria-live", "polite")
    article.keyboard.press("Tab")
    expect(mark).to_have_accessible_description("")


def test_source_shows_first_for_a_finger_and_leads_on(phone: Page) -> None:
    mark, preview = mark_of(phone), preview_of(phone)
    before = phone.url

    mark.tap()

    expect(preview).to_contain_text("Een boek over slapen")
    assert phone.url == before
    assert apart(preview, mark)
    assert overflow(phone) == 0
    phone.wait_for_timeout(600)
    expect(preview).to_be_visible()
    preview.get_by_role("link", name="Naar de bron").tap()
    expect(preview).to_be_hidden()
    expect(phone.locator("#bron-1")).to_be_in_viewport()


def test_source_goes_when_a_finger_taps_elsewhere(phone: Page) -> None:
    mark_of(phone).tap()
    expect(preview_of(phone)).to_be_visible()

    phone.get_by_text("Niemand weet het precies.").tap(position={"x": 4, "y": 4})

    assert preview_of(phone).is_hidden()


@pytest.mark.parametrize(("width", "place"), [(320, 0), (320, 400), (1280, 400)])
def test_source_stays_within_the_screen(article: Page, width: int, place: int) -> None:
    article.set_viewport_size({"width": width, "height": 480})
    mark, preview = mark_of(article, "verwijzing-2"), preview_of(article)
    article.evaluate(
        "([mark, place]) => scrollTo(0, scrollY + mark.getBoundingClientRect().top - place)",
        [mark.element_handle(), place],
    )

    mark.hover()

    expect(preview).to_be_in_viewport(ratio=1)
    assert apart(preview, mark)


def test_mark_without_scripts_leads_to_its_source_and_back(visitor: Page, rich: str) -> None:
    visitor.goto(rich)
    source = visitor.locator("#bron-1")

    mark_of(visitor).click()

    expect(source).to_be_in_viewport()
    assert source.evaluate("source => source.matches(':target')")
    source.get_by_role("link", name="Terug naar de tekst bij bron 1, plaats 3 van 3").click()
    expect(mark_of(visitor)).to_be_in_viewport()
    assert mark_of(visitor).evaluate("mark => mark.matches(':target')")


# --- Links to sections --------------------------------------------------------------------------


def section_link(page: Page) -> Locator:
    """The link to the first section."""
    return page.get_by_role("heading", name="Waarom je slaapt").get_by_role("link")


def test_link_to_a_section_copies_its_address(
    new_context: Callable[..., BrowserContext], rich: str, demo_site: RunningSite
) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{rich}?utm_source=brief")
    message = page.get_by_role("status")
    expect(message).to_have_text("")

    section_link(page).focus()
    page.keyboard.press("Enter")

    expect(message).to_have_text("Link gekopieerd")
    expect(message).to_be_in_viewport(ratio=1)
    assert apart(message, section_link(page))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{demo_site.url}{rich}#waarom-je-slaapt"
    page.goto(copied)
    expect(page.get_by_role("heading", name="Waarom je slaapt")).to_be_in_viewport()


def test_message_about_a_copied_link_goes_away(article: Page) -> None:
    article.context.grant_permissions(["clipboard-write"])
    article.clock.install()
    article.reload()
    section_link(article).click()
    expect(article.get_by_role("status")).to_have_text("Link gekopieerd")

    article.clock.fast_forward(10_000)

    expect(article.get_by_role("status")).to_have_text("")


@pytest.mark.parametrize(
    "clipboard",
    ["undefined", "({ writeText: () => Promise.reject(new Error()) })"],
    ids=["no clipboard", "no permission"],
)
def test_link_to_a_section_is_a_link_where_nothing_can_be_copied(
    page: Page, rich: str, clipboard: str
) -> None:
    page.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    page.goto(rich)

    section_link(page).click()

    page.wait_for_url("**#waarom-je-slaapt")
    expect(page.get_by_role("heading", name="Waarom je slaapt")).to_be_in_viewport()


def test_link_to_a_section_shows_when_it_is_pointed_at(article: Page) -> None:
    link = section_link(article)
    expect(link).to_have_css("opacity", "0")

    article.get_by_role("heading", name="Waarom je slaapt").hover()

    expect(link).to_have_css("opacity", "1")


def test_link_to_a_section_always_shows_on_a_phone_and_can_be_hit(phone: Page) -> None:
    for link in phone.locator(".section-link").all():
        expect(link).to_have_css("opacity", "1")
        assert link.evaluate(
            """link => {
                link.scrollIntoView({ block: "center" });
                const { left, top, width, height } = link.getBoundingClientRect();
                const [x, y] = [left + width / 2, top + height / 2];
                return [[-11, -11], [11, -11], [-11, 11], [11, 11]].every(
                    ([dx, dy]) => link.contains(document.elementFromPoint(x + dx, y + dy)));
            }"""
        )


def test_link_to_a_section_never_stands_on_a_line_by_itself(article: Page) -> None:
    for width in range(320, 720, 16):
        article.set_viewport_size({"width": width, "height": 800})
        assert article.evaluate(TALLER_WITH_ITS_LINK) == [], width


def test_copied_heading_is_its_words_alone(article: Page) -> None:
    words = article.evaluate(
        """() => {
            getSelection().selectAllChildren(document.querySelector("#waarom-je-slaapt"));
            return getSelection().toString();
        }"""
    )

    assert words.strip() == "Waarom je slaapt"


# --- On paper -----------------------------------------------------------------------------------


def test_paper_has_the_text_and_all_that_belongs_to_it(paper: Page, demo_site: RunningSite) -> None:
    for heading in ("Alles over slapen", "In het kort", "Een vaste tijd", "Bronnen", "Begrippen"):
        expect(paper.get_by_role("heading", name=heading)).to_be_visible()
    for box in ("Wist je dat?", "Wanneer naar je huisarts?"):
        expect(paper.get_by_role("note", name=box)).to_be_visible()
    expect(paper.get_by_text("Prikkelbaredarmsyndroom")).to_be_visible()
    address = paper.url.removeprefix(demo_site.url)
    expect(paper.get_by_text(f"{demo_site.url}{address}", exact=True)).to_be_visible()


def test_paper_has_the_author_the_date_and_the_comments(page: Page) -> None:
    page.goto(ARTICLE)
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Over de schrijver")).to_be_visible()
    expect(page.get_by_text("Geschreven door")).to_be_visible()
    expect(page.get_by_text("17 januari 2023", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Joke")).to_be_visible()
    expect(page.locator("article.comment").first).to_be_visible()


def test_answer_on_paper_stands_clear_of_its_line(page: Page) -> None:
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    answers = page.locator(".thread .thread")

    assert box_of(answers.locator("article").first)["x"] - box_of(answers)["x"] >= 8


def test_paper_has_the_addresses_of_the_sources(paper: Page) -> None:
    written = paper.locator("#bron-1 a[href^=http]").evaluate(
        "link => link.textContent + getComputedStyle(link, '::after').content"
    )

    assert written.count("https://example.org/boek") == 1


def test_paper_has_nothing_to_click(page: Page, rich: str) -> None:
    page.goto(rich)
    page.get_by_role("link", name="PDS").focus()
    page.keyboard.press("Tab")
    expect(preview_of(page)).to_be_visible()
    page.emulate_media(media="print")

    for selector in (
        ".skip-link",
        ".menu",
        ".search-link",
        ".breadcrumb",
        ".contents",
        ".section-link",
        ".source-preview",
        ".back",
        ".related",
        "form",
        ".form-warning",
        ".site-footer nav",
    ):
        expect(page.locator(selector).first, selector).to_be_hidden()
    page.goto(ARTICLE)
    for selector in (".comment-actions", ".comments-feed", ".author-posts"):
        expect(page.locator(selector).first, selector).to_be_hidden()


def test_paper_is_white_and_its_ink_black(paper: Page) -> None:
    for selector in ("body", ".key-points", ".callout-fact", ".callout-care"):
        style = paper.locator(selector).evaluate(
            """element => {
                const { backgroundColor, color } = getComputedStyle(element);
                return [backgroundColor, color];
            }"""
        )
        assert style == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"], selector
    for selector in (".callout-label", ".key-points h2", ".section-number", ".prose a"):
        for words in paper.locator(selector).filter(visible=True).all():
            expect(words).to_have_css("color", "rgb(0, 0, 0)")
            expect(words).not_to_have_css("background-color", "rgb(0, 0, 0)")


def test_article_fits_a_few_sheets(page: Page) -> None:
    page.goto(ARTICLE)

    sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")

    assert 2 <= sheets <= 6
