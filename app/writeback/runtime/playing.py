"""SuccessPlays as front ends use them: kept, read and looked up, with what their runs did.

Must not: talk to a CRM, run a play (`play_running` does).
"""

from dataclasses import dataclass
from typing import Final

from writeback.engine.play_rows import read_steps
from writeback.engine.playing import PlayScope
from writeback.errors import ConfigurationError, MappingError, UnknownAttributeError, WritebackError
from writeback.model.changes import Reason
from writeback.model.connections import Connection
from writeback.model.plays import Play, PlayRow, PlayRun, PlayState, RowVerdict
from writeback.model.segments import All, Expression, named_in
from writeback.planning.guarding import needs_org_name
from writeback.planning.playing import PlayGround, problems
from writeback.planning.scheduling import problems as schedule_problems
from writeback.runtime.segmenting import Segmenting
from writeback.store import (
    connections,
    forms,
    integrations,
    model,
    people,
    play_runs,
    plays,
    roles,
    segments,
    targets,
)
from writeback.store.workspace import Db, Workspace

PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class PlayTarget:
    """One connection that takes values of a play."""

    connection: Connection
    attributes: tuple[str, ...]
    is_confirmed: bool
    """The play was switched on knowing it, and its org was named where its safety level asks for that now."""


@dataclass(frozen=True, slots=True)
class PlayView:
    """A play with how it stands."""

    play: Play
    state: PlayState
    targets: tuple[PlayTarget, ...]
    last: PlayRun | None
    """Its latest run."""
    held: PlayRun | None
    """The run that waits for a person."""
    broken: Reason | None = None
    """Why it cannot run as it is: a segment, an attribute or a form is gone."""


