"""Take away comments, addresses, reports, mails and hashes that are past their term."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from comments.privacy.retention import clean_up


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        counts = clean_up()
        if options["verbosity"] == 0:
            return
        for kind, count in asdict(counts).items():
            self.stdout.write(f"{kind}: {count}")
