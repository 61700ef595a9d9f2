"""How often readers come to a redirect, or to an address at which nothing is.

An address is counted and never who came. The counts are gathered in the memory of the server and
written every ten seconds, so that a flood of wrong addresses holds up nobody who has to write.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from threading import Lock, Timer

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from blog.models import MissingAddress, Redirect
from blog.models.redirect import PATH_LENGTH

SECONDS_BETWEEN_WRITES = 10
# Different addresses between two writes, and missing addresses in the table.
MOST_AT_ONCE = 1_000
MOST_KEPT = 1_000
KEPT_FOR = timedelta(days=90)

Kind = type[Redirect] | type[MissingAddress]

logger = logging.getLogger(__name__)


class Hits:
    """What was counted and not yet written."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.counts: Counter[tuple[Kind, str]] = Counter()
        self.timer: Timer | None = None

    def count(self, kind: Kind, path: str) -> None:
        """Count one reader who came to an address, in its one form; takes no query."""
        if len(path) > PATH_LENGTH:
            return
        with self.lock:
            if (kind, path) in self.counts or len(self.counts) < MOST_AT_ONCE:
                self.counts[kind, path] += 1
            if self.timer is None:
                self.timer = Timer(SECONDS_BETWEEN_WRITES, self.write_beside_requests)
                # A server that stops loses the counts of its last seconds.
                self.timer.daemon = True
                self.timer.start()

    def write_beside_requests(self) -> None:
        """Write from a thread of its own; what the database does not take now is lost."""
        try:
            self.write()
        except DatabaseError as error:
            logger.error("Hits were not kept: %s", type(error).__name__)
        finally:
            connection.close()

    def write(self) -> None:
        """Add what was counted to the rows."""
        with self.lock:
            counts, self.counts, self.timer = self.counts, Counter(), None
        with transaction.atomic():
            for path, times in counts_of(Redirect, counts):
                add(Redirect, path, times)
            missing = dict(counts_of(MissingAddress, counts))
            known = MissingAddress.objects.filter(path__in=missing).values_list("path", flat=True)
            for path in known:
                add(MissingAddress, path, missing.pop(path))
            new = [MissingAddress(path=path, hits=times) for path, times in missing.items()]
            MissingAddress.objects.bulk_create(new, ignore_conflicts=True)
            kept = MissingAddress.objects.order_by("-hits", "-asked_at", "-pk")[:MOST_KEPT]
            MissingAddress.objects.exclude(pk__in=kept.values("pk")).delete()


def counts_of(kind: Kind, counts: Counter[tuple[Kind, str]]) -> Iterator[tuple[str, int]]:
    """The counts of one kind, by address."""
    return ((path, times) for (each, path), times in counts.items() if each is kind)


def add(kind: Kind, path: str, times: int) -> None:
    """Add to the count of one address that is there."""
    kind.objects.filter(path=path).update(hits=F("hits") + times, asked_at=timezone.now())


def forget_missing_addresses() -> None:
    """Delete what nobody asked for in a long time."""
    MissingAddress.objects.filter(asked_at__lte=timezone.now() - KEPT_FOR).delete()


hits = Hits()
