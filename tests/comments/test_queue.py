"""The moderators' queue: what waits, deciding about it with and without the script, and undoing."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import moderation, reports, submission
from comments.models import Comment, Decision, Erasure, Report, Submission
from comments.privacy import erasure
from comments.queue import compare
from comments.spam import Arrival
from tests.comments.correspondents import create_confirmed_comment
from tests.factories import create_author, create_comment, create_editor, create_post, create_user
from tests.pages import (
    Answer,
    all_with_class,
    form_values,
    parse,
    visible_text,
    with_class,
    with_id,
)
from tests.rows import every_row

pytestmark = pytest.mark.django_db

COMMENTS = "/admin/comments/comment/"
QUEUE = f"{COMMENTS}wachtrij/"
UNDO = f"{COMMENTS}ongedaan/"
SEVERAL = f"{COMMENTS}beslissen/"
SCRIPT = {"accept": "application/json"}
CHOICES = [("approve", "approved"), ("reject", "rejected"), ("spam", "spam")]


@pytest.fixture
def moderator() -> User:
    """Who sits behind the desk."""
    return create_editor(username="karin")


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    """A browser in which a moderator is logged in."""
    client.force_login(moderator)
    return client


def fresh(comment: Comment) -> Comment:
    """The comment as the database has it now."""
    return Comment.objects.get(pk=comment.pk)


def edit(comment: Comment, text: str, *, name: str = "Joke") -> Comment:
    """What the writer makes of a comment within a quarter of an hour."""
    return submission.edit(comment, name=name, text=text, arrival=Arrival())


def report(comment: Comment, explanation: str = "") -> Report:
    """What a reader thinks of a comment."""
    return reports.report(comment, ground=Report.Ground.INSULT, explanation=explanation)


def decide_url(comment: Comment) -> str:
    """Where one comment is decided about."""
    return f"{COMMENTS}{comment.pk}/beslissen/"


def page_of(desk: Client, address: str = QUEUE) -> Element:
    """A page of the queue."""
    return parse(desk.get(address).content)


def card(page: Element, comment: Comment) -> Element:
    """The card of one comment."""
    return with_id(page, f"reactie-{comment.pk}")


def names(page: Element) -> list[str]:
    """The writers in the order of the queue."""
    cards = all_with_class(page, "queue-card")
    return [visible_text(next(card.iter("h2"))) for card in cards]


def form_of(page: Element, comment: Comment) -> dict[str, Any]:
    """What a browser would send of a card's form."""
    return form_values(with_class(card(page, comment), "queue-form"))


def decide(desk: Client, comment: Comment, choice: str = "approve", **fields: Any) -> Answer:
    """Press a button of a card, as it stands in the queue now; without the script."""
    values = form_of(page_of(desk), comment) | {"choice": choice} | fields
    return desk.post(decide_url(comment), values)


def decide_by_script(desk: Client, comment: Comment, choice: str = "approve", **fields: Any) -> Any:
    """The same, as the script does it; the response has the JSON."""
    values = form_of(page_of(desk), comment) | {"choice": choice} | fields
    return desk.post(decide_url(comment), values, headers=SCRIPT)


def ticks(page: Element) -> list[str]:
    """What a browser would send of the boxes of all cards."""
    return [tick.get("value", "") for tick in all_with_class(page, "queue-tick")]


# --- What it shows ------------------------------------------------------------------------------


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
    assert [visible_text(piece) for piece in shown.iter("del")] == ["Joke", "slecht."]
    assert [visible_text(piece) for piece in shown.iter("ins")] == ["Joke B.", "goed."]


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


