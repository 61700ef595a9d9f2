"""Store the HTML of posts whose stored rendering is missing or older than the renderer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from blog.stored_renderings import render_outdated


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        count = render_outdated()
        if options["verbosity"] == 0:
            return
        self.stdout.write(
            ngettext("%(count)d post rendered.", "%(count)d posts rendered.", count)
            % {"count": count}
        )
