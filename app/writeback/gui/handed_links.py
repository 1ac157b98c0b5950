"""Links that the desktop hands to the running program.

Linux and Windows start the program anew with the link as its argument (`single` hands it over); macOS sends
an event to the program that runs (https://doc.qt.io/qt-6/qfileopenevent.html).
"""

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """The application of a window."""

    link_handed = Signal(str)
    """As it came: whoever follows it decides whether it is one of ours."""

    def event(self, event: QEvent) -> bool:
        """Hear links besides what every application hears."""
        if isinstance(event, QFileOpenEvent) and not event.url().isLocalFile():
            self.link_handed.emit(event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded))
            return True
        return super().event(event)
