"""How the site's log is written."""

import logging
import re

# What follows is a key: whoever has it can do what its owner can.
PRIVATE_ADDRESS = re.compile(r"(/(?:reacties|voorbeeld)/)[^\s\"'?]+")
EMAIL_ADDRESS = re.compile(r"(?<!\S)[^\s@]++@\S+")
# PostgreSQL quotes the row or the statement, over several lines where a visitor wrote them.
QUOTED_ROW = re.compile(
    r"^(?:DETAIL|LINE \d+|CONTEXT):.*?(?=^The above exception|^During handling|\Z)",
    re.MULTILINE | re.DOTALL,
)


class DiscreetFormatter(logging.Formatter):
    """Writes nothing of what visitors gave us: no private address, no e-mail address, no row."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or the lines with a traceback."""
        lines = QUOTED_ROW.sub("…\n\n", super().format(record))
        return EMAIL_ADDRESS.sub("…", PRIVATE_ADDRESS.sub(r"\1…", lines))
