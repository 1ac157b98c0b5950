"""The design tokens, read once from `resources/themes/tokens.json`."""

import enum
import json
from collections import abc
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor


class ThemeName(enum.StrEnum):
    """The three themes."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its colours, and the sizes all themes share."""

    name: ThemeName
    colours: abc.Mapping[str, str]
    families: tuple[str, ...]
    mono: tuple[str, ...]
    sizes: abc.Mapping[str, float]
    space: int
    radius: int
    row: int

    def colour(self, token: str) -> QColor:
        """Give the colour of one token."""
        return _colour(self.colours[token])

    def hex(self, token: str) -> str:
        """Give the colour of one token as text, for a style sheet."""
        return self.colours[token]


@cache
def _colour(text: str) -> QColor:
    return QColor(text)


@cache
def load_themes(folder: Path) -> abc.Mapping[ThemeName, Theme]:
    """Read the three themes."""
    raw: dict[str, Any] = json.loads((folder / "themes" / "tokens.json").read_text("utf-8"))
    return {
        name: Theme(
            name=name,
            colours=raw["colours"][name.value],
            families=tuple(raw["font"]["families"]),
            mono=tuple(raw["font"]["mono"]),
            sizes=raw["font"]["sizes"],
            space=raw["space"],
            radius=raw["radius"],
            row=raw["row"]["regular"],
        )
        for name in ThemeName
    }
