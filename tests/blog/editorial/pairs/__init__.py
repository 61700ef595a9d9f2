"""Pairs of posts: one that a check must flag, and one close to it that it must not.

They were written before the checks, but for those of `note_to_self`, which was split off later
and took one of `leftover` along, and the last ones of `tuning.toml`, which hold what was mended.
`tuning.toml` is what the checks were made with; `held_back.toml` was not looked at until they were
done.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from blog.content import Correction, PostContent
from blog.editorial import Finding, Known, findings
from blog.rendering import Target

SETS = ("tuning", "held_back")
HARMLESS = {
    "title": "Slapen met het raam open",
    "slug": "slapen-met-het-raam-open",
    "summary": "Hoe je met frisse lucht slaapt zonder dat het tocht of te koud wordt.",
    "body": "Een raam op een kier is vaak genoeg.\n",
    "theme": "slaap",
    "byline": ("mirjam",),
}
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Side:
    """One post of a pair, and what is known around it."""

    content: PostContent
    known: Known

    def found_by(self, check: str) -> list[Finding]:
        """What one check finds in it."""
        found = findings(self.content, self.known)
        return [finding for finding in found if finding.check == check]


@dataclass(frozen=True)
class Pair:
    """A post to flag and a post to leave alone, for one check."""

    check: str
    about: str
    flagged: Side
    clean: Side


def read_pairs(name: str) -> list[Pair]:
    """The pairs of one set."""
    data = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
    return [
        Pair(pair["check"], pair["about"], as_side(pair["flagged"]), as_side(pair["clean"]))
        for pair in data["pair"]
    ]


def as_side(data: Mapping[str, Any]) -> Side:
    """One side as the file has it; what it leaves out is harmless."""
    content = HARMLESS | {name: value for name, value in data.items() if name != "known"}
    content["theme"] = content["theme"] or None
    content["byline"] = tuple(content["byline"])
    content["corrections"] = tuple(Correction(**c) for c in content.get("corrections", ()))
    return Side(PostContent(**content), as_known(data.get("known", {})))


def as_known(data: Mapping[str, Any]) -> Known:
    """What is known around one side."""
    return Known(
        today=data.get("today", TODAY),
        targets={
            name: Target(f"/blog/{name.partition(':')[2]}/", public=state == "public")
            for name, state in data.get("targets", {}).items()
        },
        fragments={name: frozenset(ids) for name, ids in data.get("fragments", {}).items()},
        live_body=data.get("live_body"),
        shop_hosts=frozenset(data.get("shop_hosts", ())),
        is_page=data.get("is_page", False),
    )
