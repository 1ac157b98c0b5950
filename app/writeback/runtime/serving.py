"""`writeback serve --stdio`: answer a window's calls, a thread per call, each under its deadline.

Must not know Qt, and must not let a plugin's `print` reach the protocol: `private_channel` moves it
to descriptors of its own before anything else runs.
"""

import os
import sys
import threading
import time
from collections import abc
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

from writeback.errors import Cancelled, InternalError, PluginError, WritebackError
from writeback.host.blaming import culprit
from writeback.runtime import calls, pipe
from writeback.runtime.memory import resident_bytes

DEADLINE_S = 60.0
GRACE_S = 5.0
"""So long after its deadline a call may still run before the process ends itself."""


class Note(Protocol):
    """Who is told how long a plugin's call took."""

    def __call__(self, plugin: str, call: str, *, seconds: float, grew: int, resident: int) -> None:
        """Keep it."""


class Served(Protocol):
    """What is served: a façade that also tells the journal's newest entry."""

    def journal_seq(self) -> int:
        """Give the number of the newest journal entry."""


@dataclass(slots=True)
class Call:
    """One call under way."""

    id: str
    name: str
    until: float
    cancelled: threading.Event = field(default_factory=threading.Event)
    is_answered: bool = False
    plugin: str = ""
    """Whose session it opened last."""


current_call: ContextVar[Call | None] = ContextVar("current_call", default=None)
"""The call that the running thread works for; sessions ask it whether to go on."""


def stop_if_cancelled() -> None:
    """Raise Cancelled when the window withdrew the call this thread works for."""
    call = current_call.get()
    if call is not None and call.cancelled.is_set():
        raise Cancelled


def private_channel() -> tuple[BinaryIO, BinaryIO]:
    """Move the protocol to private descriptors; 0 becomes the null device and 1 becomes 2."""
    sys.stdout.flush()
    reader = os.fdopen(os.dup(0), "rb")
    writer = os.fdopen(os.dup(1), "wb", buffering=0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    return reader, writer


class Server:
    """Answers calls until its input ends."""

    def __init__(
        self,
        served: Served,
        *,
        writer: BinaryIO,
        schema: str,
        leave: abc.Callable[[int], Any] = os._exit,
        clock: abc.Callable[[], float] = time.monotonic,
        strike: abc.Callable[[str, BaseException], None] = lambda _plugin, _error: None,
        note: Note | None = None,
    ) -> None:
        self._strike = strike
        self._note = note
        self._served = served
        self._out = pipe.LineWriter(writer)
        self._schema = schema
        self._leave = leave
        self._clock = clock
        self._calls: dict[str, Call] = {}
        self._lock = threading.Lock()

    def run(self, reader: BinaryIO) -> int:
        """Serve until the end of input, then let calls in flight finish for at most 5 s."""
        hello = {"protocol": pipe.PROTOCOL, "schema": self._schema, "pid": os.getpid()}
        self._out.send({"hello": hello})
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done,), name="deadlines", daemon=True)
        watch.start()
        threads: list[threading.Thread] = []
        while line := pipe.read_line(reader):
            threads = [thread for thread in threads if thread.is_alive()]
            started = self._take(line)
            if started is not None:
                threads.append(started)
        until = self._clock() + GRACE_S
        for thread in threads:
            thread.join(max(0.0, until - self._clock()))
        done.set()
        return 0

    def calling(self, plugin: str) -> None:
        """Tell the window which plugin runs now, so that it can be named when it hangs."""
        call = current_call.get()
        if call is not None:
            call.plugin = plugin
        with suppress(OSError):
            self._out.send({"event": "calling", "plugin": plugin, "id": call.id if call else ""})

    def _take(self, line: bytes) -> threading.Thread | None:
        try:
            message = pipe.decode(line)
        except InternalError as error:
            self._out.send({"id": "", "error": calls.error_to_plain(error)})
            return None
        if "cancel" in message:
            with self._lock:
                found = self._calls.get(str(message["cancel"]))
            if found is not None:
                found.cancelled.set()
            return None
        wait = message.get("deadline_s")
        seconds = float(wait) if isinstance(wait, int | float) else DEADLINE_S
        call = Call(str(message.get("id")), str(message.get("call")), self._clock() + seconds)
        with self._lock:
            self._calls[call.id] = call
        thread = threading.Thread(target=self._run, args=(call, message.get("args") or {}), daemon=True)
        thread.start()
        return thread

    def _run(self, call: Call, plain: abc.Mapping[str, Any]) -> None:
        current_call.set(call)
        began, held = self._clock(), resident_bytes()
        try:
            arguments = calls.arguments_from_plain(call.name, plain)
            answer = getattr(self._served, call.name)(**arguments)
            reply = {"ok": calls.answer_to_plain(call.name, answer), "seq": self._served.journal_seq()}
        except (WritebackError, Cancelled) as error:
            reply = {"error": calls.error_to_plain(error)}
        except BaseException as error:  # noqa: BLE001  the door of serve: whatever a plugin raises ends the call alone
            blamed = _blamed(error, call)
            if isinstance(blamed, PluginError):
                self._strike(str(blamed.facts["plugin"]), error)
            reply = {"error": calls.error_to_plain(blamed)}
            sys.excepthook(type(error), error, error.__traceback__)
        if call.plugin and self._note is not None:
            holds = resident_bytes()
            seconds = self._clock() - began
            self._note(call.plugin, call.name, seconds=seconds, grew=holds - held, resident=holds)
        self._answer(call, reply)

    def _answer(self, call: Call, reply: pipe.Message) -> None:
        with self._lock:
            is_first = not call.is_answered
            call.is_answered = True
            self._calls.pop(call.id, None)
        if not is_first:
            return
        try:
            self._out.send({"id": call.id, **reply})
        except InternalError as error:
            self._out.send({"id": call.id, "error": calls.error_to_plain(error)})
        except OSError:
            return  # nobody listens any more; the act is remembered under its id

    def _watch(self, done: threading.Event) -> None:
        while not done.wait(0.1):
            moment = self._clock()
            with self._lock:
                late = [call for call in self._calls.values() if moment > call.until]
                fresh = [call for call in late if not call.is_answered]
                for call in fresh:
                    call.is_answered = True
            for call in fresh:
                error = InternalError("serve.late", call=call.name)
                with suppress(OSError):
                    self._out.send({"id": call.id, "error": calls.error_to_plain(error)})
            if any(moment > call.until + GRACE_S for call in late):
                self._leave(75)
                return


def _blamed(error: BaseException, call: Call) -> WritebackError:
    """Name the plugin whose code raised, or that this call opened a session of; else it is our bug."""
    kind = type(error).__name__
    plugin = culprit(error) or call.plugin
    return (
        PluginError("plugin.misbehaved", plugin=plugin, kind=kind)
        if plugin
        else InternalError("serve.bug", kind=kind)
    )
