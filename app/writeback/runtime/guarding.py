"""Guards as the façade offers them: their limits, what a plan strikes, and letting it go in spite of that."""

from collections import abc
from dataclasses import dataclass

from writeback.errors import ConfigurationError, GuardError
from writeback.model.events import EventKind
from writeback.model.guards import LIMIT_NAMES, Guard, Limits, Strike, is_allowed, title_of, unit_of
from writeback.model.permissions import Right
from writeback.model.types import JobId
from writeback.planning.striking import in_force, strikes
from writeback.runtime.facade.guards import LimitView
from writeback.runtime.permitting import Permitting
from writeback.runtime.plan_words import guard_words, struck_facts
from writeback.store import acts, connections, figures, limits
from writeback.store.plans import PlannedJob
from writeback.store.workspace import Db, Workspace


@dataclass(frozen=True, slots=True)
class Overridden:
    """Struck guards of one job that somebody lets it go in spite of."""

    job: JobId
    guards: tuple[Strike, ...]


class Guarding:
    """The guards of one workspace."""

    def __init__(self, workspace: Workspace, *, permitting: Permitting) -> None:
        self._workspace = workspace
        self._permitting = permitting

    def limits(self, connection: str) -> tuple[LimitView, ...]:
        """Give the limits in force. See `Facade.guard_limits`."""
        with self._workspace.reading() as db:
            place = _place(db, connection)
            of_workspace, own = limits.own(db, limits.WORKSPACE), limits.own(db, place)
            in_force_now = limits.of_connection(db, place)
        built_in = Limits()
        return tuple(
            LimitView(
                name,
                title_of(name),
                unit_of(name),
                getattr(in_force_now, name),
                getattr(built_in, name),
                "connection" if place and name in own else "workspace" if name in of_workspace else "default",
            )
            for name in LIMIT_NAMES
        )

    def set_limits(
        self, connection: str, wished: abc.Mapping[str, float | None], *, forget: abc.Sequence[str]
    ) -> tuple[LimitView, ...]:
        """Set limits. See `Facade.set_guard_limits`."""
        _check(wished, forget)
        self._permitting.admit(Right.SET_WRITE_BACK)
        at = self._workspace.now()
        with self._workspace.writing() as db:
            place = _place(db, connection)
            limits.put(db, place, wished)
            limits.forget(db, place, forget)
            body = {"connection": place, "by": self._permitting.author}
            told = {name: "off" if value is None else str(value) for name, value in wished.items()}
            acts.record(
                db,
                at=at,
                kind=EventKind.CONNECTION_CHANGED,
                subject=place or "guards",
                act="guards.changed",
                body={**body, **told, **dict.fromkeys(forget, "default")},
            )
        return self.limits(connection)

    def struck(self, job: JobId, connection_id: str) -> tuple[Strike, ...]:
        """Give the guards that a job strikes, overridden ones included."""
        with self._workspace.reading() as db:
            return strikes(figures.of_job(db, job), limits.of_connection(db, connection_id))

    def admit(
        self, jobs: abc.Sequence[PlannedJob], overrides: abc.Collection[str], *, author: str
    ) -> tuple[Overridden, ...]:
        """Let a plan through that strikes no guard, or whose struck guards are all overridden by name.

        Raises:
            ConfigurationError: There is no guard of such a name.
            GuardError: A guard is struck and not overridden; names all of them with their figures.
            NotPermittedError: The author may not override guards.
        """
        named = _guards(overrides)
        found = [(job, in_force(self.struck(job.id, job.connection_id))) for job in jobs]
        left = {one.guard: one for _, struck in found for one in struck if one.guard not in named}
        if left:
            raise _struck([left[guard] for guard in Guard if guard in left])
        overridden = tuple(Overridden(job.id, struck) for job, struck in found if struck)
        if overridden:
            self._permitting.admit(Right.OVERRIDE_GUARDS, author)
        return overridden

    def override(self, db: Db, overridden: abc.Iterable[Overridden], *, author: str) -> None:
        """Note what was overridden, in the commit that submits the plan."""
        at = self._workspace.now()
        for one in overridden:
            figures.override(db, one.job, [strike.guard for strike in one.guards], author=author, at=at)
            acts.record(
                db,
                at=at,
                kind=EventKind.JOB_CHANGED,
                subject=one.job,
                act="guard.overridden",
                body={
                    "job": one.job,
                    "by": author,
                    "guards": {strike.guard.value: [strike.figure, strike.limit] for strike in one.guards},
                },
            )


def _struck(left: abc.Sequence[Strike]) -> GuardError:
    names = ",".join(one.guard.value for one in left)
    if len(left) == 1:
        return GuardError(f"guard.{names}", **struck_facts(left[0]), guards=names)
    return GuardError("guard.struck", guards=names, told=" ".join(guard_words(one) for one in left))


def _guards(names: abc.Collection[str]) -> frozenset[Guard]:
    try:
        return frozenset(Guard(name) for name in names)
    except ValueError:
        known = ", ".join(Guard)
        unknown = sorted(set(names) - set(Guard))
        raise ConfigurationError("guard.unknown", name=unknown[0][:80], known=known) from None


def _place(db: Db, connection: str) -> str:
    return connections.get(db, connection).id if connection else limits.WORKSPACE


def _check(wished: abc.Mapping[str, float | None], forget: abc.Sequence[str]) -> None:
    for name in (*wished, *forget):
        if name not in LIMIT_NAMES:
            raise ConfigurationError("guard.unknown_limit", name=name[:80], known=", ".join(LIMIT_NAMES))
    for name, value in wished.items():
        if value is not None and not is_allowed(name, value):
            raise ConfigurationError("guard.bad_limit", name=name, value=value)
