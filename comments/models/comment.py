"""A comment: its words, its place in the thread, and what became of it."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from comments.models.correspondence import EmailAddress
from comments.models.version import NAME_LENGTH, TEXT_LENGTH, Version
from comments.querysets import CommentManager

ROOTS_A_PAGE = 50


def new_key() -> str:
    """128 random bits as 22 characters for an address."""
    return secrets.token_urlsafe(16)


def random_seed() -> int:
    """What the colour of a comment's initial is drawn from; it says nothing about its writer."""
    return secrets.randbelow(256)


def page_address(post: Post, page: int) -> str:
    """The address of a page of a post's thread; the first one is the post's own."""
    return post.get_absolute_url() + (f"?reacties={page}" if page > 1 else "")


class Comment(models.Model):
    """One visitor's words.

    The row holds the wording that readers see, or that they will see once a moderator has approved
    it. An edit of a comment that readers see waits as a `Version` until it is approved too.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        SPAM = "spam", _("Spam")
        WITHDRAWN = "withdrawn", _("Withdrawn by the writer")
        ERASED = "erased", _("Erased")

    class Badge(models.TextChoices):
        """Who wrote it, where that is known for certain: from the account that was logged in."""

        NONE = "", _("Visitor")
        AUTHOR = "author", _("Writer")
        EDITOR = "editor", _("Editor")

    class LearnedAs(models.TextChoices):
        NOTHING = ""
        GENUINE = "genuine"
        SPAM = "spam"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(
        max_length=22,
        unique=True,
        null=True,
        editable=False,
        help_text="The receipt's secret; empty for a comment that no visitor sent.",
    )
    post = models.ForeignKey(
        Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="comments"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("reply to"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="replies",
    )
    # Its place among the comments that answer none, given at the first approval and never changed,
    # so that its page of the thread stays the same. A reply has the position of its root.
    position = models.PositiveIntegerField(null=True, editable=False)

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    text = models.TextField(_("comment"), max_length=TEXT_LENGTH)
    # A hash of the words without case and spaces: the same text elsewhere is found by it.
    text_digest = models.CharField(max_length=64, blank=True, editable=False)
    # The text as HTML, and the version of `comments.formatting` that made it; 0 is none.
    html = models.TextField(blank=True, editable=False)
    html_version = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    newest_version = models.PositiveSmallIntegerField(default=1, editable=False)
    # The newest wording, where a moderator refused it and readers keep the one in this row.
    refused_version = models.PositiveSmallIntegerField(default=0, editable=False)
    redacted_at = models.DateTimeField(_("redacted at"), null=True, editable=False)
    badge = models.CharField(
        _("badge"), max_length=6, choices=Badge, default=Badge.NONE, blank=True, editable=False
    )
    seed = models.PositiveSmallIntegerField(default=random_seed, editable=False)

    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.PENDING)
    created_at = models.DateTimeField(_("sent at"), default=timezone.now)
    # Since when it has its status; empty until somebody or something decided.
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    # Since when it, an edit of it, or a report about it waits for a moderator.
    waiting_since = models.DateTimeField(_("waiting since"), null=True, editable=False)

    email = models.ForeignKey(
        EmailAddress,
        verbose_name=_("e-mail address"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="comments",
    )
    # When its writer followed the link that we mailed for this very comment.
    confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, editable=False)
    wants_replies = models.BooleanField(_("mail on replies"), default=False, editable=False)
    # When the writer of the comment that it answers was told.
    announced_at = models.DateTimeField(null=True, editable=False)

    spam_score = models.FloatField(_("spam score"), default=0, editable=False)
    # The findings of the spam filter, as `comments.spam.Finding.as_json` gives them.
    spam_findings = models.JSONField(default=list, editable=False)
    # What the spam filter learned the text in this row as.
    learned_as = models.CharField(
        max_length=7, choices=LearnedAs, default=LearnedAs.NOTHING, blank=True, editable=False
    )

    objects = CommentManager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comment", _("Can moderate comments"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="pending") | Q(decided_at__isnull=False),
                name="comments_comment_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="pending") | Q(waiting_since__isnull=False),
                name="comments_comment_pending_waits",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(position__isnull=False),
                name="comments_comment_approved_has_position",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["pending", "approved", "rejected", "spam", "withdrawn", "erased"]
                ),
                name="comments_comment_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="comments_comment_answers_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="erased")
                | Q(
                    name="",
                    text="",
                    html="",
                    text_digest="",
                    key__isnull=True,
                    email__isnull=True,
                ),
                name="comments_comment_erased_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(email__isnull=False),
                name="comments_comment_confirmed_has_address",
            ),
            models.UniqueConstraint(
                fields=["post", "position"],
                condition=Q(parent__isnull=True),
                name="comments_comment_root_position_once",
            ),
        ]
        indexes = [
            models.Index(fields=["post", "position", "created_at"], name="comments_thread"),
            models.Index(
                fields=["waiting_since", "id"],
                condition=Q(waiting_since__isnull=False),
                name="comments_queue",
            ),
            models.Index(fields=["status", "decided_at"], name="comments_terms"),
            models.Index(fields=["text_digest"], name="comments_same_text"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    def natural_key(self) -> tuple[str]:
        """What names this comment in a fixture."""
        return (str(self.uid),)

    def get_absolute_url(self) -> str:
        """The comment's place in the thread: the same page for as long as the comment is there."""
        page = (self.position - 1) // ROOTS_A_PAGE + 1 if self.position else 1
        return f"{page_address(self.post, page)}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The id of the comment on the page; it survives moderation."""
        return f"reactie-{self.pk}"

    @property
    def receipt_url(self) -> str:
        """The private page for whoever sent this comment."""
        return reverse("comments:receipt", args=[self.key])

    @property
    def is_public(self) -> bool:
        """Whether readers can see it, as far as moderation goes."""
        return self.status == self.Status.APPROVED

    @property
    def was_public(self) -> bool:
        """Whether readers see it or ever saw it."""
        return self.position is not None

    @property
    def has_waiting_edit(self) -> bool:
        """Whether readers see an older wording than the one that waits for a moderator."""
        return self.offered_version > self.version and self.waiting_since is not None

    @property
    def offered_version(self) -> int:
        """The wording that an approval would show: the newest one that nobody refused."""
        return self.version if self.newest_version == self.refused_version else self.newest_version

    @property
    def is_filed_by_filter(self) -> bool:
        """Whether the spam filter filed it as spam, and no moderator said so."""
        return self.status == self.Status.SPAM and not self.learned_as

    @property
    def lesson(self) -> tuple[str, str]:
        """What the spam filter learned from it: a text, and as what; `comments.spam.relearn`."""
        return self.text, self.learned_as

    @property
    def newest_wording(self) -> Version:
        """The wording that was written last."""
        return self.wording(self.newest_version)

    @property
    def offered_wording(self) -> Version:
        """The wording that an approval would show."""
        return self.wording(self.offered_version)

    def wording(self, number: int) -> Version:
        """One wording by its number; not saved where it is the one in this row."""
        if number == self.version:
            return Version(comment=self, number=number, name=self.name, text=self.text)
        return self.versions.get(number=number)

    @property
    def changeable_columns(self) -> dict[str, Any]:
        """What a decision changes, as JSON."""
        return {
            "status": self.status,
            "version": self.version,
            "refused_version": self.refused_version,
            "learned_as": self.learned_as,
            "decided_at": self.decided_at and self.decided_at.isoformat(),
            "waiting_since": self.waiting_since and self.waiting_since.isoformat(),
        }

    def restore_columns(self, columns: dict[str, Any]) -> None:
        """Take over (not yet saved) what `changeable_columns` gave; the wording is not among it."""
        self.status = columns["status"]
        self.refused_version = columns["refused_version"]
        self.learned_as = columns["learned_as"]
        for name in ("decided_at", "waiting_since"):
            setattr(self, name, columns[name] and datetime.fromisoformat(columns[name]))

    def locked(self) -> Comment:
        """The row as it is now, held until the transaction ends; the clock is read after this."""
        return Comment.objects.select_for_update(no_key=True).get(pk=self.pk)
