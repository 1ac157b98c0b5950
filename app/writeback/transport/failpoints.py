"""Named places where a test may kill, stall or break the program (the write protocol's commit points).

The rig proves the protocol by dying at each of them. Unarmed, `failpoint` compares one variable
with None. Arming needs an environment variable that packaged builds refuse (`settings`).
This is the one module that keeps state: a failpoint must be reachable from anywhere, unasked.
"""

import errno
import itertools
import os
import signal
import threading
from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import ConfigurationError, InternalError
from writeback.settings import Settings

FAILPOINTS: Final = (
    "1.claimed",
    "2.compared",
    "3.before_intent",
    "4.intent",
    "5.mid_request",
    "6.request_complete",
    "7.answer_read",
    "8.settled",
    "9.bulk_token",
    "10.bulk_created",
    "11.bulk_remote_id",
    "12.bulk_mid_upload",
    "13.bulk_uploaded",
    "14.bulk_closed",
    "15.bulk_result_page",
    "16.readback_before",
    "17.readback_after",
)


@dataclass(frozen=True, slots=True)
class _Armed:
    name: str
    nth: int
    visits: abc.Iterator[int]
    act: abc.Callable[[str], None]
    reached: threading.Event


_armed: _Armed | None = None


def failpoint(name: str) -> None:
    """Do nothing, unless this very point was armed and it is its turn.

    Raises:
        InternalError: Action *raise*.
        OSError: Action *diskerror*: no space left.
    """
    if _armed is None:
        return
    if name not in FAILPOINTS:
        raise InternalError("failpoint.unknown", name=name)
    if name == _armed.name and next(_armed.visits) == _armed.nth:
        _armed.reached.set()
        _armed.act(name)


def is_armed(name: str) -> bool:
    """Say whether `name` is the armed point, so that callers may prepare for it."""
    return _armed is not None and _armed.name == name


def was_reached() -> bool:
    """Say whether the armed point was passed and acted: a test that broke nothing proves nothing."""
    return _armed is not None and _armed.reached.is_set()


def arm(settings: Settings) -> None:
    """Arm the point that the settings name, or disarm when they name none.

    Raises:
        ConfigurationError: No such point or action.
    """
    global _armed  # noqa: PLW0603  the one switch of this module
    wish = settings.failpoint
    if wish is None:
        _armed = None
        return
    if wish.name not in FAILPOINTS:
        raise ConfigurationError("failpoint.name", name=wish.name)
    if wish.action not in _ACTIONS:
        raise ConfigurationError("failpoint.action", action=wish.action)
    _armed = _Armed(wish.name, wish.nth, itertools.count(1), _ACTIONS[wish.action], threading.Event())


def _kill(name: str) -> None:
    del name
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(137)  # Windows has no SIGKILL; nothing is flushed here either


def _raise(name: str) -> None:
    raise InternalError("failpoint.raised", name=name)


def _stall(name: str) -> None:
    del name
    threading.Event().wait()  # until somebody kills the process


def _disk_error(name: str) -> None:
    raise OSError(errno.ENOSPC, f"No space left on device (failpoint {name})")


_ACTIONS: Final[abc.Mapping[str, abc.Callable[[str], None]]] = {
    "kill": _kill,
    "raise": _raise,
    "stall": _stall,
    "diskerror": _disk_error,
}
