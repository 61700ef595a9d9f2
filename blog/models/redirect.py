"""Addresses that lead elsewhere because an editor said so, and those that lead nowhere."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PATH_LENGTH, TARGET_LENGTH = 300, 500


class Redirect(models.Model):
    """Where readers are sent who come to an address at which nothing is."""

    path = models.CharField(_("address"), max_length=PATH_LENGTH, unique=True)
    target = models.CharField(_("leads to"), max_length=TARGET_LENGTH)
    hits = models.PositiveIntegerField(_("times asked for"), default=0, editable=False)
    asked_at = models.DateTimeField(_("last asked for"), null=True, editable=False)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["path"]

    def __str__(self) -> str:
        return f"{self.path} → {self.target}"


class MissingAddress(models.Model):
    """An address that readers ask for and that is not there."""

    path = models.CharField(_("address"), max_length=PATH_LENGTH, unique=True)
    hits = models.PositiveIntegerField(_("times asked for"), default=0)
    first_asked_at = models.DateTimeField(_("first asked for"), default=timezone.now)
    asked_at = models.DateTimeField(_("last asked for"), default=timezone.now)

    class Meta:
        verbose_name = _("missing address")
        verbose_name_plural = _("missing addresses")
        ordering = ["-hits", "path"]

    def __str__(self) -> str:
        return self.path
