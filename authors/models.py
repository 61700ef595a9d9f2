"""Who writes: a public name and biography, apart from any login account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AuthorManager(models.Manager["Author"]):
    def get_by_natural_key(self, slug: str) -> Author:
        """The author that a fixture names by slug."""
        return self.get(slug=slug)


class Author(models.Model):
    """Somebody whose name stands above a post; the account behind it is optional."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(
        _("address"), max_length=100, unique=True, help_text=_("Chosen once: links depend on it.")
    )
    credentials = models.CharField(
        _("credentials"),
        max_length=200,
        blank=True,
        help_text=_("What this author is and is not, in one line: “Redacteur, geen arts”."),
    )
    bio = models.TextField(
        _("about the author"),
        max_length=2_000,
        blank=True,
        help_text=_("Plain text. An empty line begins a new paragraph."),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
    )

    objects = AuthorManager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """What names this author in a fixture."""
        return (self.slug,)

    def get_absolute_url(self) -> str:
        """The page with the biography and all posts."""
        return reverse("blog:author_detail", args=[self.slug])

    @property
    def initial(self) -> str:
        """The letter that stands in for a portrait."""
        return self.name[:1].upper()
