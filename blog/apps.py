from functools import partial
from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self) -> None:
        for signal in (post_save, post_delete):
            signal.connect(author_came_or_went, sender="authors.Author")
        post_save.connect(settings_saved, sender="blog.SiteSettings")
        post_save.connect(admin_logged, sender="admin.LogEntry")


def author_came_or_went(instance: Any, *, created: bool = True, **kwargs: Any) -> None:
    """Let the texts that name this author link to their page, or no longer."""
    from blog.stored_renderings import follow_author_links

    # After a deletion nobody says `created`.
    if created:
        transaction.on_commit(partial(follow_author_links, instance.slug))


def settings_saved(**kwargs: Any) -> None:
    """Let the live texts say which links lead to our own shops."""
    from blog.stored_renderings import follow_shops

    transaction.on_commit(follow_shops)


def admin_logged(**kwargs: Any) -> None:
    """Keep what the admin says of itself for longer than its account."""
    from blog.log import copy_entry

    copy_entry(**kwargs)
