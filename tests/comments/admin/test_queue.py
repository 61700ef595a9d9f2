"""The moderators' queue: what waits, and what its cards show."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import moderation
from comments.models import Comment, Decision, Report, Submission
from comments.spam import Arrival
from tests.comments.admin.desk_pages import QUEUE, card, decide, names, page_of
from tests.comments.correspondents import create_confirmed_comment, edit, report
from tests.factories import create_comment, create_editor, create_post
from tests.pages import visible_text, with_class

pytestmark = pytest.mark.django_db


def test_what_waits_longest_comes_first(desk: Client) -> None:
    post = create_post()
    for name in ("Anna", "Bram", "Chris"):
        create_comment(post=post, name=name, status="pending")
    create_comment(post=post, name="Dirk", status="approved")

    page = page_of(desk)

    assert names(page) == ["Anna", "Bram", "Chris"]
    assert visible_text(with_class(page, "queue-count")) == "3 reacties wachten."


def test_empty_queue_says_that_one_is_done(desk: Client) -> None:
    create_comment(status="approved")

    page = page_of(desk)

    assert visible_text(with_class(page, "queue-empty")) == "Er wacht niets. Je bent klaar."
    assert visible_text(with_class(page, "queue-count")) == ""


def test_queue_of_one_source_names_it_and_leads_to_all_that_waits(desk: Client) -> None:
    for name in ("Anna", "Bram"):
        create_comment(name=name, status="pending", arrival=Arrival(network="198.51.100.0/24"))
    create_comment(name="Chris", status="pending", arrival=Arrival(network="203.0.113.0/24"))
    source = Comment.objects.get(name="Bram").pk

    page = page_of(desk, f"{QUEUE}?van={source}")

    words = "Je ziet nu alleen reacties van dezelfde bron als die van Bram. Alles wat wacht"
    assert words in visible_text(page)
    for name in ("Anna", "Bram"):
        decide(desk, Comment.objects.get(name=name))
    empty = with_class(page_of(desk, f"{QUEUE}?van={source}"), "queue-empty")
    assert visible_text(empty) == "Van deze bron wacht niets meer. Alles wat wacht"
    assert [link.get("href") for link in empty.iter("a")] == [QUEUE]


def test_score_below_zero_has_a_minus_and_no_hyphen(desk: Client) -> None:
    comment = create_comment(status="pending")
    Comment.objects.update(spam_score=-0.5)

    facts = visible_text(with_class(card(page_of(desk), comment), "queue-facts"))

    assert facts.startswith("Spamscore −0,5")


def test_page_holds_twenty_cards(desk: Client) -> None:
    post = create_post()
    for number in range(21):
        create_comment(post=post, name=f"Nummer {number}", status="pending")

    first, second = page_of(desk), page_of(desk, f"{QUEUE}?pagina=2")

    assert len(names(first)) == 20
    assert names(second) == ["Nummer 20"]
    assert names(page_of(desk, f"{QUEUE}?pagina=99")) == ["Nummer 20"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "²"])
def test_page_that_does_not_exist_is_the_first(desk: Client, page: str) -> None:
    create_comment(name="Anna", status="pending")

    assert names(page_of(desk, f"{QUEUE}?pagina={page}&van=&voor={page}")) == ["Anna"]


def test_start_page_says_how_much_of_what_waits_was_reported(desk: Client) -> None:
    post = create_post()
    reported, judged = create_comment(post=post), create_comment(post=post)
    create_comment(post=post, status="pending")
    for _reader in range(2):
        report(reported)
    report(judged)
    moderation.approve(judged, by=create_editor(), version=judged.newest_version)
    edit(judged, "Ik bedoel het anders.")

    links = with_class(page_of(desk, "/admin/"), "queue-links")

    assert [link.get("href") for link in links.iter("a")] == [QUEUE, QUEUE]
    assert visible_text(links) == "Wachtrij: 3 reacties wachten 1 gemelde reactie"


def test_new_comment_is_shown_with_all_around_it(desk: Client) -> None:
    parent = create_comment(name="Joost", text="Ik drink thee.")
    comment = create_comment(parent=parent, name="Anna", text="Dat **helpt**.", status="pending")

    shown = card(page_of(desk), comment)

    text = visible_text(shown)
    for words in ("Anna", "Nieuw", "Dat helpt.", "Antwoord op Joost", "Ik drink thee."):
        assert words in text
    assert comment.post.title.replace("’", "'") in text
    assert comment.post.get_absolute_url() in [link.get("href") for link in shown.iter("a")]
    assert [strong.text for strong in shown.iter("strong")] == ["helpt"]


def test_links_are_whole_addresses_and_lead_nowhere(desk: Client) -> None:
    comment = create_comment(text="Zie https://voorbeeld.nl/gratis?a=1&b=2 nu.", status="pending")

    text = with_class(card(page_of(desk), comment), "queue-text")

    assert visible_text(text) == "Zie https://voorbeeld.nl/gratis?a=1&b=2 nu."
    assert not list(text.iter("a"))


def test_edit_is_shown_beside_the_text_that_was_approved(desk: Client) -> None:
    comment = create_comment(name="Joke", text="Ik slaap slecht.")
    edit(comment, "Ik slaap goed.", name="Joke B.")

    shown = card(page_of(desk), comment)

    text = visible_text(shown)
    assert "Gewijzigd na goedkeuring" in text
    assert "De tekst die is goedgekeurd Ik slaap slecht." in text
    assert [visible_text(piece) for piece in shown.iter("del")] == ["Joke", "slecht"]
    assert [visible_text(piece) for piece in shown.iter("ins")] == ["Joke B.", "goed"]


def test_edit_before_approval_is_marked(desk: Client) -> None:
    comment = create_comment(status="pending")
    edit(comment, "Toch anders.")

    text = visible_text(card(page_of(desk), comment))

    assert "Door de schrijver gewijzigd" in text
    assert "Toch anders." in text


def test_report_is_shown_with_its_ground_and_explanation(desk: Client) -> None:
    comment = create_comment()
    report(comment, "Dit gaat over mijn buurman.")
    report(comment, "Wat een toon.")

    text = visible_text(card(page_of(desk), comment))

    assert "2 keer gemeld" in text
    assert str(Report.Ground.INSULT.label) in text
    assert "Dit gaat over mijn buurman." in text
    assert "Wat een toon." in text
    assert "Wie de reactie meldde, leest dit." in text


def test_reasons_of_the_spam_filter_are_shown_in_words(desk: Client) -> None:
    comment = create_comment(status="pending", arrival=Arrival(fills_trap=True))

    text = visible_text(with_class(card(page_of(desk), comment), "queue-facts"))

    assert "Spamscore" in text
    assert "Er is een veld ingevuld dat mensen niet zien" in text


@pytest.mark.parametrize(("given", "said"), [("", "geen"), ("anna@voorbeeld.nl", "niet bevestigd")])
def test_address_is_told_to_be_there_and_never_shown(desk: Client, given: str, said: str) -> None:
    comment = create_comment(email=given, status="pending")

    shown = visible_text(with_class(card(page_of(desk), comment), "queue-facts"))

    assert f"E-mailadres {said}" in shown
    assert "anna@voorbeeld.nl" not in desk.get(QUEUE).content.decode()


def test_confirmed_address_is_told(desk: Client) -> None:
    comment = create_confirmed_comment(status="pending", email="anna@voorbeeld.nl")

    shown = visible_text(with_class(card(page_of(desk), comment), "queue-facts"))

    assert "E-mailadres bevestigd" in shown
    assert "anna@voorbeeld.nl" not in desk.get(QUEUE).content.decode()


def test_other_comments_of_the_same_source_are_counted_and_found(desk: Client) -> None:
    post, flood = create_post(), Arrival(network="203.0.113.0/24")
    first = create_comment(post=post, name="Anna", status="pending", arrival=flood)
    create_comment(post=post, name="Bram", status="pending", arrival=flood)
    create_comment(post=post, name="Chris", status="approved", arrival=flood)
    create_comment(post=post, name="Dirk", status="pending")

    page = page_of(desk)
    link = next(a for a in card(page, first).iter("a") if "?van=" in a.get("href", ""))

    assert visible_text(link) == "1 andere wacht van dezelfde bron van vandaag"
    assert names(page_of(desk, link.get("href", ""))) == ["Anna", "Bram"]
    network = Submission.objects.get(comment=first).network
    assert network not in desk.get(QUEUE).content.decode()


def test_source_is_forgotten_with_the_key_of_the_day(desk: Client) -> None:
    post = create_post()
    comment = create_comment(post=post, status="pending")
    create_comment(post=post, status="pending")
    Submission.objects.all().delete()

    page = page_of(desk)

    assert "dezelfde bron" not in visible_text(card(page, comment))
    assert names(page_of(desk, f"{QUEUE}?van={comment.pk}")) == []


def test_hostile_words_are_harmless(desk: Client) -> None:
    words = "<script>alert(1)</script>"
    parent = create_comment(name=words, text=words)
    edit(parent, f"{words} anders", name=f"{words}!")
    report(parent, words)
    create_comment(parent=parent, name=words, text=words, status="pending")

    page = desk.get(QUEUE).content.decode()

    assert words not in page
    assert "&lt;script&gt;alert(1)" in page


def test_queue_costs_as_many_queries_with_twenty_cards_as_with_one(desk: Client) -> None:
    def one_of_each_kind(times: int) -> None:
        for _time in range(times):
            create_comment(parent=create_comment(post=post), status="pending")
            edit(create_comment(post=post), "Toch anders.")
            report(create_comment(post=create_post()), "Wat een toon.")
            create_comment(post=post, status="pending", email="anna@voorbeeld.nl")

    post = create_post()
    one_of_each_kind(1)
    decision = Decision.objects.latest("pk")
    told = f"{QUEUE}?besluit={decision.pk}"
    desk.get(told)

    with CaptureQueriesContext(connection) as with_few:
        desk.get(told)
    one_of_each_kind(4)
    with CaptureQueriesContext(connection) as with_many:
        page = page_of(desk, told)

    assert len(names(page)) == 20
    assert len(with_many) == len(with_few) < 12
