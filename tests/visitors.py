"""Visitors of a running site, over HTTP and without a browser: people, and robots."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.pages import form_values, parse, with_id

SECONDS_TO_WAIT = 30

FORM = "reactieformulier"
# A form in a page of the site itself, as browsers say it.
BROWSER = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answer:
    """What a visitor got."""

    status: int
    body: str
    headers: http.client.HTTPMessage

    @property
    def leads_to(self) -> str:
        """The path to which it leads; empty when it leads nowhere."""
        return urlsplit(self.headers.get("Location", "")).path

    @property
    def form(self) -> dict[str, Any]:
        """What a browser would send of the form for a comment in this page, as it stands."""
        return form_values(with_id(parse(self.body), FORM))


@dataclass(frozen=True)
class Visitor:
    """Somebody at one address of the internet, as a proxy before the site says it."""

    site: str
    address: str
    headers: dict[str, str] = field(default_factory=lambda: dict(BROWSER))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, **fields: Any) -> Answer:
        """Send a form, without following where the answer leads."""
        return self._ask("POST", path, urlencode(fields, doseq=True))

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        """One request on a connection of its own; OSError or HTTPException when no answer came."""
        headers = self.headers | {"X-Forwarded-For": self.address}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(urlsplit(self.site).netloc, timeout=SECONDS_TO_WAIT)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            return Answer(response.status, text, response.headers)
        finally:
            connection.close()
