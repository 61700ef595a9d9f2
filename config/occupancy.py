"""One server to a data folder: whoever holds the lock file is at home there."""

import fcntl
from pathlib import Path
from typing import TextIO

LOCK_NAME = "server.lock"


class OccupiedError(Exception):
    """Another server runs on this folder; `address` is where, once it is known."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def move_in(folder: Path) -> TextIO:
    """Take the folder for as long as the returned file is open in this process or a child."""
    # Opened for appending: the address of who is there must survive our looking.
    lock = (folder / LOCK_NAME).open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        address = lock.read().strip()
        lock.close()
        raise OccupiedError(address) from error
    lock.truncate(0)
    return lock


def put_up_address(lock: TextIO, address: str) -> None:
    """Tell whoever finds the folder taken where to look."""
    lock.write(address)
    lock.flush()
