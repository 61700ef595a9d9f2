"""The history of a post: what is listed, what differs, and how to go back without losing a word."""

from __future__ import annotations

from typing import Any
from uuid import uuid4
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import LogRecord, Post, Revision
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_superuser,
    create_tag,
    create_theme,
    create_user,
    edited,
    fresh,
    in_days,
    newest,
)
from tests.pages import Answer, all_with_class, form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def address(post: Post, page: str) -> str:
    """A page of the admin about this post."""
    return f"/admin/blog/{post.kind}/{post.pk}/{page}"


def save(post: Post, *, note: str = "", **changes: Any) -> Revision:
    """Save a draft with these changes."""
    return publishing.save_draft(
        post, edited(post, **changes), by=create_superuser(), base=newest(post), note=note
    )


def live_with_draft(**draft: Any) -> Post:
    """A post that readers see, with a newer draft."""
    post = create_post(body="Neem 200 mg per dag.\n")
    save(post, **(draft or {"body": "Neem 400 mg per dag.\n"}))
    return fresh(post)


def content_of(response: Answer) -> Element:
    """The middle of a page of the admin; the frame with the text is part of it."""
    assert response.status_code in (200, 409)
    (content,) = [e for e in parse(response.content).iter() if e.get("id") == "content"]
    for frame in content.iter("template"):
        frame.tag = "div"
    return content


def marked(content: Element) -> tuple[list[str], list[str]]:
    """What is struck through and what is underlined, but for the explanation of both."""
    explanation = with_class(content, "comparison-key")
    explained = {id(element) for element in explanation.iter()}
    gone, new = (
        [visible_text(element) for element in content.iter(tag) if id(element) not in explained]
        for tag in ("del", "ins")
    )
    return gone, new


def send(desk: Client, page: str) -> Answer:
    """Open a page and press the button of its form."""
    (form,) = [
        form
        for form in content_of(desk.get(page)).iter("form")
        if form.get("method", "").lower() == "post"
    ]
    response: Answer = desk.post(page, form_values(form))
    return response


def said(desk: Client, response: Answer) -> str:
    """The message on the page to which an answer leads."""
    page = parse(desk.get(response["Location"], follow=True).content)
    return visible_text(with_class(page, "messagelist"))


# --- The list -----------------------------------------------------------------------------------


def test_history_says_who_when_why_and_from_what(desk: Client) -> None:
    post = create_post(by=create_superuser(username="anna"))
    first = newest(post)
    save(post, note="Tikfout in de dosering.", body="Twee.")
    save(post, body="Drie.")
    publishing.restore(first, by=create_superuser(username="bram"), base=newest(post))

    lines = all_with_class(content_of(desk.get(address(post, "history/"))), "history-line")

    texts = [visible_text(line) for line in lines]
    assert len(texts) == 4
    assert "Teruggezet vanaf versie 1." in texts[0]
    assert "bram" in texts[0]
    assert "Nieuwste concept" in texts[0]
    assert "Tikfout in de dosering." in texts[2]
    assert "anna" in texts[3]
    assert "Live" in texts[3]
    assert not any("Begonnen vanaf" in text for text in texts)


def test_revision_that_passes_another_says_what_it_started_from(desk: Client) -> None:
    post = create_draft(body="Een.")
    first = newest(post)
    save(post, body="Twee.")
    publishing.drafts.add_revision(post, edited(post, body="Drie."), by=create_editor(), base=first)

    line, *_rest = all_with_class(content_of(desk.get(address(post, "history/"))), "history-line")

    assert "Begonnen vanaf versie 1." in visible_text(line)


def test_planned_revision_is_marked(desk: Client) -> None:
    post = live_with_draft()
    publishing.schedule(newest(post), by=create_editor(), at=in_days(2))

    line, *_rest = all_with_class(content_of(desk.get(address(post, "history/"))), "history-line")

    assert "Gepland voor" in visible_text(line)


def test_copies_of_one_sitting_are_one_line(desk: Client) -> None:
    post = create_draft()
    sitting = uuid4()
    for body in ("Een", "Een twee", "Een twee drie"):
        publishing.keep_recovery_copy(
            post, edited(post, body=body), by=create_editor(), base=newest(post), sitting=sitting
        )
    save(post, body="Opgeslagen.")

    content = content_of(desk.get(address(post, "history/")))

    (lines,) = [entry for entry in content.iter("ol") if entry.find("./li/details") is not None]
    assert len(lines.findall("./li")) == 3
    (folded,) = content.iter("details")
    assert "2 eerdere kopieën" in visible_text(folded)
    assert len(all_with_class(folded, "history-line")) == 2


