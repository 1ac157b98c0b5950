"""Actions about what people are told without asking."""

from typing import Final

from writeback.gui.actions.table import Action, does
from writeback.gui.translating import mark

TELLING: Final = (
    Action(
        "view.notices",
        mark("Notices"),
        mark("View"),
        does("notices"),
        picture="bell",
        shortcut="Ctrl+Shift+N",
        aliases=(mark("notifications"), mark("bell"), mark("failures"), mark("unread")),
    ),
)
