"""The panels that are there: each is built when somebody first asks for it, and then kept."""

from collections import abc

from writeback.gui.panels.panel import Panel
from writeback.gui.windows.screens import NAMES, Behind, screen_of


class Panels(abc.Mapping[str, Panel]):
    """The panel of every screen by its name; asking for one builds it."""

    def __init__(self, welcome: abc.Callable[[Panel], None]) -> None:
        """Call `welcome` with each panel when it is built."""
        self._welcome = welcome
        self._behind: Behind | None = None
        self._built: dict[str, Panel] = {}

    def fill(self, behind: Behind) -> None:
        """From now on panels can be built."""
        self._behind = behind

    @property
    def built(self) -> tuple[Panel, ...]:
        """The panels that are there already."""
        return tuple(self._built.values())

    def peek(self, name: str) -> Panel | None:
        """Give a panel that is there already."""
        return self._built.get(name)

    def __getitem__(self, name: str) -> Panel:
        panel = self._built.get(name)
        if panel is None:
            screen = screen_of(name)
            if screen is None or self._behind is None:
                raise KeyError(name)
            panel = self._built[name] = screen.build(self._behind)
            self._welcome(panel)
        return panel

    def __iter__(self) -> abc.Iterator[str]:
        return iter(NAMES if self._behind is not None else ())

    def __len__(self) -> int:
        return len(NAMES) if self._behind is not None else 0
