"""The Dutch words that the conventions themselves put on a page.

They belong to the content, which is Dutch, and not to the interface: so they are no msgids.
"""

KEY_POINTS = "In het kort"
OF = "van"
SECTION_LINK = "Link naar dit deel"
SOURCE = "Bron"
TABLE = "Tabel"

# What an editor may type in bold at the start of a blockquote -> kind of callout and its label.
# A question only counts with its mark: without, it is the start of a sentence.
CALLOUTS = {
    "wist je dat?": ("fact", "Wist je dat?"),
    "let op": ("warning", "Let op"),
    "let op:": ("warning", "Let op"),
    "let op!": ("warning", "Let op"),
    "wanneer naar je huisarts?": ("care", "Wanneer naar je huisarts?"),
}
