"""What an action is: one thing a person can do, with its words, its key and why it may not be there.

Must not: know a screen.
"""

from collections import abc
from dataclasses import dataclass
from typing import Protocol

from writeback.gui.translating import tr
from writeback.runtime.views import Pulse


class Shell(Protocol):
    """What an action may ask of the window."""

    def go(self, screen: str, subject: object = None) -> None:
        """Show a screen."""

    def do(self, what: str) -> None:
        """Do something that the front screen or the window knows by this name."""


@dataclass(frozen=True, slots=True)
class Context:
    """What enablement looks at."""

    screen: str
    pulse: Pulse
    abilities: frozenset[str] = frozenset()
    """What the front screen can do now."""


def always(_context: Context) -> str:
    """Enabled everywhere."""
    return ""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do."""

    id: str
    title: str
    menu: str
    call: abc.Callable[[Shell], None]
    picture: str = ""
    shortcut: str = ""
    reason: abc.Callable[[Context], str] = always
    aliases: tuple[str, ...] = ()
    """Other words by which the palette finds it."""
    more_keys: tuple[str, ...] = ()
    """Keys beside its own, where people look for it; they stay."""


def goes(screen: str) -> abc.Callable[[Shell], None]:
    """Make a call that shows a screen."""
    return lambda shell: shell.go(screen)


def does(what: str) -> abc.Callable[[Shell], None]:
    """Make a call that the front screen answers."""
    return lambda shell: shell.do(what)


def can(what: str, else_say: str) -> abc.Callable[[Context], str]:
    """Make an enablement: the front screen offers it, or the sentence says why not."""
    return lambda context: "" if what in context.abilities else tr(else_say)


def has_drafts(context: Context) -> str:
    """Enabled while there are drafts."""
    return "" if context.pulse.drafts else tr("There are no pending edits.")
