"""Every slug that is, was, or is claimed to be live, so that no link ever breaks."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AddressManager(models.Manager["Address"]):
    def get_by_natural_key(self, slug: str) -> Address:
        """The address that a fixture names."""
        return self.get(slug=slug)


class Address(models.Model):
    """One slug and the post that owns it, now or since earlier."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    post = models.ForeignKey(
        "blog.Post", verbose_name=_("post"), on_delete=models.CASCADE, related_name="addresses"
    )
    # From when readers are led to the post; until then the slug is claimed, and says nothing.
    begins_at = models.DateTimeField(_("begins at"), default=timezone.now)

    objects = AddressManager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        """What names this address in a fixture."""
        return (self.slug,)
