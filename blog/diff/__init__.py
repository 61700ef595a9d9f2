"""What differs between two texts, word by word; no database and no models.

It marks words and never tags, so that HTML which was safe and valid stays so.
"""

from blog.diff.alignment import Effort
from blog.diff.figures import Figure, changed_figures
from blog.diff.rendering import Passage, RenderedDiff, compare_renderings
from blog.diff.source import ComparedLine, SourcePassage, compare_sources
from blog.diff.words import Piece, compare

__all__ = [
    "ComparedLine",
    "Effort",
    "Figure",
    "Passage",
    "Piece",
    "RenderedDiff",
    "SourcePassage",
    "changed_figures",
    "compare",
    "compare_renderings",
    "compare_sources",
]
