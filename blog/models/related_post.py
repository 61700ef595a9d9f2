"""What an editor chose to be read after a post, in order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RelatedPostManager(models.Manager["RelatedPost"]):
    def get_by_natural_key(self, uid: str, related: str) -> RelatedPost:
        """The choice that a fixture names by its two posts."""
        return self.get(post__uid=uid, related__uid=related)


class RelatedPost(models.Model):
    """One post that an editor chose to be read after another."""

    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="related")
    related = models.ForeignKey(
        "blog.Post", verbose_name=_("post"), on_delete=models.CASCADE, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = RelatedPostManager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "related"], name="blog_relatedpost_once_a_post"
            ),
            models.UniqueConstraint(
                fields=["post", "position"], name="blog_relatedpost_position_once_a_post"
            ),
            models.CheckConstraint(
                condition=~Q(post=models.F("related")), name="blog_relatedpost_never_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.related}"

    def natural_key(self) -> tuple[str, str]:
        """What names this choice in a fixture."""
        return (str(self.post.uid), str(self.related.uid))
