"""Export or erase what is kept of the owner of an e-mail address."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Erasure
from comments.privacy import visitor_data


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["export", "erase"])
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"]
        if options["act"] == "export":
            self.export(address)
        else:
            self.erase(address)

    def export(self, address: str) -> None:
        """Print all of it as JSON."""
        data = visitor_data.export(address)
        if not data:
            raise CommandError(_("We keep nothing with this address."))
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))

    def erase(self, address: str) -> None:
        """Erase all of it, and say how much it was."""
        count = visitor_data.erase(address, wish=Erasure.Wish.ADDRESS)
        self.stdout.write(
            ngettext("%(count)d comment erased.", "%(count)d comments erased.", count)
            % {"count": count}
        )
