"""Finds a free port on this machine and keeps it free until the server has it."""

import errno
import socket
import sys
from dataclasses import dataclass

HOST = "127.0.0.1"
ATTEMPTS = 50


class NoPortError(Exception):
    """No port in the neighbourhood can be used; the cause is the operating system's own error."""


@dataclass(frozen=True)
class Reservation:
    """A port that is ours for as long as this object lives."""

    port: int
    holder: socket.socket


def reserve(first: int) -> Reservation:
    """The first free port from this one on."""
    error: OSError | None = None
    for port in range(first, min(first + ATTEMPTS, 65_536)):
        try:
            return Reservation(port, _hold(port))
        except OSError as refusal:
            error = refusal
            if refusal.errno != errno.EADDRINUSE:
                break
    raise NoPortError from error


def _hold(port: int) -> socket.socket:
    holder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # Connections of a server that has just stopped linger for a minute; they may.
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        holder.bind((HOST, port))
    except OSError:
        holder.close()
        raise
    if sys.platform == "linux":
        # granian opens its port for sharing, so that two servers would quietly divide the readers
        # of one address. Once we have the port alone, our socket allows that sharing, and by not
        # allowing anything else it keeps every later `reserve` away.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    else:
        holder.close()
    return holder
