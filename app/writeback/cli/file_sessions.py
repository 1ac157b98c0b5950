"""A file on its way: planned, tried, sent, told of; taken up again where it was left.

What `push` and `push --resume` do alike: whatever a session knows decides what comes next.
"""

from collections import abc
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from writeback.cli.guarding import How, submit_plan
from writeback.cli.opening import new_act, utc_now
from writeback.cli.output import JsonValue, counted, put_json, put_table, say
from writeback.cli.progress import Ran, run_jobs, tell_jobs
from writeback.model.file_sessions import FileSession, FileState, FileStep
from writeback.model.trials import Pick

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.runtime.facade import PlanSource, PlanView
    from writeback.runtime.facade.files import SessionView
    from writeback.runtime.runtime import Runtime

KEPT = How(keeps_plan=True)
STALE_S = 15 * 60
"""A plan that is older is made anew before it is sent."""
STEPS = {
    FileStep.FILE: "opened",
    FileStep.COLUMNS: "chosen, not planned",
    FileStep.PLANNED: "planned, not sent",
    FileStep.TRIAL: "tried, the rest waits",
    FileStep.SENDING: "sending",
    FileStep.RESULT: "sent",
}
STATES = {
    FileState.CHANGED: "{name} is another file than was planned: it is planned again.",
    FileState.GONE: "{name} is not there any more. What was chosen, planned and sent of it is kept.",
}


class Word(NamedTuple):
    """What the person said about sending."""

    yes: bool
    confirm_org: str
    override: str


