"""What an editor chooses to be read after a post, as a form field without a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blog.admin.addresses import SUGGESTIONS, slug_in
from blog.further_reading import POSTS
from blog.models import Address, Post


class RelatedWidget(forms.MultiWidget):
    """A text field for each place, which share one list of titles."""

    template_name = "admin/blog/post/related.html"
    use_fieldset = True
    suggestions: Iterable[Mapping[str, str]] = ()

    def decompress(self, value: Sequence[str] | None) -> list[str | None]:
        slugs: list[str | None] = list(value or ())
        return slugs + [None] * (len(self.widgets) - len(slugs))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {**context, "suggestions": self.suggestions}


class RelatedField(forms.MultiValueField):
    """Slugs of posts in an order, each typed as a slug or a whole address."""

    def __init__(self, **kwargs: Any) -> None:
        fields = [forms.CharField(max_length=500, required=False) for _place in range(POSTS)]
        attrs = {"list": "newest-posts", "class": "vTextField", "autocomplete": "off"}
        widget = RelatedWidget([forms.TextInput(attrs) for _field in fields])
        super().__init__(fields, widget=widget, require_all_fields=False, required=False, **kwargs)

    def compress(self, data_list: list[str]) -> tuple[str, ...]:
        # What is no address at all is no post either: `chosen_posts` says so.
        return tuple(slug_in(typed) or typed for typed in data_list if typed)


def suggestions_for(post: Post) -> Any:
    """The newest other posts that readers can see."""
    others = Post.objects.published().exclude(pk=post.pk)
    return others.newest_first().values("slug", "title")[:SUGGESTIONS]


def chosen_posts(typed: Sequence[str], *, post: Post, kept: Sequence[str]) -> tuple[str, ...]:
    """The slugs of the posts that were typed; raises ValidationError about those that cannot be.

    What was chosen before, in `kept`, may stay while readers cannot see it.
    """
    addresses = Address.objects.filter(slug__in=typed).filter(
        Q(slug__in=kept) | Q(post__in=Post.objects.published())
    )
    found = {
        address: (pk, slug)
        for address, pk, slug in addresses.values_list("slug", "post_id", "post__slug")
    }
    if errors := list(problems(typed, {slug: pk for slug, (pk, _slug) in found.items()}, post)):
        raise ValidationError(errors)
    # An earlier slug becomes today's. A post that is offline may plan one that is no address yet.
    return tuple(slug if slug in kept else found[slug][1] for slug in typed)


def problems(
    typed: Sequence[str], found: Mapping[str, int], post: Post
) -> Iterator[ValidationError]:
    """What is wrong with this choice."""
    for slug in typed:
        if slug not in found:
            message = _("“%(typed)s” is not the address of a post that readers can see.")
            yield ValidationError(message, code="unknown", params={"typed": slug})
    pks = [found[slug] for slug in typed if slug in found]
    if post.pk in pks:
        yield ValidationError(_("Choose other posts than this one."), code="itself")
    if len(set(pks)) < len(pks):
        yield ValidationError(_("Choose every post once."), code="twice")
