"""A shell beside a running site: one process that runs every piece of code a test hands it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import django
from django.db import connections

SECONDS_TO_END = 20


class Shell:
    """The shell of the site that an environment describes; to be closed."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.shell"],
            cwd=Path(__file__).parents[1],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str) -> str:
        """What some lines print. They know no names of earlier lines, and their errors are ours."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{json.dumps(code)}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the shell has ended"
        printed, error = json.loads(line)
        assert not error, error
        return str(printed).strip()

    def close(self) -> None:
        """End it, in whatever it is."""
        try:
            self.process.communicate(timeout=SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()


def answer(code: str) -> tuple[str, str]:
    """What some lines print, and how they failed."""
    error = ""
    with redirect_stdout(StringIO()) as printed:
        try:
            exec(code, {})
        except (Exception, SystemExit):
            error = traceback.format_exc()
    return printed.getvalue(), error


def main() -> None:
    """Answer every line, until there are no more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # What other programs print, which these lines may start, is no answer.
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)
        django.setup()
        for line in sys.stdin:
            answers.write(f"{json.dumps(answer(json.loads(line)))}\n")
            answers.flush()
            connections.close_all()


if __name__ == "__main__":
    main()
