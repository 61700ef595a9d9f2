"""Robots at the real server: they publish nothing and lose nothing, and readers notice nothing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from statistics import median
from typing import Any

import pytest

from comments.intake.limits import LIMITS, Action
from comments.spam.arrival import QUICKEST_SECONDS
from tests.running_site import Environment, RunningSite, own_database, running_site
from tests.visitors import Answer, Visitor

pytestmark = pytest.mark.long

ARTICLE = "/blog/magnesium-voor-het-slapengaan/"
FORM = f"{ARTICLE}reageren/"

# At least so many forms, for at least so long.
FLOOD = 10
SECONDS_OF_FLOOD = 3
REPLAYS = 50
CALM_READINGS = 20
# Readers may wait so many times what they wait on a calm day, or half a second.
SLOWER = 5
SECONDS_TO_READ = 0.5

NUMBERS = count(1)


def words() -> str:
    """What nobody else says, and nobody would take for spam."""
    return f"Ik loop nu elke avond een rondje door het park, voor de {next(NUMBERS)}e keer."


@dataclass
class Sent:
    """A form that was sent, and what came back."""

    kind: str
    text: str
    answer: Answer


@dataclass
class Attack:
    """What robots sent, what readers got meanwhile, and what is there afterwards."""

    before: str
    calm: list[float]
    sent: list[Sent] = field(default_factory=list)
    readings: list[tuple[float, Answer]] = field(default_factory=list)
    after: str = ""
    # By the address of its receipt.
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Sent]:
        """What one kind of robot sent."""
        return [sent for sent in self.sent if sent.kind == kind]


@pytest.fixture(scope="module")
def environment() -> Iterator[Environment]:
    """A proxy before the site says from which network somebody comes."""
    with own_database() as environment:
        yield environment | {"TRUSTED_PROXIES": "127.0.0.1"}


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, environment: Environment
) -> Iterator[RunningSite]:
    """The example site under the production server."""
    folder = tmp_path_factory.mktemp("robots")
    with running_site(folder, "--demo", environment=environment) as site:
        yield site


def kept_comments(site: RunningSite) -> dict[str, dict[str, Any]]:
    """What the database holds of the comments that visitors sent, by the address of the receipt."""
    python = """
import json
from comments.models import Comment
print(json.dumps({
    comment.receipt_url: {
        "text": comment.text,
        "status": comment.status,
        "signals": [finding["signal"] for finding in comment.spam_findings],
    }
    for comment in Comment.objects.exclude(key=None)
}))
"""
    kept: dict[str, dict[str, Any]] = json.loads(site.shell(python))
    return kept


# --- The robots -----------------------------------------------------------------------------------


def fills_everything(robot: Visitor) -> Iterator[Sent]:
    """It fills in every field of the page's form that one can type in, also what nobody sees."""
    for _each in range(5):
        form = robot.get(ARTICLE).form
        text = words()
        typed = {name: "Kees" for name in form if name != "formulier"}
        form |= typed | {"mailadres": "kees@example.org", "tekst": text}
        yield Sent("fills everything", text, robot.post(FORM, **form))


def never_looks(robot: Visitor) -> Iterator[Sent]:
    """It knows where the form leads and what the fields are called, and opens no page."""
    for _each in range(5):
        text = words()
        yield Sent("never looks", text, robot.post(FORM, naam="Kees", tekst=text))


def replays(robots: list[Visitor], form: dict[str, Any]) -> Iterator[Sent]:
    """It sends a form that was made for one visitor again and again."""
    for robot in robots:
        text = words()
        answer = robot.post(FORM, **(form | {"naam": "Kees", "tekst": text}))
        yield Sent("replays", text, answer)


def hurries(robot: Visitor) -> Iterator[Sent]:
    """It sends a form that was made for one visitor as soon as it has it."""
    for _each in range(3):
        form, text = robot.get(FORM).form, words()
        answer = robot.post(FORM, **(form | {"naam": "Kees", "tekst": text}))
        yield Sent("hurries", text, answer)


