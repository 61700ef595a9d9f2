"""Measures the spam filter on invented comments that it did not learn from.

    python -m benchmarks.spam

Held is what a moderator looks at with a reason beside it; filed is what goes to the spam folder.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from time import process_time

TIMES = 50
HEADS = ("spam held", "spam filed", "genuine held", "genuine filed")


def main() -> int:
    """Print the figures of the base alone and after learning; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DATABASE_URL": "sqlite://:memory:"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        prepare()
        return measure()


def prepare() -> None:
    """An empty site in memory."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def measure() -> int:
    """Judge the half that is held back, before and after learning the other one."""
    from comments.models import TEXT_LENGTH
    from tests.comments.spam.corpus import Figures, figures, halves, judged, learn_from

    def row(name: str, found: Figures) -> str:
        shares = (found.spam_held, found.spam_filed, found.genuine_held, found.genuine_filed)
        return f"| {name} | {' | '.join(f'{share:.1%}' for share in shares)} |"

    learning, held_back = halves()
    print(f"{len(held_back.spam)} spam and {len(held_back.genuine)} genuine comments, held back\n")
    print(f"| filter | {' | '.join(HEADS)} |")
    print("| --- | --- | --- | --- | --- |")
    print(row("base alone", figures(held_back)))
    learn_from(learning)
    learned = figures(held_back)
    print(row("after learning", learned))

    short, long = held_back.genuine[0], " ".join(held_back.genuine)[:TEXT_LENGTH]
    print(f"\nA verdict takes {milliseconds(judged, short):.1f} ms of processor time,", end=" ")
    print(f"{milliseconds(judged, long):.1f} ms for the longest text.")
    return 0 if learned.are_good else 1


def milliseconds(judged: Callable[[str], object], text: str) -> float:
    """The processor time of one verdict."""
    start = process_time()
    for _ in range(TIMES):
        judged(text)
    return 1_000 * (process_time() - start) / TIMES


if __name__ == "__main__":
    sys.exit(main())
