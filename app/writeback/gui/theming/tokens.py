"""The design tokens, read once from `resources/themes/tokens.json`."""

import enum
import json
from collections import abc
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor


class ThemeName(enum.StrEnum):
    """The three themes."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Density(enum.StrEnum):
    """How tightly tables are set."""

    REGULAR = "regular"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme at one size of text: its colours, and the sizes all themes share."""

    name: ThemeName
    colours: abc.Mapping[str, str]
    families: tuple[str, ...]
    mono: tuple[str, ...]
    sizes: abc.Mapping[str, float]
    space: int
    radius: int
    row: int
    """The height of a table's row."""
    rows: abc.Mapping[str, int]
    """By density, at 100 %."""
    scale: float = 1.0
    """The size of text against 100 %."""
    density: Density = Density.REGULAR

    def colour(self, token: str) -> QColor:
        """Give the colour of one token."""
        return _colour(self.colours[token])

    def px(self, length: int) -> int:
        """Give a length at this size of text."""
        return round(length * self.scale)

    def at(self, *, percent: int, density: Density) -> "Theme":
        """Give this theme at another size of text and density; always from 100 %."""
        scale = percent / 100
        return replace(
            self,
            sizes={name: size / self.scale * scale for name, size in self.sizes.items()},
            row=round(self.rows[density] * scale),
            scale=scale,
            density=density,
        )

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
            rows=raw["row"],
        )
        for name in ThemeName
    }
