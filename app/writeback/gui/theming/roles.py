"""How a model tells a painter to dress a cell: roles beyond Qt's own."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

STATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The state of a value: '', draft, saving, queued, sent, refused, conflict, unknown."""
TONE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The colour token of the text; '' is the usual one."""
PICTURE_ROLE = Qt.ItemDataRole.UserRole + 3
"""The icon before the text."""
KIND_ROLE = Qt.ItemDataRole.UserRole + 4
"""The attribute type, for the editor."""
OPTIONS_ROLE = Qt.ItemDataRole.UserRole + 5
"""The allowed values, for the editor."""
CHIP_ROLE = Qt.ItemDataRole.UserRole + 6
"""The colour token of a chip that the text is painted as; '' is no chip."""
LOCK_ROLE = Qt.ItemDataRole.UserRole + 7
"""Why the cell cannot be edited; '' is: it can."""
STRUCK_ROLE = Qt.ItemDataRole.UserRole + 8
"""The text is struck out: what it says goes away."""

DRESS_ROLE = Qt.ItemDataRole.UserRole + 9
"""All that the painter needs, as one `Dress`: one crossing into Python a cell instead of eight."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What a cell looks like."""

    text: str = "…"
    align: int = int(Qt.AlignmentFlag.AlignVCenter)
    state: str = ""
    tone: str = ""
    picture: str = ""
    chip: str = ""
    struck: bool = False


MARKS = {
    "draft": ("pencil", "draft", "draft"),
    "saving": ("clock", "muted", "not saved yet"),
    "queued": ("clock", "queued", "queued"),
    "sent": ("arrow-right", "accent", "sent, waiting for the answer"),
    "refused": ("refused", "refused", "refused"),
    "conflict": ("conflict", "conflict", "conflict"),
    "unknown": ("question", "unknown", "outcome unknown"),
    "automated": ("wand", "accent", "written, then changed by automation"),
}
"""State → icon, colour token, word: shape, colour and word always together."""
