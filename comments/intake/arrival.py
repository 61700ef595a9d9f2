"""How a form came in, for the spam filter to judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from comments.intake.networks import client_address, network_of
from comments.intake.origin import Origin, judge

if TYPE_CHECKING:
    from comments.forms import CommentForm


@dataclass(frozen=True)
class Arrival:
    """How a comment came in; what a form or a browser did not say is neutral."""

    network: str = ""  # "192.0.2.0/24"; empty when unknown
    fills_trap: bool = False  # something stands in the field that people cannot see
    seconds: float | None = None  # between the making of its form and the sending, where known
    form_number: str | None = None  # the one-time number of its form, where it had one
    knows_page: bool = True  # whether it carries the value that stands in the page's form
    origin_known: bool = True  # whether the browser said where the form stood


def arrival_of(request: HttpRequest, form: CommentForm) -> Arrival:
    """What a request and the form in it say about how they came to be."""
    proof = form.sent_proof
    return Arrival(
        network=network_of(client_address(request)),
        fills_trap=form.fills_trap,
        seconds=proof.seconds,
        form_number=proof.number,
        knows_page=proof.knows_page,
        origin_known=judge(request) is Origin.OWN,
    )
