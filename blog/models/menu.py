"""What stands at the head and the foot of every page, in an order that editors choose."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

TWICE = _("This menu has that line already.")


class MenuItem(models.Model):
    """One line of a menu: it names a theme, a post, a page or a list, so no address is typed."""

    class Place(models.TextChoices):
        HEADER = "header", _("Head of the page")
        FOOTER = "footer", _("Foot of the page")

    class Listing(models.TextChoices):
        POSTS = "post_list", _("All posts")
        ARCHIVE = "archive", _("Archive")

    place = models.CharField(_("place"), max_length=6, choices=Place, default=Place.HEADER)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    label = models.CharField(
        _("label"), max_length=40, blank=True, help_text=_("Left empty, its own name is shown.")
    )
    theme = models.ForeignKey(
        "blog.Theme",
        verbose_name=_("theme"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="menu_items",
    )
    post = models.ForeignKey(
        "blog.Post",
        verbose_name=_("page or post"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="menu_items",
    )
    listing = models.CharField(_("list"), max_length=10, choices=Listing, blank=True)

    class Meta:
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")
        ordering = ["-place", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(theme__isnull=False, post__isnull=True, listing="")
                | Q(theme__isnull=True, post__isnull=False, listing="")
                | Q(theme__isnull=True, post__isnull=True, listing__in=["post_list", "archive"]),
                name="blog_menuitem_leads_to_one_thing",
                violation_error_message=_("Choose one thing: a theme, a page or post, or a list."),
            ),
            models.UniqueConstraint(
                fields=["place", "theme"],
                name="blog_menuitem_theme_once_a_menu",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["place", "post"],
                name="blog_menuitem_post_once_a_menu",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["place", "listing"],
                condition=~Q(listing=""),
                name="blog_menuitem_list_once_a_menu",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                condition=Q(place__in=["header", "footer"]), name="blog_menuitem_place_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What a reader sees."""
        own = self.theme or self.post or self.get_listing_display()
        return self.label or str(own)

    @property
    def is_public(self) -> bool:
        """Whether a reader can go there at this moment."""
        return self.post is None or self.post.is_published

    def get_absolute_url(self) -> str:
        """Where the line leads today."""
        if target := self.theme or self.post:
            return target.get_absolute_url()
        return reverse(f"blog:{self.listing}")
