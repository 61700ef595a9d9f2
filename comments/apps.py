from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        pre_delete.connect(post_goes, sender="blog.Post")


def post_goes(instance: Any, **kwargs: Any) -> None:
    """Let the comments on a post go with it."""
    from comments.privacy.erasure import let_go_with

    let_go_with(instance)
