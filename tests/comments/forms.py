"""The form below a post, sent as a browser does, and how it comes back."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from django.test import Client

from blog.models import Post
from comments.models import Comment
from tests.pages import Answer, form_values, parse, visible_text, with_id


def send(client: Client, post: Post, **fields: Any) -> Answer:
    """Send the form below a post as a browser does."""
    data = {"naam": "Joke", "tekst": "Fijn artikel."} | fields
    extra = {name: data.pop(name) for name in ("headers", "REMOTE_ADDR") if name in data}
    response: Answer = client.post(f"/blog/{post.slug}/reageren/", data, **extra)
    return response


def reply_form_of(comment: Comment) -> str:
    """The address of the form for a reply to this comment."""
    return f"/blog/{comment.post.slug}/reageren/?op={comment.uid}"


def shown(response: Answer) -> dict[str, Any]:
    """What the form that came back holds."""
    (form,) = parse(response.content, strict=True).iter("form")
    return form_values(form)


def message_beside(page: Element, field: str) -> str:
    """The message that the field points to."""
    named = with_id(page, field)
    assert named.get("aria-invalid") == "true"
    assert f"{field}_error" in (named.get("aria-describedby") or "").split()
    return visible_text(with_id(page, f"{field}_error"))
