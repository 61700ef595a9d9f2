"""The article of the first fixture, held to the text that its author handed in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from blog.models import Post, Revision
from comments.models import Comment
from tests.pages import (
    TYPOGRAPHY,
    all_with_class,
    classes,
    parse,
    visible_text,
    with_class,
    with_id,
)

pytestmark = pytest.mark.django_db

ARTICLE = Path(__file__).parents[1].joinpath("article", "magnesium.txt").read_text(encoding="utf-8")
FIXTURES = sorted(Path(settings.BASE_DIR, "fixtures").glob("*.json"))
UID = "6d9f5a0e-3c1b-4a55-9a5e-0f3f0c7c1701"

TITLE = ARTICLE.splitlines()[0]
TEXT = ARTICLE[ARTICLE.index("Is magnesium slikken voor het slapengaan ook") :].split(
    "Over de schrijver\n"
)[0]
BIO = ARTICLE.split("Over de schrijver\n")[1].split("\nReactie plaatsen")[0]
PARAGRAPHS = [block.strip() for block in re.split(r"\n\s*\n", TEXT) if block.strip()]


@pytest.fixture
def loaded() -> None:
    """The fixture in an empty database."""
    call_command("loaddata", "magnesium", verbosity=0)


@pytest.fixture
def article(loaded: None, client: Client) -> Element:
    """The article as a reader gets it."""
    response = client.get(Post.objects.get(uid=UID).get_absolute_url())
    assert response.status_code == 200
    return parse(response.content)


def plain(text: str) -> str:
    """A text with plain quotes and single spaces."""
    return " ".join(text.translate(TYPOGRAPHY).split())


def every_row() -> dict[str, list[dict[str, Any]]]:
    """All tables, whole, with their primary keys."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }


# --- The page -------------------------------------------------------------------------------------


def test_text_between_lead_and_author_is_the_article_block_by_block(article: Element) -> None:
    opening = article.find(".//article//p[@class='lead']")
    assert opening is not None
    blocks = [visible_text(opening), *map(visible_text, with_class(article, "prose"))]

    assert blocks == [plain(paragraph) for paragraph in PARAGRAPHS]
    assert len(blocks) == 32


def test_nothing_stands_loose_between_the_blocks(article: Element) -> None:
    prose = with_class(article, "prose")

    loose = [prose.text or "", *(block.tail or "" for block in prose)]

    assert "".join(loose).strip() == ""


def test_everything_in_the_file_shows_in_its_order(article: Element) -> None:
    text = visible_text(article)
    expected = [TITLE, *PARAGRAPHS, "Over de schrijver", BIO, "Reactie plaatsen"]

    positions, start = [], 0
    for piece in map(plain, expected):
        start = text.index(piece, start)
        positions.append(start)
        start += len(piece)

    assert positions == sorted(positions)


def test_title_is_the_only_heading_of_the_first_rank(article: Element) -> None:
    assert [visible_text(heading) for heading in article.iter("h1")] == [plain(TITLE)]


def test_date_and_reading_time_stand_in_the_byline(article: Element) -> None:
    byline = visible_text(with_class(article, "byline"))

    assert "17 januari 2023" in byline
    assert "4 min. leestijd" in byline
    assert "Mirjam" in byline


def test_article_has_three_sections(article: Element) -> None:
    headings = [visible_text(heading) for heading in with_class(article, "prose").iter("h2")]

    assert headings == [
        "De oorzaken van een tekort aan magnesium",
        "Voordelen van magnesium voor de nachtrust",
        "Vormen van magnesium voor het slapengaan",
    ]


def test_five_benefits_are_numbered_with_a_dot_that_is_text(article: Element) -> None:
    numbers = all_with_class(with_class(article, "prose"), "section-number")

    assert [visible_text(number) for number in numbers] == ["1.", "2.", "3.", "4.", "5."]


def test_aside_is_a_labelled_note(article: Element) -> None:
    asides = list(with_class(article, "prose").iter("aside"))

    assert [visible_text(aside) for aside in asides] == [
        plain(paragraph) for paragraph in PARAGRAPHS if paragraph.startswith("Wist je dat?")
    ]
    label = with_id(article, asides[0].get("aria-labelledby", ""))
    assert visible_text(label) == "Wist je dat?"


def test_bare_citation_shows_as_typed_and_links_to_nothing(article: Element) -> None:
    prose = with_class(article, "prose")

    paragraph = next(block for block in prose if "parasympathische" in visible_text(block))

    assert "rust [1]." in visible_text(paragraph)
    assert list(paragraph.iter("a")) == []
    assert all_with_class(article, "sources") == []


def test_biography_stands_under_over_de_schrijver(article: Element) -> None:
    box = with_id(article, "schrijver")

    assert [visible_text(heading) for heading in box.iter("h2")] == ["Over de schrijver"]
    assert plain(BIO) in [visible_text(paragraph) for paragraph in box.iter("p")]


def test_reactie_plaatsen_is_a_heading_and_a_button(article: Element) -> None:
    headings = [visible_text(heading) for heading in article.iter("h2")]
    buttons = [visible_text(button) for button in article.iter("button")]

    assert headings.count("Reactie plaatsen") == 1
    assert buttons == ["Reactie plaatsen", "Voorbeeld bekijken"]


