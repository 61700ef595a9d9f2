"""Where the links and mail addresses in a text lead: written in full, bare, or in disguise."""

from __future__ import annotations

import re

# Endings by which a bare domain is known. Not among them are those that are Dutch words too
# (de, in, is, me, nu, om, to): many people write no space after a full stop.
ENDINGS = (
    "academy|agency|app|be|bet|biz|blog|bond|buzz|ca|casino|cc|ch|chat|click|cloud|club|cn|co|com|"
    "cyou|dating|dev|dk|es|eu|expert|finance|fit|fr|fun|gg|health|icu|info|io|ir|live|loan|ly|"
    "market|media|monster|net|news|nl|one|online|org|page|party|pl|pro|pw|ru|sbs|shop|site|space|"
    "store|su|support|team|tech|tk|today|top|tv|uk|us|vip|website|win|work|world|xyz"
)

# The longest domain that can be.
LONGEST = 253

# Each pattern begins where the one before it ended, or fails within 63 signs: none can be slow.
LINK = re.compile(
    rf"""
    (?:
        (?:https?://|\bwww\.)(?P<host>[^\s/?#<>"'()\[\]{{}}|\\^`,;]+)
        | (?<![\w@./:-])(?P<bare>(?:[\w-]{{1,63}}\.)+(?P<ending>{ENDINGS}))(?![\w@-]|\.\w)
    )
    (?:[/?\#][^\s<>"\[\]]*)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAIL = re.compile(r"@((?:[\w-]{1,63}\.)+[^\W\d_]{2,63})")

DISGUISES = [
    (re.compile(r"\bhxxp(s?)://", re.IGNORECASE), r"http\1://"),
    (re.compile(r"\s?[\[({]\s?(?:\.|dot|punt)\s?[\])}]\s?", re.IGNORECASE), "."),
    # Only “com”: “op dat punt nl.” and “een punt net” are plain Dutch.
    (re.compile(r"(?<=\w)\s(?:dot|punt)\s(?=com\b)", re.IGNORECASE), "."),
]


def undisguised(text: str) -> str:
    """The text with its links written as links: hxxp, [.], “dot com”."""
    for disguise, plain in DISGUISES:
        text = disguise.sub(plain, text)
    return text


def linked_domains(text: str) -> list[str]:
    """The domain of every link, in the order of the text."""
    found = (domain_in(match) for match in LINK.finditer(text))
    return [domain for domain in found if domain]


def domain_in(match: re.Match[str]) -> str:
    """The domain that a link leads to; empty for what only looks like a link."""
    bare, ending = match["bare"], match["ending"]
    # “geslapen.Top” is the beginning of a sentence.
    if bare and not (ending.islower() or bare.isupper()):
        return ""
    return plain_domain(match["host"] or bare)


def without_addresses(text: str) -> str:
    """The words beside the links and mail addresses."""
    words = LINK.sub(lambda match: " " if domain_in(match) else match[0], text).split()
    return " ".join(word for word in words if word.find("@") <= 0)


def mail_domains(text: str) -> list[str]:
    """The domain of every mail address in a text."""
    return [plain_domain(domain) for domain in MAIL.findall(text)]


def plain_domain(host: str) -> str:
    """A host name as it is compared: lower case, ASCII, without user, port and “www.”."""
    host = host.rpartition("@")[2].partition(":")[0].strip(".,:!?*_~-").casefold()
    host = host.removeprefix("www.")[:LONGEST]
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host
