"""How a model tells a painter to dress a cell: roles beyond Qt's own."""

from collections import abc
from dataclasses import dataclass

from PySide6.QtCore import Qt

from writeback.gui.translating import mark, tr

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

COPY_ROLE = Qt.ItemDataRole.UserRole + 10
"""The text that is copied, where it is another than the one that is shown."""
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
    chosen: bool = False
    """It belongs to a selection of all rows that match."""


class Marks(abc.Mapping[str, tuple[str, str, str]]):
    """State → icon, colour token, word in the person's language."""

    def __init__(self, marks: abc.Mapping[str, tuple[str, str, str]]) -> None:
        self._marks = marks

    def __getitem__(self, state: str) -> tuple[str, str, str]:
        picture, tone, word = self._marks[state]
        return picture, tone, tr(word)

    def __iter__(self) -> abc.Iterator[str]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)


MARKS = Marks(
    {
        "draft": ("pencil", "draft", mark("draft")),
        "saving": ("clock", "muted", mark("not saved yet")),
        "queued": ("clock", "queued", mark("queued")),
        "sent": ("arrow-right", "accent", mark("sent, waiting for the answer")),
        "refused": ("refused", "refused", mark("refused")),
        "held": ("refused", "refused", mark("cannot be read, not saved")),
        "conflict": ("conflict", "conflict", mark("conflict")),
        "unknown": ("question", "unknown", mark("outcome unknown")),
        "automated": ("wand", "accent", mark("written, then changed by automation")),
    }
)
"""Shape, colour and word always together."""
