"""Take pictures: each scene once, in every theme and size. Somebody has to look at them."""

from collections import abc
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QSize

from writeback.gui.studio.registry import Scene
from writeback.gui.studio.scenes import scenes
from writeback.gui.studio.stage import Place, Stage
from writeback.gui.theming.current import theming
from writeback.gui.theming.tokens import ThemeName

SIZES: Final = MappingProxyType({"1280x800": QSize(1280, 800), "900x600": QSize(900, 600)})


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pictures; empty means all. `words` are searched in the title of a scene."""

    words: str = ""
    themes: tuple[ThemeName, ...] = tuple(ThemeName)
    sizes: abc.Mapping[str, QSize] = field(default_factory=lambda: SIZES)


def wanted_scenes(words: str) -> dict[Place, list[Scene]]:
    """Give the scenes whose title holds the words, by the place where they are played."""
    found: dict[Place, list[Scene]] = {}
    for scene in scenes():
        if words in scene.title:
            found.setdefault(scene.place, []).append(scene)
    return found


def take(folder: Path, out: Path, wish: Wish, *, tell: abc.Callable[[str], None]) -> int:
    """Play the scenes over the posed workspaces of `folder`; gives how many pictures were written."""
    out.mkdir(parents=True, exist_ok=True)
    taken = 0
    for place, wanted in wanted_scenes(wish.words).items():
        stage = Stage(folder, place)
        for scene in wanted:
            scene.act(stage)
            taken += _shoot(stage, scene, out, wish)
            stage.leave_dialogs()
            tell(f"{scene.title}: {stage.states(scene.screen).state.value}")
        stage.close()
    return taken


def _shoot(stage: Stage, scene: Scene, out: Path, wish: Wish) -> int:
    taken = 0
    dialog = stage.dialog if scene.opens else None
    target = stage.window if dialog is None else dialog
    whole = target.size()
    for theme in wish.themes:
        theming().apply(theme)
        for name, size in wish.sizes.items():
            target.resize(size if dialog is None else whole.boundedTo(size))
            stage.pause(40)
            target.grab().save(str(out / f"{scene.title}-{theme.value}-{name}.png"))
            taken += 1
            if dialog is not None and all(whole == whole.boundedTo(one) for one in SIZES.values()):
                break  # it has a size of its own, and each screen has room for it
    theming().apply(wish.themes[0])
    target.resize(whole)
    return taken
