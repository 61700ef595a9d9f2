"""Who wrote a post, in the order in which they are named."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from authors.models import Author


class BylineManager(models.Manager["Byline"]):
    def get_by_natural_key(self, uid: str, author: str) -> Byline:
        """The byline that a fixture names by its post and author."""
        return self.get(post__uid=uid, author__slug=author)


class Byline(models.Model):
    """One author's place above a post."""

    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author, verbose_name=_("author"), on_delete=models.PROTECT, related_name="bylines"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = BylineManager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "author"], name="blog_byline_author_once_a_post"
            ),
            models.UniqueConstraint(
                fields=["post", "position"], name="blog_byline_position_once_a_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author} · {self.post}"

    def natural_key(self) -> tuple[str, str]:
        """What names this byline in a fixture."""
        return (str(self.post.uid), self.author.slug)