def test_long_history_costs_as_many_queries_as_a_short_one_and_reads_no_text(desk: Client) -> None:
    post = create_draft()

    def work(times: int) -> None:
        for _time in range(times):
            saved = save(post, body=str(uuid4()))
            publishing.keep_recovery_copy(
                post, edited(post, body="x"), by=create_editor(), base=saved, sitting=uuid4()
            )

    work(1)
    with CaptureQueriesContext(connection) as with_few:
        desk.get(address(post, "history/"))
    work(8)
    with CaptureQueriesContext(connection) as with_many:
        desk.get(address(post, "history/"))

    assert len(with_many) == len(with_few)
    reading = [query["sql"] for query in with_many if '"blog_revision"."snapshot"' in query["sql"]]
    # The newest draft and what is live, for the title of the page.
    assert len(reading) <= 1


def test_history_is_paged(desk: Client) -> None:
    post = create_draft()
    for number in range(21):
        save(post, body=f"Versie {number}.")

    def shown(page: str) -> int:
        content = content_of(desk.get(address(post, f"history/?p={page}")))
        return len(all_with_class(content, "history-line"))

    assert [shown(page) for page in ("1", "2", "9", "x")] == [20, 2, 2, 20]


def test_history_outlives_the_account_of_who_wrote_it(desk: Client) -> None:
    writer = create_editor()
    post = create_draft(by=writer)
    writer.delete()

    content = content_of(desk.get(address(post, "history/")))

    assert "None" not in visible_text(content)


def test_history_of_a_post_that_is_not_there_is_not_there_either(desk: Client) -> None:
    page = create_page()

    for name in ("999", "x", str(page.pk)):
        assert desk.get(f"/admin/blog/post/{name}/history/").status_code == 404


# --- What differs -------------------------------------------------------------------------------


def test_changed_number_is_marked_in_the_text_and_listed_above_it(desk: Client) -> None:
    post = live_with_draft()

    content = content_of(desk.get(address(post, "vergelijken/?van=live")))

    # In the list, in the text and in the source.
    assert marked(content) == (["200 mg"] * 3, ["400 mg"] * 3)
    numbers = visible_text(with_class(content, "comparison-figures"))
    assert "Neem 200 mg 400 mg per dag." in numbers


def test_changed_fields_are_told_by_name(desk: Client) -> None:
    slaap, eten = create_theme(name="Slaap"), create_theme(name="Eten")
    joost, mirjam = create_author(name="Joost"), create_author(name="Mirjam")
    post = create_post(
        theme=slaap, authors=[joost, mirjam], slug="oud", related=[create_post(title="Dutjes")]
    )
    save(
        post,
        slug="nieuw",
        theme=eten.slug,
        byline=(mirjam.slug, joost.slug),
        tags=(create_tag(name="Rust").slug, "is-weg"),
        related=(),
        discloses_own_products=True,
        reading_minutes_override=4,
        seo_title="Zo slaap je in 3 weken",
    )

    content = content_of(desk.get(address(post, "vergelijken/?van=1&tot=2")))

    (table,) = content.iter("table")
    rows = {
        visible_text(row[0]): (visible_text(row[1]), visible_text(row[2]))
        for row in table.iter("tr")
    }
    assert rows["Adres"] == ("oud", "nieuw")
    assert rows["Thema"] == ("Slaap", "Eten")
    assert rows["Schrijvers"] == ("Joost Mirjam", "Mirjam Joost")
    assert rows["Onderwerpen"] == ("–", "is-weg Rust")
    assert rows["Verder lezen"] == ("Dutjes", "–")
    assert rows["Leestijd in minuten"] == ("–", "4")
    assert rows["Noemt onze eigen producten"] == ("Nee", "Ja")
    # What readers see of a number beside the text; a number of minutes is none.
    (figure,) = with_class(content, "comparison-figures").iter("li")
    assert "slaap je in 3 weken" in visible_text(figure)
    assert "De tekst zelf is gelijk." in visible_text(content)