def floods(robot: Visitor) -> Iterator[Sent]:
    """It sends the page's form as fast as it can."""
    form = robot.get(ARTICLE).form
    deadline = time.monotonic() + SECONDS_OF_FLOOD
    for number in count():
        if number >= FLOOD and time.monotonic() > deadline:
            return
        text = words()
        answer = robot.post(FORM, **(form | {"naam": "Kees", "tekst": text}))
        yield Sent("floods", text, answer)


# --- With every comment read first ----------------------------------------------------------------


@pytest.fixture(scope="module")
def attack(site: RunningSite) -> Attack:
    """All robots at once, while somebody reads the article."""
    reader = Visitor(site.url, "192.0.2.1")
    calm = [timed(reader)[0] for _each in range(CALM_READINGS)]
    attack = Attack(before=reader.get(ARTICLE).body, calm=calm)
    replayer = Visitor(site.url, "203.0.113.3")
    form = replayer.get(FORM).form
    robots: list[Callable[[], Iterator[Sent]]] = [
        lambda: fills_everything(Visitor(site.url, "198.51.100.1")),
        lambda: never_looks(Visitor(site.url, "10.0.2.1", headers={})),
        lambda: replays([replayer] * REPLAYS, form),
        *(lambda: floods(Visitor(site.url, "203.0.114.4")) for _each in range(3)),
    ]
    over = threading.Event()

    def read_on() -> None:
        while not over.is_set():
            attack.readings.append(timed(reader))

    with ThreadPoolExecutor(max_workers=len(robots) + 1) as pool:
        reading = pool.submit(read_on)
        try:
            for sent in pool.map(lambda robot: list(robot()), robots):
                attack.sent.extend(sent)
        finally:
            over.set()
        reading.result()
    attack.after = reader.get(ARTICLE).body
    attack.kept = kept_comments(site)
    return attack


def timed(reader: Visitor) -> tuple[float, Answer]:
    """How many seconds it takes to open the article, and what comes."""
    begun = time.perf_counter()
    answer = reader.get(ARTICLE)
    return time.perf_counter() - begun, answer


def test_robots_publish_nothing(attack: Attack) -> None:
    assert attack.after == attack.before
    assert {sent.kind for sent in attack.sent} == {
        "fills everything",
        "never looks",
        "replays",
        "floods",
    }
    assert all(comment["status"] in {"pending", "spam"} for comment in attack.kept.values())


def test_no_word_that_a_robot_sent_is_lost(attack: Attack, site: RunningSite) -> None:
    reader = Visitor(site.url, "192.0.2.1")
    for sent in attack.sent:
        if sent.answer.status == 302:
            assert attack.kept[sent.answer.leads_to]["text"] == sent.text
            receipt = reader.get(sent.answer.leads_to)
            assert (receipt.status, sent.text in receipt.body) == (200, True)
        else:
            assert sent.answer.status == 429
            assert sent.answer.form["tekst"] == [sent.text]
    receipts = [sent.answer.leads_to for sent in attack.sent if sent.answer.status == 302]
    assert sorted(receipts) == sorted(attack.kept)


def test_one_network_gets_no_more_comments_in_than_its_share(attack: Attack) -> None:
    most = LIMITS[Action.COMMENT][0].most
    for kind in ("replays", "floods"):
        taken = [sent for sent in attack.of(kind) if sent.answer.status == 302]
        # Twice where the count began anew halfway.
        assert most <= len(taken) <= 2 * most
        assert len(attack.of(kind)) > 2 * most


def test_readers_are_served_while_robots_send(attack: Attack) -> None:
    assert len(attack.readings) > 5
    assert {answer.status for _seconds, answer in attack.readings} == {200}
    assert {answer.body for _seconds, answer in attack.readings} == {attack.before}
    waited = median(seconds for seconds, _answer in attack.readings)
    assert waited <= max(SLOWER * median(attack.calm), SECONDS_TO_READ)


