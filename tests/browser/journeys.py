"""What visitors and editors do in the example site, step by step, as they would by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import choices
from string import ascii_lowercase

from playwright.sync_api import Page, Response, Route, expect

TEMPLATES = Path(__file__).parents[2] / "templates"

ARTICLE = "/blog/magnesium-voor-het-slapengaan/"
MISTYPED = "/blog/magnezium-voor-het-slapegaan/"
MISSING = "/hier-is-niets/"
FAILING = "/hier-gaat-iets-mis/"
WITHDRAWN = "/blog/slapen-op-zolder/"
REASON = "Dit artikel klopte niet meer."
# What stands in more posts and pages than fit one page of hits, once the newsroom has worked.
COMMON = "e"
HELD = "Bedankt voor je reactie. Een redacteur leest hem eerst."

# Every kind of page that has an address of its own.
ADDRESSES = {
    "home": "/",
    "list": "/blog/",
    "article": ARTICLE,
    "theme": "/thema/slaap/",
    "tag": "/tag/rust/",
    "author": "/auteurs/mirjam/",
    "archive": "/archief/",
    "archive of a year": "/archief/2024/",
    "archive of a month": "/archief/2024/01/",
    "search": "/zoeken/",
    "search with hits": "/zoeken/?q=slaap",
    "search without hits": "/zoeken/?q=vliegtuigmotor",
    "plain page": "/privacy/",
    "missing page": MISSING,
    "mistyped address": MISTYPED,
    "error of ours": FAILING,
}
# And those that a visitor comes to by doing something.
ON_THE_WAY = ("reply form", "form with errors", "receipt")
# And those that are there once editors have been at work.
AFTER_EDITORS = {
    "second page of hits": f"/zoeken/?q={COMMON}&pagina=2",
    "withdrawn article": WITHDRAWN,
}
PUBLIC_PAGES = (*ADDRESSES, *ON_THE_WAY, *AFTER_EDITORS)


@dataclass(frozen=True)
class OpenedPage:
    """A page of some kind in a browser, and its HTML as the server sent it."""

    kind: str
    page: Page
    html: bytes


def own(text: str) -> str:
    """A text that no other test has written, so that its comments and posts are its own."""
    # Letters alone: some numbers are a telephone's or a citizen's, and asked about.
    return f"{text} {''.join(choices(ascii_lowercase, k=8))}"


def open_page(page: Page, kind: str) -> None:
    """Go to a page of this kind."""
    match kind:
        case "receipt":
            send_comment(page, text=own("Ik lees altijd nog even voor het slapen."))
        case "form with errors":
            page.goto(ARTICLE)
            fill_in(page, name="", text="Ik slaap beter sinds ik minder koffie drink.")
        case "reply form":
            page.goto(ARTICLE)
            page.get_by_role("link", name="Beantwoord Joke").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Reactie op Joke")
        case "error of ours":
            page.route(f"**{FAILING}", fail)
            page.goto(FAILING)
        case _:
            page.goto((ADDRESSES | AFTER_EDITORS)[kind])


def fail(route: Route) -> None:
    """Answer as the server does when all goes wrong: one file, with the headers of every page."""
    route.fulfill(response=route.fetch(), status=500, path=TEMPLATES / "500.html")


def handed_over(page: Page) -> list[Response]:
    """Every document that the browser is handed from now on, redirects left out."""
    documents: list[Response] = []

    def note(response: Response) -> None:
        if response.request.resource_type == "document" and not 300 <= response.status < 400:
            documents.append(response)

    page.on("response", note)
    return documents


# --- Visitors -----------------------------------------------------------------------------------


def press(page: Page, button: str) -> None:
    """Press a button of the page, and await what comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def fill_in(page: Page, *, name: str, text: str) -> None:
    """Fill in the comment form of the page that is open, send it, and await the answer."""
    page.get_by_label("Naam").fill(name)
    page.get_by_label("Je reactie", exact=True).fill(text)
    press(page, "Reactie plaatsen")


def send_comment(page: Page, *, text: str, name: str = "Hanneke", address: str = ARTICLE) -> str:
    """Comment on a post; the address of the receipt."""
    page.goto(address)
    fill_in(page, name=name, text=text)
    expect(page.get_by_role("heading", level=1)).to_have_text(HELD)
    return page.url


# --- Editors ------------------------------------------------------------------------------------


def log_in(page: Page, password: str) -> None:
    """Log in to the admin as the account of the first start."""
    page.goto("/admin/")
    page.get_by_label("Gebruikersnaam").fill("redactie")
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_role("button", name="Afmelden")).to_be_visible()


def publish_post(
    desk: Page, *, title: str, body: str = "Iedereen wordt ’s nachts weleens wakker."
) -> str:
    """Write a post and publish it; its address. The form stays open."""
    desk.goto("/admin/blog/post/add/")
    desk.get_by_label("Titel:", exact=True).fill(title)
    desk.get_by_label("Tekst:", exact=True).fill(body)
    desk.get_by_role("button", name="Opslaan en publiceren…").click()
    desk.get_by_role("button", name="Publiceer nu").click()
    address = desk.locator(".messagelist .success a").get_attribute("href")
    assert address
    return address


def pages_about(desk: Page) -> str:
    """How the addresses begin of the pages about the post whose form is open."""
    return desk.url.partition("change/")[0]


def withdraw_post(desk: Page, *, title: str, reason: str = "") -> None:
    """Take a post offline again, from the list, and tell readers why."""
    desk.goto("/admin/blog/post/")
    tick_and_do(desk, title, action="Offline halen…")
    desk.get_by_label("Reden voor lezers:").fill(reason)
    desk.get_by_role("button", name="Offline halen").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()


def approve_comment(desk: Page, *, words: str) -> None:
    """Approve the comment with these words in the list: its name, or how its text begins."""
    desk.goto("/admin/comments/comment/")
    tick_and_do(desk, words, action="Goedkeuren")
    expect(desk.locator(".messagelist .success")).to_be_visible()


def tick_and_do(desk: Page, words: str, *, action: str) -> None:
    """Tick the row with these words and carry out an action on it."""
    desk.locator("#result_list tbody tr", has_text=words).get_by_role("checkbox").check()
    desk.get_by_role("combobox", name="Actie:").select_option(label=action)
    desk.get_by_role("button", name="Uitvoeren").click()
