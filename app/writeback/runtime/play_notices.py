"""What people are told of plays: what stopped one, what holds a run, why one cannot run. Derived, never kept.

Must not: hold a value of a record; notices leave the window.
"""

from collections import abc
from dataclasses import replace

from writeback.model.notices import Notice, NoticeKind, PlayTrouble
from writeback.store import moments, play_runs, plays
from writeback.store.workspace import Db


def play_notices(db: Db) -> abc.Iterator[Notice]:
    """Give one notice a play: what stopped it before what holds it, before why it waits."""
    told: set[str] = set()
    base = Notice(NoticeKind.PLAY, "", "", "")
    for play, state in plays.troubled(db):
        if state.stopped is not None:
            told.add(play.name.casefold())
            yield _of_play(base, play.name, PlayTrouble.STOPPED, moments.to_optional(state.switched_at) or "")
    for run in play_runs.every_held(db):
        if run.play.casefold() not in told:
            told.add(run.play.casefold())
            held = replace(base, rows=run.counts.change, at=run.started_at)
            yield _of_play(held, run.play, PlayTrouble.HELD, str(run.number))
    for play, state in plays.troubled(db):
        if state.waits is not None and play.name.casefold() not in told:
            waiting = replace(base, why=state.waits)
            yield _of_play(waiting, play.name, PlayTrouble.WAITS, state.waits.code)


def _of_play(base: Notice, name: str, trouble: PlayTrouble, which: str) -> Notice:
    place = name.casefold()
    key = f"play:{trouble.value}:{which}:{place}"
    return replace(base, key=key, about=name, about_id=place, trouble=trouble)
