"""The start page of the desk: what waits for whoever logs in, and what comes by itself."""

from __future__ import annotations

from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import clock, publishing
from blog.models import CheckResult, Page, PlannedChange, Post, Sitting
from tests.blog.admin.desk import LIST, change_address, titles
from tests.factories import (
    create_comment,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_superuser,
    create_user,
    edited,
    in_days,
    newest,
    save_draft_of,
)
from tests.pages import all_with_class, parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db

START = "/admin/"


@pytest.fixture
def writer() -> User:
    """Somebody who may write drafts of their own, and no more."""
    return create_user(username="Joost", may=["add_post", "change_own_post", "view_post"])


def page_of(user: User) -> Element:
    """The start page as this user sees it."""
    desk = Client()
    desk.force_login(user)
    return parse(desk.get(START).content)


def text_of(user: User) -> str:
    """Everything that waits for this user, or comes."""
    return " ".join(visible_text(part) for part in all_with_class(page_of(user), "start"))


def piles_of(user: User) -> dict[str, list[str]]:
    """Where the heading of each pile leads, and the titles that stand below it."""
    section, *_coming = all_with_class(page_of(user), "start")
    piles, address = {}, ""
    for part in section:
        if part.tag == "h3":
            address = next((link.get("href", "") for link in part.iter("a")), "")
        elif part.tag == "ul":
            piles[address] = [visible_text(link) for link in part.iter("a")]
    return piles


def titles_at(user: User, address: str) -> list[str]:
    """The titles in a list of the admin, as this user sees it."""
    desk = Client()
    desk.force_login(user)
    return titles(desk.get(address))


def with_points(post: Post, *, errors: int = 0, warnings: int = 0) -> Post:
    """A post of which the checks found so much."""
    numbers = {"errors": errors, "warnings": warnings}
    CheckResult.objects.update_or_create(post=post, defaults=numbers)
    return post


def planned(post: Post, title: str, *, by: User) -> None:
    """A change of a live post that waits for its moment."""
    revision = publishing.save_draft(post, edited(post, title=title), by=by, base=newest(post))
    publishing.schedule(revision, by=by, at=in_days(2))


def test_page_on_which_nothing_waits_says_so() -> None:
    assert "Niets. Alles is klaar." in text_of(create_editor())


def test_offered_text_waits_for_editors_and_is_told_to_its_writer(writer: User) -> None:
    post = create_draft(by=writer, title="Slapen als een roos")
    publishing.offer(newest(post), by=writer)

    page = page_of(editor := create_editor())

    links = [link.get("href") for link in with_class(page, "start").iter("a")]
    assert "/admin/blog/post/?state=offered" in links
    assert change_address(post) in links
    assert "1 artikel is aangeboden aan de redactie Slapen als een roos Joost" in text_of(editor)
    assert "1 artikel van jou wacht op de redactie" in text_of(writer)
    assert "Slapen als een roos" not in text_of(create_user(may=["add_post", "change_own_post"]))


def test_offered_posts_and_pages_each_lead_to_their_own_list(writer: User) -> None:
    editor = create_editor()
    publishing.offer(newest(create_draft(by=writer, title="Van Joost")), by=writer)
    publishing.offer(newest(create_draft(by=editor, title="Van Karin")), by=editor)
    publishing.offer(newest(create_draft(by=editor, kind=Page, title="Over ons")), by=editor)

    piles, own = piles_of(editor), piles_of(writer)

    posts, pages = f"{LIST}?state=offered", "/admin/blog/page/?state=offered"
    assert piles[posts] == ["Van Joost", "Van Karin"]
    assert piles[pages] == ["Over ons"]
    assert sorted(titles_at(editor, posts)) == ["Van Joost", "Van Karin"]
    assert titles_at(editor, pages) == ["Over ons"]
    assert "2 artikelen zijn aangeboden aan de redactie" in text_of(editor)
    assert "1 pagina is aangeboden aan de redactie" in text_of(editor)
    mine = f"{LIST}?mijn=aangeboden"
    assert own[mine] == titles_at(writer, mine) == ["Van Joost"]