@dataclass(frozen=True, slots=True)
class Trying:
    """Which rows go first."""

    rows: int = 0
    """0: all at once."""
    lines: str = Pick.FIRST.value
    """`first`, `random`, or lines of the file with commas."""

    def how(self, session: FileSession, plan: "PlanView", source: "PlanSource | None") -> How:
        """Say how the plan is submitted.

        Raises:
            typer.BadParameter: It is no such word, and no lines of the file.
        """
        if not self.rows and self.lines == Pick.FIRST.value:
            return KEPT
        if self.lines in (Pick.FIRST.value, Pick.RANDOM.value):
            if not self.rows:
                raise typer.BadParameter("say how many with --trial", param_hint="--trial-rows")
            return How(self.rows, pick=Pick(self.lines), keeps_plan=True)
        from writeback.runtime.facade.jobs import Unticked

        rows = _rows_at(_lines(self.lines), session, source)
        # rows behind references are numbered by what they write, not by line
        chosen = tuple(Unticked(group.job_id, rows) for group in plan.groups if not group.root)
        return How(len(rows), pick=Pick.CHOSEN, chosen=chosen, keeps_plan=True)


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the rows of a file are written to once they have their outcome."""

    written: Path | None
    not_written: Path | None
    is_raw: bool

    def check(self, source: Path) -> None:
        """Make sure that they can be written, before anything is sent.

        Raises:
            ConfigurationError: They cannot.
        """
        from writeback.engine.reporting import check_result_files
        from writeback.engine.source_files import digest_of

        check_result_files(self.written, self.not_written, source=source, raw=self.is_raw)
        if self.written is not None or self.not_written is not None:
            digest_of(source)  # result files hold its rows: they are refused before anything is sent

    def write(self, runtime: "Runtime", session: int) -> None:
        """Write what was asked for."""
        if self.written is not None or self.not_written is not None:
            runtime.write_file_results(
                session,
                written=str(self.written or ""),
                not_written=str(self.not_written or ""),
                raw=self.is_raw,
            )


@dataclass(frozen=True, slots=True)
class Sender:
    """Takes a file from where it is to its end."""

    runtime: "Runtime"
    run: "Run"
    word: Word
    trying: Trying
    ends: Ends

    def begin(self, source: "PlanSource") -> int:
        """Begin with a file, or go on with it under what is said now; gives the exit code."""
        path = Path(source.path)
        known = self.runtime.file_sessions.at(path)
        is_over = known is not None and known.step in (FileStep.SENDING, FileStep.RESULT)
        view = self.runtime.open_file_session(source.path, author=source.author, anew=is_over, act=new_act())
        number = view.session.number
        self.runtime.keep_file_session(number, replace(source, session=number), act=new_act())
        return self._send(number, self._plan(number))

    def resume(self, number: int) -> int:
        """Go on with a file where it was left; gives the exit code.

        Raises:
            typer.BadParameter: Nothing was chosen for it yet.
            ConfigurationError: There is no such session, or its file is gone and was not planned.
        """
        view = self.runtime.resume_file_session(number)
        session = view.session
        self.ends.check(Path(session.path))
        if view.file in STATES:
            say(STATES[view.file].format(name=session.name), quiet=self.run.quiet)
        if session.step in (FileStep.SENDING, FileStep.RESULT):
            return self._end(number)
        if session.step is FileStep.FILE:
            raise typer.BadParameter(f"nothing was chosen for {session.name} yet", param_hint="--resume")
        return self._send(number, self._waiting(view) or self._plan(number))

    def _waiting(self, view: "SessionView") -> "PlanView | None":
        """Give the plan that waits, if it is still worth something."""
        if view.session.plan is None or view.file is FileState.CHANGED:
            return None
        plan = self.runtime.open_plan(view.session.plan)
        is_old = (utc_now() - plan.planned_at).total_seconds() > STALE_S
        return plan if view.file is FileState.GONE or not is_old else None

    def _plan(self, number: int) -> "PlanView":
        view = self.runtime.resume_file_session(number)
        if view.choices is None:
            raise typer.BadParameter(
                f"what was chosen for {view.session.name} cannot be read", param_hint="--resume"
            )
        return self.runtime.propose(replace(view.choices, session=number), act=new_act())

    def _send(self, number: int, plan: "PlanView") -> int:
        view = self.runtime.resume_file_session(number)
        how = self.trying.how(view.session, plan, view.choices)
        self._submit(plan, how, self.word)
        ran = self._run(number)
        rest = self.runtime.file_sessions.numbered(number)
        if how.trial and rest.to_send and self.run.can_ask and not ran.is_interrupted:
            tell_jobs(ran, replace(self.run, as_json=False))
            question = f"Send the remaining {counted(rest.to_send, 'change')}?"
            if rest.plan is not None and typer.confirm(question, err=True):
                self._submit(self.runtime.open_plan(rest.plan), KEPT, self.word._replace(yes=True))
                ran = self._run(number)
        return self._tell(number, ran)

    def _submit(self, plan: "PlanView", how: How, word: Word) -> None:
        submit_plan(
            self.runtime,
            plan,
            self.run,
            yes=word.yes,
            confirm_org=word.confirm_org,
            override=word.override,
            how=how,
        )

    def _end(self, number: int) -> int:
        return self._tell(number, self._run(number))

    def _run(self, number: int) -> Ran:
        ran = run_jobs(self.runtime, self.runtime.file_sessions.numbered(number).jobs, self.run)
        self.ends.write(self.runtime, number)
        return ran

    def _tell(self, number: int, ran: Ran) -> int:
        session = self.runtime.file_sessions.numbered(number)
        if session.to_send:
            say(
                f"{counted(session.to_send, 'change')} wait. Send them with: "
                f"writeback push --resume {number}",
                quiet=self.run.quiet or self.run.as_json,
            )
        return tell_jobs(ran, self.run, more={"session": number, "remaining": session.to_send})


def list_sessions(runtime: "Runtime", run: "Run") -> None:
    """Print the files on their way."""
    found = runtime.file_sessions.open_ones()
    if run.as_json:
        put_json([_plain(one) for one in found])
        return
    put_table(
        ("no", "file", "stands", "waits", "sent", "arrived", "changed", "by"),
        (
            (
                one.number,
                one.path,
                STEPS[one.step],
                one.to_send,
                one.sent,
                one.arrived,
                f"{one.changed_at:%Y-%m-%d %H:%M}",
                one.author,
            )
            for one in found
        ),
    )


def _plain(one: FileSession) -> dict[str, JsonValue]:
    return {
        "session": one.number,
        "file": one.path,
        "step": one.step.value,
        "plan": one.plan,
        "jobs": list(one.jobs),
        "rows": one.rows,
        "remaining": one.to_send,
        "sent": one.sent,
        "arrived": one.arrived,
        "unknown": one.unknown,
        "changed_at": one.changed_at.isoformat(),
        "author": one.author,
    }


def _lines(text: str) -> tuple[int, ...]:
    try:
        found = tuple(int(one) for one in text.split(","))
    except ValueError:
        found = ()
    if not found or min(found) < 1:
        raise typer.BadParameter(
            "it is first, random, or lines of the file such as 2,17,40 (line 1 is the header)",
            param_hint="--trial-rows",
        )
    return found


def _rows_at(
    lines: abc.Collection[int], session: FileSession, source: "PlanSource | None"
) -> tuple[int, ...]:
    """Give the numbers of the rows that stand in these lines: empty lines are none.

    Raises:
        typer.BadParameter: A line holds no row.
        ConfigurationError: The file cannot be read.
    """
    from writeback.engine.source_files import UTF_8, open_source

    how = (UTF_8, "", True) if source is None else (source.encoding, source.sheet, source.has_header)
    file = open_source(Path(session.path), encoding=how[0], sheet=how[1], has_header=how[2])
    wanted, last = dict.fromkeys(lines), max(lines)
    found: dict[int, int] = {}
    for seq, row in enumerate(file.rows(), 1):
        if row.number + 1 > last:
            break
        if row.number + 1 in wanted:
            found[row.number + 1] = seq
    missing = [line for line in wanted if line not in found]
    if missing:
        raise typer.BadParameter(
            f"line {missing[0]} of {session.name} holds no row", param_hint="--trial-rows"
        )
    return tuple(found.values())
