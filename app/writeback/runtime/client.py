"""The façade from the other end of the pipe: starts `writeback serve --stdio` and asks it.

Knows no Qt: a window calls it from its task threads. A child that dies comes back after 0.2, 1 and
5 s; three deaths a minute switch it off. A call that the child took with it is asked once more: the
act id makes that harmless (the same id twice is one act).
"""

import contextlib
import subprocess
import threading
import time
from collections import abc, deque
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from itertools import count
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from writeback.errors import InternalError, WorkspaceError
from writeback.runtime import calls, facade, pipe

if TYPE_CHECKING:
    from writeback.runtime.facade import Facade

RESTART_AFTER_S: Final = (0.2, 1.0, 5.0)
CRASHES_MOST: Final = 3
CRASH_WINDOW_S: Final = 60.0
DEADLINE_S: Final = 60.0
GROWING: Final = frozenset(
    {
        "approve_plan",
        "compare_configuration",
        "choose_route",
        "count",
        "discard_drafts",
        "erase_history",
        "import_campaign",
        "keep_file_session",
        "import_configuration",
        "leave_out",
        "level_values",
        "look_at_conflicts",
        "match_file",
        "merge_options",
        "open_file_session",
        "open_plan",
        "preview_retype",
        "preview_values",
        "propose",
        "pull",
        "pull_people",
        "refresh_plan",
        "resume_file_session",
        "retype_attribute",
        "save_edits",
        "save_plan",
        "settle_conflicts",
        "submit",
        "take_back",
        "take_back_import",
        "trial_run",
        "trust_workspace",
        "undo_edits",
        "verify_job",
        "write_file_results",
    }
)
"""Calls whose length is that of the data: a million records are pulled and planned through them. What they
ask of a CRM has time limits of its own, request by request."""
DEADLINES_S: Final = {"finish_sign_in": 420.0, "test_channel": 90.0, **dict.fromkeys(GROWING, 6 * 3600.0)}
"""Other calls than those of a minute; a browser may take its five for a sign-in."""
KILL_AFTER_S: Final = 6.0
"""A child that has not answered so long after the deadline is killed; it gives itself 5 s."""

EventSink = abc.Callable[[pipe.Message], None]


class ChildLostError(InternalError):
    """The child died with the call under way."""


