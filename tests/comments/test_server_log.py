"""What the site writes down beside its database names nobody: no address, no key, no hash."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.mail_server import MailServer, Manner, addresses_in, running_mail_server, text_of
from tests.running_site import Environment, RunningSite, own_database, running_site, wait_until
from tests.visitors import Answer, Visitor

pytestmark = pytest.mark.long

ARTICLE = "/blog/magnesium-voor-het-slapengaan/"
FORM = f"{ARTICLE}reageren/"
FEED = f"{ARTICLE}reacties/feed/"

ANNA, BRAM, CEES, EDITOR = (
    f"{name}.geheim@voorbeeld.nl" for name in ("anna", "bram", "cees", "redacteur")
)
NETWORKS = ["203.0.113.77", "2001:db8:77::1", "198.51.100.77"]
WORDS = "Ik zit nu in de ziektewet."
# How these three networks are written before they are hashed.
SHORTENED = ["203.0.113.0", "2001:db8:77::", "198.51.100.0"]

# What is no log: it holds what visitors sent, and is meant to.
KEPT_ON_PURPOSE = ("db.sqlite3", "media", "mail", "secret-key", "static")

EVERY_SECRET = """
import json
from comments.models import Attempt, Comment, EmailAddress, Link, Report, Submission
values = lambda model, name: [*filter(None, model.objects.values_list(name, flat=True))]
print(json.dumps({
    "addresses": values(EmailAddress, "email"),
    "receipts": values(Comment, "key"),
    "links": values(Link, "key"),
    "reports": values(Report, "key"),
    "hashes": values(Submission, "network") + values(Attempt, "network"),
    "fingerprints": values(Submission, "fingerprint"),
}))
"""


@dataclass(frozen=True)
class Told:
    """What a site printed, kept and showed while visitors did all that they can do."""

    secrets: dict[str, list[str]]
    printed: str
    printed_when_broken: str
    files: dict[str, str]
    pages: dict[str, str]

    def found_in(self, text: str) -> list[str]:
        """The kinds of secrets that stand in a text."""
        return [
            kind
            for kind, secrets in self.secrets.items()
            if any(secret in text for secret in secrets)
        ]


class Story:
    """Visitors and a moderator on a running site."""

    def __init__(self, site: RunningSite, mails: MailServer) -> None:
        self.site = site
        self.mails = mails
        self.anna, self.bram, self.cees = (Visitor(site.url, address) for address in NETWORKS)

    def approve(self) -> str:
        """Show all that waits to readers, and mail whom that concerns now; the first comment."""
        return self.site.shell(f"""
from django.contrib.auth.models import User
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from comments import moderation
from comments.models import Comment
editor = User.objects.get()
User.objects.update(email="{EDITOR}")
for comment in Comment.objects.waiting():
    moderation.approve(comment, by=editor, version=comment.newest_version)
DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
print(Comment.objects.exclude(key=None).earliest("pk").uid)
""")

    def wait_for_attempt_at(self, email: str) -> None:
        """Wait until a mail to this address was not taken."""
        self.site.shell(f"""
import time
from comments.models import Mail
deadline = time.monotonic() + 60
while not Mail.objects.filter(email__email="{email}").exclude(answer="").exists():
    assert time.monotonic() < deadline, "no mail was tried"
    time.sleep(0.1)