def test_only_the_kinds_that_somebody_publishes_wait_for_them(writer: User) -> None:
    publisher = create_user(may=["add_post", "change_own_post", "change_page", "publish_page"])
    publishing.offer(newest(create_draft(by=writer, title="Van Joost")), by=writer)
    publishing.offer(newest(create_draft(by=publisher, title="Van mij")), by=publisher)
    editor = create_editor()
    publishing.offer(newest(create_draft(by=editor, kind=Page, title="Over ons")), by=editor)

    piles, text = piles_of(publisher), text_of(publisher)

    assert piles[f"{LIST}?mijn=aangeboden"] == ["Van mij"]
    assert piles["/admin/blog/page/?state=offered"] == ["Over ons"]
    assert "1 artikel van jou wacht op de redactie" in text
    assert "Van Joost" not in text


def test_returned_text_waits_for_its_writer_only(writer: User) -> None:
    post = create_draft(by=writer, title="Slapen als een roos")
    review = publishing.offer(newest(post), by=writer)
    publishing.return_to_writer(review, by=create_editor(username="Karin"), remark="Bron?")

    assert "1 tekst kwam met een opmerking bij je terug" in text_of(writer)
    assert "Karin" in text_of(writer)
    assert "Slapen als een roos" not in text_of(create_editor())


def test_text_that_was_not_saved_waits_for_who_typed_it(writer: User) -> None:
    typed = {"title": ["Slapen als een roos"]}
    sitting = Sitting.objects.create(user=writer, kind="post", typed=typed, typed_at=in_days(0))

    links = [link.get("href") for link in with_class(page_of(writer), "start").iter("a")]

    assert links == [f"/admin/blog/post/niet-opgeslagen/{sitting.key}/"]
    assert "1 tekst die je typte, is niet opgeslagen Slapen als een roos" in text_of(writer)
    assert "Slapen als een roos" not in text_of(create_editor())


def test_failed_plan_is_told_to_editors_with_its_problem(writer: User) -> None:
    editor = create_editor()
    post = create_post(by=editor)
    planned(post, "Herzien", by=editor)
    PlannedChange.objects.update(problem="Het adres is bezet.")

    assert "1 geplande wijziging ging niet live Herzien Het adres is bezet." in text_of(editor)
    assert "Herzien" not in text_of(writer)
    assert "Herzien" not in text_of(create_user(may=["change_page", "publish_page"]))


def test_three_soonest_publications_and_changes_are_told() -> None:
    editor = create_editor()
    planned(create_post(by=editor), "Over twee dagen", by=editor)
    for days, title in ((3, "Over drie dagen"), (1, "Morgen"), (4, "Over vier dagen")):
        create_post(by=editor, title=title, published_at=in_days(days))
    publishing.throw_away(create_post(title="Weg", published_at=in_days(1)), by=editor)

    _waiting, section = all_with_class(page_of(editor), "start")

    titles = [visible_text(link) for link in section.iter("a")]
    assert titles == ["Morgen", "Over twee dagen", "Over drie dagen"]


def test_many_offered_texts_are_counted_and_five_shown() -> None:
    editor = create_editor()
    for _number in range(7):
        publishing.offer(newest(create_draft(by=editor)), by=editor)

    text = text_of(editor)

    assert "7 artikelen zijn aangeboden" in text
    assert "en nog 2" in text


def test_moderator_meets_the_queue_and_nothing_of_the_editors(writer: User) -> None:
    publishing.offer(newest(create_draft(by=writer, title="Slapen")), by=writer)
    create_comment(status="pending")

    text = text_of(create_user(may=["moderate_comment", "view_comment", "view_post"]))

    assert "1 reactie wacht" in text
    assert "Niets." not in text
    assert "Slapen" not in text


def test_my_drafts_are_what_i_saved_last_and_readers_do_not_see() -> None:
    me, colleague = create_editor(), create_editor()
    create_draft(by=me, title="Nieuw")
    changed = create_post(by=colleague, title="Oude titel")
    save_draft_of(changed, by=me, title="Nieuwe titel")
    create_draft(by=colleague, title="Van een ander")
    create_post(by=me, title="Live")
    publishing.offer(newest(create_draft(by=me, title="Aangeboden")), by=me)
    planned(create_post(by=me), "Gepland", by=me)
    publishing.unpublish(create_post(by=me, title="Offline gehaald"), by=me)
    publishing.throw_away(create_draft(by=me, title="Weggegooid"), by=me)
    create_draft(by=me, kind=Page, title="Over ons")

    piles = piles_of(me)

    posts, pages = f"{LIST}?mijn=concepten", "/admin/blog/page/?mijn=concepten"
    assert piles[posts] == ["Nieuwe titel", "Nieuw"]
    assert piles[pages] == ["Over ons"]
    assert sorted(titles_at(me, posts)) == ["Nieuw", "Oude titel"]
    assert titles_at(me, pages) == ["Over ons"]
    text = text_of(me)
    assert "2 concepten van jou zijn nog niet live" in text
    assert "1 concept van jou voor een pagina is nog niet live" in text


