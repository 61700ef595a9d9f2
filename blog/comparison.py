"""Two contents of a post compared: the text as readers see it, its source, and every field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext

from authors.models import Author
from blog.content import LISTS, Correction, PostContent
from blog.diff import (
    Effort,
    Figure,
    Passage,
    Piece,
    RenderedDiff,
    SourcePassage,
    changed_figures,
    compare,
    compare_renderings,
    compare_sources,
)
from blog.models import Address, Post, Tag, Theme, known_for
from blog.rendering import TooComplexError, render
from blog.taxonomy import up_to_date

# Under which name the model has a relation that the content has under another.
ON_THE_MODEL = {"byline": "authors", "related": "related_posts"}
# What readers and search engines read of a post beside its text.
READ = ("title", "summary", "seo_title", "seo_description")


@dataclass(frozen=True)
class FieldChange:
    """One field in which two contents differ, with the words marked."""

    label: str
    pieces: list[Piece]

    @property
    def before(self) -> list[Piece]:
        """The earlier value."""
        return [piece for piece in self.pieces if piece.kind != "new"]

    @property
    def after(self) -> list[Piece]:
        """The later value."""
        return [piece for piece in self.pieces if piece.kind != "gone"]


@dataclass(frozen=True)
class Comparison:
    """All that differs between two contents."""

    fields: list[FieldChange]
    figures: list[Figure]
    # Both are empty where the text is the same; the first also where it cannot be rendered, and
    # `problem` says why.
    passages: list[Passage]
    source: list[SourcePassage]
    problem: str

    @property
    def differs(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.fields or self.source)


def compare_contents(before: PostContent, after: PostContent) -> Comparison:
    """What an editor has to see of two contents to know what was changed; in a few queries.

    A theme or tag that was renamed meanwhile is the same one.
    """
    old, new = up_to_date(before), up_to_date(after)
    effort = Effort()
    fields, figures = [], []
    for name in old.changed_fields(new):
        if name != "body":
            pieces = compare(*in_words(name, getattr(old, name), getattr(new, name)), effort)
            fields.append(FieldChange(label_of(name), pieces))
            figures += list(changed_figures(pieces)) if name in READ else []
    if old.body == new.body:
        return Comparison(fields, figures, passages=[], source=[], problem="")
    source = compare_sources(old.body, new.body, effort)
    try:
        text = compare_renderings(page_of(old.body), page_of(new.body), effort)
    except TooComplexError as error:
        return Comparison(fields, figures, passages=[], source=source, problem=str(error))
    return Comparison(
        [*fields, *unseen_changes(text, effort)],
        [*figures, *text.figures],
        passages=text.passages,
        source=source,
        problem="",
    )


def page_of(body: str) -> str:
    """All that the page of a text shows of it, below each other. Raises TooComplexError."""
    rendered = render(body, known=known_for(body))
    sources = "".join(f"<li>{source.html}</li>" for source in rendered.sources)
    terms = "".join(
        f"<li><strong>{escape(term.abbreviation)}</strong>: {term.meaning}</li>"
        for term in rendered.terms
    )
    return "".join(
        [
            f'<p class="lead">{rendered.lead}</p>' if rendered.lead else "",
            rendered.key_points,
            rendered.html,
            f"<h2>{gettext('Sources')}</h2><ol>{sources}</ol>" if sources else "",
            f"<h2>{gettext('Glossary')}</h2><ul>{terms}</ul>" if terms else "",
        ]
    )


def unseen_changes(text: RenderedDiff, effort: Effort) -> Iterator[FieldChange]:
    """What a picture is said to show and where a link leads, as fields: no word of it is seen."""
    labels = (gettext("address"), gettext("description"), gettext("caption"))
    for old, new in text.pictures:
        name = gettext("Picture %(address)s") % {"address": new.address or old.address}
        for label, before, after in zip(labels, old, new, strict=True):
            if before != after:
                yield FieldChange(f"{name}: {label}", compare(before, after, effort))
    for link, other in text.links:
        name = gettext("Link “%(words)s”") % {"words": link.words}
        yield FieldChange(name, compare(link.address, other.address, effort))


def label_of(name: str) -> str:
    """A field as the form calls it."""
    field = Post._meta.get_field(ON_THE_MODEL.get(name, name))
    return capfirst(str(field.verbose_name))  # type: ignore[union-attr]


def in_words(name: str, before: Any, after: Any) -> tuple[str, str]:
    """Two values of a field as an editor reads them: rows elsewhere by name, one on each line."""
    if name == "theme":
        before, after = ([slug] if slug else [] for slug in (before, after))
    elif name == "corrections":
        before, after = (map(correction_in_words, corrections) for corrections in (before, after))
        return "\n".join(before), "\n".join(after)
    elif name not in LISTS:
        return as_text(before), as_text(after)
    names = names_of(name, {*before, *after})
    was, now = ("\n".join(names.get(slug, slug) for slug in slugs) for slugs in (before, after))
    return was, now


def correction_in_words(correction: Correction) -> str:
    """A correction in a line, with the id of the section that it is about."""
    section = f" (#{correction.section})" if correction.section else ""
    return f"{date_format(correction.on)}{section}: {correction.text}"


def names_of(name: str, slugs: set[str]) -> dict[str, str]:
    """What these slugs of one field stand for, in one query."""
    rows = {
        "theme": Theme.objects.filter(slug__in=slugs).values_list("slug", "name"),
        "tags": Tag.objects.filter(slug__in=slugs).values_list("slug", "name"),
        "byline": Author.objects.filter(slug__in=slugs).values_list("slug", "name"),
        "related": Address.objects.filter(slug__in=slugs).values_list("slug", "post__title"),
    }
    return dict(rows[name])


def as_text(value: Any) -> str:
    """A plain value as an editor reads it."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, date):
        return date_format(value)
    return "" if value is None else str(value)
