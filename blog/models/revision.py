"""A whole snapshot of a post's content; it is never edited."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.content import PostContent


class RevisionManager(models.Manager["Revision"]):
    def get_by_natural_key(self, uid: str, number: int) -> Revision:
        """The revision that a fixture names by its post and number."""
        return self.get(post__uid=uid, number=number)


class Revision(models.Model):
    """What an editor saved: everything, by whom, when, why, and starting from which revision."""

    post = models.ForeignKey(
        "blog.Post", verbose_name=_("post"), on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("number"))
    base = models.ForeignKey(
        "self",
        verbose_name=_("started from"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    restored_from = models.ForeignKey(
        "self",
        verbose_name=_("restored from"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # Set: a recovery copy of this sitting, which nobody saved. It is never a post's newest.
    sitting = models.UUIDField(_("sitting"), null=True, blank=True)
    snapshot = models.JSONField(_("content"))
    digest = models.CharField(_("digest"), max_length=64)
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    goes_live_at = models.DateTimeField(
        _("goes live at"),
        null=True,
        blank=True,
        help_text=_("From when readers get this revision; empty for one that was never published."),
    )

    objects = RevisionManager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "number"], name="blog_revision_number_once_a_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot.get('title', '')} · {self.number}"

    def natural_key(self) -> tuple[str, int]:
        """What names this revision in a fixture."""
        return (str(self.post.uid), self.number)

    @property
    def content(self) -> PostContent:
        """The snapshot as plain data."""
        return PostContent.from_json(self.snapshot)
