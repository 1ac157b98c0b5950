"""How a mutant bends what is written, or what is told of it."""

from collections import abc
from dataclasses import replace
from typing import Any

from writeback.conformance.mutants.making import Methods
from writeback.errors import (
    ConnectorError,
)
from writeback.model.jobs import Outcome, Result
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback.sdk.connector import Access, FieldWish, Prepared, Write, WriteAnswer, WriteRequest

Kind = Any
"""A session's class: its methods are those of `Session`."""
TEXTS = frozenset({AttributeType.TEXT, AttributeType.LONG_TEXT})


def wishing(*kinds: AttributeType, change: abc.Callable[[Any], Wish]) -> abc.Callable[[Kind], Methods]:
    """Bend the values of some types before they leave."""

    def bent(each: FieldWish) -> FieldWish:
        is_meant = each.kind in kinds and each.wish is not CLEAR
        return replace(each, wish=change(each.wish)) if is_meant else each

    def changed(write: Write) -> Write:
        return replace(write, fields=tuple(bent(each) for each in write.fields))

    return requesting(lambda request: replace(request, writes=tuple(map(changed, request.writes))))


def requesting(change: abc.Callable[[WriteRequest], WriteRequest]) -> abc.Callable[[Kind], Methods]:
    """Prepare something else than was asked; the answer is told under the keys of the request."""

    def spoil(kind: Kind) -> Methods:
        def prepare(self: object, request: WriteRequest) -> Prepared:
            prepared: Prepared = kind.prepare(self, change(request))
            return prepared

        return {"prepare": prepare}

    return spoil


def resulting(change: abc.Callable[[Result], Result]) -> abc.Callable[[Kind], Methods]:
    """Tell something else of each row than the CRM said."""

    def spoil(kind: Kind) -> Methods:
        def write(self: object, prepared: Prepared) -> WriteAnswer:
            answer: WriteAnswer = kind.write(self, prepared)
            return WriteAnswer(tuple(change(each) for each in answer.results))

        return {"write": write}

    return spoil


def catching(
    kind_of: type[Exception], answer: abc.Callable[[Write], Result]
) -> abc.Callable[[Kind], Methods]:
    """Make up results where a write failed."""

    def spoil(kind: Kind) -> Methods:
        def write(self: object, prepared: Prepared) -> WriteAnswer:
            try:
                told: WriteAnswer = kind.write(self, prepared)
            except kind_of:
                return WriteAnswer(tuple(answer(each) for each in prepared.request.writes))
            return told

        return {"write": write}

    return spoil


def raising(kind_of: type[ConnectorError], other: type[ConnectorError]) -> abc.Callable[[Kind], Methods]:
    """Raise another class than the one that says what to do."""

    def spoil(kind: Kind) -> Methods:
        def write(self: object, prepared: Prepared) -> WriteAnswer:
            try:
                told: WriteAnswer = kind.write(self, prepared)
            except kind_of as error:
                raise other(error.code) from None
            return told

        return {"write": write}

    return spoil


def access_of(session: Any) -> Access:  # noqa: ANN401  any session
    """Find what a session was handed, wherever it keeps it.

    Raises:
        LookupError: It keeps it nowhere that can be found.
    """
    queue, seen = [session], set[int]()
    while queue:
        thing = queue.pop(0)
        if isinstance(thing, Access):
            return thing
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        names = [*getattr(thing, "__dict__", {}), *getattr(type(thing), "__slots__", ())]
        queue += [getattr(thing, name, None) for name in names if isinstance(name, str)]
    raise LookupError(type(session).__name__)


def applied(write: Write) -> Result:
    """Say that a write was applied, whatever became of it."""
    return Result(write.key, Outcome.APPLIED)


def refused(write: Write) -> Result:
    """Say that a write was refused, whatever became of it."""
    return Result(write.key, Outcome.REJECTED, "MUTANT", "made up")
