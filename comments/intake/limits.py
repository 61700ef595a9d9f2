"""How often one network may do something; counted by a hash that is gone with the day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.intake.networks import hash_of

TEN_MINUTES = timedelta(minutes=10)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)

# These may stand for all visitors: a network that we do not know, and this machine itself, when it
# runs a proxy that TRUSTED_PROXIES does not name. They may do ten times as much.
SHARED_BY_ALL = {"", "127.0.0.0/24", "::/48"}
EVERYBODY = 10

# One statement, so that two visitors of the same instant both count; the database locks the row.
COUNT_ONE_MORE = """
    INSERT INTO comments_attempt (network, "window", count) VALUES (%s, %s, 1)
    ON CONFLICT (network, "window") DO UPDATE SET count = comments_attempt.count + 1
    RETURNING count
"""


@dataclass(frozen=True)
class Limit:
    """So many times in so long."""

    most: int
    period: timedelta


class Action(Enum):
    """What is counted."""

    COMMENT = "comment"
    EDIT = "edit"
    REPORT = "report"
    MAIL = "mail"


# From the shortest period to the longest.
LIMITS = {
    Action.COMMENT: (Limit(10, TEN_MINUTES), Limit(60, A_DAY)),
    Action.EDIT: (Limit(30, TEN_MINUTES), Limit(200, A_DAY)),
    Action.REPORT: (Limit(10, AN_HOUR), Limit(30, A_DAY)),
    Action.MAIL: (Limit(5, AN_HOUR), Limit(15, A_DAY)),
}


class LimitError(Exception):
    """A network did something too often; after `retry_after` seconds it may again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after

    def __str__(self) -> str:
        message = _("Too much was sent from your internet connection. Wait %(wait)s and try again.")
        return message % {"wait": in_words(self.retry_after)}


@transaction.atomic
def take(action: Action, network: str) -> None:
    """Count that a network does this; raises LimitError where that is too often.

    Whoever is refused is not counted: the error undoes it.
    """
    now = timezone.now()
    for limit in LIMITS[action]:
        begun = beginning(limit.period, now)
        # The period is hashed too: ten minutes and a day may begin at the same moment.
        counter = hash_of(action.value, str(limit.period), network)
        if count_one_more(counter, begun) > most(limit, network):
            wait = begun + limit.period - now
            raise LimitError(math.ceil(wait.total_seconds()))


def beginning(period: timedelta, moment: datetime) -> datetime:
    """When the stretch of time began that holds this moment; a day begins at our midnight."""
    midnight = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return moment - (moment - midnight) % period


def most(limit: Limit, network: str) -> int:
    """How often a network may."""
    return limit.most * EVERYBODY if network in SHARED_BY_ALL else limit.most


def count_one_more(counter: str, begun: datetime) -> int:
    """Raise a counter by one, or begin it; its new value."""
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(begun)
        cursor.execute(COUNT_ONE_MORE, [counter, moment])
        (count,) = cursor.fetchone()
    return int(count)


def in_words(seconds: int) -> str:
    """A time to wait, never too short: 3 minutes, 2 hours."""
    minutes = -(-seconds // 60)
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = -(-minutes // 60)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
