"""Where a form comes from: our own pages, and visitors behind a proxy told apart."""

from __future__ import annotations

import ipaddress
from http import HTTPStatus

import pytest
from django.test import Client
from pytest_django import Settings

from comments.models import Comment
from tests.comments.forms import send, shown
from tests.factories import create_post
from tests.pages import all_with_class, parse

pytestmark = pytest.mark.django_db


OWN = "http://testserver"


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "garbage"}, False),
        ({"sec-fetch-site": "cross-site", "origin": OWN}, False),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({}, True),
        ({"origin": "null"}, True),
        ({"origin": OWN}, True),
        ({"origin": "http://127.0.0.1:8000"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"origin": "http://evil.example/testserver"}, False),
        ({"origin": "http://testserver:8080"}, False),
        ({"origin": "garbage"}, False),
        ({"origin": "http://[broken"}, False),
        ({"origin": ""}, False),
    ],
    ids=str,
)
def test_form_is_taken_from_our_own_pages_only(
    client: Client, headers: dict[str, str], taken: bool
) -> None:
    response = send(client, create_post(), headers=headers)

    assert response.status_code == (302 if taken else HTTPStatus.FORBIDDEN)
    assert Comment.objects.count() == int(taken)


def test_refused_form_keeps_its_text(client: Client) -> None:
    response = send(
        client, create_post(), tekst="Van elders.", headers={"sec-fetch-site": "cross-site"}
    )

    assert shown(response)["tekst"] == ["Van elders."]
    assert all_with_class(parse(response.content), "error-summary")


@pytest.mark.parametrize("address", ["203.0.113.9, 10.0.0.2", "203.0.113.7"])
def test_visitors_behind_a_proxy_are_told_apart(
    client: Client, settings: Settings, address: str
) -> None:
    settings.TRUSTED_PROXIES = (ipaddress.ip_network("10.0.0.0/8"),)
    post = create_post()
    send(client, post, REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "198.51.100.3"})

    send(client, post, REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": address})

    assert Comment.objects.count() == 2


def test_header_of_a_visitor_is_not_believed(client: Client) -> None:
    post = create_post()
    for forwarded in ("198.51.100.3", "203.0.113.9"):
        send(client, post, REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})

    assert Comment.objects.count() == 1


@pytest.mark.parametrize("address", ["", "garbage", "fe80::1%eth0", "::1", "::ffff:192.0.2.1"])
def test_strange_address_loses_no_comment(client: Client, address: str) -> None:
    response = send(client, create_post(), REMOTE_ADDR=address)

    assert response.status_code == 302
