"""The registry of states: which screens there are, and how each comes into each of its five states.

A screen is registered by one entry in `scenes/`; one with fewer than five states fails the bench. What
else is worth a look (a tab, a side, a dialog) is a scene of a name of its own.
"""

from collections import abc
from dataclasses import dataclass, field
from typing import Final

from writeback.gui.studio.stage import Place, Stage
from writeback.gui.widgets.states import ScreenState

Act = abc.Callable[[Stage], None]
FIVE: Final = tuple(ScreenState)


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen in one state: where it is played, and what a person does to come there."""

    screen: str
    name: str
    """One of the five states, or what else is to be seen."""
    place: Place
    act: Act
    expects: ScreenState | None = None
    """In which state the screen's own states have to be; None: a dialog or a part tells nothing of that."""
    opens: bool = False
    """A dialog stands over the screen then: it is what is to be seen."""

    @property
    def title(self) -> str:
        """What its pictures are called."""
        return f"{self.screen}-{self.name}"


@dataclass(frozen=True, slots=True)
class Registered:
    """One screen with its five states.

    `subject` is what the screen is opened for where it shows one thing.
    `empty` and `partial` say where and how these come about; the others come about alike everywhere.
    """

    screen: str
    empty: tuple[Place, Act]
    partial: tuple[Place, Act]
    ready: Act | None = None
    subject: abc.Callable[[Stage], object] | None = None
    error: Act | None = None
    more: tuple[Scene, ...] = ()
    shows: abc.Mapping[str, ScreenState] = field(default_factory=dict)
    """By name of a state: as which the screen's own states tell it, where that is another."""

    def scenes(self) -> tuple[Scene, ...]:
        """Give all its scenes, the five states first."""
        opened = self._open
        five = (
            ("empty", *self.empty),
            ("loading", Place.HELD, opened),
            ("ready", Place.CALM, self.ready or opened),
            ("partial", *self.partial),
            ("error", Place.LOST, self.error or opened),
        )
        states = tuple(
            Scene(self.screen, name, place, act, self.shows.get(name, ScreenState(name)))
            for name, place, act in five
        )
        return states + self.more

    def _open(self, stage: Stage) -> None:
        stage.go(self.screen, self.subject(stage) if self.subject is not None else None)


def opening(screen: str, subject: abc.Callable[[Stage], object] | None = None) -> Act:
    """Give the act of opening a screen."""
    return lambda stage: stage.go(screen, subject(stage) if subject is not None else None)


def taking(screen: str, action: str) -> Act:
    """Give the act of taking an action on a screen."""

    def act(stage: Stage) -> None:
        stage.go(screen)
        stage.do(action)

    return act


def pressing(screen: str, *buttons: str) -> Act:
    """Give the act of pressing one button of a screen after the other."""

    def act(stage: Stage) -> None:
        stage.go(screen)
        stage.press(*buttons)

    return act


def over(screen: str, name: str, act: Act, place: Place = Place.CALM) -> Scene:
    """Give the scene of a dialog that an act opens over a screen."""
    return Scene(screen, name, place, act, opens=True)