""")

    def link_in_mail(self, path: str) -> str:
        """The address on this site to which a mail led last, once such a mail has come."""
        found: list[str] = []

        def has_come() -> bool:
            lines = [line for mail in self.mails.taken for line in addresses_in(text_of(mail))]
            found[:] = [urlsplit(line).path for line in lines if path in line]
            return bool(found)

        wait_until(has_come)
        return found[-1]

    def send_and_change(self) -> tuple[str, str]:
        """Anna comments, confirms her address, changes her text, and asks for mail on replies."""
        sent = self.anna.post(FORM, naam="Anna", tekst="Ik slaap beter.", mailadres=ANNA)
        receipt = expect(sent, 302).leads_to
        expect(self.anna.get(receipt), 200)
        uid = self.approve()
        edit = {"naam": "Anna", "tekst": "Ik slaap een stuk beter."}
        expect(self.anna.post(f"{receipt}wijzigen/", **edit), 302)
        confirm = self.link_in_mail("/reacties/bevestigen/")
        expect(self.anna.get(confirm), 200)
        expect(self.anna.post(confirm), 200)
        expect(self.anna.post(confirm), 404)
        expect(self.anna.post(f"{receipt}mail/"), 302)
        self.approve()
        return receipt, uid

    def answer_and_report(self, uid: str) -> None:
        """Bram answers, and the mail server does not know him; Cees reports, and it hangs up."""
        self.mails.to_recipient = f"550 5.1.1 <{BRAM}> is unknown here"
        reply = {"naam": "Bram", "tekst": "Wat fijn voor je.", "op": uid, "mailadres": BRAM}
        expect(self.bram.post(FORM, **reply), 302)
        self.wait_for_attempt_at(BRAM)
        self.mails.to_recipient = "250 OK"
        self.mails.to_text = Manner.HANGS_UP
        expect(self.cees.post(FORM, naam="Cees", tekst="Wat handig.", mailadres=CEES), 302)
        self.wait_for_attempt_at(CEES)
        self.mails.to_text = "250 OK"
        report = f"/reacties/melden/{uid}/"
        expect(self.cees.get(report), 200)
        reported = expect(self.cees.post(report, grond="insult", toelichting=CEES), 302)
        expect(self.cees.get(reported.leads_to), 200)
        expect(self.cees.get(worn(reported.leads_to)), 404)
        self.approve()
        self.link_in_mail(ARTICLE)

    def use_links(self) -> None:
        """Anna asks what is kept of her, and stops our mails by one click."""
        expect(self.anna.post("/reacties/gegevens/", mailadres=ANNA), 302)
        data = self.link_in_mail("/reacties/gegevens/")
        expect(self.anna.get(data), 200)
        expect(self.anna.post(data), 200)
        expect(self.anna.get(worn(data)), 404)
        stop = self.link_in_mail("/reacties/stoppen/")
        expect(self.anna.post(stop, **{"List-Unsubscribe": "One-Click"}), 200)
        expect(self.anna.get(worn(stop)), 404)

    def go_wrong(self, receipt: str) -> None:
        """Everything that is refused."""
        for page in ("", "wijzigen/", "intrekken/", "wissen/", "mail/"):
            expect(self.bram.get(worn(receipt) + page), 404)
        form = {"naam": "Anna", "tekst": "Nog een keer.", "mailadres": ANNA}
        foreign = Visitor(self.site.url, NETWORKS[0], headers={"Sec-Fetch-Site": "cross-site"})
        expect(foreign.post(FORM, **form), 403)
        expect(foreign.post(f"{receipt}wissen/"), 403)
        expect(self.anna.post(FORM, **form | {"mailadres": f"{ANNA}@"}), 422)
        expect(self.anna.post(f"{receipt}mail/", mailadres=f"{ANNA}@"), 302)
        expect(self.anna.post(f"{receipt}wijzigen/", naam="", tekst=ANNA), 422)
        expect(self.anna.post(FORM, **form, **{f"{ANNA}{n}": "" for n in range(1_001)}), 400)
        # The server may hang up before it has all of this.
        with suppress(OSError):
            self.anna.post(FORM, **form | {"tekst": ANNA * 150_000})
        lost = Visitor(self.site.url, NETWORKS[0], headers={"Host": "www.example.com"})
        expect(lost.get(receipt), 400)
        # Enough, also where the count begins anew halfway.
        answers = [self.cees.post(FORM, naam="Cees", tekst=f"Nummer {n}.") for n in range(21)]
        assert {answer.status for answer in answers} == {302, 429}
        self.break_off(receipt)

    def break_off(self, receipt: str) -> None:
        """A visitor whose connection is lost halfway a form."""
        connection = http.client.HTTPConnection(urlsplit(self.site.url).netloc, timeout=10)
        connection.putrequest("POST", f"{receipt}wijzigen/")
        connection.putheader("Content-Type", "application/x-www-form-urlencoded")
        connection.putheader("Content-Length", "1000")
        connection.endheaders(f"naam=Anna&tekst={ANNA}".encode())
        connection.close()

    def break_the_site(self, receipt: str) -> None:
        """The database fails, and where it can it says over which row."""
        self.site.shell("""
