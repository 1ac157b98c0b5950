"""`writeback worker`: claim batches, and pulls that are due, and work on them until told to stop.

A child of the window is woken by a line on its standard input and ends when that input ends; on a
server it just runs. SIGTERM or SIGINT once: nothing new is begun, what is in flight is settled or left
to be read back. Twice: leave at once, which is as safe.

Must not: talk on standard output; hold state that is not in the workspace.
"""

import argparse
import logging
import os
import signal
import stat
import sys
import threading
from collections import abc
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import BinaryIO, Final

from writeback.engine.dispatching import ThreadDispatcher
from writeback.errors import WritebackError
from writeback.model.events import EventKind
from writeback.preferences import read
from writeback.preferences.applying import with_preferences
from writeback.runtime.delivering import Delivering
from writeback.runtime.play_watching import PlayWatch
from writeback.runtime.runtime import Runtime
from writeback.runtime.scheduling import scheduler_of
from writeback.runtime.sentences import sentence_of
from writeback.runtime.upkeep import back_up_daily
from writeback.settings import load
from writeback.store import exchanges, journal, submitting, workers
from writeback.store.workspace import Workspace

BEAT_S: Final = 5.0
BACKUP_S: Final = 300.0
"""How often a worker looks whether a backup is due; the first time so long after its start."""
SCHEDULERS: Final = 2
"""So many pulls run at a time by schedule: a long one does not keep the others waiting."""
NOTICES_S: Final = 10.0
"""How often a worker looks whether something is to be told off this machine."""
LEAVE_S: Final = 5.0
"""A child whose parent is gone ends within this."""
LEFTOVER_AGE: Final = timedelta(days=1)
SILENT_AGE: Final = timedelta(days=1)
EXCHANGE_AGE: Final = timedelta(days=7)
"""Requests and answers hold customers' data: so long they are kept for who looks into a job."""
ROUNDS: Final = 10
"""So often a worker that ends when it is idle asks whether its jobs set plays off."""

_log = logging.getLogger("writeback.worker")


def run(arguments: abc.Sequence[str]) -> int:
    """Run a worker until it is told to stop; gives the exit code."""
    asked = _parser().parse_args(list(arguments))
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stdin = _take_stdin(is_child=asked.stdio)
    loaded = load()
    preferences = read(loaded)
    settings = with_preferences(loaded, preferences)
    path = Path(asked.workspace) if asked.workspace else settings.workspace_file
    try:
        with Runtime.open(path, settings=settings) as runtime:
            return Worker(
                runtime,
                threads=asked.threads or preferences.number("worker.threads"),
                stdin=stdin,
                backs_up=preferences.is_on("backups.daily"),
            ).run(until_idle=asked.until_idle)
    except WritebackError as error:
        _log.error("%s (%s)", sentence_of(error.code, error.facts), error.code)
        return error.exit_code


