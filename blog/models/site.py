"""The site's own words: one row that an editor fills in."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models.moderation import Moderation

PAGES = ("privacy_page", "method_page")

LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})+")
WEB_ADDRESS = re.compile(r"(?:https?://)?(?P<host>[^/]*)/?")


def hosts_in(lines: str) -> str:
    """Hosts as they are kept, one on each line; raises ValidationError about what is none.

    Pasted from a browser, a host may stand between a scheme and a slash.
    """
    hosts = []
    for line in filter(None, map(str.strip, lines.lower().splitlines())):
        address = WEB_ADDRESS.fullmatch(line)
        host = in_ascii(address["host"]) if address else ""
        if not HOST.fullmatch(host):
            message = _("“%(line)s” is not the name of a site, such as winkel.example.nl.")
            raise ValidationError(message, code="no_host", params={"line": line})
        hosts.append(host)
    return "\n".join(dict.fromkeys(hosts))


def in_ascii(host: str) -> str:
    """A host as links name it: “café.nl” is “xn--caf-dma.nl”."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


class SiteSettingsManager(models.Manager["SiteSettings"]):
    def current(self) -> SiteSettings:
        """The one row with its pages, or the defaults where nothing was filled in yet."""
        rows = self.select_related(*PAGES).defer(
            *(f"{page}__{large}" for page in PAGES for large in ("body", "stored_rendering"))
        )
        return rows.filter(pk=SiteSettings.ONLY).first() or SiteSettings()

    def shops(self) -> frozenset[str]:
        """The hosts of our own shops, without the rest of the row."""
        row = self.filter(pk=SiteSettings.ONLY).only("shop_hosts").first()
        return row.shops if row else frozenset()


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
    shop_hosts = models.TextField(
        _("our own shops"),
        blank=True,
        help_text=_(
            "One site on each line, such as winkel.example.nl. Search engines are told that we "
            "earn from links to it."
        ),
    )
    review_months = models.PositiveSmallIntegerField(
        _("check texts again after"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Months after the last check."),
    )

    objects = SiteSettingsManager()

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="blog_sitesettings_only_one_row"),
            models.CheckConstraint(
                condition=models.Q(review_months__gte=1, review_months__lte=120),
                name="blog_sitesettings_review_months_are_1_to_120",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        try:
            self.shop_hosts = hosts_in(self.shop_hosts)
        except ValidationError as error:
            raise ValidationError({"shop_hosts": error}) from error

    @property
    def shops(self) -> frozenset[str]:
        """The hosts of our own shops."""
        return frozenset(self.shop_hosts.split())
