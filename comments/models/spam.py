"""What the spam filter was taught: lists by hand, and words by the moderators' decisions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpamTerm(models.Model):
    """A word, domain or network that an editor put on a list."""

    class Kind(models.TextChoices):
        WORD = "word", _("word or phrase")
        DOMAIN = "domain", _("domain")
        NETWORK = "network", _("network")

    class Effect(models.TextChoices):
        HOLD = "hold", _("hold for a moderator")
        SPAM = "spam", _("file as spam")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    value = models.CharField(_("value"), max_length=100)
    effect = models.CharField(_("effect"), max_length=4, choices=Effect, default=Effect.HOLD)
    note = models.CharField(_("note"), max_length=200, blank=True)
    hits = models.PositiveIntegerField(_("hits"), default=0, editable=False)
    last_hit_at = models.DateTimeField(_("last hit at"), null=True, editable=False)

    class Meta:
        verbose_name = _("spam term")
        verbose_name_plural = _("spam terms")
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="comments_spamterm_once_a_kind"),
        ]

    def __str__(self) -> str:
        return self.value


class SpamWord(models.Model):
    """How many genuine and how many spam comments held a word with this stem."""

    stem = models.CharField(max_length=40, unique=True)
    genuine = models.PositiveIntegerField(default=0)
    spam = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.stem
