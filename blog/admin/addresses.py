"""A post or page chosen by its address: typed, pasted, or picked from a list of titles.

A list of all posts would be thousands of lines long, and Django's own search for one needs a
script.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blog.models import Page, Post

SUGGESTIONS = 200
ADDRESS = re.compile(r"(?:(?:https?://[^/?#\s]*)?/)?(?:blog/)?(?P<slug>[-\w]+)/?(?:[?#].*)?", re.I)


def slug_in(typed: str) -> str:
    """The slug that somebody typed, or pasted as a whole address; empty where there is none."""
    address = ADDRESS.fullmatch(typed.strip())
    return address["slug"].lower() if address else ""


class AddressInput(forms.TextInput):
    """A text field that suggests every public page and the newest posts."""

    template_name = "admin/blog/address_input.html"

    def __init__(self) -> None:
        super().__init__({"list": "public-pages", "class": "vTextField", "autocomplete": "off"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        pages = Page.objects.published().order_by("title", "pk")
        posts = Post.objects.published().newest_first()[:SUGGESTIONS]
        return {
            **super().get_context(name, value, attrs),
            "suggestions": [*pages.values("slug", "title"), *posts.values("slug", "title")],
        }


class AddressField(forms.ModelChoiceField[Post]):
    """The post or page that has this address, or had it; what was chosen before may stay."""

    widget = AddressInput
    chosen: Post | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Post._base_manager.all(), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return self.chosen.slug if self.chosen and value == self.chosen.pk else value

    def to_python(self, value: Any) -> Post | None:
        if value in self.empty_values:
            return None
        # A withdrawn page may plan another slug than its address.
        if self.chosen and value == self.chosen.slug:
            return self.chosen
        post = Post._base_manager.filter(addresses__slug=slug_in(value)).first()
        if post is None:
            raise ValidationError(
                _("“%(typed)s” is not the address of a page or post."),
                code="invalid_choice",
                params={"typed": value},
            )
        return post
