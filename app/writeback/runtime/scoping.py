"""Which records an act on a grid means: what the grid shows, without what was taken out, or some rows.

Must not: read records.
"""

from writeback.planning.segment_writing import join_parts, write_marks, write_words
from writeback.runtime.windowing import Filter


def segment_text(what: Filter) -> str:
    """Give everything that a grid's filter says as one segment's text; '' is every record."""
    words = what.words.strip()
    return join_parts((what.text, write_words(words) if words else "", write_marks(what.marks)))
