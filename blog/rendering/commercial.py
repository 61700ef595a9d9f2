"""Links that somebody earns from: to our own shops, through affiliate networks, in a paid text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from unicodedata import normalize
from urllib.parse import parse_qs, unquote, urlsplit

from markdown_it.token import Token

from blog.rendering.addresses import SKIPPED_BY_BROWSERS
from blog.rendering.result import Known

# What search engines read as: somebody earns from this link.
SPONSORED = "sponsored"

# Hosts through which networks count who sends them buyers, each with all its subdomains.
AFFILIATE_HOSTS = (
    # Awin
    *("awin1.com", "zenaps.com"),
    # TradeTracker
    "tradetracker.net",
    # Daisycon
    *("bdt9.net", "daisycon.io", "ds1.nl", "dt51.net", "fr135.net"),
    *("jf79.net", "lt45.net", "ndt5.net"),
    # bol
    *("partner.bol.com", "partnerprogramma.bol.com"),
    # Amazon
    "amzn.to",
    # Tradedoubler
    "tradedoubler.com",
    # CJ
    *("anrdoezrs.net", "dpbolvw.net", "emjcd.com", "jdoqocy.com", "kqzyfj.com", "tkqlhce.com"),
    # Rakuten, Partnerize, Impact, Skimlinks, ShareASale
    *("click.linksynergy.com", "prf.hn", "pxf.io", "sjv.io", "go.skimresources.com"),
    *("shareasale.com", "shareasale-analytics.com"),
)
AMAZON = re.compile(r"(?:.+\.)?amazon\.(?:com?\.)?[a-z]{2,3}")
# Browsers take any number of slashes here, of either kind, also none.
WEB = re.compile(r"https?:[/\\]*", re.IGNORECASE)


def is_affiliate_link(address: str) -> bool:
    """Whether somebody is paid when a reader buys something after following this address."""
    host = host_of(address)
    if AMAZON.fullmatch(host):
        return "tag" in parse_qs(urlsplit(address).query)
    return is_at(host, AFFILIATE_HOSTS)


def is_shop_link(address: str, hosts: Collection[str]) -> bool:
    """Whether this address leads to one of these hosts, or to a subdomain of one."""
    return is_at(host_of(address), hosts)


def host_of(address: str) -> str:
    """The host that a web address leads to; empty for a place on this site, or for mail."""
    # A host may be written in codes ("%77" is a w) and in the wide letters and stops of Asia.
    address = normalize("NFKC", unquote(SKIPPED_BY_BROWSERS.sub("", address))).replace(
        "\u3002", "."
    )
    scheme = WEB.match(address)
    if not scheme:
        return ""
    try:
        host = urlsplit(f"//{address[scheme.end() :]}").hostname
    except ValueError:
        # Such as "https://[1": a link that opens nothing.
        return ""
    return (host or "").rstrip(".")


def is_at(host: str, hosts: Collection[str]) -> bool:
    """Whether a host is one of these, or lies below one."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in hosts for start in range(len(labels)))


def mark_commercial_links(blocks: Iterable[list[Token]], known: Known) -> None:
    """Tell search engines which links of some running text somebody earns from."""
    for children in blocks:
        links = [token for token in children if token.tag == "a" and token.nesting == 1]
        for link in links:
            if is_commercial(str(link.attrs.get("href", "")), known):
                link.attrs["rel"] = SPONSORED


def is_commercial(address: str, known: Known) -> bool:
    """Whether somebody earns from this link, in this text."""
    host = host_of(address)
    is_paid = known.paid and host not in ("", known.own_host)
    return is_paid or is_shop_link(address, known.shop_hosts) or is_affiliate_link(address)