class PipeClient:
    """One `serve` child and the calls to it; safe to use from many threads."""

    def __init__(
        self,
        command: abc.Sequence[str],
        *,
        schema: str,
        on_event: EventSink = lambda _event: None,
        clock: abc.Callable[[], float] = time.monotonic,
        restart_after_s: abc.Sequence[float] = RESTART_AFTER_S,
    ) -> None:
        self._command = tuple(command)
        self._schema = schema
        self._on_event = on_event
        self._clock = clock
        self._restart_after_s = tuple(restart_after_s)
        self._numbers = count(1)
        self._lock = threading.RLock()
        self._waiting: dict[str, Future[pipe.Message]] = {}
        self._child: subprocess.Popen[bytes] | None = None
        self._out: pipe.LineWriter | None = None
        self._reader: threading.Thread | None = None
        self._crashes: deque[float] = deque(maxlen=CRASHES_MOST)
        self._last_plugin = ""
        self._plugin_of: dict[str, str] = {}
        """By call under way: the plugin whose session it opened last."""
        self._is_closed = False
        self._closing = threading.Event()

    @property
    def facade(self) -> "Facade":
        """Offer the calls as the façade's methods."""
        return cast("Facade", _Stub(self))

    @property
    def pid(self) -> int | None:
        """Give the child's process id while it runs."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def start(self) -> None:
        """Start the child now instead of with the first call; nothing happens when it runs.

        Raises:
            WritebackError: It does not start, speaks another version, or is off.
        """
        with self._lock:
            self._running()

    def call(self, name: str, *, deadline_s: float = 60.0, **arguments: object) -> object:
        """Ask for one call and wait for its answer.

        Raises:
            WritebackError: What the call itself raised, or that the child is off.
        """
        return self.ask(name, arguments, deadline_s=deadline_s)

    def ask(self, name: str, arguments: abc.Mapping[str, object], *, deadline_s: float = 60.0) -> object:
        """Ask for one call, its arguments in a mapping; see `call`."""
        try:
            return self._ask(name, deadline_s, arguments)
        except ChildLostError:
            return self._ask(name, deadline_s, arguments)

    def close(self, *, wait_s: float = 6.0) -> None:
        """End the child's input, let it finish for 5 s, then end it."""
        with self._lock:
            self._is_closed = True
            self._closing.set()
            child = self._child
        if child is None:
            return
        if child.stdin is not None and not child.stdin.closed:
            try:
                child.stdin.close()
            except OSError:
                child.kill()
        try:
            child.wait(wait_s)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        reader = self._reader
        if reader is not None:
            reader.join(wait_s)  # it closes the pipes

    def _ask(self, name: str, deadline_s: float, arguments: abc.Mapping[str, object]) -> object:
        answer: Future[pipe.Message] = Future()
        number = f"w{next(self._numbers)}"
        message = {
            "id": number,
            "call": name,
            "args": calls.arguments_to_plain(name, arguments),
            "deadline_s": deadline_s,
        }
        with self._lock:
            out = self._running()
            self._waiting[number] = answer
        try:
            out.send(message)
            reply = answer.result(deadline_s + KILL_AFTER_S)
        except (OSError, ValueError) as error:
            raise ChildLostError("serve.lost", plugin=self._last_plugin) from error
        except FutureTimeoutError:
            self._kill()
            raise InternalError("serve.hung", plugin=self._last_plugin, call=name) from None
        finally:
            self._waiting.pop(number, None)
            self._plugin_of.pop(number, None)
        if "error" in reply:
            raise calls.error_from_plain(reply["error"])
        return calls.answer_from_plain(name, reply.get("ok"))

    def _running(self) -> pipe.LineWriter:
        if self._is_closed:
            raise WorkspaceError("serve.closed")
        if self._child is not None and self._child.poll() is None and self._out is not None:
            return self._out
        recent = [at for at in self._crashes if self._clock() - at < CRASH_WINDOW_S]
        if len(recent) >= CRASHES_MOST:
            raise InternalError("serve.off", crashes=len(recent), plugin=self._last_plugin)
        if recent and self._closing.wait(self._restart_after_s[len(recent) - 1]):
            raise WorkspaceError("serve.closed")
        return self._start()

    def _start(self) -> pipe.LineWriter:
        child = subprocess.Popen(  # noqa: S603  our own program
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        if child.stdin is None or child.stdout is None:
            raise InternalError("serve.no_pipe")
        first = pipe.read_line(cast("BinaryIO", child.stdout))
        if not first:
            self._crashes.append(self._clock())
            status = child.wait()
            _close_pipes(child)
            raise InternalError("serve.did_not_start", status=status)
        hello = pipe.decode(first).get("hello") or {}
        if hello.get("protocol") != pipe.PROTOCOL or hello.get("schema") != self._schema:
            child.kill()
            child.wait()
            _close_pipes(child)
            raise InternalError("serve.other_version", found=str(hello.get("schema")))
        self._child = child
        self._out = pipe.LineWriter(cast("BinaryIO", child.stdin))
        self._reader = threading.Thread(target=self._read, args=(child,), name="serve-answers", daemon=True)
        self._reader.start()
        self._on_event({"event": "started", "pid": child.pid})
        return self._out

    def _read(self, child: "subprocess.Popen[bytes]") -> None:
        stream = child.stdout
        while stream is not None and (line := pipe.read_line(cast("BinaryIO", stream))):
            message = pipe.decode(line)
            if "event" in message:
                if message["event"] == "calling":
                    self._last_plugin = str(message.get("plugin", ""))
                    if (number := str(message.get("id"))) in self._waiting:
                        self._plugin_of[number] = self._last_plugin
                self._on_event(message)
                continue
            answer = self._waiting.get(str(message.get("id")))
            if answer is not None and not answer.done():
                answer.set_result(message)
        status = child.wait()
        _close_pipes(child)
        with self._lock:
            if not self._is_closed:
                self._crashes.append(self._clock())
            plugins = sorted(
                {self._plugin_of[number] for number in self._waiting if number in self._plugin_of}
            )
            lost = [answer for answer in self._waiting.values() if not answer.done()]
        for answer in lost:
            answer.set_exception(ChildLostError("serve.lost", plugin=self._last_plugin))
        self._on_event({"event": "ended", "status": status, "plugins": plugins})

    def _kill(self) -> None:
        child = self._child
        if child is not None and child.poll() is None:
            child.kill()


def _close_pipes(child: "subprocess.Popen[bytes]") -> None:
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):  # a write that was never read any more
                stream.close()


class _Stub:
    """Offers each call of the façade as a method."""

    def __init__(self, client: PipeClient) -> None:
        self._client = client

    def __getattr__(self, name: str) -> abc.Callable[..., object]:
        if name not in calls.call_names():
            raise AttributeError(name)

        def call(*positional: object, **named: object) -> object:
            arguments = dict(zip(_parameters(name), positional, strict=False)) | named
            return self._client.ask(name, arguments, deadline_s=DEADLINES_S.get(name, DEADLINE_S))

        return call


def _parameters(call: str) -> tuple[str, ...]:
    code = getattr(facade.Facade, call).__code__
    return tuple(code.co_varnames[1 : code.co_argcount])
