"""What is typed in an open form: kept while it is typed, offered again, lost by no choice."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from blog import publishing, sittings
from blog.admin.sittings import end_idle_sittings, unsaved
from blog.models import Post, Revision, Sitting
from tests.blog.admin.desk import ADD, change_address, form_of, message_after
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_tag,
    create_theme,
    create_user,
    edited,
    fresh,
    newest,
)
from tests.instants import DAY, MINUTE, NOON
from tests.pages import Answer, all_with_class, form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

TELL = "/admin/blog/post/zitting/"


def open_form(desk: Client, address: str) -> dict[str, Any]:
    """The values of a form as it is opened."""
    return form_values(form_of(desk.get(address, follow=True)))


def tell(
    desk: Client,
    values: dict[str, Any],
    doing: str = "typing",
    *,
    post: Post | None = None,
    **more: Any,
) -> Answer:
    """What the script of an open form sends."""
    address = TELL.replace("post", post.kind) if post else TELL
    about = {"doing": doing, "post": post.pk if post else ""}
    return desk.post(address, values | about | more)


def type_in(desk: Client, post: Post, **changes: Any) -> dict[str, Any]:
    """Open the form of a post, type in it, and leave it at that; what the form holds."""
    values = open_form(desk, change_address(post)) | changes
    assert tell(desk, values, post=post).status_code == 200
    return values


def offers(desk: Client, address: str) -> list[str]:
    """Where a form says that there is text that was not saved, and where that leads."""
    page = parse(desk.get(address, follow=True).content)
    return [
        a.get("href", "")
        for li in with_class(page, "sitting-copies").iter("li")
        for a in li.iter("a")
    ]


def colleague() -> tuple[User, Client]:
    """Another editor, at a desk of their own."""
    other, desk = create_editor(username="Karin"), Client()
    desk.force_login(other)
    return other, desk


# --- Kept -----------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_beside_what_was_saved(desk: Client) -> None:
    post = create_draft(title="Begin", body="Bewaard.")

    values = type_in(desk, post, body="Half getypt,\r\n  met spaties.\r\n")
    tell(desk, values | {"body": "Bijna af."}, post=post)

    (sitting,) = Sitting.objects.all()
    assert sitting.typed["body"] == ["Bijna af."]
    assert post.revisions.count() == 1
    assert newest(post).content.body == fresh(post).body == "Bewaard."


def test_copy_goes_when_the_form_is_saved(desk: Client) -> None:
    post = create_draft()
    values = type_in(desk, post, body="Af.")

    desk.post(change_address(post), values | {"_save": "1"})

    assert not Sitting.objects.exists()
    assert offers(desk, change_address(post)) == []


def test_copy_stays_when_the_save_is_refused(desk: Client) -> None:
    post = create_draft()
    values = type_in(desk, post, body="Nog zonder titel.") | {"title": ""}

    answer = desk.post(change_address(post), values | {"_save": "1"})

    assert answer.status_code == 200
    assert Sitting.objects.get().typed["body"] == ["Nog zonder titel."]


def test_sitting_belongs_to_its_editor_and_its_post(desk: Client, subtests: Any) -> None:
    post, other = create_draft(), create_draft()
    values = type_in(desk, post, body="Van mij.")
    _user, their_desk = colleague()

    for who, where in ((their_desk, post), (desk, other)):
        with subtests.test(where=str(where.pk)):
            assert (
                tell(who, values | {"base": ""}, post=where, body="Eroverheen.").status_code == 403
            )
    tell(their_desk, values, "leaving", post=post)
    assert Sitting.objects.get().typed["body"] == ["Van mij."]


@pytest.mark.parametrize("may", [["view_post"], ["add_page"]], ids=str)
def test_who_may_not_write_is_refused_in_json(client: Client, may: list[str]) -> None:
    client.force_login(create_user(may=may))
    post = create_draft()

    for about in (post, None):
        answer = tell(client, {"sitting": uuid.uuid4(), "title": "Stiekem"}, post=about)

        assert answer.status_code == 403
        assert answer.json()["error"]
    assert not Sitting.objects.exists()


def test_strange_message_is_no_error_of_ours(desk: Client, subtests: Any) -> None:
    good = {"sitting": str(uuid.uuid4()), "doing": "typing", "post": ""}
    for name, value in (
        ("sitting", "x"),
        ("doing", "x"),
        ("post", "999"),
        ("base", "x"),
    ):
        with subtests.test(name):
            assert desk.post(TELL, good | {name: value}).status_code == 400
    of_another = {"base": newest(create_draft()).pk}
    assert desk.post(TELL, good | {"title": "Nul: \x00"} | of_another).status_code == 200
    sitting = Sitting.objects.get()
    assert (sitting.typed["title"], sitting.base) == (["Nul: "], None)


def test_nobody_keeps_more_than_fifty_open_texts(desk: Client, editor: User) -> None:
    Sitting.objects.bulk_create(
        Sitting(user=editor, kind="post", typed={"title": [str(number)]}) for number in range(49)
    )
    values = open_form(desk, ADD)

    assert tell(desk, values, title="De vijftigste").status_code == 200
    assert tell(desk, values, title="De vijftigste, verder").status_code == 200
    assert tell(desk, values, sitting=uuid.uuid4()).status_code == 409


def test_script_gets_a_new_token_after_another_login(editor: User) -> None:
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(editor)
    values = open_form(desk, ADD)
    desk.cookies["csrftoken"] = "x" * 32

    refused = tell(desk, values)
    accepted = tell(desk, values | {"csrfmiddlewaretoken": refused.json()["token"]})

    assert (refused.status_code, accepted.status_code) == (403, 200)


# --- Text that vanishes at once -------------------------------------------------------------------


def test_text_that_vanishes_at_once_is_kept_in_the_history(desk: Client, editor: User) -> None:
    post = create_draft()
    values = type_in(desk, post, body="Een lange tekst. " * 20)

    tell(desk, values, post=post, body="Oeps")
    tell(desk, values, post=post, body="")

    (kept,) = Revision.objects.exclude(sitting=None)
    assert kept.content.body == "Een lange tekst. " * 20
    assert (kept.made_by, kept.sitting) == (editor, Sitting.objects.get().key)
    assert newest(post).number == 1


def test_text_of_a_new_post_that_vanishes_at_once_is_offered_apart(
    desk: Client, editor: User
) -> None:
    values = open_form(desk, ADD) | {"title": "Nieuw", "body": "Een lange tekst. " * 20}
    tell(desk, values)

    tell(desk, values, body="Oeps")
    assert [copy.content.body[:8] for copy in unsaved(editor)] == ["Oeps", "Een lang"]
    desk.post(ADD, values | {"body": "Oeps", "_save": "1"})

    post = Post.objects.get()
    assert len(offers(desk, change_address(post))) == 1


# --- The end of a sitting -------------------------------------------------------------------------


def test_copy_that_nobody_came_back_to_becomes_a_revision_and_is_still_offered(
    desk: Client, editor: User
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        post = create_draft(body="Bewaard.")
        type_in(desk, post, body="Niet bewaard.")
        clock.shift(30 * MINUTE)
        end_idle_sittings()
        assert post.revisions.count() == 1

        clock.shift(timedelta(seconds=1))
        for _time in range(2):
            end_idle_sittings()

        kept = Revision.objects.get(post=post, number=2)
        assert (kept.content.body, kept.made_by) == ("Niet bewaard.", editor)
        assert not sittings.idle().exists()
        assert newest(post).content.body == "Bewaard."
        assert len(offers(desk, change_address(post))) == 1


def test_copy_that_its_form_would_refuse_becomes_a_revision_that_can_be_restored(
    desk: Client,
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        post = create_draft(title="Begin", slug="begin")
        long = {"title": "Lang " * 50, "seo_title": "x" * 71}
        type_in(desk, post, slug="Mijn adres", body="Getypt.", **long)
        # A form with no title in it is none of ours.
        tell(desk, {"sitting": str(uuid.uuid4()), "body": "Half."}, post=post)
        clock.shift(31 * MINUTE)
        end_idle_sittings()

    shown = {
        number: desk.post(f"/admin/blog/post/{post.pk}/terugzetten/{number}/", {"base": base})
        for number, base in ((2, 1), (3, 4))
    }
    assert {answer.status_code for answer in shown.values()} == {302}
    first, second = (Revision.objects.get(number=number).content for number in (4, 5))
    assert (first.title, first.slug, first.body) == ("Lang " * 40, "mijn-adres", "Getypt.")
    assert (second.title, second.body) == ("Begin", "Half.")
    assert desk.get(f"/admin/blog/post/{post.pk}/publiceren/").status_code == 200


def test_empty_sittings_go_and_copies_go_after_a_month(desk: Client, editor: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        post = create_draft()
        tell(desk, open_form(desk, change_address(post)), "here", post=post)
        values = open_form(desk, ADD) | {"title": "Nooit bewaard"}
        tell(desk, values)
        clock.shift(31 * MINUTE)
        end_idle_sittings()
        assert [copy.title for copy in unsaved(editor)] == ["Nooit bewaard"]
        assert Sitting.objects.count() == 1

        # As long as its form is open nothing goes.
        tell(desk, values, "here")
        clock.shift(30 * DAY)
        end_idle_sittings()
        assert Sitting.objects.exists()
        clock.shift(MINUTE)
        end_idle_sittings()

    assert not Sitting.objects.exists()


def test_copy_that_says_what_was_saved_is_no_copy(desk: Client, editor: User) -> None:
    post = create_draft(body="Bewaard.")
    values = type_in(desk, post, body="Anders.")
    tell(desk, values, post=post, body="Bewaard.")
    # A message that arrives after the save.
    saved = type_in(desk, post, body="Later.")
    desk.post(change_address(post), saved | {"_save": "1"})
    tell(desk, saved, post=post)

    assert unsaved(editor) == []
    assert offers(desk, change_address(post)) == []
    Sitting.objects.update(seen_at=NOON)
    end_idle_sittings()
    assert [revision.number for revision in post.revisions.exclude(sitting=None)] == []


# --- The choice -----------------------------------------------------------------------------------


def test_editor_compares_and_goes_on_with_every_field_that_was_typed(desk: Client) -> None:
    post = create_draft(title="Begin", body="Bewaard.", authors=[create_author()])
    theme, tags = create_theme(), [create_tag(), create_tag()]
    authors = [create_author(name="Zoë"), create_author(name="Adam")]
    typed = {
        "title": "  Spatie",
        "body": "\r\nGetypt.\r\n",
        "theme": [str(theme.pk)],
        "tags": [str(tag.pk) for tag in tags],
        "byline_0": authors[0].slug,
        "byline_2": authors[1].slug,
        "reviewed_on": "31-31-2026",
        "discloses_own_products": "on",
        "note": "Bijna",
    }
    values = type_in(desk, post, **typed)
    publishing.save_draft(
        post, edited(post, body="Van Karin."), by=create_editor(username="Karin"), base=newest(post)
    )

    (choice,) = offers(desk, change_address(post))
    page = parse(desk.get(choice).content)
    (link,) = [a for a in page.iter("a") if visible_text(a) == "Verder met deze tekst"]
    form = open_form(desk, link.get("href", ""))
    taken_up = with_class(parse(desk.get(link.get("href", ""), follow=True).content), "sitting")

    text = visible_text(page)
    for words in ("Getypt.", "Van Karin", "heeft Karin op"):
        assert words in text
    form.pop("csrfmiddlewaretoken")
    as_sent = {
        name: value if isinstance(value, list) else [value] for name, value in values.items()
    }
    as_sent.pop("csrfmiddlewaretoken")
    assert form == as_sent
    assert taken_up.get("data-unsaved") is not None
    # It builds on what it began from, so that the save meets the other's text.
    answer = desk.post(change_address(post), form | {"reviewed_on": "", "_save": "1"})
    assert all_with_class(parse(answer.content), "stale")
    assert offers(desk, link.get("href", "")) == []


def test_editor_keeps_what_was_saved_and_the_rest_is_in_the_history(
    desk: Client, editor: User
) -> None:
    post = create_draft(body="Bewaard.")
    type_in(desk, post, body="Getypt.", slug="Geen adres!")

    (choice,) = offers(desk, change_address(post))
    answer = desk.post(choice)

    assert "Jouw tekst staat in de geschiedenis, als versie 2." in message_after(desk, answer)
    kept = Revision.objects.get(post=post, number=2)
    assert (kept.content.body, kept.content.slug) == ("Getypt.", "geen-adres")
    assert newest(post).number == 1
    assert desk.post(choice).status_code == 404
    assert offers(desk, change_address(post)) == []


def test_text_of_a_post_that_was_never_saved_is_offered_and_goes_by_choice_only(
    desk: Client, editor: User
) -> None:
    tell(desk, open_form(desk, ADD), title="Nieuw", body="Getypt.")
    tell(desk, open_form(desk, ADD), title="Ook nieuw")
    tell(desk, open_form(desk, ADD))

    first, second = reversed(offers(desk, ADD))
    page = parse(desk.get(first).content)
    (link,) = [a for a in page.iter("a") if visible_text(a) == "Verder met deze tekst"]
    form = open_form(desk, link.get("href", ""))
    assert "Getypt." in visible_text(page)
    assert form["body"] == ["Getypt."]
    assert desk.post(ADD, form | {"_save": "1"}).status_code == 302
    assert offers(desk, ADD) == [second]
    desk.post(second)

    assert (offers(desk, ADD), unsaved(editor)) == ([], [])
    assert Post.objects.get().title == "Nieuw"


def test_choice_is_for_who_typed_it_and_may_write(desk: Client, editor: User) -> None:
    post = create_draft()
    type_in(desk, post, body="Van mij.")
    (choice,) = offers(desk, change_address(post))
    _other, their_desk = colleague()

    assert their_desk.get(choice).status_code == 404
    assert their_desk.post(choice).status_code == 404
    assert their_desk.get(choice.replace("/post/", "/page/")).status_code == 404
    assert offers(their_desk, change_address(post)) == []
    editor.is_superuser = False
    editor.save()
    assert desk.post(choice).status_code == 403
    assert Sitting.objects.get().typed["body"] == ["Van mij."]


def test_pages_have_sittings_too(desk: Client) -> None:
    page = create_page(body="Bewaard.")
    address = f"/admin/blog/page/{page.pk}/change/"

    tell(desk, open_form(desk, address), post=page, body="Getypt.")

    (choice,) = offers(desk, address)
    assert "Getypt." in visible_text(parse(desk.get(choice).content))
    assert offers(desk, ADD) == []


# --- What a device kept ---------------------------------------------------------------------------


def test_text_that_a_device_kept_is_offered_with_its_time(desk: Client) -> None:
    post = create_draft(body="Bewaard.")
    values = open_form(desk, change_address(post)) | {"body": "Zonder verbinding."}

    with time_machine.travel(NOON, tick=False):
        told = tell(desk, values, "bringing", post=post, at="2026-03-02T10:04:00.000Z").json()

    assert "11:04" in told["notice"]
    assert "Zonder verbinding" in visible_text(parse(desk.get(told["choice"]).content))
    assert offers(desk, change_address(post)) == [told["choice"]]


def test_text_of_a_moment_that_no_clock_can_show_is_refused(desk: Client) -> None:
    values = open_form(desk, ADD) | {"body": "Van een vreemd moment."}

    answer = tell(desk, values, "bringing", at="0001-01-01T00:00+14:00")

    assert answer.status_code == 400


def test_text_that_a_device_kept_goes_over_no_other(desk: Client) -> None:
    post = create_draft()
    values = open_form(desk, change_address(post))
    kept = tell(desk, values, post=post, body="Eerst.").json()["kept"]

    tell(desk, values, "bringing", post=post, follows=kept, body="Daarna.")
    assert [copy.typed["body"] for copy in Sitting.objects.all()] == [["Daarna."]]
    spare = uuid.uuid4()
    for _time in range(2):
        tell(desk, values, "bringing", post=post, follows=kept, spare=spare, body="Van elders.")

    texts = {copy.key: copy.typed["body"] for copy in Sitting.objects.all()}
    assert texts == {uuid.UUID(values["sitting"][0]): ["Daarna."], spare: ["Van elders."]}


def test_text_that_came_without_its_device_knowing_is_offered_once(desk: Client) -> None:
    values = open_form(desk, ADD) | {"body": "Het antwoord ging verloren."}
    tell(desk, values)

    tell(desk, values, "bringing", spare=uuid.uuid4())

    assert len(offers(desk, ADD)) == 1


def test_text_that_came_after_a_copy_in_the_history_goes_there_too(desk: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        post = create_draft(body="Bewaard.")
        values = open_form(desk, change_address(post))
        kept = tell(desk, values, post=post, body="Getypt.").json()["kept"]
        clock.shift(31 * MINUTE)
        end_idle_sittings()

        clock.shift(MINUTE)
        earlier = (NOON + 5 * MINUTE).isoformat()
        tell(desk, values, "bringing", post=post, follows=kept, at=earlier, body="Onderweg.")
        clock.shift(31 * MINUTE)
        end_idle_sittings()

    copies = post.revisions.exclude(sitting=None).order_by("number")
    assert [copy.content.body for copy in copies] == ["Getypt.", "Onderweg."]


def test_text_that_a_device_kept_and_that_was_saved_after_all_is_not_offered(
    desk: Client,
) -> None:
    values = open_form(desk, ADD) | {"title": "Nieuw", "body": "Toch opgeslagen."}
    desk.post(ADD, values | {"_save": "1"})

    told = tell(desk, values, "bringing")

    assert told.json() == {"choice": None}
    assert not Sitting.objects.exists()


# --- Who is there ---------------------------------------------------------------------------------


def test_editors_see_who_else_has_the_post_open(desk: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        post = create_draft()
        mine = open_form(desk, change_address(post))
        other, their_desk = colleague()
        theirs = open_form(their_desk, change_address(post))

        def others() -> str:
            answer = tell(desk, mine, "here", post=post).json()
            page = parse(desk.get(change_address(post), follow=True).content)
            assert visible_text(with_class(page, "sitting-others")) == answer["others"]
            return str(answer["others"])

        assert others() == ""
        tell(their_desk, theirs, "here", post=post)
        assert others() == "Karin heeft dit ook open."
        clock.shift(MINUTE)
        assert others() == ""
        tell(their_desk, theirs, "here", post=post)
        tell(their_desk, theirs, "leaving", post=post)
        assert others() == ""
        other.first_name = "Karin Zwart"
        other.save()
        assert tell(their_desk, theirs, post=post, body="Van Karin.").json()["newer"] == ""
        their_desk.post(change_address(post), theirs | {"body": "Van Karin.", "_save": "1"})

        newer = tell(desk, mine, "here", post=post).json()["newer"]

    assert newer.startswith("Karin Zwart heeft dit opgeslagen om 12:01.")


def test_presence_is_not_told_to_who_may_only_look(client: Client) -> None:
    client.force_login(create_user(may=["view_post"]))

    page = parse(client.get(change_address(create_draft()), follow=True).content)

    assert all_with_class(page, "sitting") == []


# --- A stale save ---------------------------------------------------------------------------------


@pytest.fixture
def stale(desk: Client) -> tuple[Post, Answer]:
    """A post that Karin saved meanwhile, and what an editor meets who then saves another text."""
    post = create_draft(title="Begin", body="Het begin.")
    values = open_form(desk, change_address(post)) | {"body": "Van mij."}
    publishing.save_draft(
        post, edited(post, body="Van Karin."), by=create_editor(username="Karin"), base=newest(post)
    )
    return post, desk.post(change_address(post), values | {"_save": "1"})


def test_stale_text_is_kept_on_the_server_at_once(desk: Client, stale: tuple[Post, Answer]) -> None:
    post, answer = stale

    (sitting,) = Sitting.objects.all()
    assert sitting.typed["body"] == ["Van mij."]
    assert sitting.base == Revision.objects.get(post=post, number=1)
    assert form_values(form_of(answer))["sitting"] == [str(sitting.key)]


def test_stale_form_of_another_account_is_kept_apart(desk: Client) -> None:
    post = create_draft()
    other, their_desk = colleague()
    values = open_form(their_desk, change_address(post)) | {"body": "Van hen."}
    tell(their_desk, values, post=post)
    publishing.save_draft(post, edited(post, body="X"), by=other, base=newest(post))

    # As when somebody else logs in before it arrives.
    desk.post(change_address(post), values | {"body": "Van mij.", "_save": "1"})

    assert sorted(s.typed["body"][0] for s in Sitting.objects.all()) == ["Van hen.", "Van mij."]


def test_editor_lets_the_other_text_stand_and_keeps_their_own_in_the_history(
    desk: Client, stale: tuple[Post, Answer]
) -> None:
    post, answer = stale
    form = form_of(answer)
    (theirs,) = [b for b in form.iter("button") if visible_text(b) == "Hun tekst houden"]

    done = desk.post(
        theirs.get("formaction", ""), form_values(form) | {"body": "Van mij, en meer."}
    )

    assert "Jouw tekst staat in de geschiedenis, als versie 3." in message_after(desk, done)
    assert newest(post).content.body == "Van Karin."
    mine = Revision.objects.get(post=post, number=3)
    assert (mine.content.body, mine.base) == ("Van mij, en meer.", post.revisions.get(number=1))
    assert not Sitting.objects.exists()


def test_editor_saves_their_own_text_or_both_put_together(
    desk: Client, stale: tuple[Post, Answer]
) -> None:
    post, answer = stale
    kept = form_values(form_of(answer))

    desk.post(change_address(post), kept | {"body": "Van Karin en van mij.", "_save": "1"})

    assert newest(post).content.body == "Van Karin en van mij."
    assert newest(post).base == post.revisions.get(number=2)
    assert not Sitting.objects.exists()