def test_comparison_holds_both_texts_whole() -> None:
    before, after = "Een twee\n\ndrie.  Vier", "Een twee vijf.\n\nVier zes"

    pieces = compare(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


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


# --- Deciding without a script ------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "status"), CHOICES)
def test_button_decides_and_leads_to_the_next_card(
    desk: Client, moderator: User, choice: str, status: str
) -> None:
    post = create_post()
    first, second = [create_comment(post=post, status="pending") for _number in range(2)]

    response = decide(desk, first, choice, reason="Zo spreken we het af.")

    decision = Decision.objects.get()
    assert fresh(first).status == status
    assert (decision.made_by, decision.reason) == (moderator, "Zo spreken we het af.")
    address = f"{QUEUE}?besluit={decision.pk}&voor={second.pk}#reactie-{second.pk}"
    assert response["Location"] == address
    notice = visible_text(with_class(page_of(desk, address), "queue-notice"))
    assert notice.startswith(f"{Comment.Status(status).label}: reactie van Joke.")
    assert "Ongedaan maken" in notice


def test_notice_stands_right_above_the_next_card(desk: Client) -> None:
    post = create_post()
    for number in range(3):
        create_comment(post=post, name=f"Nummer {number}", status="pending")
    second = Comment.objects.get(name="Nummer 1")

    page = page_of(desk, decide(desk, second)["Location"])

    kinds = [
        "notice" if "queue-notice" in element.get("class", "") else element.get("id")
        for element in with_class(page, "queue-cards")
    ]
    first, third = Comment.objects.get(name="Nummer 0"), Comment.objects.get(name="Nummer 2")
    assert kinds == [f"reactie-{first.pk}", "notice", f"reactie-{third.pk}"]


def test_last_card_leads_to_what_was_decided(desk: Client) -> None:
    comment = create_comment(status="pending")

    response = decide(desk, comment)

    assert response["Location"] == f"{QUEUE}?besluit={Decision.objects.get().pk}#besluit"
    page = page_of(desk, response["Location"])
    assert with_id(page, "besluit").get("tabindex") == "-1"


def test_decision_leads_back_to_the_same_page_and_filter(desk: Client) -> None:
    post = create_post()
    for _number in range(23):
        create_comment(post=post, status="pending")
    first, *_others = Comment.objects.all()
    address = f"{QUEUE}?pagina=2&van={first.pk}"
    comment = Comment.objects.waiting()[20]
    values = form_of(page_of(desk, address), comment)

    response = desk.post(decide_url(comment), values | {"choice": "approve"})

    assert response["Location"].startswith(f"{QUEUE}?van={first.pk}&pagina=2&besluit=")


def test_pressing_twice_is_deciding_once(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve"}

    first = desk.post(decide_url(comment), values)
    second = desk.post(decide_url(comment), values)

    assert Decision.objects.count() == 1
    assert first.status_code == second.status_code == 302


def test_reason_is_one_line_of_at_most_two_hundred_signs(desk: Client) -> None:
    comment = create_comment(status="pending")

    decide(desk, comment, "reject", reason="Re\0clame.\r\n" + "x" * 10_000)

    assert Decision.objects.get().reason == ("Reclame. " + "x" * 10_000)[:200]


def test_decision_that_does_not_exist_is_refused(desk: Client) -> None:
    comment = create_comment(status="pending")

    assert decide(desk, comment, "delete").status_code == 400
    assert fresh(comment).status == "pending"


def test_reason_of_a_report_reaches_its_report(desk: Client) -> None:
    comment = create_comment()
    made = report(comment)

    decide(desk, comment, "reject", reason="Dit is te grof.")

    made.refresh_from_db()
    assert (made.outcome, made.reason) == ("hidden", "Dit is te grof.")


def test_rejected_edit_is_told_apart_from_a_rejected_comment(desk: Client) -> None:
    comment = create_comment()
    edit(comment, "Toch anders.")

    response = decide(desk, comment, "reject")

    assert fresh(comment).is_public
    notice = with_class(page_of(desk, response["Location"]), "queue-notice")
    assert "Wijziging afgewezen: reactie van Joke." in visible_text(notice)


def test_after_logging_in_a_decision_leads_to_the_comment(client: Client, moderator: User) -> None:
    comment = create_comment(status="pending")
    response = client.post(decide_url(comment), {"choice": "approve"})
    assert response["Location"] == f"/admin/login/?next={decide_url(comment)}"

    client.force_login(moderator)

    assert client.get(decide_url(comment))["Location"] == f"{COMMENTS}{comment.pk}/change/"
    assert client.get(SEVERAL)["Location"] == client.get(UNDO)["Location"] == QUEUE
    assert fresh(comment).status == "pending"


# --- What was not seen --------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "_status"), CHOICES)
def test_text_that_came_after_the_page_is_not_decided_about(
    desk: Client, client: Client, choice: str, _status: str
) -> None:
    comment = create_comment(text="Gezien.")
    edit(comment, "Ook gezien.")
    values = form_of(page_of(desk), comment) | {"choice": choice, "reason": "Om die reden."}
    edit(comment, "Niet gezien.")

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    shown = card(parse(response.content), comment)
    text = visible_text(shown)
    assert "De schrijver heeft de reactie net gewijzigd; dit is de nieuwe tekst." in text
    assert "Niet gezien." in text
    assert form_values(with_class(shown, "queue-form"))["reason"] == ["Om die reden."]
    assert shown.get("autofocus") is not None
    article = Client().get(comment.post.get_absolute_url()).content.decode()
    assert "Gezien." in article
    assert "Niet gezien." not in article
    assert Decision.objects.count() == 1


def test_form_without_what_was_seen_decides_nothing(desk: Client) -> None:
    comment = create_comment(status="pending")

    for seen in ("", "x", "1.pending.0", "1.pending.0.1.1", "9" * 30 + ".pending.0.1"):
        response = desk.post(decide_url(comment), {"choice": "approve", "seen": seen})
        assert response.status_code == 409

    assert fresh(comment).status == "pending"


def test_report_that_came_after_the_page_is_not_decided_about(desk: Client) -> None:
    comment = create_comment()
    edit(comment, "Toch anders.")
    values = form_of(page_of(desk), comment) | {"choice": "reject"}
    made = report(comment, "Wat een toon.")

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    text = visible_text(card(parse(response.content), comment))
    assert "Iemand heeft deze reactie net gemeld. Lees eerst de melding." in text
    assert "Wat een toon." in text
    made.refresh_from_db()
    assert made.outcome == ""
    assert fresh(comment).is_public


def test_decision_of_a_colleague_is_not_overruled_unseen(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve", "reason": "Prima."}
    moderation.reject(comment, by=create_editor(), version=1)

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    page = parse(response.content)
    assert "Iemand anders heeft net over deze reactie beslist: Afgewezen." in visible_text(page)
    assert form_of(page, comment)["reason"] == ["Prima."]
    assert fresh(comment).status == "rejected"


def test_comment_that_was_withdrawn_meanwhile_stays_withdrawn(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve"}
    submission.withdraw(comment)

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    assert "De schrijver heeft deze reactie net ingetrokken." in visible_text(
        parse(response.content)
    )
    assert fresh(comment).status == "withdrawn"


@pytest.mark.parametrize("erased", [True, False])
def test_comment_that_is_gone_is_told_to_be_gone(desk: Client, erased: bool) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve"}
    if erased:
        erasure.erase(comment, wish=Erasure.Wish.WRITER)
    else:
        Comment.objects.all().delete()

    response = desk.post(decide_url(comment), values, follow=True)

    assert "Deze reactie is er niet meer." in visible_text(parse(response.content))
    assert not Comment.objects.approved()


# --- Undoing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "_status"), CHOICES)
def test_undo_brings_the_card_back(desk: Client, choice: str, _status: str) -> None:
    post = create_post()
    comments = [create_comment(post=post, status="pending") for _number in range(3)]
    notice = with_class(
        page_of(desk, decide(desk, comments[1], choice)["Location"]), "queue-notice"
    )

    response = desk.post(UNDO, form_values(next(notice.iter("form"))))

    address = response["Location"]
    assert address.endswith(f"#reactie-{comments[1].pk}")
    page = page_of(desk, address)
    assert [card.get("id") for card in all_with_class(page, "queue-card")] == [
        f"reactie-{comment.pk}" for comment in comments
    ]
    assert visible_text(with_class(page, "queue-notice")) == "Ongedaan gemaakt: reactie van Joke."


def test_undo_leads_to_the_page_of_the_card(desk: Client) -> None:
    post = create_post()
    for _number in range(22):
        create_comment(post=post, status="pending")
    comment = Comment.objects.waiting()[21]
    decided = moderation.approve(comment, by=create_editor(), version=1)
    assert decided

    response = desk.post(UNDO, {"decision": decided.pk})

    assert "pagina=2" in response["Location"]
    assert response["Location"].endswith(f"#reactie-{comment.pk}")


def test_decision_that_can_no_longer_be_undone_stays(desk: Client) -> None:
    comment = create_comment(status="pending")
    decide(desk, comment)
    edit(comment, "Toch anders.")
    decision = Decision.objects.get()

    response = desk.post(UNDO, {"decision": decision.pk}, follow=True)

    assert "Dit kan niet meer ongedaan worden gemaakt" in visible_text(parse(response.content))
    assert fresh(comment).is_public


def test_wording_that_is_past_its_term_cannot_be_brought_back(desk: Client) -> None:
    comment = create_comment()
    edit(comment, "Toch anders.")
    decide(desk, comment)
    comment.versions.filter(number=1).delete()

    response = desk.post(UNDO, {"decision": Decision.objects.latest("pk").pk}, follow=True)

    assert "Dit kan niet meer ongedaan worden gemaakt" in visible_text(parse(response.content))
    assert fresh(comment).text == "Toch anders."


@pytest.mark.parametrize("value", ["", "x", "0", "9" * 40, "-1", "²"])
def test_undoing_what_does_not_exist_changes_nothing(desk: Client, value: str) -> None:
    create_comment(status="pending")
    before = every_row()

    response = desk.post(UNDO, {"decision": value}, headers=SCRIPT)

    assert response.status_code == 409
    assert every_row() == before


def test_decision_of_a_rule_or_a_writer_is_not_undone(desk: Client) -> None:
    comment = create_comment()
    submission.withdraw(comment)

    response = desk.post(UNDO, {"decision": Decision.objects.latest("pk").pk}, headers=SCRIPT)

    assert response.status_code == 409
    assert fresh(comment).status == "withdrawn"


def test_notice_tells_nothing_of_a_colleagues_decision(desk: Client) -> None:
    create_comment(name="Anna", by=create_editor())

    page = page_of(desk, f"{QUEUE}?besluit={Decision.objects.get().pk},x,{'9' * 40}")

    assert not all_with_class(page, "queue-notice")


# --- By the script ------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "status"), CHOICES)
def test_script_hears_what_was_decided(desk: Client, choice: str, status: str) -> None:
    post = create_post()
    comment = create_comment(post=post, status="pending")
    create_comment(post=post, status="pending")

    response = decide_by_script(desk, comment, choice)

    assert response.status_code == 200
    assert response.json() == {
        "message": f"{Comment.Status(status).label}: reactie van Joke.",
        "decisions": [Decision.objects.get().pk],
        "decided": [comment.pk],
        "cards": {},
        "waiting": "1 reactie wacht.",
    }
    assert "no-store" in response["Cache-Control"]


def test_script_undoes(desk: Client) -> None:
    comment = create_comment(status="pending")
    decisions = decide_by_script(desk, comment).json()["decisions"]

    response = desk.post(UNDO, {"decision": decisions}, headers=SCRIPT)

    assert response.json() == {
        "message": "Ongedaan gemaakt: reactie van Joke.",
        "back": [comment.pk],
        "waiting": "1 reactie wacht.",
    }
    assert fresh(comment).status == "pending"


def test_script_gets_the_card_with_the_text_that_nobody_has_seen(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve", "reason": "Prima."}
    edit(comment, "Niet gezien.")

    response = desk.post(decide_url(comment), values, headers=SCRIPT)

    assert response.status_code == 409
    answer = response.json()
    assert "De schrijver heeft de reactie net gewijzigd" in answer["error"]
    shown = card(parse(answer["cards"][str(comment.pk)]), comment)
    assert "Niet gezien." in visible_text(shown)
    again = form_values(with_class(shown, "queue-form")) | {"choice": "approve"}
    assert again["reason"] == ["Prima."]
    assert desk.post(decide_url(comment), again, headers=SCRIPT).status_code == 200
    assert fresh(comment).text == "Niet gezien."


def test_script_hears_that_a_comment_is_gone(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "approve"}
    Comment.objects.all().delete()

    answer = desk.post(decide_url(comment), values, headers=SCRIPT).json()

    assert answer["message"] == "Deze reactie is er niet meer."
    assert (answer["decided"], answer["decisions"]) == ([comment.pk], [])


# --- Several at once ----------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "status"), CHOICES)
def test_ticked_cards_are_decided_about_at_once_and_undone_at_once(
    desk: Client, choice: str, status: str
) -> None:
    post = create_post()
    comments = [create_comment(post=post, status="pending") for _number in range(3)]
    ticked = ticks(page_of(desk))[:2]

    response = desk.post(SEVERAL, {"choice": choice, "ticked": ticked})

    assert [fresh(comment).status for comment in comments] == [status, status, "pending"]
    page = page_of(desk, response["Location"])
    notice = with_class(page, "queue-notice")
    assert visible_text(notice).startswith(f"{Comment.Status(status).label}: 2 reacties.")
    desk.post(UNDO, form_values(next(notice.iter("form"))))
    assert {fresh(comment).status for comment in comments} == {"pending"}


def test_what_changed_meanwhile_is_left_and_told(desk: Client) -> None:
    post = create_post()
    first = create_comment(post=post, name="Anna", status="pending")
    second = create_comment(post=post, name="Bram", status="pending")
    ticked = ticks(page_of(desk))
    edit(second, "Niet gezien.", name="Bram")

    response = desk.post(SEVERAL, {"choice": "approve", "ticked": ticked}, follow=True)

    assert fresh(first).is_public
    assert fresh(second).status == "pending"
    text = visible_text(parse(response.content))
    assert "Goedgekeurd: reactie van Anna." in text
    assert "Bram: De schrijver heeft de reactie net gewijzigd" in text


def test_script_gets_the_cards_that_were_left(desk: Client) -> None:
    post = create_post()
    first = create_comment(post=post, status="pending")
    second = create_comment(post=post, status="pending")
    ticked = ticks(page_of(desk))
    edit(second, "Niet gezien.")

    response = desk.post(SEVERAL, {"choice": "spam", "ticked": ticked}, headers=SCRIPT)

    answer = response.json()
    assert answer["decided"] == [first.pk]
    assert list(answer["cards"]) == [str(second.pk)]
    assert "Niet gezien." in answer["cards"][str(second.pk)]


@pytest.mark.parametrize("ticked", [[], ["x"], [".."], ["9" * 40 + ".1.pending.0.1"]], ids=str)
def test_nothing_ticked_is_told(desk: Client, ticked: list[str]) -> None:
    comment = create_comment(status="pending")
    values = {"choice": "approve", "ticked": ticked}

    page = parse(desk.post(SEVERAL, values, follow=True).content)
    answer = desk.post(SEVERAL, values, headers=SCRIPT)

    assert "Kruis eerst aan om welke reacties het gaat." in visible_text(page)
    assert answer.status_code == 422
    assert answer.json()["error"] == "Kruis eerst aan om welke reacties het gaat."
    assert fresh(comment).status == "pending"


def test_part_of_what_was_decided_can_still_be_undone(desk: Client) -> None:
    post = create_post()
    first, second = [create_comment(post=post, status="pending") for _number in range(2)]
    answer = desk.post(
        SEVERAL, {"choice": "approve", "ticked": ticks(page_of(desk))}, headers=SCRIPT
    ).json()
    submission.withdraw(second)

    undone = desk.post(UNDO, {"decision": answer["decisions"]}, headers=SCRIPT).json()

    assert undone["back"] == [first.pk]
    assert "1 besluit blijft staan" in undone["message"]
    assert fresh(second).status == "withdrawn"


# --- Answering ----------------------------------------------------------------------------------


@pytest.fixture
def author(moderator: User) -> None:
    """The moderator has a name to answer with."""
    create_author(name="Karin", user=moderator)


@pytest.mark.usefixtures("author")
def test_answering_approves_and_both_are_undone_at_once(desk: Client) -> None:
    comment = create_comment(status="pending")

    response = decide(desk, comment, "answer", answer="Dank je wel.", reason="Goede vraag.")

    reply = comment.replies.get()
    assert fresh(comment).is_public
    assert comment.decisions.get().reason == "Goede vraag."
    assert (reply.name, reply.text, reply.badge) == ("Karin", "Dank je wel.", "editor")
    notice = with_class(page_of(desk, response["Location"]), "queue-notice")
    assert "Goedgekeurd en beantwoord: reactie van Joke." in visible_text(notice)
    response = desk.post(UNDO, form_values(next(notice.iter("form"))))
    assert fresh(comment).status == "pending"
    assert not fresh(reply).is_public
    notice = with_class(page_of(desk, response["Location"]), "queue-notice")
    assert visible_text(notice) == "Ongedaan gemaakt: reactie van Joke."


@pytest.mark.usefixtures("author")
def test_answering_twice_with_the_same_words_is_answering_once(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "answer", "answer": "Dank je wel."}

    desk.post(decide_url(comment), values)
    desk.post(decide_url(comment), values)

    assert comment.replies.count() == 1


@pytest.mark.usefixtures("author")
def test_answer_to_a_text_that_nobody_has_seen_is_kept_in_the_field(desk: Client) -> None:
    comment = create_comment(status="pending")
    values = form_of(page_of(desk), comment) | {"choice": "answer", "answer": "Dank je wel."}
    edit(comment, "Niet gezien.")

    response = desk.post(decide_url(comment), values)

    assert response.status_code == 409
    assert form_of(parse(response.content), comment)["answer"] == ["Dank je wel."]
    assert comment.replies.count() == 0
    assert fresh(comment).status == "pending"


@pytest.mark.usefixtures("author")
@pytest.mark.parametrize(
    ("typed", "problem"),
    [("", "Schrijf je antwoord."), (" \n", "Schrijf je antwoord."), ("x" * 2001, "2000")],
    ids=["nothing", "spaces", "too much"],
)
def test_answer_that_cannot_be_placed_comes_back(desk: Client, typed: str, problem: str) -> None:
    comment = create_comment(status="pending")

    response = decide(desk, comment, "answer", answer=typed)

    assert response.status_code == 422
    shown = card(parse(response.content), comment)
    assert problem in visible_text(with_class(shown, "card-problem"))
    assert typed.strip() in form_values(with_class(shown, "queue-form"))["answer"][0]
    assert fresh(comment).status == "pending"


def test_account_without_an_author_is_told_what_to_do(desk: Client) -> None:
    comment = create_comment(status="pending")

    shown = card(page_of(desk), comment)
    response = decide(desk, comment, "answer", answer="Dank je wel.")

    assert "Om te antwoorden heb je een naam nodig" in visible_text(shown)
    assert not list(shown.iter("textarea"))
    assert response.status_code == 422
    assert "koppel eerst een schrijver" in visible_text(card(parse(response.content), comment))
    assert Comment.objects.count() == 1


# --- Who may ------------------------------------------------------------------------------------

PAGES = ["wachtrij/", "{pk}/change/", "{pk}/aanpassen/", "{pk}/wissen/", "bezoeker/", ""]
POSTS = [
    "beslissen/",
    "ongedaan/",
    "bezoeker/",
    "{pk}/beslissen/",
    "{pk}/aanpassen/",
    "{pk}/wissen/",
]
OTHERS_MAY = ["view_comment", "change_comment", "delete_comment", "change_post", "publish_post"]
ALL_FIELDS = {
    "choice": "approve",
    "seen": "1.pending.0.1",
    "version": "1",
    "name": "x",
    "text": "x",
    "email": "anna@voorbeeld.nl",
    "_confirm": "1",
}


def filled(comment: Comment) -> dict[str, Any]:
    """Every field of every form about a comment, and about the last decision."""
    decision = Decision.objects.latest("pk")
    return ALL_FIELDS | {"ticked": f"{comment.pk}.1.pending.0.1", "decision": decision.pk}


@pytest.mark.parametrize("page", PAGES)
def test_staff_that_may_not_moderate_cannot_look(client: Client, page: str) -> None:
    client.force_login(create_user(may=OTHERS_MAY))
    comment = create_comment(status="pending", text="Geheim.")

    response = client.get(COMMENTS + page.format(pk=comment.pk))

    assert response.status_code == 403
    assert "Geheim." not in response.content.decode()


@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["page", "script"])
@pytest.mark.parametrize("address", POSTS)
def test_staff_that_may_not_moderate_changes_nothing(
    client: Client, address: str, headers: dict[str, str]
) -> None:
    create_comment()
    comment = create_comment(status="pending", email="anna@voorbeeld.nl")
    client.force_login(create_user(may=OTHERS_MAY))
    before = every_row()

    response = client.post(
        COMMENTS + address.format(pk=comment.pk), filled(comment), headers=headers
    )

    assert response.status_code == 403
    assert every_row() == before
    if headers:
        assert response["Content-Type"] == "application/json"
        assert response.json()["error"] == "Je mag dit niet doen. Log opnieuw in."


@pytest.mark.parametrize("address", POSTS)
def test_stranger_is_sent_to_the_login_and_the_script_is_not(client: Client, address: str) -> None:
    create_comment()
    comment = create_comment(status="pending", email="anna@voorbeeld.nl")
    before = every_row()
    place = COMMENTS + address.format(pk=comment.pk)

    page = client.post(place, filled(comment))
    answer = client.post(place, filled(comment), headers=SCRIPT)

    assert page["Location"].startswith("/admin/login/")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/json"
    assert every_row() == before


@pytest.mark.parametrize("address", POSTS)
def test_form_of_another_site_changes_nothing(moderator: User, address: str) -> None:
    create_comment()
    comment = create_comment(status="pending", email="anna@voorbeeld.nl")
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    before = every_row()
    place = COMMENTS + address.format(pk=comment.pk)

    page = client.post(place, filled(comment))
    answer = client.post(place, filled(comment), headers=SCRIPT)

    assert page.status_code == answer.status_code == 403
    assert answer["Content-Type"] == "application/json"
    assert every_row() == before


def test_permission_without_staff_is_not_enough(client: Client) -> None:
    client.force_login(create_editor(is_staff=False))
    comment = create_comment(status="pending")
    values = {"choice": "approve", "seen": "1.pending.0.1"}

    response = client.post(decide_url(comment), values, headers=SCRIPT)

    assert response.status_code == 403
    assert fresh(comment).status == "pending"


def test_moderator_needs_no_other_permission(client: Client) -> None:
    client.force_login(create_user(may=["moderate_comment"]))
    comment = create_comment(status="pending")

    assert names(page_of(client)) == ["Joke"]
    assert decide(client, comment).status_code == 302
    assert fresh(comment).is_public


def test_queue_is_one_link_away(desk: Client) -> None:
    for address in ("/admin/comments/", COMMENTS):
        page = page_of(desk, address)
        assert QUEUE in [link.get("href") for link in page.iter("a")]