def test_contents_list_leads_to_every_section_and_number(article: Element) -> None:
    contents = with_class(article, "contents")
    targets = [link.get("href", "").removeprefix("#") for link in contents.iter("a")]

    headings = [
        heading.get("id")
        for heading in with_class(article, "prose").iter()
        if heading.tag in {"h2", "h3"}
    ]

    assert targets[:8] == headings
    assert all(visible_text(with_id(article, target)) for target in targets)


def test_page_is_strict_html_without_repeated_ids(loaded: None, client: Client) -> None:
    response = client.get(Post.objects.get(uid=UID).get_absolute_url())

    root = parse(response.content, strict=True)

    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert [element for element in root.iter() if element.get("style")] == []


def test_page_says_dutch(article: Element) -> None:
    assert article.get("lang") == "nl"


def test_page_loads_nothing_from_another_host(article: Element) -> None:
    loading = [
        address
        for element in article.iter()
        for name in ("src", "srcset", "href", "action", "poster", "data")
        if (address := element.get(name)) and element.tag not in {"a"}
        if "canonical" not in element.get("rel", "")
    ]

    assert loading
    assert [address for address in loading if not re.match(r"/(?!/)", address)] == []


def test_three_comments_show_and_the_waiting_one_does_not(article: Element) -> None:
    comments = with_id(article, "reacties")

    names = [visible_text(heading) for heading in comments.iter("h3")]

    assert names == ["Joke", "Pieter van 't Hof", "Redactie"]
    assert "Anneke" not in visible_text(article)


def test_sections_keep_their_ids_for_links_from_elsewhere(article: Element) -> None:
    heading = with_id(article, "ondersteuning-bij-stress")

    assert heading.tag == "h3"
    assert "numbered" in classes(heading)


# --- The rows -------------------------------------------------------------------------------------


def test_loading_the_fixture_twice_gives_the_same_rows(loaded: None) -> None:
    first = every_row()

    call_command("loaddata", "magnesium", verbosity=0)

    assert every_row() == first


def test_loading_the_example_site_twice_gives_the_same_rows() -> None:
    call_command("loaddata", "magnesium", "demo", verbosity=0)
    first = every_row()

    call_command("loaddata", "magnesium", "demo", verbosity=0)

    assert every_row() == first


def test_live_columns_are_the_snapshot_of_the_live_revision() -> None:
    call_command("loaddata", "magnesium", "demo", verbosity=0)

    for post in Post._base_manager.all():
        assert post.live_revision is not None
        assert post.content == post.live_revision.content
        assert post.newest_revision == post.live_revision


def test_digests_are_those_of_the_snapshots() -> None:
    call_command("loaddata", "magnesium", "demo", verbosity=0)

    for revision in Revision.objects.all():
        assert revision.digest == revision.content.digest
        assert revision.snapshot == revision.content.as_json()


def test_every_live_slug_is_an_address() -> None:
    call_command("loaddata", "magnesium", "demo", verbosity=0)

    for post in Post._base_manager.all():
        assert [address.slug for address in post.addresses.all()] == [post.slug]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_fixture_names_rows_by_natural_keys(fixture: Path) -> None:
    rows = json.loads(fixture.read_text(encoding="utf-8"))

    numbered = {row["model"] for row in rows if "pk" in row}

    assert numbered <= {"blog.sitesettings", "blog.menuitem"}


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_fixture_is_markdown_without_html(fixture: Path) -> None:
    rows = json.loads(fixture.read_text(encoding="utf-8"))

    assert not any("stored_rendering" in row["fields"] for row in rows)
    for row in rows:
        assert not re.search(r"<(?!https?://)[a-z/]", str(row["fields"].get("body", "")))


def test_stored_text_is_the_article_with_only_marks_added(loaded: None) -> None:
    body = Post.objects.get(uid=UID).body

    unmarked = re.sub(r"^#{2,3} |^> ", "", body, flags=re.MULTILINE).replace("**", "")

    assert re.split(r"\n\n", unmarked.rstrip("\n")) == PARAGRAPHS
    assert "‘s avonds" in body


def test_article_counts_945_words(loaded: None) -> None:
    post = Post.objects.get(uid=UID)

    assert post.rendered.word_count == 945
    assert post.reading_minutes == 4


def test_author_biography_is_stored_as_handed_in(loaded: None) -> None:
    (author,) = Post.objects.get(uid=UID).byline

    assert (author.name, author.bio) == ("Mirjam", BIO)


def test_reply_is_by_the_editors_and_one_comment_waits(loaded: None) -> None:
    thread = Comment.objects.order_by("created_at")

    assert [(c.name, c.status, c.parent and c.parent.name) for c in thread] == [
        ("Joke", "approved", None),
        ("Pieter van ’t Hof", "approved", None),
        ("Redactie", "approved", "Pieter van ’t Hof"),
        ("Anneke", "pending", None),
    ]


def test_example_pages_say_that_they_are_examples(client: Client) -> None:
    call_command("loaddata", "magnesium", "demo", verbosity=0)

    for address in ("/over-ons/", "/privacy/", "/contact/"):
        text = visible_text(parse(client.get(address).content))
        assert "voorbeeld" in text, address