def test_list_offers_my_drafts_among_its_filters(client: Client, writer: User) -> None:
    client.force_login(writer)

    page = parse(client.get(LIST).content)

    choices = {
        link.get("href"): visible_text(link)
        for link in with_id(page, "changelist-filter").iter("a")
    }
    assert choices["?mijn=concepten"] == "Mijn concepten"
    assert choices["?mijn=laatst"] == "Het laatst door mij opgeslagen"


def test_checks_that_are_due_are_told_to_who_publishes_with_the_day(writer: User) -> None:
    editor, today = create_editor(), clock.today()
    for days, title in ((-1, "Gisteren"), (-9, "Negen dagen terug"), (1, "Morgen")):
        create_post(title=title, review_due_on=today + timedelta(days=days))

    piles = piles_of(editor)

    address = f"{LIST}?state=due"
    assert piles[address] == ["Negen dagen terug", "Gisteren"]
    assert sorted(titles_at(editor, address)) == sorted(piles[address])
    assert "2 artikelen moeten opnieuw worden nagekeken" in text_of(editor)
    assert address not in piles_of(writer)


def test_points_are_told_of_every_text_with_the_errors_first() -> None:
    editor = create_editor()
    with_points(create_post(title="Vier punten"), warnings=4)
    worst = with_points(create_post(title="Een fout"), errors=1, warnings=2)
    with_points(create_post(title="Zes punten"), warnings=6)
    with_points(create_post(title="Schoon"))
    with_points(create_page(title="Over ons"), warnings=1)

    piles = piles_of(editor)

    assert piles[f"{LIST}?state=points"] == ["Een fout", "Zes punten", "Vier punten"]
    assert piles["/admin/blog/page/?state=points"] == ["Over ons"]
    links = [link.get("href") for link in with_class(page_of(editor), "start").iter("a")]
    assert f"/admin/blog/post/{worst.pk}/controles/" in links
    assert "3 artikelen hebben punten om na te kijken Een fout 1 fout, 2 punten" in text_of(editor)


def test_writer_is_told_the_points_of_what_they_saved_last(writer: User) -> None:
    mine = with_points(create_draft(by=writer, title="Van mij"), warnings=1)
    with_points(create_draft(title="Van een ander"), errors=1)

    piles = piles_of(writer)

    address = f"{LIST}?state=points&mijn=laatst"
    assert piles[address] == ["Van mij"]
    assert titles_at(writer, address) == ["Van mij"]
    client = Client()
    client.force_login(writer)
    assert client.get(f"/admin/blog/post/{mine.pk}/controles/").status_code == 200


def test_of_a_great_number_five_are_shown_and_the_rest_counted() -> None:
    editor = create_editor()
    for _number in range(7):
        create_draft(by=editor)

    text = text_of(editor)

    assert "7 concepten van jou" in text
    assert "en nog 2" in text
    assert len(piles_of(editor)[f"{LIST}?mijn=concepten"]) == 5


def test_start_page_costs_as_many_queries_with_much_as_with_little(client: Client) -> None:
    editor = create_superuser()
    client.force_login(editor)

    def queries(count: int) -> int:
        for _number in range(count):
            publishing.offer(newest(create_draft(by=editor)), by=editor)
            planned(create_post(by=editor), "Herzien", by=editor)
            create_post(by=editor, published_at=in_days(1))
            create_comment(status="pending")
            with_points(create_draft(by=editor), errors=1)
            create_post(review_due_on=clock.today())
        with CaptureQueriesContext(connection) as captured:
            client.get(START)
        return len(captured)

    client.get(START)
    assert queries(1) == queries(5)


def test_list_of_one_app_has_no_start_page(desk: Client) -> None:
    page = parse(desk.get("/admin/blog/").content)

    assert all_with_class(page, "start") == []
    assert with_id(page, "content-main") is not None
