"""The moderators' pages, as a browser reads them and sends their forms."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from django.test import Client

from comments.models import Comment
from tests.pages import (
    Answer,
    all_with_class,
    form_values,
    parse,
    visible_text,
    with_class,
    with_id,
)

COMMENTS = "/admin/comments/comment/"
QUEUE = f"{COMMENTS}wachtrij/"
UNDO = f"{COMMENTS}ongedaan/"
SCRIPT = {"accept": "application/json"}
CHOICES = [("approve", "approved"), ("reject", "rejected"), ("spam", "spam")]


def text_of(client: Client, address: str) -> str:
    """What somebody reads at an address."""
    return visible_text(parse(client.get(address).content))


def list_of(page: Element) -> list[Element]:
    """The rows of the list."""
    found = [table for table in page.iter("table") if table.get("id") == "result_list"]
    return [row for table in found for body in table.iter("tbody") for row in body]


def page_url(comment: Comment) -> str:
    """The page of one comment."""
    return f"{COMMENTS}{comment.pk}/change/"


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
