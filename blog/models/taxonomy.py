"""What a post is about: one theme, and any number of tags."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from blog.models.post import Post


class TermManager(models.Manager[Any]):
    def get_by_natural_key(self, slug: str) -> Any:
        """The row that a fixture names by slug."""
        return self.get(slug=slug)

    def at_slug(self, slug: str) -> Any | None:
        """The term that has this slug, or had it before it was renamed or merged."""
        return self.filter(slug=slug).first() or self.filter(earlier_slugs__slug=slug).first()

    def todays_slugs(self, slugs: Iterable[str]) -> list[str]:
        """The same terms by the slugs that they have today; one that is gone keeps its own."""
        slugs = list(slugs)
        renamed = dict(
            self.filter(earlier_slugs__slug__in=slugs).values_list("earlier_slugs__slug", "slug")
        )
        there = set(self.filter(slug__in=slugs).values_list("slug", flat=True))
        return [slug if slug in there else renamed.get(slug, slug) for slug in slugs]


class Term(models.Model):
    """A name to file posts under; its slug follows the name, and earlier ones lead to it."""

    SLUG_LENGTH = 60

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=SLUG_LENGTH, unique=True)
    introduction = models.TextField(_("introduction"), max_length=500, blank=True)

    objects: ClassVar[TermManager] = TermManager()

    if TYPE_CHECKING:
        posts: RelatedManager[Post]
        earlier_slugs: RelatedManager[Any]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """What names this row in a fixture."""
        return (self.slug,)


class Theme(Term):
    """A main subject of the site, with a colour and an illustration of its own."""

    class Colour(models.TextChoices):
        INDIGO = "indigo", _("indigo")
        MOSS = "moss", _("moss green")
        RUST = "rust", _("rust")
        PLUM = "plum", _("plum")

    class Illustration(models.TextChoices):
        MOON = "moon", _("moon over a polder")
        TABLE = "table", _("laid table")
        DYKE = "dyke", _("path on a dyke")
        WINDOW = "window", _("window with a plant")

    colour = models.CharField(_("colour"), max_length=10, choices=Colour, default=Colour.INDIGO)
    illustration = models.CharField(
        _("illustration"), max_length=10, choices=Illustration, default=Illustration.MOON
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "name", "pk"]

    def get_absolute_url(self) -> str:
        """The list of all posts on this theme."""
        return reverse("blog:theme_detail", args=[self.slug])


class Tag(Term):
    """A subject that crosses the themes."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name", "pk"]

    def get_absolute_url(self) -> str:
        """The list of all posts with this tag."""
        return reverse("blog:tag_detail", args=[self.slug])


class EarlierSlug(models.Model):
    """A slug that a term had before it was renamed, or before it went up in another."""

    slug = models.SlugField(_("address"), max_length=Term.SLUG_LENGTH, unique=True)

    class Meta:
        abstract = True
        verbose_name = _("earlier address")
        verbose_name_plural = _("earlier addresses")

    def __str__(self) -> str:
        return self.slug


class EarlierThemeSlug(EarlierSlug):
    """A slug that leads to a theme."""

    term = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="earlier_slugs")


class EarlierTagSlug(EarlierSlug):
    """A slug that leads to a tag."""

    term = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="earlier_slugs")