from django.db import connection
cursor = connection.cursor()
for table in ("link", "report"):
    cursor.execute(f"ALTER TABLE comments_{table} RENAME TO gone_{table}")
if connection.vendor == "postgresql":
    for table in ("comment", "emailaddress"):
        cursor.execute(f"ALTER TABLE comments_{table} ADD CHECK (false) NOT VALID")
""")
        form = {"naam": "Anna", "tekst": f"Nog een keer.\r\n{WORDS}"}
        key = receipt.split("/")[2]
        answers = [
            self.anna.post(FORM, **form, mailadres=ANNA),
            self.bram.post(f"{receipt}mail/", mailadres=BRAM),
            self.anna.post(f"{receipt}intrekken/"),
            self.anna.post(f"{receipt}wissen/"),
            self.anna.get(f"/reacties/gegevens/{key}/"),
            self.anna.post(f"/reacties/stoppen/{key}/"),
            self.anna.get(f"/reacties/melding/{key}/"),
        ]
        assert {answer.status for answer in answers[2:]} <= {500, 503}


def expect(answer: Answer, status: int) -> Answer:
    """An answer that has to be of this kind."""
    assert answer.status == status, (answer.status, answer.body)
    return answer


def worn(address: str) -> str:
    """A private address of which one sign changed on the way."""
    start, key = address.rstrip("/").rsplit("/", 1)
    return f"{start}/{'b' if key[0] == 'a' else 'a'}{key[1:]}/"


@pytest.fixture(scope="module")
def environment() -> Iterator[Environment]:
    """A proxy before the site says from which network somebody comes."""
    with own_database() as environment:
        yield environment | {"TRUSTED_PROXIES": "127.0.0.1"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, environment: Environment) -> Told:
    """A site on which all this happened, and which has stopped."""
    folder = tmp_path_factory.mktemp("told")
    with running_mail_server() as mails:
        environment = environment | {"SMTP_URL": mails.url}
        with running_site(folder, "--demo", environment=environment) as site:
            story = Story(site, mails)
            receipt, uid = story.send_and_change()
            story.answer_and_report(uid)
            story.use_links()
            story.go_wrong(receipt)
            pages = {path: story.anna.get(path).body for path in (ARTICLE, "/", FEED)}
            secrets = json.loads(story.site.shell(EVERY_SECRET))
            printed = site.output
            story.break_the_site(receipt)
    secrets |= {"editor": [EDITOR], "networks": [*NETWORKS, *SHORTENED]}
    return Told(
        secrets=secrets,
        printed=printed,
        printed_when_broken=site.output.removeprefix(printed),
        files=files_in(folder),
        pages=pages,
    )


def files_in(folder: Path) -> dict[str, str]:
    """What stands in every file that the site made for itself."""
    return {
        str(file.relative_to(folder)): file.read_text(encoding="utf-8", errors="replace")
        for file in folder.rglob("*")
        if file.is_file() and not str(file.relative_to(folder)).startswith(KEPT_ON_PURPOSE)
    }


def test_there_is_something_of_each_kind_to_keep_secret(told: Told) -> None:
    assert {kind for kind, secrets in told.secrets.items() if not secrets} == set()
    assert {ANNA, BRAM, CEES} <= set(told.secrets["addresses"])
    assert "Ik slaap een stuk beter." in told.pages[ARTICLE]
    assert "Ik slaap een stuk beter." in told.pages[FEED]


def test_terminal_names_nobody(told: Told) -> None:
    assert "Ctrl-C" in told.printed
    assert told.found_in(told.printed) == []


def test_terminal_names_nobody_when_the_site_breaks(told: Told) -> None:
    assert "Traceback" in told.printed_when_broken
    assert "Internal Server Error: /reacties/" in told.printed_when_broken
    assert WORDS not in told.printed_when_broken
    assert told.found_in(told.printed_when_broken) == []


def test_files_beside_the_database_name_nobody(told: Told) -> None:
    without_the_terminal = {
        name: text for name, text in told.files.items() if not name.startswith("terminal-")
    }
    assert {name for name, text in without_the_terminal.items() if told.found_in(text)} == set()


@pytest.mark.parametrize("path", [ARTICLE, "/", FEED])
def test_public_page_names_nobody(told: Told, path: str) -> None:
    assert "</" in told.pages[path]
    assert told.found_in(told.pages[path]) == []
