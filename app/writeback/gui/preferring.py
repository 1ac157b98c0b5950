"""The preferences in force in this window: read once, followed when the file changes, put into effect.

Another window, the command line and an editor change the same file; whoever shows a preference
listens to `changed`. Theme and formats are put into effect here, everything else by whom it is about.

Must not: keep a value of its own; the file is the truth.
"""

from collections import abc
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal
from PySide6.QtWidgets import QApplication

from writeback.errors import ConfigurationError
from writeback.gui.i18n import use_locale
from writeback.gui.theming.current import theming
from writeback.gui.theming.tokens import Density, ThemeName
from writeback.gui.translating import language_of, use_language
from writeback.preferences import KEYS, Preferences, read, reset, write
from writeback.settings import Settings, load

SYSTEM: Final = "system"
APPEARANCE: Final = frozenset(
    {"appearance.theme", "appearance.text_size", "appearance.density", "appearance.motion"}
)


class Preferring(QObject):
    """Holds the preferences in force.

    Signals:
        changed: Some have another value now; carries their names.
        troubled: The files can no longer be read as they are; carries the error.
    """

    changed = Signal(object)
    troubled = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.current: Preferences = read(settings)
        self._is_worn = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self.look())
        self._watcher.fileChanged.connect(lambda _path: self.look())
        self._watch()

    def put(self, wished: abc.Mapping[str, object]) -> None:
        """Set preferences, and put them into effect.

        Raises:
            ConfigurationError: One may not be set, or not to this; none is.
        """
        self._take(write(self.settings, wished))

    def reset(self, names: abc.Iterable[str] = ()) -> None:
        """Take preferences back to what we ship; without names, all.

        Raises:
            ConfigurationError: One is locked, or the file cannot be written.
        """
        self._take(reset(self.settings, names))

    def look(self) -> None:
        """Read the files again: somebody changed something."""
        try:
            self._take(read(self.settings))
        except ConfigurationError as error:
            self.troubled.emit(error)

    def wear(self) -> None:
        """Put theme and formats into effect, now and whenever they change; the language of texts once.

        A screen that is built keeps its texts, so another language begins at the next start.
        """
        formats = self.current.text("language.formats")
        use_locale("" if formats == SYSTEM else formats)
        if not self._is_worn:
            use_language(language_of(self.current.text("language.texts")))
        self._is_worn = True
        self._wear_theme()

    def _take(self, fresh: Preferences) -> None:
        before, self.current = self.current, fresh
        self._watch()
        names = frozenset(key.name for key in KEYS if before.get(key.name) != fresh.get(key.name))
        if names & APPEARANCE:
            self._wear_theme()
        if "language.formats" in names:
            self.wear()
        if names or before.problems != fresh.problems:
            self.changed.emit(names)

    def _wear_theme(self) -> None:
        current = self.current
        motion = current.text("appearance.motion")
        theming().calm(is_calm=None if motion == SYSTEM else motion == "reduced")
        percent = current.number("appearance.text_size")
        density = Density(current.text("appearance.density"))
        wished = current.text("appearance.theme")
        if wished == SYSTEM:
            theming().apply_system(percent=percent, density=density)
        else:
            theming().apply(ThemeName(wished), percent=percent, density=density)

    def _watch(self) -> None:
        """Watch the file and its folder: a replaced file is another file."""
        with suppress(OSError):  # a folder that cannot be made cannot be watched; writing to it says so
            self.current.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        watched = {*self._watcher.files(), *self._watcher.directories()}
        path = self.current.path
        for place in (path.parent, path):
            if str(place) not in watched and place.exists():
                self._watcher.addPath(str(place))


def preferring() -> Preferring:
    """Give the preferences of the running application; read at the first call."""
    application = QApplication.instance()
    if application is None:
        raise RuntimeError("no application")
    holder = application.property("preferring")
    if not isinstance(holder, Preferring):
        holder = install(load())
    return holder


def install(settings: Settings) -> Preferring:
    """Read the preferences and make them those of the running application.

    Raises:
        ConfigurationError: The administrator's file cannot be meant.
    """
    application = QApplication.instance()
    made = Preferring(settings, application)
    if application is not None:
        application.setProperty("preferring", made)
    return made
