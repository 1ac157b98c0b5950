"""One window process for each person and workspace: a second start hands its link over and ends.

Who holds the lock of the run folder has the window; a socket beside it, which only this person may open,
takes a link. What comes through it is a stranger's text until it is read as a link, and it can only raise
the window and navigate.

Must not: do anything for a message but emit it.
"""

import hashlib
import json
import time
from collections import abc
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from writeback.errors import ConfigurationError
from writeback.locks import FileLock

MESSAGE_MOST: Final = 2048
WAITING_MOST: Final = 8
PATIENCE_MS: Final = 2000
STARTING_S: Final = 5.0
"""So long the other process may take from its lock to its socket."""
ANSWER: Final = b"ok\n"


class Single(QObject):
    """The one window of this person on a workspace.

    Signals:
        asked: Somebody started the program again; carries the link that they gave, '' for none.
    """

    asked = Signal(str)

    def __init__(self, folder: Path, workspace: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = hashlib.sha256(str(workspace.absolute()).encode()).hexdigest()[:24]
        self._folder = folder
        self._lock = FileLock(folder / f"{name}.lock")
        self._address = str(folder / f"{name}.sock")
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(WAITING_MOST)
        self._server.newConnection.connect(self._welcome)

    def claim(self) -> bool:
        """Become the one; False: another process is.

        Raises:
            ConfigurationError: `window.run_folder`, `window.run_folder_open`: the folder cannot be made, or
                others can write to it.
        """
        _own_folder(self._folder)
        if not self._lock.acquire(until=time.monotonic()):
            self._lock.close()
            return False
        QLocalServer.removeServer(self._address)  # what a killed window left; the lock says that none lives
        if not self._server.listen(self._address):
            raise ConfigurationError(
                "window.run_folder", path=str(self._folder), problem=self._server.errorString()
            )
        return True

    def hand_over(self, link: str) -> bool:
        """Raise the other process's window and give it a link; False: it did not answer."""
        message = json.dumps({"link": link}).encode() + b"\n"
        if len(message) > MESSAGE_MOST:
            message = b'{"link": "writeback:"}\n'  # no link is that long: the other window says so
        until = time.monotonic() + STARTING_S
        while time.monotonic() < until:
            socket = QLocalSocket()
            socket.connectToServer(self._address)
            if socket.waitForConnected(200):
                socket.write(message)
                return socket.waitForReadyRead(PATIENCE_MS) and socket.readLine().data() == ANSWER
            time.sleep(0.05)
        return False

    def close(self) -> None:
        """Give way to the next."""
        self._server.close()
        self._lock.release()
        self._lock.close()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Caller(socket, self.asked.emit, self)


class _Caller(QObject):
    """One connection: one short line, one answer, and a time limit for both."""

    def __init__(self, socket: QLocalSocket, told: abc.Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._told, self._said = socket, told, b""
        socket.setParent(self)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self.deleteLater)
        QTimer.singleShot(PATIENCE_MS, self, socket.abort)
        self._read()

    def _read(self) -> None:
        self._said += self._socket.read(MESSAGE_MOST + 1).data()
        line, end, rest = self._said.partition(b"\n")
        if len(self._said) > MESSAGE_MOST or rest:
            self._socket.abort()
        elif end:
            link = _link_of(line)
            if link is None:
                self._socket.abort()
                return
            self._socket.write(ANSWER)
            self._socket.flush()
            self._socket.disconnectFromServer()
            self._told(link)


def _link_of(line: bytes) -> str | None:
    try:
        found = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    link = found.get("link") if isinstance(found, dict) and set(found) == {"link"} else None
    return link if isinstance(link, str) else None


def _own_folder(folder: Path) -> None:
    """Make the folder, for this person alone; one that others can write to is refused."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.stat()
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError("window.run_folder", path=str(folder), problem=problem) from error
    if facts.st_mode & 0o022:
        raise ConfigurationError("window.run_folder_open", path=str(folder))
