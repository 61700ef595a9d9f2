"""The hidden value of a form, which says where it stood and, where we know, when it was made.

It proves nothing more, and a form without it, or with one that we never signed, is taken too.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from blog.models import Post


@dataclass(frozen=True)
class Proof:
    """What the hidden value of a form that came in says."""

    knows_page: bool = False
    number: str | None = None
    # When its visitor first had it; as seconds, which JSON can hold.
    made_at: float | None = None

    @property
    def seconds(self) -> float | None:
        """How long ago it was made, where we know."""
        return None if self.made_at is None else timezone.now().timestamp() - self.made_at


def for_everybody(post: Post) -> str:
    """The value for a page that is the same for all its readers."""
    return signer().sign_object({"post": str(post.uid)})


def for_one_visitor(post: Post, *, made_at: float | None) -> str:
    """The value for a form that one visitor gets, to be sent once.

    One that comes back keeps the moment that it had, or none: whoever mends a mistake is quick.
    """
    own = {"number": secrets.token_urlsafe(16), "made_at": made_at}
    return signer().sign_object({"post": str(post.uid), **own})


def read(value: str, post: Post) -> Proof:
    """What a value says of a form for this post; nothing when it is not ours or not for it."""
    try:
        signed = signer().unsign_object(value)
    except BadSignature:
        return Proof()
    if signed["post"] != str(post.uid):
        return Proof()
    return Proof(knows_page=True, number=signed.get("number"), made_at=signed.get("made_at"))


def signer() -> Signer:
    """Signs by the secret key of this moment: another key makes no error, only a form unknown."""
    return Signer(salt="comments.form")
