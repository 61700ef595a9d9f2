"""What a post is about: one theme, and any number of tags."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SlugManager(models.Manager[Any]):
    def get_by_natural_key(self, slug: str) -> Any:
        """The row that a fixture or a revision names by slug."""
        return self.get(slug=slug)


class Term(models.Model):
    """A name to file posts under; its slug is chosen once, because revisions name it so."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("Chosen once: links depend on it.")
    )
    introduction = models.TextField(_("introduction"), max_length=500, blank=True)

    objects: ClassVar[SlugManager] = SlugManager()

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
    position = models.PositiveSmallIntegerField(_("place in the menu"), default=0)

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
