"""Carry out what a run of a play decided: some records at a time, each once, whatever dies on the way.

A record's values, its tasks and the mark that it is done are one commit. What is left of a run that was cut
off is taken up by whoever looks next: what has its mark is not touched again.

Must not: decide, send.
"""

from collections import abc
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from writeback.engine.editing import BLOCKED, Asked, keep_edits
from writeback.engine.gathering_drafts import Named
from writeback.engine.play_rows import PlayValue, without
from writeback.model.changes import Origin, Reason
from writeback.model.events import EventKind
from writeback.model.plays import PlayEdit, PlayRow, PlayRun, RowVerdict, StepKind
from writeback.model.reports import EditAnswer
from writeback.model.tasks import Task, TaskState
from writeback.model.types import Clear, RecordId
from writeback.planning.coercing import text_of
from writeback.store import drafts, journal, model, play_runs, records, tasks
from writeback.store.drafts import Draft
from writeback.store.workspace import Db, Workspace

SLICE: Final = 100
AT_WORK: Final = timedelta(seconds=30)
"""So long after its last sign of life a run that was begun is left to whoever began it."""


class OvertakenError(Exception):
    """Somebody else does this very slice; nothing of it was kept here."""


class TouchedError(Exception):
    """Somebody began to edit one of these values this very moment; nothing of the slice was kept."""


def act_of(run: int, first: str) -> str:
    """Give the act by which a slice's edits can be undone."""
    return f"play:{run}:{first}"


def carry_out(workspace: Workspace, run: PlayRun, *, entity: str) -> bool:
    """Do what a run decided and did not do yet; False: somebody else does it."""
    while True:
        with workspace.reading() as db:
            rows = play_runs.rows(db, run.number, is_open=True, limit=SLICE)
            there = records.get_many(db, entity, [one.record for one in rows])
            titles = {one.name: one.title for one in model.attributes(db, entity)}
            asked = [(one.record, edit.attribute) for one in rows for edit in one.edits]
            edited = drafts.get_many(db, asked)
        if not rows:
            return True
        live = frozenset(rid for rid, record in there.items() if not record.is_gone)
        try:
            _slice(workspace, run, [_checked(one, live, titles, edited) for one in rows], entity)
        except TouchedError:
            continue
        except OvertakenError:
            return False


def names_of(workspace: Workspace, run: PlayRun) -> tuple[Named, ...]:
    """Give the values of a run that still wait as it left them: what it may send."""
    found: list[Named] = []
    after = ""
    while True:
        with workspace.reading() as db:
            rows = play_runs.rows(db, run.number, after=after)
            wished = {(one.record, edit.attribute): edit for one in rows if one.is_done for edit in one.edits}
            held = drafts.get_many(db, wished)
        found += [name for name, draft in held.items() if _is_of(draft, run, wished[name])]
        if not rows:
            return tuple(found)
        after = rows[-1].record


def _is_of(draft: Draft, run: PlayRun, edit: PlayEdit) -> bool:
    """Say whether a draft is what a run left, and not what somebody, or another play, made of it since."""
    if draft.origin is not Origin.SUCCESS_PLAY or draft.author != run.author:
        return False
    if edit.action in (StepKind.ADD, StepKind.TAKE):
        return draft.delta is not None
    new = draft.change.new
    return (None if isinstance(new, Clear) else text_of(new)) == edit.text


def _checked(
    row: PlayRow, live: abc.Set[RecordId], titles: abc.Mapping[str, str], edited: abc.Mapping[Named, Draft]
) -> PlayRow:
    """Give a row as it can still be done."""
    if row.record not in live:
        return without(row, Reason("play.record_gone"))
    gone = [one.attribute for one in row.edits if one.attribute not in titles]
    if gone:
        return without(row, Reason("play.unknown_attribute", (("name", gone[0]),)))
    for one in row.edits:
        draft = edited.get((row.record, one.attribute))
        if draft is not None and draft.origin is not Origin.SUCCESS_PLAY:
            facts = (("attribute", titles[one.attribute]), ("author", draft.author))
            return without(row, Reason("play.being_edited", facts), verdict=RowVerdict.SKIPPED)
    return row


def _slice(workspace: Workspace, run: PlayRun, rows: abc.Sequence[PlayRow], entity: str) -> None:
    going = [row for row in rows if row.edits or row.tasks]
    edits = [PlayValue.of(row.record, one) for row in going for one in row.edits]

    def along(
        db: Db, answers: abc.Mapping[Named, EditAnswer], before: abc.Mapping[Named, Draft | None]
    ) -> None:
        if any(one is not None and one.origin is not Origin.SUCCESS_PLAY for one in before.values()):
            raise TouchedError
        at = workspace.now()
        for row in rows:
            ended = row
            if row.edits or row.tasks:
                numbers = _make_tasks(db, run, row, entity=entity, at=at)
                refused = [
                    saved.reason
                    for one in row.edits
                    if (saved := answers[row.record, one.attribute]).state == BLOCKED
                ]
                reasons = tuple(one for one in refused if one is not None)
                ended = replace(row, is_done=True, numbers=numbers, reasons=(*row.reasons, *reasons))
            if not play_runs.mark(db, run.number, ended, at=at):
                raise OvertakenError
        play_runs.touch(db, run.number, at + AT_WORK)
        journal.note(db, at=at, kind=EventKind.PLAY_RAN, subject=str(run.number))

    if not edits:
        with workspace.writing() as db:
            along(db, {}, {})
        return
    asked = Asked(Origin.SUCCESS_PLAY, run.author, act_of(run.number, rows[0].record), run.play)
    keep_edits(edits, workspace=workspace, asked=asked, along=along)


def _make_tasks(db: Db, run: PlayRun, row: PlayRow, *, entity: str, at: datetime) -> tuple[int, ...]:
    made = []
    for one in row.tasks:
        due = None if one.due_days is None else at.astimezone().date() + timedelta(days=one.due_days)
        task = Task(
            tasks.next_number(db),
            row.record,
            entity,
            one.title,
            one.assignee,
            due,
            one.form,
            TaskState.OPEN,
            run.author,
            at,
            run.play,
        )
        tasks.make(db, task)
        journal.note(db, at=at, kind=EventKind.TASK_CHANGED, subject=str(task.number))
        made.append(task.number)
    return tuple(made)
