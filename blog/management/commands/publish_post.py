"""Publish the newest draft of a post or page now, as an editor would.

Nothing is published that something stands in the way of; the exit status is 1 then.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F

from blog import clock, publishing
from blog.models import Revision


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the address of the draft")
        parser.add_argument("--by", required=True, help="the name of the account that publishes")

    def handle(self, *, slug: str, by: str, **options: Any) -> None:
        """Look both up, publish, and say where it is."""
        newest = Revision.objects.filter(pk=F("post__newest_revision"), post__deleted_at=None)
        drafts = newest.filter(snapshot__slug=slug).select_related("post")
        user = get_user_model()._default_manager.filter(username=by, is_active=True).first()
        if user is None:
            raise CommandError(f"No such account: {by}")
        if drafts.count() != 1:
            raise CommandError(f"There is not one draft with this address: {slug}")
        draft = drafts.get()
        try:
            post = publishing.publish(draft, by=user)
        except publishing.NotReadyError:
            obstacles = publishing.obstacles(draft.post, draft.content, at=clock.now())
            raise CommandError("\n".join(map(str, obstacles))) from None
        except publishing.PlanStandsError as refusal:
            raise CommandError(f"A change is planned: {refusal.plan}") from refusal
        except PermissionDenied as refusal:
            raise CommandError(f"This account may not publish: {by}") from refusal
        self.stdout.write(post.get_absolute_url())
