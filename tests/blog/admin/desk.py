"""What an editor does on the forms and lists of the admin, in a browser without scripts."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from django.test import Client

from blog.models import Post
from tests.pages import (
    Answer,
    form_values,
    parse,
    visible_text,
    with_class,
)

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
    values = form_values(form_of(desk.get(address, follow=True)))
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
    page = parse(desk.get(response["Location"], follow=True).content)
    return visible_text(with_class(page, "messagelist"))


def buttons(form: Element) -> set[str]:
    """The names of the buttons of a form."""
    return {b.get("name", "") for b in form.iter("input") if b.get("type") == "submit"}


def titles(response: Answer) -> list[str]:
    """The titles in the list, in their order."""
    cells = [
        c for c in parse(response.content).iter() if "field-title" in c.get("class", "").split()
    ]
    return [visible_text(cell) for cell in cells]
