"""The site's own words: one row that an editor fills in."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models.moderation import Moderation

PAGES = ("privacy_page", "method_page")


class SiteSettingsManager(models.Manager["SiteSettings"]):
    def current(self) -> SiteSettings:
        """The one row with its pages, or the defaults where nothing was filled in yet."""
        rows = self.select_related(*PAGES).defer(
            *(f"{page}__{large}" for page in PAGES for large in ("body", "stored_rendering"))
        )
        return rows.filter(pk=SiteSettings.ONLY).first() or SiteSettings()


class SiteSettings(models.Model):
    """What the site is called and says of itself on every page."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(_("name"), max_length=60, default="Leestafel")
    promise = models.CharField(
        _("promise"), max_length=200, blank=True, help_text=_("One line under the name.")
    )
    disclaimer = models.CharField(
        _("disclaimer"),
        max_length=300,
        blank=True,
        help_text=_("What the site is and is not, at the foot of every page."),
    )
    privacy_page = models.ForeignKey(
        "blog.Page",
        verbose_name=_("privacy statement"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The page that the comment form points to."),
    )
    method_page = models.ForeignKey(
        "blog.Page",
        verbose_name=_("how we work"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The page whose title and summary close the home page."),
    )

    moderation = models.CharField(
        _("moderation of comments"),
        max_length=5,
        choices=Moderation,
        default=Moderation.ALL,
        help_text=_("A post may differ from this."),
    )
    comments_close_after = models.PositiveSmallIntegerField(
        _("close comments after"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Days after a post appeared. Left empty, they stay open."),
    )

    objects = SiteSettingsManager()

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="blog_sitesettings_only_one_row"),
        ]

    def __str__(self) -> str:
        return self.name
