"""What a window keeps for its next start: its tabs and where each stood, in the person's settings file.

Links and places only; no name and no value of a workspace leaves it.
"""

from collections import abc
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize

from writeback.gui.preferring import preferring

NAME: Final = "window.state"
WORKSPACES_MOST: Final = 20
"""Of so many workspaces the tabs are kept; the one not opened for longest is forgotten."""
SIDE_MOST: Final = 20_000
LEAST: Final = QSize(900, 600)
"""No window is smaller."""
TITLE_BAR: Final = 40

State = abc.Mapping[str, object]


def kept_state(workspace: Path) -> State:
    """Give what was kept of the window on a workspace; nothing for one never opened."""
    found = preferring().current.table(NAME).get(_key(workspace))
    return found if isinstance(found, abc.Mapping) else {}


def kept_size(state: State) -> tuple[int, int]:
    """Give the size that the window had; (0, 0) where none that can be was kept."""
    match state.get("size"):
        case [int(width), int(height)] if 0 < width <= SIDE_MOST and 0 < height <= SIDE_MOST:
            return width, height
        case _:
            return 0, 0


def on_screen(wanted: QSize, screen: QSize) -> QSize:
    """Give a size that the screen shows whole, with the title bar; a tiny screen changes nothing."""
    room = QSize(screen.width(), screen.height() - TITLE_BAR)
    if room.width() < LEAST.width() or room.height() < LEAST.height():
        return wanted
    return wanted.boundedTo(room)


def keep_state(workspace: Path, state: State, *, now: datetime) -> None:
    """Keep the state of the window on a workspace.

    Raises:
        ConfigurationError: The settings file cannot be written.
    """
    key = _key(workspace)
    if dict(kept_state(workspace)) | {"at": ""} == dict(state) | {"at": ""}:
        return
    others = [
        (str(one["at"]), name, one)
        for name, one in preferring().current.table(NAME).items()
        if name != key and isinstance(one, abc.Mapping) and isinstance(one.get("at"), str)
    ]
    kept = {name: one for _, name, one in sorted(others, key=lambda one: one[0])[1 - WORKSPACES_MOST :]}
    preferring().put({NAME: {**kept, key: {**state, "at": now.isoformat()}}})


def _key(workspace: Path) -> str:
    return str(workspace.absolute())