class Worker:
    """One worker process: a dispatcher, a heartbeat, and ears for signals and the parent."""

    def __init__(
        self, runtime: Runtime, *, threads: int, stdin: BinaryIO | None, backs_up: bool = False
    ) -> None:
        self._delivering = runtime.delivering()
        self._restriction = runtime.restriction
        self._workspace = runtime.workspace
        self._backs_up = backs_up
        self._stopping = threading.Event()
        self._dispatcher = ThreadDispatcher(runtime.sending.desk(self._stopping), threads=threads)
        self._schedulers = [
            scheduler_of(runtime.sending, runtime.pulling, self._stopping) for _ in range(SCHEDULERS)
        ]
        self._plays = PlayWatch(runtime.workspace, runtime.play_running, wake=self._dispatcher.wake)
        self._stdin = stdin
        self._told = 0

    def run(self, *, until_idle: bool = False) -> int:
        """Work until told to stop, or until no job goes on by itself."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._on_signal)
        _tidy(self._workspace)
        heart = threading.Thread(target=self._beat, name="heartbeat")
        heart.start()
        if self._stdin is not None:
            threading.Thread(target=self._listen, args=(self._stdin,), name="ears", daemon=True).start()
        if self._backs_up:
            threading.Thread(target=self._back_up, name="backups", daemon=True).start()
        for one in () if until_idle else self._schedulers:
            # a pull that the end of the process cuts off changed nothing, and is run again
            threading.Thread(target=one.run, name="schedules", daemon=True).start()
        watch = threading.Thread(target=self._plays.run, args=(self._stopping,), name="plays", daemon=True)
        if not until_idle:
            watch.start()
        telling = threading.Thread(target=self._deliver, name="notices", daemon=True)
        telling.start()
        try:
            self._run_until_idle() if until_idle else self._dispatcher.run()
            if until_idle:
                _deliver_once(self._delivering)
        finally:
            self._stopping.set()
            heart.join()
            if not until_idle:
                watch.join(LEAVE_S)
            self._delivering.stop()
            telling.join(LEAVE_S)  # a message that is on its way is let out, and not begun again
            self._delivering.close()
        return 0

    def _run_until_idle(self) -> None:
        """Work until no job goes on by itself, and no play is set off by what the jobs wrote."""
        for turn in range(ROUNDS):
            found = self._plays.once(is_asked=True)
            self._dispatcher.run_until_idle()
            if (turn and not found) or self._stopping.is_set():
                return

    def _back_up(self) -> None:
        """Copy the workspace once a day, in an idle moment; a copy that is cut off is made anew next time."""
        while not self._stopping.wait(BACKUP_S):
            if not self._dispatcher.is_busy:
                error = back_up_daily(self._workspace.path, now=self._workspace.now())
                if error is not None:
                    _log.error("%s (%s)", sentence_of(error.code, error.facts), error.code)

    def _deliver(self) -> None:
        """Tell people off this machine, over and over; whatever goes wrong there keeps no job waiting."""
        while not self._stopping.wait(NOTICES_S):
            _deliver_once(self._delivering)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del frame
        self._told += 1
        if self._told > 1:
            os._exit(128 + number)
        # no lock may be taken in here: the dispatcher looks at the event within moments
        self._stopping.set()

    def _listen(self, stdin: BinaryIO) -> None:
        """A line wakes; the end of input means that the parent is gone."""
        for _line in stdin:
            self._dispatcher.wake()
        self._dispatcher.stop()
        if not _ends_within(LEAVE_S):
            os._exit(0)

    def _beat(self) -> None:
        workspace = self._workspace
        me = workers.Worker(workspace.new_id(), os.getpid(), workspace.now(), workspace.now())
        while True:
            doing = "working" if self._dispatcher.is_busy else "idle"
            with workspace.writing(durable=False) as db:
                beat = workers.Worker(me.id, me.pid, me.started_at, workspace.now(), doing)
                workers.beat(db, beat)
            if self._restriction.is_on:  # its person trusts the file no longer
                _log.warning("the workspace is restricted now: this worker ends")
                self._stopping.set()
            if self._stopping.wait(BEAT_S):
                break
        with workspace.writing() as db:
            workers.remove(db, me.id)
            journal.note(db, at=workspace.now(), kind=EventKind.WORKER_CHANGED, subject=me.id)


def _deliver_once(delivering: Delivering) -> None:
    try:
        delivering.run()
    except WritebackError as error:
        _log.error("notices: %s (%s)", sentence_of(error.code, error.facts), error.code)
    except Exception:  # noqa: BLE001  a bug here keeps no job waiting, and no later notice
        _log.exception("notices could not be delivered; they are tried again")


def _tidy(workspace: Workspace) -> None:
    """Forget plans nobody submitted and workers nobody heard of for a day, and exchanges of a week ago."""
    now = workspace.now()
    with workspace.writing() as db:
        submitting.drop_leftovers(db, before=now - LEFTOVER_AGE)
        for worker in workers.every(db):
            if worker.beat_at < now - SILENT_AGE:
                workers.remove(db, worker.id)
    is_done = False
    while not is_done:  # by the slice: nobody waits long for a turn to write
        with workspace.writing() as db:
            is_done = exchanges.purge(db, before=now - EXCHANGE_AGE) < exchanges.SLICE


def _take_stdin(*, is_child: bool) -> BinaryIO | None:
    """Take standard input for ourselves, so that no plugin can read or write the parent's pipe."""
    try:
        is_pipe = stat.S_ISFIFO(os.fstat(0).st_mode) or stat.S_ISSOCK(os.fstat(0).st_mode)
    except OSError:
        return None
    if not (is_child or is_pipe):
        return None
    private = os.fdopen(os.dup(0), "rb", buffering=0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    return private


def _ends_within(seconds: float) -> bool:
    """Wait for the main thread to end."""
    main = threading.main_thread()
    main.join(seconds)
    return not main.is_alive()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="writeback worker", description="Work on submitted jobs until it is stopped."
    )
    parser.add_argument(
        "--workspace", default="", metavar="PATH", help="the workspace file (default: your own one)"
    )
    parser.add_argument("command", choices=["worker"], help=argparse.SUPPRESS)
    parser.add_argument("--stdio", action="store_true", help="a child: woken by lines, ends with its input")
    parser.add_argument("--until-idle", action="store_true", help="end when no job goes on by itself")
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="batches at once; 0: as set")
    return parser
