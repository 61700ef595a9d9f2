"""The Dutch words that the conventions themselves put on a page.

They belong to the content, which is Dutch, and not to the interface: so they are no msgids.
"""

OF = "van"
SOURCE = "Bron"
TABLE = "Tabel"

# What an editor may type in bold at the start of a blockquote -> kind of callout and its label.
# "Wist je dat" only counts with its question mark: without, it is the start of a sentence.
CALLOUTS = {
    "wist je dat?": ("fact", "Wist je dat?"),
    "let op": ("warning", "Let op"),
    "let op:": ("warning", "Let op"),
    "let op!": ("warning", "Let op"),
}
