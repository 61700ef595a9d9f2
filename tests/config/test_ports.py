"""A port is ours alone, from before the server opens it."""

import contextlib
import socket

import pytest

from config.ports import HOST, NoPortError, reserve
from tests.running_site import free_port


def test_two_starts_at_the_same_instant_get_two_ports() -> None:
    first = reserve(free_port())

    second = reserve(first.port)

    assert second.port > first.port
    first.holder.close()
    second.holder.close()


def test_server_that_shares_its_port_can_open_the_reserved_one() -> None:
    reservation = reserve(free_port())

    with socket.create_server((HOST, reservation.port), reuse_port=True):
        socket.create_connection((HOST, reservation.port), timeout=5).close()

    reservation.holder.close()


def test_port_can_be_used_again_at_once_after_a_server_closed_its_connections() -> None:
    port = free_port()
    with socket.create_server((HOST, port)) as server:
        reader = socket.create_connection((HOST, port))
        server.accept()[0].close()
        reader.close()

    reservation = reserve(port)

    assert reservation.port == port
    reservation.holder.close()


def test_no_port_is_left_beyond_the_last() -> None:
    with socket.socket() as last:
        # Taken by us, or by another program already: it is taken.
        with contextlib.suppress(OSError):
            last.bind((HOST, 65_535))

        with pytest.raises(NoPortError):
            reserve(65_535)
