"""Which comments wait for a moderator before readers see them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moderation(models.TextChoices):
    """The choice of the site, and of a post that differs from it."""

    ALL = "all", _("Every comment waits")
    FIRST = "first", _("A comment waits until its writer is known by a confirmed address")
    NONE = "none", _("A comment waits only when something about it is suspicious")