class Playing:
    """The plays of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def every(self) -> tuple[Play, ...]:
        """Give all plays, by name."""
        with self._workspace.reading() as db:
            return plays.every(db)

    def views(self) -> tuple[PlayView, ...]:
        """Give all plays with how each stands."""
        return tuple(self.view(one.name) for one in self.every())

    def view(self, name: str) -> PlayView:
        """Give a play with how it stands.

        Raises:
            ConfigurationError: There is none of that name.
        """
        with self._workspace.reading() as db:
            play, state, _ = found_play(db, name)
            latest = play_runs.every(db, play=play.name, limit=1)
            held = play_runs.held(db, play.name)
        broken = None
        try:
            self.scope(play.name)
        except WritebackError as error:
            broken = Reason(error.code, tuple((key, str(value)) for key, value in error.facts.items()))
        return PlayView(play, state, self.targets(play), next(iter(latest), None), held, broken)

    def named(self, name: str) -> Play:
        """Give a play.

        Raises:
            ConfigurationError: There is none of that name.
        """
        with self._workspace.reading() as db:
            return found_play(db, name)[0]

    def ground(self, entity: str) -> PlayGround:
        """Give what a play about an entity may name.

        Raises:
            UnknownAttributeError: There is no such entity.
        """
        with self._workspace.reading() as db:
            return ground_of(db, entity)

    def find(self, name: str) -> Play | None:
        """Give the play of a name, if there is one."""
        with self._workspace.reading() as db:
            found = plays.find(db, name)
        return None if found is None else found[0]

    def runs(self, *, play: str = "", limit: int = 200) -> tuple[PlayRun, ...]:
        """Give runs, the latest first; of one play where it is named."""
        name = self.named(play).name if play else ""
        with self._workspace.reading() as db:
            return play_runs.every(db, play=name, limit=limit)

    def run(self, number: int) -> PlayRun:
        """Give a run.

        Raises:
            ConfigurationError: There is none of that number.
        """
        with self._workspace.reading() as db:
            found = play_runs.find(db, number)
        if found is None:
            raise ConfigurationError("play.no_run", number=number)
        return found

    def rows(
        self, number: int, *, verdict: RowVerdict | None = None, after: str = "", limit: int = PAGE
    ) -> tuple[PlayRow, ...]:
        """Give records of a run, by id."""
        with self._workspace.reading() as db:
            return play_runs.rows(db, number, verdict=verdict, after=after, limit=limit)

    def targets(self, play: Play) -> tuple[PlayTarget, ...]:
        """Give the connections that take a play's values now, in the order of their names."""
        with self._workspace.reading() as db:
            feeding = integrations.every(db, entity=play.entity)
            taking: dict[str, list[str]] = {}
            for attribute in play.attributes:
                for one in targets.writers(feeding, attribute):
                    taking.setdefault(one.connection_id, []).append(attribute)
            found = [
                PlayTarget(one, tuple(dict.fromkeys(taking[one.id])), _is_confirmed(play, one))
                for one in connections.every(db)
                if one.id in taking and (not play.only or one.id in play.only)
            ]
        return tuple(sorted(found, key=lambda one: one.connection.name.casefold()))

    def scope(self, name: str) -> PlayScope:
        """Give a play with its texts read.

        Raises:
            ConfigurationError: There is none of that name, or it cannot run as it is.
        """
        with self._workspace.reading() as db:
            play, state, version = found_play(db, name)
        return self._scope(play, state, version)

    def check(self, play: Play) -> None:
        """Refuse a play that cannot be.

        Raises:
            ConfigurationError: `play.…`, `segment.…` and what its steps name; the fact *place* says where.
        """
        self._scope(play, PlayState(), 0)

    def _scope(self, play: Play, state: PlayState, version: int) -> PlayScope:
        with self._workspace.reading() as db:
            ground = segments.ground_of(db, play.entity)
            names = ground_of(db, play.entity)
        told = Segmenting(self._workspace)
        for place, why in problems(play, names):
            raise ConfigurationError(why.code, place=place, **dict(why.facts))
        schedule = play.trigger.schedule
        if schedule is not None and not state.is_on:
            for _, why in schedule_problems(schedule, now=self._workspace.now()):
                raise ConfigurationError(why.code, place="trigger.schedule", **dict(why.facts))
        read_steps(play.steps, names)
        trigger: Expression | None = None
        seen = ""
        if play.trigger.segment:
            meant = told.read(play.trigger.segment, entity=play.entity)
            _refuse_other(meant.entity, play)
            trigger, seen = meant.expression, f"{meant.entity}:{meant.text}"
        conditions: Expression = All(())
        if play.conditions.strip():
            meant = told.read(play.conditions, entity=play.entity)
            _refuse_other(meant.entity, play)
            conditions = meant.expression
        return PlayScope(play, state, version, ground, trigger, conditions, seen, names)


def _is_confirmed(play: Play, connection: Connection) -> bool:
    is_named = not needs_org_name(connection) or connection.id in play.named
    return connection.id in play.targets and is_named


def entities_of(scope: PlayScope) -> frozenset[str]:
    """Give the entities whose records a play looks at."""
    entity = scope.play.entity
    read = [one for one in (scope.trigger, scope.conditions) if one is not None]
    return frozenset({entity, *(name for one in read for name, _ in named_in(one, entity))})


def found_play(db: Db, name: str) -> tuple[Play, PlayState, int]:
    """Give a play with how it stands and its version. Raises ConfigurationError: there is none."""
    found = plays.find(db, name)
    if found is None:
        raise ConfigurationError("play.unknown", name=name[:80])
    return found


def ground_of(db: Db, entity: str) -> PlayGround:
    """Give what a play about an entity may name. Raises UnknownAttributeError: there is no such entity."""
    if entity not in {one.name for one in model.entities(db)}:
        known = ", ".join(one.name for one in model.entities(db))
        raise UnknownAttributeError("entity.unknown", name=entity[:80], known=known[:200])
    return PlayGround(
        tuple(model.attributes(db, entity)),
        roles.pointing(db, entity),
        people.persons(db),
        forms.every(db),
    )


def _refuse_other(entity: str, play: Play) -> None:
    if entity != play.entity:
        raise MappingError("play.other_records", entity=entity, wanted=play.entity)