def test_pictures_and_links_are_told_apart_from_the_words(desk: Client) -> None:
    post = create_draft(body="Lees [dit](/a/) nu.\n\n![Een maan](/media/maan.jpg)\n")
    save(post, body="Lees [dit](/b/) nu.\n\n![De volle maan](/media/maan.jpg)\n")

    content = content_of(desk.get(address(post, "vergelijken/?van=1&tot=2")))

    table = visible_text(next(content.iter("table")))
    assert "Afbeelding /media/maan.jpg: beschrijving (alt-tekst) Een maan De volle maan" in table
    assert 'Link "dit" /a/ /b/' in table


def test_renamed_theme_is_no_difference(desk: Client) -> None:
    from blog.taxonomy import rename

    theme = create_theme(name="Slaap")
    post = create_post(theme=theme)
    rename(theme, name="Slapen")
    revision = publishing.drafts.add_revision(
        post, edited(post, theme=fresh(theme).slug), by=create_editor(), base=newest(post)
    )

    response = desk.get(address(post, f"vergelijken/?van=1&tot={revision.number}"))

    assert "Er is geen verschil" in visible_text(content_of(response))


def test_hostile_text_stays_text(desk: Client) -> None:
    hostile = "</template><script>alert(1)</script>\n\n[x](javascript:alert(2)) <img onerror=x>\n"
    post = create_draft(title="Titel", body="Niets.")
    save(post, title="<script>alert(3)</script>", body=hostile)

    response = desk.get(address(post, "vergelijken/?van=1&tot=2"))

    content = content_of(response)
    assert not list(content.iter("script"))
    assert not [element for element in content.iter() if element.get("onerror")]
    assert b'href="javascript' not in response.content
    assert response.content.count(b"</template>") == 1


@pytest.mark.parametrize(
    "question", ["van=99&tot=1", "van=1&tot=9999999999999", "van=x", "van=-1", "van=²", "tot=live"]
)
def test_revision_that_is_not_there_leads_back_to_the_history(desk: Client, question: str) -> None:
    post = create_draft()

    response = desk.get(address(post, f"vergelijken/?{question}"))

    assert response["Location"] == address(post, "history/")
    assert said(desk, response)


def test_text_that_cannot_be_rendered_is_compared_as_it_was_typed(desk: Client) -> None:
    post = create_draft(body="Kort.")
    save(post, body="> " * 30 + "Diep.")

    content = content_of(desk.get(address(post, "vergelijken/?van=1&tot=2")))

    assert "Een van de teksten kan niet worden getoond" in visible_text(content)
    assert with_class(content, "comparison-source") is not None


# --- Restoring ----------------------------------------------------------------------------------


def test_restoring_makes_a_new_revision_and_loses_nothing(desk: Client) -> None:
    post = create_draft(body="Een.")
    save(post, body="Twee.")
    save(post, body="Drie.")
    page = address(post, "terugzetten/1/")
    assert marked(content_of(desk.get(page)))[0] == ["Drie", "Drie"]

    response = send(desk, page)

    assert "De tekst van versie 1 is weer de nieuwste, als versie 4." in said(desk, response)
    assert [r.content.body for r in post.revisions.order_by("number")] == [
        *("Een.", "Twee.", "Drie.", "Een."),
    ]
    restored = newest(post)
    assert restored.restored_from == post.revisions.get(number=1)
    assert restored.base == post.revisions.get(number=3)
    assert LogRecord.objects.get(action="restored").detail == "versie 1 → versie 4"


def test_restoring_after_newer_work_shows_that_first(desk: Client) -> None:
    post = create_draft(body="Een.")
    save(post, body="Twee.")
    page = address(post, "terugzetten/1/")
    desk.get(page)
    save(post, body="Drie.")

    response = desk.post(page, {"base": "2"})

    content = content_of(response)
    assert response.status_code == 409
    assert "Er is nog niets gedaan." in visible_text(content)
    assert marked(content)[0] == ["Drie", "Drie"]
    assert newest(post).number == 3
    (form,) = [form for form in content.iter("form") if form.get("method") == "post"]
    assert form_values(form)["base"] == ["3"]


