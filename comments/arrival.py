"""How a form came in, for the spam filter to judge."""

from __future__ import annotations

from django.http import HttpRequest

from comments.forms import CommentForm
from comments.networks import client_address, network_of
from comments.origin import Origin, judge
from comments.spam import Arrival


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
