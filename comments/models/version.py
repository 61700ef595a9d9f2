"""The wordings of a comment."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 60
TEXT_LENGTH = 2_000


class Version(models.Model):
    """A wording of a comment beside the one in its row: an earlier one, or one that waits."""

    comment = models.ForeignKey(
        "comments.Comment", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    text = models.TextField(_("comment"), max_length=TEXT_LENGTH)
    # Since when it stands beside the row: when it was written, or made room for another.
    set_aside_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "number"], name="comments_version_number_once_a_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.text[:60]}"
