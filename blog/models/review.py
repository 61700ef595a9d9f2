"""A writer offers a text, and an editor decides about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReviewQuerySet(models.QuerySet["Review"]):
    """Questions about reviews; they chain."""

    def waiting(self) -> ReviewQuerySet:
        """What an editor has still to decide about."""
        return self.filter(outcome=Review.Outcome.OPEN, post__deleted_at=None)

    def returned(self) -> ReviewQuerySet:
        """What a writer got back, and neither offered again nor saw published since."""
        later = Review.objects.filter(post=OuterRef("post"), pk__gt=OuterRef("pk"))
        back = self.filter(outcome=Review.Outcome.RETURNED, post__deleted_at=None)
        published = Q(post__live_revision__number__gte=F("revision__number"))
        return back.exclude(Exists(later)).exclude(published)

    def standing(self) -> ReviewQuerySet:
        """What waits for somebody: an editor or the writer."""
        return self.waiting() | self.returned()


class Review(models.Model):
    """One revision offered for publication, and what an editor did with it."""

    class Outcome(models.TextChoices):
        OPEN = "", _("Waits")
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Returned")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    post = models.ForeignKey(
        "blog.Post", verbose_name=_("post"), on_delete=models.CASCADE, related_name="reviews"
    )
    revision = models.ForeignKey(
        "blog.Revision", verbose_name=_("revision"), on_delete=models.CASCADE, related_name="+"
    )
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("offered by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    offered_at = models.DateTimeField(_("offered at"), default=timezone.now)
    message = models.CharField(_("message"), max_length=500, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome, default=Outcome.OPEN, blank=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.TextField(_("remark"), max_length=2_000, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(outcome=""), name="blog_review_one_open_a_post"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="blog_review_decided_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} · {self.get_outcome_display()}"