def test_second_click_restores_once(desk: Client) -> None:
    post = create_draft(body="Een.")
    save(post, body="Twee.")
    page = address(post, "terugzetten/1/")

    for _click in range(2):
        response = desk.post(page, {"base": "2"})
        assert "als versie 3" in said(desk, response)

    assert newest(post).number == 3


def test_newest_text_is_not_restored_over_itself(desk: Client) -> None:
    post = create_draft(body="Een.")
    page = address(post, "terugzetten/1/")
    assert "Er is geen verschil" in visible_text(content_of(desk.get(page)))

    response = desk.post(page, {"base": "1"})

    assert "Er is niets veranderd" in said(desk, response)
    assert newest(post).number == 1


def test_restoring_on_a_live_post_leaves_readers_alone(desk: Client) -> None:
    post = live_with_draft()
    before = Client().get(post.get_absolute_url()).content

    send(desk, address(post, "terugzetten/1/"))

    assert newest(post).content.body == "Neem 200 mg per dag.\n"
    assert Client().get(post.get_absolute_url()).content == before


def test_preview_of_a_restore_says_what_is_gone(desk: Client) -> None:
    theme = create_theme(name="Slaap")
    post = create_draft(theme=theme)
    save(post, theme=None)
    theme.delete()

    content = content_of(desk.get(address(post, "terugzetten/1/")))

    assert visible_text(with_class(content, "errorlist"))


# --- Discarding ---------------------------------------------------------------------------------


def test_discarded_draft_is_not_changed_for_ever_and_can_be_brought_back(desk: Client) -> None:
    post = live_with_draft()
    page = address(post, "weggooien/")
    form = parse(desk.get(address(post, "change/"), follow=True).content)
    assert page in [link.get("href") for link in form.iter("a")]

    response = send(desk, page)

    message = parse(desk.get(response["Location"], follow=True).content)
    assert page not in [link.get("href") for link in message.iter("a")]
    (undo,) = [a.get("href", "") for a in with_class(message, "messagelist").iter("a")]
    assert not fresh(post).has_newer_changes
    assert newest(post).content.body == "Neem 200 mg per dag.\n"
    assert LogRecord.objects.get(action="discarded").detail == "versie 2 → versie 3"
    send(desk, undo)
    assert newest(post).content.body == "Neem 400 mg per dag.\n"
    assert post.revisions.count() == 4


def test_discarding_shows_newer_work_first(desk: Client) -> None:
    post = live_with_draft()
    save(post, body="Neem 500 mg per dag.\n")

    response = desk.post(address(post, "weggooien/"), {"base": "2"})

    assert response.status_code == 409
    assert marked(content_of(response))[0] == ["500 mg"] * 3
    assert newest(post).number == 3


@pytest.mark.parametrize("make", [create_draft, create_post])
def test_nothing_to_discard_is_said(desk: Client, make: Any) -> None:
    post = make()

    response = desk.post(address(post, "weggooien/"), {"base": "1"})

    assert "Er is niets om weg te gooien" in said(desk, response)
    assert post.revisions.count() == 1


# --- Who may ------------------------------------------------------------------------------------


def test_who_may_look_sees_differences_and_no_buttons(client: Client) -> None:
    post = live_with_draft()
    client.force_login(create_user(may=["view_post"]))

    for page in ("history/", "vergelijken/?van=1&tot=2"):
        assert "terugzetten" not in client.get(address(post, page)).content.decode()
    for page in ("terugzetten/1/", "weggooien/"):
        assert client.get(address(post, page)).status_code == 403
        assert client.post(address(post, page), {"base": "2"}).status_code == 403
    assert newest(post).number == 2


def test_who_may_not_look_gets_nothing(client: Client) -> None:
    post = live_with_draft()
    client.force_login(create_user(may=["view_page"]))

    for page in ("history/", "vergelijken/?van=1&tot=2", "terugzetten/1/", "weggooien/"):
        assert client.get(address(post, page)).status_code == 403


def test_plain_pages_have_the_same_history(desk: Client) -> None:
    page = create_page(body="Een.")
    save(page, body="Twee.")

    assert marked(content_of(desk.get(address(page, "vergelijken/?van=live"))))[1] == ["Twee"] * 2
    send(desk, address(page, "weggooien/"))
    assert newest(page).content.body == "Een."
    assert len(all_with_class(content_of(desk.get(address(page, "history/"))), "history-line")) == 3