def test_moderators_are_told_what_gave_a_robot_away(attack: Attack) -> None:
    reasons = {
        kind: [
            set(attack.kept[sent.answer.leads_to]["signals"])
            for sent in attack.of(kind)
            if sent.answer.status == 302
        ]
        for kind in ("fills everything", "never looks", "replays")
    }

    assert all("trap" in signals for signals in reasons["fills everything"])
    assert all(signals >= {"unseen_page", "unknown_origin"} for signals in reasons["never looks"])
    assert ["used_form" in signals for signals in reasons["replays"]].count(False) == 1


def test_robots_leave_no_error_on_the_terminal(attack: Attack, site: RunningSite) -> None:
    assert "Traceback" not in site.output
    assert "Error" not in site.output


def test_form_that_comes_over_many_connections_at_once_is_one_comment(
    attack: Attack, site: RunningSite
) -> None:
    visitor, text = Visitor(site.url, "203.0.117.1"), words()
    form = visitor.get(FORM).form | {"naam": "Kees", "tekst": text}

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(lambda _click: visitor.post(FORM, **form), range(8)))

    kept = kept_comments(site)
    receipts = [receipt for receipt, comment in kept.items() if comment["text"] == text]
    assert len(receipts) == 1
    assert {answer.leads_to for answer in answers} == set(receipts)


# --- With none read first -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unread(site: RunningSite, attack: Attack) -> Iterator[Attack]:
    """Robots on a site that holds only what is suspicious; the first replay is no replay yet."""
    choose(site, moderation="none")
    reader = Visitor(site.url, "192.0.2.1")
    attack = Attack(before=reader.get(ARTICLE).body, calm=[])
    form, made_at = reader.get(FORM).form, time.monotonic()
    attack.sent.extend(fills_everything(Visitor(site.url, "198.51.101.1")))
    attack.sent.extend(never_looks(Visitor(site.url, "10.0.3.1", headers={})))
    attack.sent.extend(hurries(Visitor(site.url, "203.0.115.3")))
    time.sleep(max(0, made_at + QUICKEST_SECONDS + 0.1 - time.monotonic()))
    networks = [Visitor(site.url, f"10.1.{number}.1") for number in range(REPLAYS)]
    attack.sent.extend(replays(networks, form))
    attack.after = reader.get(ARTICLE).body
    attack.kept = kept_comments(site)
    yield attack
    choose(site, moderation="all")


def choose(site: RunningSite, *, moderation: str) -> None:
    """Set which comments wait for a moderator."""
    python = f"""
from blog.models import SiteSettings
SiteSettings.objects.update(moderation="{moderation}")
"""
    site.shell(python)


def test_form_that_was_sent_once_is_placed_where_none_is_read_first(unread: Attack) -> None:
    first = unread.of("replays")[0]

    assert unread.kept[first.answer.leads_to]["status"] == "approved"
    assert first.text in unread.after
    assert first.text not in unread.before


@pytest.mark.parametrize(
    ("kind", "signal"),
    [
        ("fills everything", "trap"),
        ("never looks", "unseen_page"),
        ("hurries", "speed"),
        ("replays", "used_form"),
    ],
)
def test_robot_is_held_with_its_reason_where_none_is_read_first(
    unread: Attack, kind: str, signal: str
) -> None:
    sent = unread.of(kind)
    held = sent[1:] if kind == "replays" else sent

    for each in held:
        comment = unread.kept[each.answer.leads_to]
        assert (comment["text"], comment["status"]) == (each.text, "pending")
        assert signal in comment["signals"]
        assert each.text not in unread.after


def test_held_comment_of_a_robot_is_not_placed_by_an_edit(
    unread: Attack, site: RunningSite
) -> None:
    robot = Visitor(site.url, "203.0.116.3")
    held = [unread.of(kind)[-1] for kind in ("fills everything", "hurries", "replays")]
    for sent in held:
        edit = f"{sent.answer.leads_to}wijzigen/"
        edited = words()
        form = robot.get(ARTICLE).form | {"naam": "Kees", "tekst": edited}

        answer = robot.post(edit, **form)

        assert answer.leads_to == sent.answer.leads_to
        assert edited not in robot.get(ARTICLE).body
