"""Links to a section that was reworded keep landing on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches

# Comparing takes as long as the one number times the other; longer texts keep no earlier ids.
MOST_HEADINGS = 200


def carry_over(
    earlier: Mapping[str, str], *, old: Sequence[str], new: Sequence[str]
) -> dict[str, str]:
    """Which id of today every id of before leads to; ids of sections that went are dropped.

    `earlier` is the answer for the text of before, `old` and `new` are the ids of the headings in
    the order of the text, before and after the change.
    """
    successors = {identifier: identifier for identifier in new}
    successors |= reworded(old, new)
    chains = {before: successors.get(now) for before, now in earlier.items()}
    chains |= {before: successors.get(before) for before in old}
    return {before: now for before, now in chains.items() if now and before not in new}


def reworded(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """Headings that stand where others stood: as many as before, or else those that look alike."""
    if max(len(old), len(new)) > MOST_HEADINGS:
        return {}
    pairs: dict[str, str] = {}
    changes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    for _change, old_start, old_end, new_start, new_end in changes:
        before, after = old[old_start:old_end], new[new_start:new_end]
        if len(before) == len(after):
            pairs |= dict(zip(before, after, strict=True))
            continue
        for identifier in before:
            for match in get_close_matches(identifier, after, n=1):
                pairs[identifier] = match
    return {before: after for before, after in pairs.items() if before not in new}
