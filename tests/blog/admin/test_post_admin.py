"""Posts in the admin, as an editor's browser uses it: the form as served, changed, and sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.admin.posts import ContentAdmin
from blog.content import FIELDS, PostContent
from blog.models import Post, Revision, Tag, Theme
from tests.factories import (
    content_with_every_field,
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_tag,
    create_theme,
    create_user,
    fresh,
    in_days,
    newest,
    save_draft_of,
)
from tests.pages import (
    Answer,
    all_with_class,
    form_values,
    parse,
    visible_text,
    with_class,
    with_id,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/blog/post/add/"
LIST = "/admin/blog/post/"


def change_address(post: Post) -> str:
    """Where a post is edited."""
    return f"/admin/blog/post/{post.pk}/change/"


def form_of(response: Answer) -> Element:
    """The change form of a page of the admin."""
    assert response.status_code == 200
    forms = parse(response.content).iter("form")
    (form,) = [form for form in forms if form.get("id", "").endswith("_form")]
    return form


def send(desk: Client, address: str, *, button: str = "_save", **changes: Any) -> Answer:
    """Open a form, change some of its fields, and press a button."""
    values = form_values(form_of(desk.get(address)))
    response: Answer = desk.post(address, values | changes | {button: "1"})
    return response


def publish(desk: Client, post: Post, *, button: str = "_now", **choices: Any) -> Answer:
    """Open the page of publishing, make choices, and press a button."""
    address = f"/admin/blog/{post.kind}/{post.pk}/publiceren/"
    (form,) = [
        form
        for form in parse(desk.get(address).content).iter("form")
        if form.get("method") == "post" and form.get("id") != "logout-form"
    ]
    response: Answer = desk.post(address, form_values(form) | choices | {button: "1"})
    return response


def errors_of(response: Answer) -> dict[str, Any]:
    """The messages beside the fields of a form that came back."""
    assert response.status_code == 200
    errors: dict[str, Any] = response.context["adminform"].form.errors
    return errors


def message_after(desk: Client, response: Answer) -> str:
    """What the admin says on the page to which a button leads."""
    assert response.status_code == 302
    page = parse(desk.get(response["Location"]).content)
    return visible_text(with_class(page, "messagelist"))


def buttons(form: Element) -> set[str]:
    """The names of the buttons of a form."""
    return {b.get("name", "") for b in form.iter("input") if b.get("type") == "submit"}


# --- A new post -----------------------------------------------------------------------------------


def test_title_is_enough_for_a_draft(desk: Client, editor: User) -> None:
    response = send(desk, ADD, title="Slapen als een roos")

    post = Post.objects.get()
    assert response["Location"] == change_address(post)
    assert (post.title, post.slug) == ("Slapen als een roos", "slapen-als-een-roos")
    assert post.state == Post.State.DRAFT
    assert newest(post).made_by == editor
    assert post.revisions.count() == 1


def test_post_without_a_title_comes_back_with_its_text(desk: Client) -> None:
    response = send(desk, ADD, title="", body="Al een hele lap tekst.")

    assert "title" in errors_of(response)
    assert form_values(form_of(response))["body"] == ["Al een hele lap tekst."]
    assert Post.objects.count() == 0


def test_new_post_can_be_published_at_once(desk: Client, client: Client) -> None:
    send(desk, ADD, button="_publish", title="Meteen live", body="Hallo.")
    publish(desk, Post.objects.get())

    assert Client().get("/blog/meteen-live/").status_code == 200


def test_made_up_slug_stays_below_the_limit(desk: Client) -> None:
    send(desk, ADD, title="Waarom je wakker wordt " * 8)

    slug = Post.objects.get().slug
    assert 0 < len(slug) <= 100
    assert not slug.endswith("-")


def test_title_without_letters_can_be_kept_but_not_published(desk: Client) -> None:
    send(desk, ADD, button="_publish", title="???")

    post = Post.objects.get()
    assert post.slug == ""
    assert "Om te publiceren is een adres nodig." in visible_text(
        parse(publish(desk, post).content)
    )
    assert fresh(post).state == Post.State.DRAFT


def test_address_is_written_small(desk: Client) -> None:
    send(desk, ADD, title="Kopie", slug="Kopie-2")

    assert Post.objects.get().slug == "kopie-2"


# --- Byte for byte --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "    code met spaties vooraf\n",
        "\n\nEerst twee lege regels.",
        "Drie lege regels aan het eind.\n\n\n",
        "Regeleinde met spaties.  \nDaarna dit.\t",
        "  \n  ",
        '‘s avonds [1] & <b> "x" \\* &amp;',
        "</textarea><script>alert(1)</script>",
        "Nul​breedte en vaste spatie.",
        "🌙 é́ ﬁ",
    ],
    ids=ascii,
)
def test_text_is_kept_byte_for_byte_over_several_saves(desk: Client, body: str) -> None:
    post = create_draft(body=body)

    for number in range(3):
        send(desk, change_address(post), title=f"Titel {number}")

    assert newest(post).content.body == body
    assert fresh(post).body == body


def test_text_and_order_of_authors_survive_twenty_saves(desk: Client) -> None:
    authors = [create_author(name=name) for name in ("Zoë", "Adam", "Mirjam", "Bram")]
    body = "\n  Vooraf twee spaties.\r\n\r\n    code  \r\nLaatste regel.\r\n"
    post = create_draft(authors=authors)
    send(desk, change_address(post), body=body)

    for number in range(20):
        send(desk, change_address(post), note=f"Keer {number}", title=f"Titel {number}")

    assert newest(post).number == 22
    assert newest(post).content.body == body.replace("\r\n", "\n")
    assert newest(post).content.byline == tuple(author.slug for author in authors)
    assert fresh(post).byline == authors


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"], ids=ascii)
def test_line_ends_of_any_kind_become_one_kind(desk: Client, ending: str) -> None:
    post = create_draft()

    send(desk, change_address(post), body=f"Een{ending}{ending}Twee{ending}")

    assert newest(post).content.body == "Een\n\nTwee\n"


def test_save_without_a_change_makes_no_revision(desk: Client) -> None:
    post = create_draft(
        theme=create_theme(),
        authors=[create_author(), create_author()],
        tags=[create_tag(), create_tag()],
        body="\n  Tekst.\n\n",
        summary="Een samenvatting.\nMet twee regels.",
        reviewed_on=date(2026, 1, 2),
        reading_minutes_override=4,
        discloses_own_products=True,
    )

    send(desk, change_address(post))

    assert newest(post).number == 1


def test_publishing_without_a_change_makes_no_revision(desk: Client) -> None:
    post = create_draft()

    send(desk, change_address(post), button="_publish")
    publish(desk, post)

    assert fresh(post).live_revision == newest(post)
    assert newest(post).number == 1


# --- Every field ----------------------------------------------------------------------------------


@pytest.mark.parametrize("field", FIELDS)
def test_field_walks_through_the_form(desk: Client, field: str) -> None:
    wanted = content_with_every_field()
    start = replace(wanted, **{field: getattr(PostContent(title="Eerst"), field)})
    post = publishing.save_draft(Post(), start, by=create_editor(), base=None).post
    typed: dict[str, Any] = {
        "theme": Theme.objects.get(slug=wanted.theme).pk,
        "tags": list(Tag.objects.filter(slug__in=wanted.tags).values_list("pk", flat=True)),
        "discloses_own_products": "on",
        "reviewed_on": "02-01-2026",
        "review_due_on": "04-03-2027",
    }
    changes = {field: typed.get(field, getattr(wanted, field))}
    if field in {"byline", "related"}:
        slugs = getattr(wanted, field)
        changes = {f"{field}_{place}": slug for place, slug in enumerate(slugs)}

    send(desk, change_address(post), **changes)

    assert newest(post).number == 2
    assert newest(post).content == wanted


def test_byline_keeps_its_order_and_closes_up(desk: Client) -> None:
    first, second = create_author(name="Zoë"), create_author(name="Adam")
    post = create_draft()

    send(desk, change_address(post), byline_0=second.slug, byline_1="", byline_2=first.slug)

    assert fresh(post).byline == [second, first]


def test_author_chosen_twice_is_refused(desk: Client) -> None:
    author, post = create_author(), create_draft()

    response = send(desk, change_address(post), byline_0=author.slug, byline_1=author.slug)

    assert "byline" in errors_of(response)


def test_long_byline_shows_whole_with_a_place_left(desk: Client) -> None:
    authors = [create_author() for _number in range(6)]
    post = create_draft(authors=authors)

    send(desk, change_address(post), byline_6=(extra := create_author()).slug)

    assert fresh(post).byline == [*authors, extra]


# --- Draft and live -------------------------------------------------------------------------------


def test_saving_a_live_post_leaves_readers_their_text(desk: Client) -> None:
    post = create_post(title="Oude titel")
    before = Client().get(post.get_absolute_url()).content

    send(desk, change_address(post), title="Nieuwe titel", body="Anders.")

    assert Client().get(post.get_absolute_url()).content == before
    assert newest(post).content.title == "Nieuwe titel"


def test_form_shows_the_newest_revision_not_the_live_row(desk: Client) -> None:
    post = create_post(title="Live", body="Live tekst.", authors=[create_author()])
    content = replace(newest(post).content, title="Concept", body="Concepttekst.", byline=())
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))

    values = form_values(form_of(desk.get(change_address(post))))

    assert values["title"] == ["Concept"]
    assert values["body"] == ["Concepttekst."]
    assert set(values["byline_0"]) <= {""}


def test_publish_shows_readers_the_newest_revision(desk: Client) -> None:
    post = create_post(title="Oude titel")
    send(desk, change_address(post), title="Nieuwe titel")

    publish(desk, post)

    assert "Nieuwe titel" in Client().get(post.get_absolute_url()).content.decode()


def test_notable_change_dates_the_post(desk: Client) -> None:
    post = create_post(published_at=in_days(-9))

    send(desk, change_address(post), button="_publish", title="Herzien")
    publish(desk, post, notable="on")

    assert fresh(post).changed_at is not None


def test_note_is_kept_with_the_revision(desk: Client) -> None:
    post = create_draft()

    send(desk, change_address(post), title="Anders", note="Titel korter")

    assert newest(post).note == "Titel korter"


def test_address_of_another_post_is_said_on_the_page_with_a_link_to_the_field(
    desk: Client,
) -> None:
    create_post(slug="bezet")
    post = create_draft(title="Mijn titel")

    response = send(
        desk, change_address(post), button="_publish", slug="bezet", body="Nieuw getypt."
    )

    page = parse(desk.get(response["Location"]).content)
    links = [link.get("href") for link in with_class(page, "publish-obstacles").iter("a")]
    assert links == [f"{change_address(post)}#id_slug"]
    assert newest(post).content.body == "Nieuw getypt."
    assert publish(desk, post).status_code == 200
    assert fresh(post).state == Post.State.DRAFT


def test_draft_may_plan_an_address_that_is_taken(desk: Client) -> None:
    create_post(slug="bezet")
    post = create_draft()

    send(desk, change_address(post), slug="bezet")

    assert fresh(post).slug == "bezet"


def test_text_that_is_too_complex_is_kept_in_the_form(desk: Client) -> None:
    post = create_draft()
    flood = "[" * 100_000

    response = send(desk, change_address(post), body=flood)

    assert "body" in errors_of(response)
    assert form_values(form_of(response))["body"] == [flood]
    assert newest(post).number == 1


# --- Two editors ----------------------------------------------------------------------------------


@pytest.fixture
def stale(desk: Client) -> tuple[Post, dict[str, Any]]:
    """A post, and the form of an editor who opened it before somebody else saved."""
    post = create_post(title="Begin", body="De tekst van het begin.")
    values = form_values(form_of(desk.get(change_address(post))))
    content = replace(newest(post).content, title="Van hen", body="De tekst van hen.")
    publishing.save_draft(post, content, by=create_editor(username="Karin"), base=newest(post))
    return post, values | {"title": "Van mij", "body": "De tekst van mij."}


@pytest.mark.parametrize("button", ["_save", "_publish"])
def test_stale_form_meets_both_texts_and_writes_nothing(
    desk: Client, stale: tuple[Post, dict[str, Any]], button: str
) -> None:
    post, values = stale

    response = desk.post(change_address(post), values | {button: "1"})

    page = parse(response.content)
    text = visible_text(with_class(page, "stale"))
    for words in ("De tekst van hen.", "De tekst van mij.", "Van hen", "Van mij", "Karin"):
        assert words in text
    kept = form_values(form_of(response))
    assert (kept["title"], kept["body"]) == (["Van mij"], ["De tekst van mij."])
    assert newest(post).content.title == "Van hen"
    assert fresh(post).title == "Begin"


def test_second_save_comes_after_the_others(
    desk: Client, stale: tuple[Post, dict[str, Any]]
) -> None:
    post, values = stale
    kept = form_values(form_of(desk.post(change_address(post), values | {"_save": "1"})))

    desk.post(change_address(post), kept | {"_save": "1"})

    texts = [revision.content.title for revision in post.revisions.order_by("number")]
    assert texts == ["Begin", "Van hen", "Van mij"]
    assert newest(post).base == Revision.objects.get(post=post, number=2)


def test_third_editor_in_between_is_met_too(
    desk: Client, stale: tuple[Post, dict[str, Any]]
) -> None:
    post, values = stale
    kept = form_values(form_of(desk.post(change_address(post), values | {"_save": "1"})))
    content = replace(newest(post).content, title="Van een derde")
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))

    response = desk.post(change_address(post), kept | {"_save": "1"})

    assert "Van een derde" in visible_text(with_class(parse(response.content), "stale"))
    assert newest(post).content.title == "Van een derde"


def test_stale_form_with_a_mistake_keeps_what_was_typed(
    desk: Client, stale: tuple[Post, dict[str, Any]]
) -> None:
    post, values = stale

    response = desk.post(change_address(post), values | {"title": "", "_save": "1"})

    assert form_values(form_of(response))["body"] == ["De tekst van mij."]
    assert newest(post).content.title == "Van hen"


def test_stale_form_of_an_unknown_base_is_no_error_of_ours(
    desk: Client, stale: tuple[Post, dict[str, Any]]
) -> None:
    post, values = stale
    elsewhere = newest(create_post())

    for base in ("", "999999", "x", str(elsewhere.pk)):
        response = desk.post(change_address(post), values | {"base": base, "_save": "1"})
        assert response.status_code == 200
        assert form_values(form_of(response))["body"] == ["De tekst van mij."]
    assert newest(post).content.title == "Van hen"


# --- The same form twice --------------------------------------------------------------------------


@pytest.mark.parametrize(("button", "word"), [("_save", "change"), ("_publish", "publiceren")])
def test_change_form_sent_twice_is_saved_once(desk: Client, button: str, word: str) -> None:
    post = create_post(title="Begin")
    values = form_values(form_of(desk.get(change_address(post)))) | {"title": "Anders"}

    answers = [desk.post(change_address(post), values | {button: "1"}) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [f"/admin/blog/post/{post.pk}/{word}/"] * 2
    titles = [revision.content.title for revision in post.revisions.order_by("number")]
    assert titles == ["Begin", "Anders"]


@pytest.mark.parametrize(("button", "word"), [("_save", "change"), ("_publish", "publiceren")])
def test_add_form_sent_twice_makes_one_post(desk: Client, button: str, word: str) -> None:
    values = form_values(form_of(desk.get(ADD))) | {"title": "Nieuw", "body": "Tekst."}

    answers = [desk.post(ADD, values | {button: "1"}) for _click in range(2)]

    post = Post.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/admin/blog/post/{post.pk}/{word}/"] * 2
    assert post.revisions.count() == 1
    assert post.state == Post.State.DRAFT


def test_add_form_sent_again_with_another_text_meets_both_texts(desk: Client) -> None:
    values = form_values(form_of(desk.get(ADD))) | {"title": "Nieuw", "_save": "1"}
    desk.post(ADD, values | {"body": "De eerste tekst."})

    response = desk.post(ADD, values | {"body": "De tweede tekst."})

    text = visible_text(with_class(parse(response.content), "stale"))
    assert "De eerste tekst." in text
    assert "De tweede tekst." in text
    assert form_values(form_of(response))["body"] == ["De tweede tekst."]
    assert Post.objects.get().body == "De eerste tekst."


def test_second_click_of_the_same_instant_finds_the_post_of_the_first(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = form_values(form_of(desk.get(ADD))) | {"title": "Nieuw", "_save": "1"}
    desk.post(ADD, values)
    look, looks = ContentAdmin.id_of_post_made_by, []

    def look_too_early(admin: ContentAdmin, request: Any) -> str | None:
        looks.append(request)
        return None if len(looks) == 1 else look(admin, request)

    monkeypatch.setattr(ContentAdmin, "id_of_post_made_by", look_too_early)
    response = desk.post(ADD, values)

    assert len(looks) == 2
    assert response["Location"] == change_address(Post.objects.get())
    assert Post.objects.get().revisions.count() == 1


def test_second_click_of_the_same_instant_with_another_text_meets_both_texts(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = form_values(form_of(desk.get(ADD))) | {"title": "Nieuw", "_save": "1"}
    desk.post(ADD, values | {"body": "De eerste tekst."})
    look, looks = ContentAdmin.id_of_post_made_by, []

    def look_too_early(admin: ContentAdmin, request: Any) -> str | None:
        looks.append(request)
        return None if len(looks) == 1 else look(admin, request)

    monkeypatch.setattr(ContentAdmin, "id_of_post_made_by", look_too_early)
    response = desk.post(ADD, values | {"body": "De tweede tekst."})

    assert form_values(form_of(response))["body"] == ["De tweede tekst."]
    assert "De eerste tekst." in visible_text(with_class(parse(response.content), "stale"))


def test_two_add_forms_make_two_posts(desk: Client) -> None:
    for _form in range(2):
        send(desk, ADD, title="Nieuw", slug="nieuw")

    assert Post.objects.count() == 2


@pytest.mark.parametrize("new_uid", ["", "x", "\x00", "{}", "0" * 4_000], ids=ascii)
def test_add_form_without_a_readable_uid_loses_no_text(desk: Client, new_uid: str) -> None:
    response = send(desk, ADD, title="Nieuw", body="Een hele lap tekst.", new_uid=new_uid)

    if response.status_code == 302:
        assert Post.objects.get().body == "Een hele lap tekst."
    else:
        assert list(errors_of(response)) == ["new_uid"]
        assert form_values(form_of(response))["body"] == ["Een hele lap tekst."]


def test_add_form_with_the_uid_of_a_page_is_no_error_of_ours(desk: Client) -> None:
    page = create_page(body="De tekst van de bladzijde.")

    response = send(desk, ADD, title="Nieuw", new_uid=str(page.uid))

    assert response.status_code in {200, 302}
    assert fresh(page).body == "De tekst van de bladzijde."


# --- What the admin says --------------------------------------------------------------------------


def test_new_draft_is_said_to_be_not_public(desk: Client) -> None:
    response = send(desk, ADD, title="Nieuw")

    assert message_after(desk, response) == "Concept opgeslagen. Het is nog niet openbaar."


def test_draft_over_a_live_text_is_said_to_wait(desk: Client) -> None:
    response = send(desk, change_address(create_post()), title="Anders")

    message = message_after(desk, response)
    assert message == "Concept opgeslagen. Lezers zien nog de tekst die live staat."


@pytest.mark.parametrize("create", [create_draft, create_post], ids=["draft", "live"])
def test_save_without_a_change_is_said_to_be_none(desk: Client, create: Any) -> None:
    response = send(desk, change_address(create()), note="Niets gedaan")

    message = message_after(desk, response)
    assert message == "Alles was al opgeslagen."


def test_publication_is_said_with_a_link_to_the_page(desk: Client) -> None:
    post = create_draft(title="Slapen & waken")

    response = publish(desk, post)

    page = parse(desk.get(response["Location"]).content)
    said = with_class(page, "messagelist")
    assert visible_text(said) == "Gepubliceerd: Slapen & waken."
    assert [link.get("href") for link in said.iter("a")] == [post.get_absolute_url()]


def test_live_text_can_get_a_date_of_change_afterwards(desk: Client) -> None:
    post = create_post(published_at=in_days(-9))

    publish(desk, post, notable="on")

    assert fresh(post).changed_at is not None
    assert newest(post).number == 1


@pytest.mark.parametrize("field", ["theme", "tags"])
def test_form_says_which_name_of_the_draft_is_gone(desk: Client, field: str) -> None:
    row = {"theme": create_theme, "tags": create_tag}[field](slug="weggegooid")
    post = create_post()
    named = {"theme": row.slug} if field == "theme" else {"tags": (row.slug,)}
    content = replace(newest(post).content, **named)
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))
    assert "bestaat niet meer" not in desk.get(change_address(post)).content.decode()
    row.delete()

    page = parse(desk.get(change_address(post)).content)

    assert visible_text(with_class(page, "errorlist")) == '"weggegooid" bestaat niet meer.'


# --- Permissions ----------------------------------------------------------------------------------


def test_editor_who_may_not_publish_sees_no_button_and_cannot_forge_it(client: Client) -> None:
    client.force_login(create_user(may=["add_post", "change_post", "view_post"]))
    post = create_draft()
    names = [field.get("name") for field in form_of(client.get(change_address(post))).iter("input")]

    response = send(client, change_address(post), button="_publish", title="Stiekem")

    assert "_save" in names
    assert "_publish" not in names
    assert response.status_code == 403
    assert fresh(post).state == Post.State.DRAFT


@pytest.mark.parametrize(
    "action", ["take_offline", "throw_away", "take_back", "close_comments", "moderate_comments"]
)
def test_bulk_action_cannot_be_forged(client: Client, action: str) -> None:
    client.force_login(create_user(may=["add_post", "change_post", "view_post"]))
    post = create_post()
    before = Post.objects.values().get()

    sent = {"action": action, "_selected_action": [post.pk], "_confirm": "1", "moderation": "none"}
    client.post(LIST, sent)

    assert Post.objects.values().get() == before


def test_viewer_can_read_but_not_save(client: Client) -> None:
    client.force_login(create_user(may=["view_post"]))
    post = create_draft(title="Te lezen")

    assert client.get(change_address(post)).status_code == 200
    response = client.post(change_address(post), {"title": "Stiekem", "_save": "1"})

    assert response.status_code == 403
    assert newest(post).number == 1


def test_admin_is_closed_to_strangers(client: Client) -> None:
    post = create_draft()

    for address in (LIST, ADD, change_address(post), "/admin/comments/comment/"):
        assert client.get(address)["Location"].startswith("/admin/login/")


# --- The list -------------------------------------------------------------------------------------


def titles(response: Answer) -> list[str]:
    """The titles in the list, in their order."""
    cells = [
        c for c in parse(response.content).iter() if "field-title" in c.get("class", "").split()
    ]
    return [visible_text(cell) for cell in cells]


def test_list_costs_as_many_queries_with_thirty_posts_as_with_one(
    desk: Client, editor: User
) -> None:
    theme, authors = create_theme(), [create_author(), create_author()]
    create_post(theme=theme, authors=authors, by=editor)
    desk.get(LIST)

    with CaptureQueriesContext(connection) as with_one:
        desk.get(LIST)
    for _number in range(29):
        create_post(theme=theme, authors=authors, by=editor)
    with CaptureQueriesContext(connection) as with_thirty:
        desk.get(LIST)

    assert len(with_thirty) == len(with_one)


def test_list_shows_state_theme_and_authors(desk: Client) -> None:
    create_post(title="Wacht", published_at=in_days(3))
    create_post(
        title="Leeft", theme=create_theme(name="Voeding"), authors=[create_author(name="Zoë")]
    )

    text = visible_text(parse(desk.get(LIST).content))

    for words in ("Wacht", "Gepland", "Leeft", "Live", "Voeding", "Zoë"):
        assert words in text


@pytest.mark.parametrize(
    ("state", "label", "found"),
    [
        ("draft", "Concept (2)", ["withdrawn", "draft"]),
        ("scheduled", "Gepland (1)", ["scheduled"]),
        ("live", "Live (4)", ["discarded", "planned", "newer", "live"]),
        ("expired", "Verlopen (1)", ["expired"]),
        ("newer", "Nieuwere wijzigingen (2)", ["planned", "newer"]),
        ("planned", "Wijziging gepland (1)", ["planned"]),
        ("withdrawn", "Offline gehaald (1)", ["withdrawn"]),
        ("offered", "Aangeboden (1)", ["draft"]),
    ],
)
def test_list_counts_each_state_and_can_be_narrowed_to_it(
    desk: Client, editor: User, state: str, label: str, found: list[str]
) -> None:
    publishing.offer(newest(create_draft(title="draft")), by=editor)
    create_post(title="scheduled", published_at=in_days(1))
    create_post(title="live")
    create_post(title="expired", published_at=in_days(-2), expires_at=in_days(-1))
    publishing.unpublish(create_post(title="withdrawn"), by=editor)
    newer, planned, discarded = (create_post(title=t) for t in ("newer", "planned", "discarded"))
    for post in (newer, planned, discarded):
        draft = save_draft_of(post, by=editor, body="Anders.")
        if post == planned:
            publishing.schedule(draft, by=editor, at=in_days(1))
        if post == discarded:
            publishing.discard(post, by=editor, base=draft)
    publishing.throw_away(create_post(title="gone"), by=editor)

    page = desk.get(LIST, {"state": state})

    assert label in visible_text(with_class(parse(page.content), "states"))
    assert titles(page) == found


def test_strange_filter_is_no_error_of_ours(desk: Client) -> None:
    create_draft()

    assert desk.get(LIST, {"state": "x", "wastebasket": "y", "q": "\x00"}).status_code == 200


def test_thrown_away_post_lies_in_the_wastebasket(desk: Client) -> None:
    post = create_post(title="Weg ermee")

    desk.post(f"/admin/blog/post/{post.pk}/delete/", {"post": "yes"})

    assert fresh(post).deleted_at is not None
    assert titles(desk.get(LIST)) == []
    assert titles(desk.get(LIST, {"wastebasket": "yes"})) == ["Weg ermee"]


def test_deletion_is_said_to_be_a_move_to_the_wastebasket(desk: Client) -> None:
    post = create_post()

    response = desk.post(f"/admin/blog/post/{post.pk}/delete/", {"post": "yes"})

    assert response["Location"] == LIST
    assert message_after(desk, response) == "Naar de prullenbak verplaatst."


def test_thrown_away_post_is_not_called_live_in_the_list(desk: Client) -> None:
    publishing.throw_away(create_post(), by=create_editor())

    page = parse(desk.get(LIST, {"wastebasket": "yes"}).content)

    (badge,) = all_with_class(page, "field-state_badge")
    assert visible_text(badge) == "In de prullenbak"


def test_form_of_a_thrown_away_post_has_the_way_back(desk: Client) -> None:
    post = create_post()
    publishing.throw_away(post, by=create_editor())
    assert buttons(form_of(desk.get(change_address(post)))) == {"_save", "_preview", "_take_back"}

    response = send(desk, change_address(post), button="_take_back")

    assert message_after(desk, response) == "Teruggezet uit de prullenbak."
    assert fresh(post).deleted_at is None
    assert buttons(form_of(desk.get(change_address(post)))) == {"_save", "_preview", "_publish"}
    assert Client().get(post.get_absolute_url()).status_code == 200


def test_way_back_shows_to_who_may_throw_away(client: Client) -> None:
    client.force_login(create_user(may=["change_post", "publish_post", "view_post"]))
    post = create_post()
    publishing.throw_away(post, by=create_editor())

    assert "_take_back" not in buttons(form_of(client.get(change_address(post))))


def test_way_back_keeps_what_was_typed(desk: Client) -> None:
    post = create_post(body="De oude tekst.")
    publishing.throw_away(post, by=create_editor())

    send(desk, change_address(post), button="_take_back", body="Een nieuwe tekst.")

    assert fresh(post).deleted_at is None
    assert fresh(post).body == "De oude tekst."
    assert newest(post).content.body == "Een nieuwe tekst."


def test_way_back_cannot_be_forged(client: Client) -> None:
    client.force_login(create_user(may=["change_post", "publish_post", "view_post"]))
    post = create_post()
    publishing.throw_away(post, by=create_editor())

    response = send(client, change_address(post), button="_take_back")

    assert response.status_code == 403
    assert fresh(post).deleted_at is not None


@pytest.mark.parametrize("create", [create_draft, create_post], ids=["draft", "live"])
def test_publication_from_the_wastebasket_cannot_be_forged(desk: Client, create: Any) -> None:
    post = create()
    publishing.throw_away(post, by=create_editor())
    before = fresh(post)

    sent = {"revision": "1", "notable": "on", "_now": "1"}
    response = desk.post(f"/admin/blog/post/{post.pk}/publiceren/", sent)

    assert "Zet het eerst terug uit de prullenbak." in response.content.decode()
    assert fresh(post).live_revision == before.live_revision
    assert fresh(post).changed_at is None


def test_list_shows_and_finds_which_posts_are_closed_for_comments(desk: Client) -> None:
    closed = create_post(title="Gesloten")
    publishing.open_comments(closed, by=create_editor(), opened=False)
    create_post(title="Open")

    page = parse(desk.get(LIST).content)

    badges = [visible_text(cell) for cell in all_with_class(page, "field-state_badge")]
    assert badges == ["Live", "Live Reacties gesloten"]
    choices = {link.get("href") for link in with_id(page, "changelist-filter").iter("a")}
    for query, found in (("0", "Gesloten"), ("1", "Open")):
        assert f"?comments_open__exact={query}" in choices
        assert titles(desk.get(LIST, {"comments_open__exact": query})) == [found]


def test_closing_asks_for_a_reason_first(desk: Client) -> None:
    post = create_post(title="Slapen")
    chosen = {"action": "close_comments", "_selected_action": [post.pk]}

    asks = desk.post(LIST, chosen)

    assert asks.status_code == 200
    assert "Slapen" in visible_text(parse(asks.content))
    assert fresh(post).comments_open
    too_long = desk.post(LIST, {**chosen, "_confirm": "1", "reason": "x" * 201})
    assert all_with_class(parse(too_long.content), "errorlist")
    assert fresh(post).comments_open
    desk.post(LIST, {**chosen, "_confirm": "1", "reason": "Het ging niet meer over slapen."})
    assert fresh(post).comments_closed_reason == "Het ging niet meer over slapen."


def test_moderation_is_chosen_for_several_posts_at_once(desk: Client) -> None:
    posts = [create_post(), create_post()]
    chosen = {"action": "moderate_comments", "_selected_action": [post.pk for post in posts]}

    asks = parse(desk.post(LIST, chosen).content)

    radios = [field for field in asks.iter("input") if field.get("name") == "moderation"]
    assert [radio.get("value") for radio in radios] == ["", "all", "first", "none"]
    assert [radio.get("checked") is not None for radio in radios] == [True, False, False, False]
    desk.post(LIST, {**chosen, "_confirm": "1", "moderation": "first"})
    assert [fresh(post).comments_moderation for post in posts] == ["first", "first"]
    desk.post(LIST, {**chosen, "_confirm": "1", "moderation": "everything"})
    assert [fresh(post).comments_moderation for post in posts] == ["first", "first"]


@pytest.mark.parametrize("words", ["Nachtcafé", "nachtcaf", "tekst van morgen"])
def test_search_finds_a_draft_by_what_its_editor_sees(desk: Client, words: str) -> None:
    post = create_post(title="Oude titel")
    content = replace(newest(post).content, title="Het Nachtcafé", body="De tekst van morgen.")
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))
    create_post(title="Iets anders")

    assert titles(desk.get(LIST, {"q": words})) == ["Oude titel"]
    assert titles(desk.get(LIST, {"q": "oude titel"})) == ["Oude titel"]


def test_bulk_actions_do_what_they_say(desk: Client) -> None:
    post = create_post()

    def act(action: str) -> Post:
        desk.post(
            f"{LIST}?wastebasket=yes" if action == "take_back" else LIST,
            {"action": action, "_selected_action": [post.pk], "_confirm": "1"},
        )
        return fresh(post)

    assert act("close_comments").comments_open is False
    assert act("open_comments").comments_open is True
    assert act("throw_away").deleted_at is not None
    assert act("take_back").deleted_at is None
    assert act("take_offline").live_revision is None


def test_post_whose_tag_was_deleted_is_taken_offline_too(desk: Client) -> None:
    tag = create_tag()
    post = create_post(tags=[tag])
    tag.delete()

    desk.post(LIST, {"action": "take_offline", "_selected_action": [post.pk], "_confirm": "1"})

    assert fresh(post).live_revision is None


def test_post_whose_tag_was_deleted_can_be_edited_and_published(desk: Client) -> None:
    tag = create_tag()
    post = create_post(tags=[tag])
    tag.delete()

    send(desk, change_address(post), title="Zonder dat label")
    publish(desk, post)

    assert fresh(post).title == "Zonder dat label"


def test_nothing_can_be_deleted_for_ever(desk: Client) -> None:
    post = create_post()

    desk.post(LIST, {"action": "delete_selected", "_selected_action": [post.pk], "post": "yes"})

    assert Post.objects.filter(pk=post.pk).exists()


# --- Ways out -------------------------------------------------------------------------------------


def links(page: Element) -> list[str]:
    """The links that lead from the admin to the site."""
    return [a.get("href", "") for a in page.iter("a") if "viewsitelink" in a.get("class", "")]


def test_form_leads_once_to_the_page_that_readers_see(desk: Client) -> None:
    post = create_post()

    assert links(parse(desk.get(change_address(post)).content)) == [post.get_absolute_url()]


def test_form_of_a_draft_leads_to_no_page(desk: Client) -> None:
    draft = create_draft()

    assert links(parse(desk.get(change_address(draft)).content)) == []


# --- Addresses of nothing -------------------------------------------------------------------------


def test_way_back_of_a_post_that_does_not_exist_is_no_error_of_ours(desk: Client) -> None:
    for name in ("999", "x"):
        response = desk.post(f"/admin/blog/post/{name}/change/", {"_take_back": "1"})
        assert response.status_code in {302, 404}


def test_post_that_does_not_exist_is_not_an_error_of_ours(desk: Client) -> None:
    assert desk.get("/admin/blog/post/999/change/").status_code == 302
    assert desk.get("/admin/blog/post/x/change/").status_code == 302
