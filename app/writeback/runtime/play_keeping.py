"""Keep SuccessPlays: save, delete, have back. A play that is saved is off until somebody switches it on.

Must not: run one.
"""

from dataclasses import replace
from datetime import datetime

from writeback.errors import ConfigurationError
from writeback.model.events import EventKind
from writeback.model.plays import Play, PlayStep
from writeback.model.types import ConnectionId
from writeback.planning.pairing import pick
from writeback.planning.playing import PlayGround, name_problems
from writeback.runtime.designs import NOT_THERE, guard_base
from writeback.runtime.playing import Playing, found_play, ground_of
from writeback.store import acts, connections, play_runs, plays
from writeback.store.workspace import Db, Workspace


class PlayKeeping:
    """Keeps the plays of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._told = Playing(workspace)

    def save(self, play: Play, *, author: str, base: datetime | None = None) -> Play:
        """Keep a play, switched off. See `Facade.save_play`."""
        with self._workspace.reading() as db:
            names = ground_of(db, play.entity)
            known = plays.find(db, play.name)
            only = tuple(dict.fromkeys(_target(db, one) for one in play.only))
        now = self._workspace.now()
        name = play.name.strip() if known is None else known[0].name
        made = replace(
            play,
            name=name,
            conditions=play.conditions.strip(),
            steps=tuple(_named_as(one, names) for one in play.steps),
            targets=(),
            only=only,
            named=(),
            author=author,
            changed_at=now,
        )
        self._told.check(made)
        with self._workspace.writing() as db:
            there = plays.find(db, made.name)
            if there is None:
                guard_base(made.name, base=base)
            else:
                guard_base(made.name, base=base, is_at=there[0].changed_at, author=there[0].author)
            plays.save(db, made, at=now)
            self._note(db, made.name, "play.saved", author)
        return made

    def rename(self, name: str, new: str, *, author: str) -> Play:
        """Call a play otherwise. See `Facade.rename_play`."""
        wished = new.strip()
        with self._workspace.writing() as db:
            play = found_play(db, name)[0]
            for place, why in name_problems(wished):
                raise ConfigurationError(why.code, place=place, **dict(why.facts))
            there = plays.find(db, wished)
            if there is not None and there[0].name != play.name:
                guard_base(wished, base=NOT_THERE, is_at=there[0].changed_at, author=there[0].author)
            plays.rename(db, play.name, wished)
            self._note(db, wished, "play.renamed", author, was=play.name)
            return found_play(db, wished)[0]

    def remove(self, name: str, *, author: str) -> None:
        """Delete a play. See `Facade.remove_play`."""
        with self._workspace.writing() as db:
            play = found_play(db, name)[0]
            plays.remove(db, name, at=self._workspace.now())
            play_runs.dismiss_held(db, play.name, at=self._workspace.now())
            self._note(db, play.name, "play.removed", author)

    def restore(self, name: str, *, author: str) -> Play:
        """Have a deleted play back. See `Facade.restore_play`."""
        with self._workspace.writing() as db:
            found = plays.restore(db, name)
            if found is None:
                raise ConfigurationError("play.unknown", name=name[:80])
            self._note(db, found.name, "play.restored", author)
        return found

    def _note(self, db: Db, name: str, act: str, author: str, **more: str) -> None:
        at = self._workspace.now()
        body = {"play": name, "by": author, **more}
        acts.record(db, at=at, kind=EventKind.PLAY_CHANGED, subject=name, act=act, body={**body})


def _target(db: Db, named: str) -> ConnectionId:
    """Give the connection that a play names by its name or id."""
    text = named.strip()
    for one in connections.every(db):
        if text == one.id or text.casefold() == one.name.casefold():
            return one.id
    raise ConfigurationError("play.unknown_target", place="only", connection=text[:80])


def _named_as(step: PlayStep, names: PlayGround) -> PlayStep:
    """Give a step with attributes, people and forms written as they are kept."""
    attribute, source, form = (
        names.attribute(step.attribute),
        names.attribute(step.source),
        names.form(step.form),
    )
    return replace(
        step,
        attribute=step.attribute if attribute is None else attribute.name,
        source=step.source if source is None else source.name,
        form=step.form if form is None else form.name,
        text=step.text.strip(),
        people=tuple(_person(one, names) for one in step.people),
    )


def _person(typed: str, names: PlayGround) -> str:
    found = pick(names.persons, typed)
    return found[0].id if len(found) == 1 else typed
